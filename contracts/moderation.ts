import { z } from "zod";
import { expectedVersion, id, instant } from "./common.ts";

/** What is done about a message or its author on the network itself. */
export const moderationVerb = z.enum(["hide", "unhide", "delete", "block", "unblock", "report"]);
export type ModerationVerb = z.infer<typeof moderationVerb>;
/** What an agent begins; `unhide` and `unblock` take the others back. */
export const moderationAsk = z.enum(["hide", "delete", "block", "report"]);
export type ModerationAsk = z.infer<typeof moderationAsk>;
export const moderationReason = z.enum([
  ...(["abuse", "spam", "misleading", "sexual", "illegal", "private-data", "mistake", "other"] as const),
]);
export type ModerationReason = z.infer<typeof moderationReason>;

/** One act: `snapshot` is the message as it stood when it was asked for. */
export const moderationAct = z.object({
  id,
  verb: moderationVerb,
  reason: moderationReason,
  note: z.string(),
  by: z.object({ id, name: z.string() }),
  at: instant,
  state: z.enum(["pending", "in-flight", "done", "unknown", "failed", "cancelled"]),
  /** Why it waits or failed, as a sentence. */
  error: z.string().nullable(),
  /** How it can be taken back now: `withdraw` before it has left, else by its opposite on the network; null: not. */
  undo: z.enum(["withdraw", "unhide", "unblock"]).nullable(),
  doneAt: instant.nullable(),
  snapshot: z.object({
    ...{ text: z.string(), authorName: z.string(), authorHandle: z.string() },
    ...{ permalink: z.string().nullable(), sentAt: instant, files: z.int() },
  }),
  version: z.int(),
});
export type ModerationActView = z.infer<typeof moderationAct>;

export const messageModeration = z.object({
  messageId: id,
  network: z.string(),
  channel: z.string(),
  author: z.object({ name: z.string(), handle: z.string() }),
  text: z.string(),
  /** What the asker may do about it; `refusal` says why one cannot be done, null: it can. */
  verbs: z.array(z.object({ verb: moderationAsk, refusal: z.string().nullable(), undo: z.boolean() })),
  /** Oldest first. */
  acts: z.array(moderationAct),
});
export type MessageModeration = z.infer<typeof messageModeration>;

export const askModeration = z.object({
  verb: moderationAsk,
  reason: moderationReason,
  note: z.string().trim().max(1_000).default(""),
});
/** Why it is taken back; may be empty. */
export const undoModeration = z.object({ note: z.string().trim().max(1_000) });
export const settleModeration = z.object({
  as: z.enum(["it-was-done", "try-again", "give-up"]),
  expectedVersion,
});
