import { z } from "zod";
import { id, instant } from "./common.ts";
import { monitorColours } from "./monitors.ts";

export const trendSpan = z.enum(["24h", "7d", "30d"]);
export type TrendSpan = z.infer<typeof trendSpan>;

/** A share with the interval in which it lies 95 times of 100; null where there are too few posts to say. */
export const share = z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable();
/** How many times as many as in the span before; `sure`: the interval does not hold "as many". Null: too few posts to say. */
export const change = z.object({ times: z.number(), low: z.number(), high: z.number(), sure: z.boolean() }).nullable();

export const trendOfMonitor = z.object({
  id,
  name: z.string(),
  colour: z.enum(monitorColours),
  on: z.boolean(),
  brandId: id.nullable(),
  /** Posts it caught, and those it would have caught before it was made (of what is kept). */
  posts: z.int(),
  before: z.int(),
  change,
  negative: z.int(),
  positive: z.int(),
  noise: z.int(),
  /** Of the posts that are no noise. */
  negativeShare: share,
  negativeBefore: share,
  /** Of all posts of the chosen monitors, noise left out: share of voice. */
  voice: share,
  voiceBefore: share,
  /** One number for each step of the span, the first step first. */
  series: z.array(z.int()),
  negatives: z.array(z.int()),
});
export type TrendOfMonitor = z.infer<typeof trendOfMonitor>;

/** GET /api/trends?span=&monitors=id,id: by name; without `monitors` all that the actor may read, at most 12 of the busiest. */
export const trends = z.object({
  at: instant,
  span: trendSpan,
  from: instant,
  /** End of the last step: it is not over yet. */
  to: instant,
  stepMinutes: z.int(),
  monitors: z.array(trendOfMonitor),
  /** What the streams of whole networks heard in the span, and how much of it a monitor wanted. */
  heard: z.object({ heard: z.number(), wanted: z.number() }),
  /** There are more monitors than are shown. */
  more: z.int(),
});
export type Trends = z.infer<typeof trends>;

export const trendPost = z.object({
  id,
  author: z.string(),
  network: z.string(),
  text: z.string(),
  at: instant,
  permalink: z.string().nullable(),
  sentiment: z.string(),
});
export type TrendPost = z.infer<typeof trendPost>;

/** GET /api/monitors/:id/themes?span=: what its posts speak of, and what is new. */
export const monitorThemes = z.object({
  at: instant,
  span: trendSpan,
  /** The newest posts of the span and of the span before that were read; `all`: there were no more. */
  of: z.object({ posts: z.int(), people: z.int(), all: z.boolean(), before: z.int(), peopleBefore: z.int() }),
  /** Fewer posts than can be sorted into themes. */
  tooFew: z.boolean(),
  topics: z.array(z.object({ topic: z.string(), posts: z.int(), share, negative: z.int() })),
  themes: z.array(
    z.object({
      name: z.string(),
      words: z.array(z.string()),
      posts: z.int(),
      people: z.int(),
      negative: z.int(),
      positive: z.int(),
      before: z.int(),
      examples: z.array(id),
    }),
  ),
  /** Posts that belong to no theme. */
  others: z.int(),
  phrases: z.array(
    z.object({
      phrase: z.string(),
      now: z.int(),
      nowOf: z.int(),
      before: z.int(),
      beforeOf: z.int(),
      times: z.number(),
      strength: z.number(),
      examples: z.array(id),
    }),
  ),
  posts: z.array(trendPost),
});
export type MonitorThemes = z.infer<typeof monitorThemes>;
