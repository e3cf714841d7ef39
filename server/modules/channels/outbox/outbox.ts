import { sendRound } from "./send-worker.ts";
import { onOutboxWork } from "./wake.ts";
import type { Flying, SendDeps } from "./worker-deps.ts";

export interface Outbox {
  /** Sends all that is due by the handed clock. A dark process refuses. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

const POLL_MS = 1_000;

/** Carries deliveries to the networks: woken in this process, with a poll of one second as the net. `dark`: nothing leaves (imports, restores, backtests). */
export function startOutbox(deps: SendDeps, dark: boolean, watch: boolean): Outbox {
  let closed = false;
  let again = false;
  let running: Promise<void> | null = null;
  const flying: Flying = new Map();

  /** True when something was claimed. */
  async function rounds(): Promise<boolean> {
    let worked = false;
    // A call that ends looks for what it made room for.
    while (!closed && (await sendRound(deps, flying, watch ? run : () => {}))) worked = true;
    return worked;
  }
  function run(): void {
    again = true;
    if (running || closed || dark) return;
    running = (async () => {
      while (again && !closed) {
        again = false;
        await rounds().catch((error) => {
          if (!closed) deps.log.warn({ err: error }, "outbox: will try again");
        });
      }
    })().finally(() => {
      running = null;
      if (again) run();
    });
  }
  const unhear = watch ? onOutboxWork(run) : () => {};
  const poll = watch ? setInterval(run, POLL_MS) : undefined;
  if (watch) run();
  return {
    async drain() {
      if (dark) throw new Error("This process runs dark: nothing may leave it.");
      for (;;) {
        while (running) await running;
        const idle = flying.size === 0;
        if ((!(await rounds()) && idle) || closed) return;
        if (flying.size > 0) await Promise.race(flying.keys());
      }
    },
    async close() {
      closed = true;
      unhear();
      clearInterval(poll);
      await running;
      await Promise.all(flying.keys());
    },
  };
}
