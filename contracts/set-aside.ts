import { z } from "zod";
import { cursor, id, instant } from "./common.ts";
import { share } from "./learning.ts";

/** Why the policy left a post: `key` is the rule or the reason, `says` its sentence. */
export const setAsideReason = z.object({ key: z.string(), says: z.string() });

const post = z.object({
  messageId: id,
  conversationId: id.nullable().describe("null: it stands outside of any"),
  network: z.string(),
  visibility: z.string(),
  author: z.string(),
  handle: z.string(),
  text: z.string(),
  at: instant,
  permalink: z.string().nullable(),
  reason: setAsideReason,
});

export const setAsideQuery = z.object({
  reason: z.string().min(1).max(60).optional(),
  cursor,
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
/** GET /api/set-aside/:brandId: what was heard and left of late, newest first; `reasons` with the first page only. */
export const setAsidePage = z.object({
  items: z.array(post.extend({ marked: z.enum(["yes", "no"]).nullable().describe("needed an answer, said an agent") })),
  next: z.string().nullable(),
  /** Days that are looked back. */
  days: z.int(),
  reasons: z.array(setAsideReason.extend({ posts: z.int() })).nullable(),
});
export type SetAsidePage = z.infer<typeof setAsidePage>;

export const sampleView = z.object({
  id,
  since: instant,
  until: instant,
  drawnAt: instant,
  drawnBy: z.string().nullable(),
  /** Posts that were set aside in the span, and how many of them were drawn. */
  frame: z.int(),
  drawn: z.int(),
  /** Posts that were taken for work in the span, without those an agent said were none. */
  taken: z.int(),
  marked: z.int(),
  /** Marked ones that should have been work. */
  work: z.int(),
  /** Drawn posts that were deleted meanwhile. */
  gone: z.int(),
  strata: z.array(setAsideReason.extend({ frame: z.int(), drawn: z.int(), marked: z.int(), work: z.int() })),
  /** Estimated posts that should have been work, in the whole span; null while nothing is marked. */
  missed: z.object({ estimate: z.number(), low: z.number(), high: z.number() }).nullable(),
  recall: share,
});
export type SampleView = z.infer<typeof sampleView>;
/** GET /api/set-aside/:brandId/samples: newest first. */
export const sampleList = z.object({ samples: z.array(sampleView), canMark: z.boolean() });
export type SampleList = z.infer<typeof sampleList>;

/** GET /api/set-aside/:brandId/samples/:sampleId: its posts, in the order in which they are to be marked. */
export const samplePosts = z.object({
  posts: z.array(post.extend({ place: z.int(), verdict: z.enum(["work", "leave"]).nullable() })),
});
export type SamplePosts = z.infer<typeof samplePosts>;
/** PUT /api/set-aside/:brandId/samples/:sampleId/:place */
export const sampleVerdict = z.object({ verdict: z.enum(["work", "leave"]) });
