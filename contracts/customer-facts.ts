import { z } from "zod";
import { id, instant } from "./common.ts";

/** Who wrote it; null for a key, a program or somebody who is gone. */
export const by = z.object({ id, name: z.string() }).nullable();
/** What is noted of a customer. Every field and purpose the account has is there, said or not. */
export const customerFacts = z.object({
  organisations: z.array(z.object({ id, name: z.string(), role: z.string(), since: instant })),
  fields: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      kind: z.enum(["text", "number", "date", "yes-no", "choice", "link"]),
      choices: z.array(z.string()),
      value: z.string().nullable(),
      at: instant.nullable(),
      by,
      /** Of the customer's own value; 0: none was written yet. */
      version: z.int(),
    }),
  ),
  consents: z.array(
    z.object({
      purpose: z.string(),
      label: z.string(),
      /** Null: never asked. */
      given: z.boolean().nullable(),
      source: z.string(),
      at: instant.nullable(),
      by,
    }),
  ),
  notes: z.array(z.object({ id, at: instant, agent: by, text: z.string() })),
});
export type CustomerFacts = z.infer<typeof customerFacts>;

/**
 * What stands behind somebody's influence, part by part, each with the time it was so; there is no score. `reach`: followers of a
 * handle; `verified`: the network vouches for it; `spoke-public`: messages in public to us in twelve months.
 */
export const influencePart = z.object({
  part: z.enum(["reach", "verified", "spoke-public"]),
  network: z.string().nullable(),
  handle: z.string().nullable(),
  value: z.int().nullable(),
  at: instant.nullable(),
});
export type InfluencePart = z.infer<typeof influencePart>;
