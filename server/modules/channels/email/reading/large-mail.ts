import { Worker } from "node:worker_threads";
import { MINUTE, type Millis, SECOND } from "#platform/clock";
import { createFairGate } from "../../files/fair-gate.ts";
import type { MailAnswer, MailJob } from "./mail-thread.ts";
import type { ReadMail } from "./read-mail.ts";

/** A mail of 25 MB takes seconds; one that takes longer than this is put aside as unreadable. */
const TIME: Millis = MINUTE;
const IDLE: Millis = 30 * SECOND;
/** Bytes from which a mail is read beside: to carry it over costs less than to hold up everybody else. */
export const LARGE = 256_000;

// One thread of the process, and one mail in it; each mailbox in its turn, its small mails first.
const gate = createFairGate({ capacity: 1 });
let thread: Worker | null = null;
let idle: NodeJS.Timeout | undefined;

/** Reads a large mail in a thread of its own, while others go on being served. Null: it could not be read. */
export function readLargeMail(mailbox: string, job: MailJob): Promise<ReadMail | null> {
  return gate.run(mailbox, { cost: 1, weight: job.frame.raw.length }, async () => {
    const answer = await ask({ ...job, frame: { ...job.frame, raw: Uint8Array.from(job.frame.raw) } });
    if (answer === null) stop();
    else {
      idle = setTimeout(stop, IDLE);
      idle.unref();
    }
    return answer?.ok ? answer.read : null;
  });
}

function stop(): void {
  clearTimeout(idle);
  const old = thread;
  thread = null;
  void old?.terminate();
}

/** Null: it broke, or took too long. */
function ask(job: MailJob): Promise<MailAnswer | null> {
  clearTimeout(idle);
  thread ??= new Worker(new URL("./mail-thread.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  const worker = thread;
  worker.unref();
  return new Promise((resolve) => {
    const done = (answer: MailAnswer | null) => {
      clearTimeout(timer);
      worker.off("message", done).off("error", broke).off("exit", broke);
      resolve(answer);
    };
    const broke = () => done(null);
    const timer = setTimeout(broke, TIME);
    worker.on("message", done).on("error", broke).on("exit", broke);
    worker.postMessage(job, [job.frame.raw.buffer as ArrayBuffer]);
  });
}
