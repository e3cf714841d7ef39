import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import type { SupervisorLog } from "./environment.ts";

/** An end of PostgreSQL that nobody asked for. It is started again after `restartInMs`. */
export interface UnexpectedExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  restartInMs: number;
}

export interface Supervised {
  readonly pid: number;
  onExit(tell: (exit: UnexpectedExit) => void): () => void;
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** A server that lived this long died of something new: waiting starts over. */
const STEADY_MS = 60_000;

/**
 * Keeps one child process running: when it ends unasked it is started again, after a pause that doubles while it goes on
 * dying young. `start` resolves when the child is ready and gives up when its signal is aborted.
 */
export function supervise(
  first: ChildProcess,
  actions: { start(signal: AbortSignal): Promise<ChildProcess>; end(child: ChildProcess): Promise<void> },
  log: SupervisorLog,
): Supervised {
  let child = first;
  let pauseMs = FIRST_PAUSE_MS / 2;
  let bringingBack: Promise<void> | undefined;
  let stopped: Promise<void> | undefined;
  const stopping = new AbortController();
  const listeners = new Set<(exit: UnexpectedExit) => void>();
  // The last net: whoever ends this program without stopping us (process.exit) still gets an orderly shutdown.
  const onProgramExit = () => child.kill("SIGINT");
  process.once("exit", onProgramExit);
  watch();

  return {
    get pid() {
      return child.pid ?? 0;
    },
    onExit(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };

  async function stop(): Promise<void> {
    stopping.abort();
    await bringingBack;
    await actions.end(child);
    process.removeListener("exit", onProgramExit);
  }

  function watch(): void {
    const since = performance.now();
    const onEnd = (code: number | null, signal: NodeJS.Signals | null) => {
      if (!stopping.signal.aborted) bringingBack = bringBack(code, signal, performance.now() - since);
    };
    // It may have ended between being ready and being watched.
    if (child.exitCode !== null || child.signalCode !== null) onEnd(child.exitCode, child.signalCode);
    else child.once("exit", onEnd);
  }

  async function bringBack(code: number | null, signal: NodeJS.Signals | null, livedMs: number): Promise<void> {
    pauseMs = livedMs > STEADY_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    log.error(`PostgreSQL ended unexpectedly (${signal ?? `code ${code}`}); it is started again in ${pauseMs} ms`);
    for (const tell of listeners) tell({ code, signal, restartInMs: pauseMs });
    for (;;) {
      await pause(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      try {
        child = await actions.start(stopping.signal);
        break;
      } catch (error) {
        if (stopping.signal.aborted) return;
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
        log.error(`PostgreSQL could not be started again: ${(error as Error).message}. Next try in ${pauseMs} ms`);
      }
    }
    log.info("PostgreSQL runs again");
    watch();
  }
}
