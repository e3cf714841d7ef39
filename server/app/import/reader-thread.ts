import { Worker } from "node:worker_threads";
import type { ThreadData } from "./listening-thread.ts";

/** The reader of `listening` on a core of its own. */
export interface ReaderThread {
  /** Resolves when it has read all that is numbered; at once when the thread has failed. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Room for what one run makes and throws away: with less, half of it is copied around first. */
const YOUNG_MB = 64;

/** Starts it; `onFailure` when it ends without being told to. Then somebody else has to read. */
export function startListeningThread(data: ThreadData, onFailure: (error: unknown) => void): ReaderThread {
  const worker = new Worker(new URL("./listening-thread.ts", import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  let closing = false;
  const waiting: (() => void)[] = [];
  const release = () => {
    for (const go of waiting.splice(0)) go();
  };
  let error: unknown = null;
  worker.on("error", (e) => {
    error = e;
  });
  worker.on("message", release);
  const ended = new Promise<void>((done) => {
    worker.once("exit", (code) => {
      if (!closing) onFailure(error ?? new Error(`The thread that labels ended with code ${code}.`));
      release();
      done();
    });
  });
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  return {
    settled: () =>
      new Promise((done) => {
        if (gone) return done();
        waiting.push(done);
        worker.postMessage("settle");
      }),
    async close() {
      closing = true;
      worker.postMessage("close");
      await ended;
    },
  };
}
