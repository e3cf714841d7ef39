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
