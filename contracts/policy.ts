import { z } from "zod";
import { isZone } from "#shared/zone";
import { id, instant } from "./common.ts";

const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "HH:MM, 00:00 to 23:59");

/**
 * One condition of a rule, over labels, author and conversation. All conditions of a rule have to hold. `addressed` uses the words of
 * listening: direct (to us alone), reply (answers us), mention (calls our handle), named (our name without the handle), about (our
 * hashtag or a watched term), bystander (speaks to others in a thread of ours), none.
 */
export const policyCondition = z.discriminatedUnion("on", [
  z.object({
    on: z.literal("addressed"),
    is: z.array(z.enum(["direct", "reply", "mention", "named", "about", "bystander", "none"])).min(1),
  }),
  z.object({ on: z.literal("noise"), is: z.boolean() }),
  z.object({ on: z.literal("thanks-only"), is: z.boolean() }),
  z.object({ on: z.literal("intent"), is: z.array(z.string()).min(1) }),
  z.object({ on: z.literal("sentiment"), is: z.array(z.string()).min(1) }),
  z.object({ on: z.literal("risk"), any: z.array(z.string()).min(1) }),
  /** Any of what else it tells: purchase_intent, product_feedback, churn_risk, gratitude, sarcasm, wish, joke, solved, hearsay, opinion, rival, news, job, insult, threat, slur, personal_data, near_copy. */
  z.object({ on: z.literal("signal"), any: z.array(z.string().min(1).max(40)).min(1).max(40) }),
  /** Names any of these products and places of the account's list. */
  z.object({ on: z.literal("thing"), any: z.array(id).min(1).max(100) }),
  /** How the customer's mood went over their messages of the conversation, this one included; of a first message there is no course. */
  z.object({ on: z.literal("course"), is: z.array(z.enum(["better", "worse", "steady"])).min(1) }),
  /** Caught by any of these monitors. */
  z.object({ on: z.literal("monitor"), any: z.array(id).min(1).max(100) }),
  z.object({ on: z.literal("visibility"), is: z.array(z.enum(["public", "private"])).min(1) }),
  z.object({ on: z.literal("language"), is: z.array(z.string()).min(1) }),
  z.object({ on: z.literal("words"), any: z.array(z.string().min(1).max(80)).min(1) }),
  z.object({ on: z.literal("followers"), atLeast: z.int().min(0) }),
  /**
   * Written within these hours of these days (ISO 8601: Monday is 1, Sunday 7), by the wall clock of `zone`. The first minute counts, the
   * last does not; hours that end before they begin go on into the next day; equal ones are the whole day.
   */
  z.object({
    on: z.literal("hour"),
    from: clockTime,
    to: clockTime,
    days: z.array(z.int().min(1).max(7)).min(1).max(7),
    zone: z.string().min(1).max(64).refine(isZone, "IANA time zone, Europe/London"),
  }),
  z.object({ on: z.literal("author"), is: z.array(z.enum(["bot", "us", "known-customer", "stranger"])).min(1) }),
  z.object({ on: z.literal("episode"), is: z.array(z.enum(["open", "in-window", "none"])).min(1) }),
]);
/** Ordered: the first rule whose conditions hold decides. `says` is the sentence shown with the decision. */
export const policyRule = z.object({
  id: z.string().min(1).max(40),
  says: z.string().min(1).max(300),
  when: z.array(policyCondition).max(12),
  verdict: z.enum(["work", "leave"]),
  priority: z.enum(["urgent", "high", "normal", "low"]).default("normal"),
});
export type PolicyRule = z.infer<typeof policyRule>;
export type PolicyCondition = z.infer<typeof policyCondition>;
export type Priority = PolicyRule["priority"];
export const policyView = z.object({
  brandId: id,
  version: z.int(),
  text: z.string(),
  rules: z.array(policyRule),
  validFrom: instant,
});
export const setPolicy = z.object({
  text: z.string().max(10_000),
  rules: z.array(policyRule).min(1).max(100),
  expectedVersion: z.int().min(0),
});
/** Runs a draft over the last messages without changing anything (D12). */
export const dryRunPolicy = z.object({ rules: setPolicy.shape.rules, last: z.int().min(1).max(2_000).default(300) });
export const dryRunResult = z.object({
  looked: z.int(),
  work: z.int(),
  leave: z.int(),
  changed: z.array(
    z.object({ messageId: id, text: z.string(), was: z.boolean().nullable(), would: z.boolean(), says: z.string() }),
  ),
});
