import { z } from "zod";
import { cursor, expectedVersion, id, instant, pageOf } from "./common.ts";
import { joinAct } from "./joins.ts";

const named = z.object({ id, number: z.string(), subject: z.string() });

/** A close call: a message stands in `conversation`, and a person says whether it belongs there or to `other`. */
export const askView = z.object({
  messageId: id,
  askedAt: instant,
  /** When the message was said, by whom, and its first words. */
  saidAt: instant,
  by: z.string(),
  text: z.string(),
  conversation: named,
  /** Null: to nothing that was said before. */
  other: named.nullable(),
  /** What speaks for the other place; where that is null, for this one. */
  why: z.string(),
  /** From the last word in `other` to the message. */
  afterMs: z.int().nullable(),
  /** To send back as `expected`. */
  expected: z.record(id, z.int()),
});
export type AskView = z.infer<typeof askView>;
export const askList = z.object({ asks: z.array(askView) });
export type AskList = z.infer<typeof askList>;
export const asksQuery = z.object({ cursor, limit: z.coerce.number().int().min(1).max(100).default(50) });
export const askPage = pageOf(askView);
export type AskPage = z.infer<typeof askPage>;

/** `there`: it goes to `other` (or becomes a conversation of its own); `here`: it stays. `expected`: for each conversation it names, the version the caller saw. */
export const answerAsk = z.object({ answer: z.enum(["there", "here"]), expected: z.record(id, expectedVersion) });
export type AnswerAsk = z.input<typeof answerAsk>;
export const askAnswered = z.object({
  answer: z.enum(["there", "here"]),
  /** Where the message stands now. */
  conversationId: id,
  /** What was done, to take it back; null where nothing was moved. */
  act: joinAct.nullable(),
});
export type AskAnswered = z.infer<typeof askAnswered>;
