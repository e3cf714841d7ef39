import { z } from "zod";
import { expectedVersion, id, instant } from "./common.ts";

/** Labels that an account's marks teach. */
export const learntLabels = ["actionable", "noise", "sentiment", "intent", "gratitude"] as const;
export type LearntLabel = (typeof learntLabels)[number];
const task = z.enum(learntLabels);

/** A share with its 95 % interval (Wilson 1927); `share` null: there is nothing to measure it by. */
export const share = z.object({
  share: z.number().nullable(),
  low: z.number(),
  high: z.number(),
  hits: z.number(),
  of: z.number(),
});
export type ShareView = z.infer<typeof share>;

export const labelFigures = z.object({
  label: z.string(),
  /** Held-out posts that people gave this label. */
  true: z.int(),
  precision: share,
  recall: share,
});

export const modelVersion = z.object({
  version: z.int().describe("1 is the first the account learnt"),
  at: instant,
  learnedFrom: z.int().describe("marked posts it learnt from"),
  heldOut: z.int().describe("marked posts that were kept from it"),
  /** Of what was measured when it was learnt; null: a version of before the figures. */
  figures: z
    .object({
      right: share,
      /** Expected calibration error, 0 to 1. */
      calibration: z.number().nullable(),
      labels: z.array(labelFigures),
      /** The version in use before (0: what ships) on the same posts. */
      before: z.object({ version: z.int(), right: share }).nullable(),
    })
    .nullable(),
  /** `promoted`: it was taken into use. `worse`: it got more of the held-out posts wrong than the one in use. `pinned`: another was pinned. */
  verdict: z.enum(["promoted", "worse", "pinned"]),
});
export type ModelVersionView = z.infer<typeof modelVersion>;

export const learntLabel = z.object({
  task,
  /** A model ships with the product, so version 0 can be used. */
  ships: z.boolean(),
  marks: z.int().describe("messages somebody marked"),
  inUse: z.int().describe("0: what ships, or none"),
  pinned: z.boolean(),
  pinnedBy: z.string().nullable(),
  changedAt: instant.nullable(),
  /** For the next choice. */
  version: z.int(),
  versions: z.array(modelVersion),
});
export type LearntLabelView = z.infer<typeof learntLabel>;

/** GET /api/learning */
export const learningView = z.object({ labels: z.array(learntLabel), canChoose: z.boolean() });
export type LearningView = z.infer<typeof learningView>;

/** PUT /api/learning/:key/version: uses that version; pinned until it is released (`pinned` false). */
export const chooseVersion = z.object({
  version: z.int().min(0).max(2_147_483_647),
  pinned: z.boolean(),
  expectedVersion,
});
/** What was in use before, for the undo. */
export const versionChosen = z.object({ was: z.object({ version: z.int(), pinned: z.boolean() }), label: learntLabel });
export type VersionChosen = z.infer<typeof versionChosen>;

const said = z.object({ said: z.string(), sure: z.number() });
const post = z.object({
  messageId: id,
  network: z.string(),
  author: z.string(),
  handle: z.string(),
  text: z.string(),
  at: instant,
  permalink: z.string().nullable(),
});
/** GET /api/learning/:key/changes?from=3&to=4: messages of late whose label the two versions do not agree on. */
export const versionChanges = z.object({
  looked: z.int(),
  changed: z.int(),
  examples: z.array(post.extend({ was: said, is: said })),
});
export type VersionChanges = z.infer<typeof versionChanges>;

export const dailyAnswer = z.enum(["yes", "no", "skip"]);
/** One of the day's posts with the question: is it work, noise, thanks? */
export const dailyPost = post.extend({
  place: z.int(),
  task,
  /** How probable "yes" seemed when it was chosen, 0 to 1. */
  likely: z.number(),
  answer: dailyAnswer.nullable(),
  answeredBy: z.string().nullable(),
});
export type DailyPostView = z.infer<typeof dailyPost>;
/** GET /api/learning/today; `hidden`: posts of brands the actor may not mark. */
export const today = z.object({ day: z.string(), posts: z.array(dailyPost), hidden: z.int() });
export type TodayView = z.infer<typeof today>;
/** PUT /api/learning/days/:day/:place */
export const answerDaily = z.object({ said: dailyAnswer });
