import { useSyncExternalStore } from "react";
import { serverOffset } from "./server-time.ts";

type Listener = { pace: number; wake: () => void; last: number };

/** One clock for the whole page: every countdown reads it, so they step together and one timer serves all. */
const listeners = new Set<Listener>();
let timer: ReturnType<typeof setTimeout> | null = null;

/** The present moment by the server's clock, epoch ms. An agent's machine may be minutes off; deadlines may not. */
export function presentMoment(): number {
  return Date.now() + serverOffset();
}

function schedule(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  if (listeners.size === 0) return;
  const pace = Math.min(...[...listeners].map((listener) => listener.pace));
  timer = setTimeout(tick, pace - (presentMoment() % pace));
}

function tick(): void {
  const now = presentMoment();
  for (const listener of listeners) {
    if (Math.floor(now / listener.pace) === Math.floor(listener.last / listener.pace)) continue;
    listener.last = now;
    listener.wake();
  }
  schedule();
}

function subscribeAt(pace: number) {
  return (wake: () => void) => {
    const listener: Listener = { pace, wake, last: presentMoment() };
    listeners.add(listener);
    schedule();
    return () => {
      listeners.delete(listener);
      schedule();
    };
  };
}

const eachSecond = subscribeAt(1_000);
const eachMinute = subscribeAt(60_000);

/** The present moment, epoch ms, in whole seconds or minutes; the component is drawn again when it steps. */
export function useNow(pace: "second" | "minute" = "second"): number {
  const step = pace === "second" ? 1_000 : 60_000;
  return useSyncExternalStore(
    pace === "second" ? eachSecond : eachMinute,
    () => Math.floor(presentMoment() / step) * step,
  );
}
