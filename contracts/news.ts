import { z } from "zod";
import { id, instant } from "./common.ts";

/** What happened in a conversation since the asker read it last. */
export const conversationNews = z.object({
  /** Null: he never did, or nothing is known of it. */
  since: instant.nullable(),
  /** Where he stood when he left it; null: at its end. */
  entryId: z.string().nullable(),
  /** The first new entry of the timeline; null: nothing is new. */
  first: z.string().nullable(),
  messages: z.int(),
  replies: z.int(),
  notes: z.int(),
  /** There are more than are counted. */
  more: z.boolean(),
  /** What else happened, newest last: at most three lines, and how many before them. */
  changes: z.array(z.string()),
  changesMore: z.int(),
});
export type ConversationNews = z.infer<typeof conversationNews>;

export const readPosition = z.object({
  /** The newest message on the reader's screen; null: there is none. */
  newest: id.nullable(),
  /** What stood before his eyes when he left; null: the end. */
  entryId: z.string().max(80).nullable(),
});
