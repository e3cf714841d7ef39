import { Worker } from "node:worker_threads";
import { type Millis, SECOND } from "#platform/clock";
import { notNow } from "#platform/errors";
import type { Play, Played } from "./play.ts";
import type { PlayAnswer } from "./play-thread.ts";

/** 10,000 items take some seconds; what takes longer than this is too much for a screen. */
const TIME: Millis = 60 * SECOND;
/** Rehearsals that wait for the one that is played. */
const MOST_WAITING = 3;
const MEMORY_MB = 768;

let turn: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * Plays in a thread of its own, one at a time in this process: whoever works at a desk meanwhile is served as ever. Null: it broke, or took
 * too long.
 */
export async function playBeside(asked: Play): Promise<Played | string | null> {
  if (waiting > MOST_WAITING) throw notNow("Other rehearsals are being played. Try again in a minute.");
  waiting++;
  const mine = turn.then(() => inThread(asked));
  turn = mine;
  try {
    return await mine;
  } finally {
    waiting--;
  }
}

function inThread(asked: Play): Promise<Played | string | null> {
  const worker = new Worker(new URL("./play-thread.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  worker.unref();
  return new Promise((resolve) => {
    const done = (answer: PlayAnswer | null) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(answer?.ok ? answer.played : null);
    };
    const broke = () => done(null);
    const timer = setTimeout(broke, TIME);
    worker.on("message", done).on("error", broke).on("exit", broke);
    worker.postMessage(asked);
  });
}
