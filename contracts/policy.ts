import { z } from "zod";
import { id, instant } from "./common.ts";

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
  z.object({ on: z.literal("visibility"), is: z.array(z.enum(["public", "private"])).min(1) }),
  z.object({ on: z.literal("language"), is: z.array(z.string()).min(1) }),
  z.object({ on: z.literal("words"), any: z.array(z.string().min(1).max(80)).min(1) }),
  z.object({ on: z.literal("followers"), atLeast: z.int().min(0) }),
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
