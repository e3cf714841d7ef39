import { parentPort } from "node:worker_threads";
import type { Instant } from "#platform/clock";
import type { Frame } from "../mailbox/frames.ts";
import { type ReadMail, readMail } from "./read-mail.ts";

/** What the thread is asked: a mail, and what its reader must know. */
export interface MailJob {
  frame: Frame;
  receivedAt: Instant;
  selfIds: readonly string[];
}
export type MailAnswer = { ok: true; read: ReadMail } | { ok: false };

parentPort?.on("message", ({ frame, receivedAt, selfIds }: MailJob) => {
  readMail(frame, receivedAt, { selfIds }).then(
    (read) => parentPort!.postMessage({ ok: true, read } satisfies MailAnswer),
    () => parentPort!.postMessage({ ok: false } satisfies MailAnswer),
  );
});
