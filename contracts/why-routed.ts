import { z } from "zod";
import { id, instant } from "./common.ts";

/** Somebody else and the first thing that spoke against them; the sentence goes on after the name. Null: nobody any more. */
const other = z.object({
  name: z.string().nullable(),
  code: z.string(),
  text: z.string(),
  at: instant.nullable(),
});
export type OtherAgent = z.infer<typeof other>;

/** Why work is where it is: who got it, what came before, why not the others, and what comes next. */
export const whyRouted = z.object({
  /** Null where no work is open. */
  why: z
    .object({
      workItemId: id,
      queue: z.string(),
      state: z.string(),
      /** Null while it waits for the first. `admitted`: so many could have had it then. */
      choice: z
        .object({
          at: instant,
          agent: z.string(),
          mine: z.boolean(),
          reasons: z.array(z.string()),
          admitted: z.int().nullable(),
          others: z.array(other),
        })
        .nullable(),
      before: z.array(z.object({ at: instant, text: z.string() })),
      /** The others as they stand now, the nearest first; `more` are not told by name. Empty where the reader does not see the queue's work. */
      now: z.array(other),
      more: z.int(),
      next: z.array(z.object({ at: instant, code: z.string(), text: z.string() })),
    })
    .nullable(),
});
export type WhyRouted = z.infer<typeof whyRouted>;
