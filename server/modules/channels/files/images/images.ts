import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Millis } from "#platform/clock";
import { imageSize } from "../../domain/image-size.ts";
import { createFairGate } from "../fair-gate.ts";
import type { ImageAnswer, ImageJob, ImageMade } from "./image-thread.ts";

export type { Encoded, ImageMade } from "./image-thread.ts";

/** Before decoding: a picture of more is a bomb, or needs more memory than there is (four bytes for each). */
export const MAX_PIXELS = 40_000_000;
const MAX_SIDE = 30_000;
/** Of what is shown and sent; sharp on every screen. */
const FULL_SIDE = 4_096;
const THUMB_SIDE = 480;
/** Of the thread's own work: a picture of a telephone takes a second or two; a hostile one would take for ever. */
const TIME: Millis = 20_000;
/** By the clock on the wall it may take so many times as long: a machine that is busy elsewhere makes no picture a hostile one. */
const PATIENCE = 6;
/** So often one looks how much of it is used. */
const LOOK_EVERY: Millis = 1_000;
/** The codecs keep what memory they took, so the thread goes when nothing came for a while. */
const IDLE: Millis = 30_000;

export type Redrawn =
  | { ok: true; made: ImageMade }
  | { ok: false; why: "no-picture" | "too-many-pixels" | "unreadable" | "too-slow" };

export interface Images {
  /**
   * Decodes a PNG, JPEG, GIF (its first frame) or WebP and draws it anew: nothing of the file but its pixels is left, no place, no
   * camera, no second file behind it. In a thread of its own; `account` is whose turn it takes, and who has many large ones waits for
   * himself alone. Its size is told from its head before anything is decoded.
   */
  redraw(bytes: Uint8Array, options?: { account?: string; side?: number; maxBytes?: number }): Promise<Redrawn>;
  close(): Promise<void>;
}

/** A second thread where it takes no core from those who answer people. */
const LANES = availableParallelism() >= 4 ? 2 : 1;

export function createImages(limits: { timeMs?: Millis; maxPixels?: number; lanes?: number } = {}): Images {
  const { timeMs = TIME, maxPixels = MAX_PIXELS, lanes = LANES } = limits;
  const gate = createFairGate({ capacity: lanes });
  const all = Array.from({ length: lanes }, () => createLane(timeMs));
  const free = [...all];
  let last: Promise<unknown> = Promise.resolve();
  return {
    async redraw(bytes, { account = "", side = FULL_SIDE, maxBytes = Number.POSITIVE_INFINITY } = {}) {
      const size = imageSize(bytes);
      if (!size || size.width < 1 || size.height < 1) return { ok: false, why: "no-picture" };
      const { width, height, format } = size;
      if (width * height > maxPixels || width > MAX_SIDE || height > MAX_SIDE)
        return { ok: false, why: "too-many-pixels" };
      const run = gate.run(account, { cost: 1, weight: width * height }, async () => {
        // The last one to rest: a lane that nobody needs lets its thread go.
        const lane = free.pop()!;
        try {
          return await lane.redraw(bytes, { format, side, maxBytes, thumb: THUMB_SIDE });
        } finally {
          free.push(lane);
        }
      });
      last = Promise.allSettled([last, run]);
      return run;
    },
    async close() {
      await last;
      for (const lane of all) await lane.stop();
    },
  };
}

/** One thread, and one picture at a time in it. */
function createLane(timeMs: Millis) {
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;

  async function stop(): Promise<void> {
    clearTimeout(idle);
    const old = thread;
    thread = null;
    await old?.terminate();
  }

  function ask(job: ImageJob): Promise<ImageAnswer | "too-slow" | "broke"> {
    clearTimeout(idle);
    thread ??= new Worker(new URL("./image-thread.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    const worker = thread;
    worker.unref();
    return new Promise((resolve) => {
      const done = (answer: ImageAnswer | "too-slow" | "broke") => {
        clearInterval(timer);
        worker.off("message", done).off("error", broke).off("exit", broke);
        resolve(answer);
      };
      const broke = () => done("broke");
      const since = performance.now();
      // Null until it runs. The first picture's time holds the thread's own beginning, too.
      const used = () =>
        worker.cpuUsage().then(
          ({ user, system }) => (user + system) / 1_000,
          () => null,
        );
      const before = used();
      const look = async () => {
        const [then, now] = [(await before) ?? 0, (await used()) ?? 0];
        if (now - then > timeMs || performance.now() - since > PATIENCE * timeMs) done("too-slow");
      };
      const timer = setInterval(() => void look(), Math.min(timeMs, LOOK_EVERY));
      worker.on("message", done).on("error", broke).on("exit", broke);
      worker.postMessage(job, [job.bytes.buffer as ArrayBuffer]);
    });
  }

  async function redraw(bytes: Uint8Array, job: Omit<ImageJob, "bytes">): Promise<Redrawn> {
    const answer = await ask({ ...job, bytes: Uint8Array.from(bytes) });
    if (typeof answer === "string") {
      await stop();
      return { ok: false, why: answer === "too-slow" ? "too-slow" : "unreadable" };
    }
    idle = setTimeout(() => void stop(), IDLE);
    idle.unref();
    if (answer.ok) return answer;
    // A codec that threw may be left in any state.
    await stop();
    return { ok: false, why: "unreadable" };
  }

  return { redraw, stop };
}
