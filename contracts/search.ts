import { z } from "zod";
import { id, instant } from "./common.ts";

/** Where a text answers: `at` and `length` in UTF-16. */
export const span = z.object({ at: z.int().min(0), length: z.int().min(1) });

/** A message that answers, in the conversation where it stands now. */
export const searchHit = z.object({
  messageId: id,
  conversationId: id,
  number: z.string(),
  subject: z.string(),
  customer: z.object({ id, name: z.string() }),
  mark: z.object({
    channelId: id,
    network: z.string(),
    name: z.string(),
    audience: z.enum(["public", "private"]),
  }),
  direction: z.enum(["in", "out"]),
  author: z.string(),
  at: instant,
  /** Whether work is open on the conversation. */
  open: z.boolean(),
  mine: z.boolean(),
  queue: z.string().nullable(),
  /** The part of the text around the first hit. */
  text: z.string(),
  spans: z.array(span),
  /** How many further messages of this conversation answered on this page. */
  also: z.int().min(0),
});
export type SearchHit = z.infer<typeof searchHit>;

export const searchPerson = z.object({
  id,
  name: z.string(),
  spans: z.array(span),
  handles: z.array(z.object({ network: z.string(), handle: z.string() })),
  lastSeenAt: instant,
});
export type SearchPerson = z.infer<typeof searchPerson>;

export const searchPage = z.object({
  /** The conversation whose number was asked for. */
  jump: z.object({ id, number: z.string(), subject: z.string(), customer: z.string() }).nullable(),
  /** What is in the asker's own open work; on the first page only. */
  own: z.array(searchHit),
  people: z.array(searchPerson),
  /** Everything that may be read, the newest first, without what stands in `own`. */
  items: z.array(searchHit),
  /** A page may be short, even empty, and have a next one: so far one request looks. */
  next: z.string().nullable(),
  /** Where it looked so far, when there is a next one: everything since then is told. */
  lookedTo: instant.nullable(),
});
export type SearchPage = z.infer<typeof searchPage>;
