import { z } from "zod";
import { cursor, id, instant, pageOf } from "./common.ts";

export const figuresQuery = z.object({
  from: instant,
  to: instant,
  brandId: id.optional(),
  queueId: id.optional(),
  network: z.string().max(40).optional(),
});
/** One figure: what it counts, how it is defined, whether it may still move, and how many rows stand behind it. */
export const figure = z.object({
  key: z.string(),
  group: z.enum(["quantity", "quality", "feedback", "outcome", "economics"]),
  unit: z.enum(["messages", "bursts", "episodes", "conversations", "customers", "invitations", "replies"]),
  measure: z.enum(["count", "milliseconds", "share"]),
  value: z.number().nullable(),
  before: z.number().nullable(),
  parts: z
    .object({ median: z.number().nullable(), p90: z.number().nullable(), inTarget: z.number().nullable(), n: z.int() })
    .nullable(),
  goal: z.number().nullable(),
  definition: z.string(),
  settled: z.boolean(),
  provisionalUntil: instant.nullable(),
  rows: z.int(),
  series: z.array(z.object({ at: instant, value: z.number().nullable() })),
});
export type Figure = z.infer<typeof figure>;
export const figuresView = z.object({
  from: instant,
  to: instant,
  zone: z.string(),
  asOf: instant,
  figures: z.array(figure),
});
export const figureRowsQuery = figuresQuery.extend({
  key: z.string().max(60),
  cursor,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const figureRow = z.object({
  episodeId: id.nullable(),
  conversationId: id.nullable(),
  number: z.string(),
  at: instant,
  value: z.number().nullable(),
  agent: z.string().nullable(),
  network: z.string(),
  note: z.string(),
});
export const figureRows = pageOf(figureRow);

/** `now`: it can be chosen; `before`: it could, and keeps its last name; `never`: nobody listed it. An empty key: none was given. */
const counted = z.object({
  key: z.string(),
  name: z.string(),
  listed: z.enum(["now", "before", "never"]),
  /** Conversations, in the span and in the one before it. */
  count: z.int(),
  before: z.int(),
  /** Of the line above, 0 to 1. */
  share: z.number(),
  medianMs: z.number().nullable(),
});
const finerCount = counted.extend({ below: z.array(z.never()) });
const reasonCount = counted.extend({ below: z.array(finerCount) });
const outcomeCount = counted.extend({ below: z.array(reasonCount) });
const markCount = z.object({ count: z.int(), before: z.int() });
/** What came of the conversations resolved in a span. Each counts once, by its last resolution in it; marks with whichever resolution they came. */
export const outcomesView = z.object({
  from: instant,
  to: instant,
  zone: z.string(),
  asOf: instant,
  count: z.int(),
  before: z.int(),
  medianMs: z.number().nullable(),
  outcomes: z.array(outcomeCount),
  feedback: markCount,
  leads: markCount,
});
export type OutcomesView = z.infer<typeof outcomesView>;
/** Which of them: an outcome, of it a reason, of that a finer one, by their keys (empty: none was given); or those with a mark. */
export const outcomeRowsQuery = figuresQuery.extend({
  outcome: z.string().max(80).optional(),
  reason: z.string().max(60).optional(),
  finer: z.string().max(60).optional(),
  mark: z.enum(["feedback", "lead"]).optional(),
  cursor,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const outcomeRow = z.object({
  episodeId: id,
  /** Null where the asker may not read it. */
  conversationId: id.nullable(),
  number: z.string(),
  at: instant,
  tookMs: z.number(),
  agent: z.string().nullable(),
  network: z.string(),
  outcome: z.string(),
  /** Names, from the top. */
  reason: z.array(z.string()),
  lead: z.boolean(),
  /** Empty where there is none, or where the conversation may not be read. */
  feedback: z.string(),
});
export type OutcomeRow = z.infer<typeof outcomeRow>;
export const outcomeRows = pageOf(outcomeRow);
export type OutcomeRows = z.infer<typeof outcomeRows>;
