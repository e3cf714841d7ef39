import { z } from "zod";
import { defineSetting } from "#modules/company";
import { acknowledgementFaults, checkAcknowledgement } from "#shared/acknowledgement";
import { isZone } from "#shared/zone";

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const zone = z.string().refine(isZone, "There is no time zone of this name.");
const text = z.object({
  locale: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  /** The kind of work it is for; null: all that have none of their own. Calls are answered, not told. */
  medium: z.enum(["chat", "dm", "public", "email"]).nullable().default(null),
  text: z
    .string()
    .max(1_000)
    .superRefine((value, context) => {
      for (const fault of checkAcknowledgement(value))
        context.addIssue({ code: "custom", message: acknowledgementFaults[fault] });
    }),
});

const shape = z.object({
  on: z.boolean().default(false),
  publicToo: z.boolean().default(false),
  /** `closed`: while the queue is closed; `slow`: also when the forecast says that a person comes later than this. */
  when: z.enum(["closed", "slow"]).default("closed"),
  slowMinutes: z.int().min(5).max(1_440).default(60),
  quiet: z.object({ from: time, to: time, zone }).nullable().default(null),
  texts: z.array(text).min(1).max(40),
});
export type AcknowledgeRule = z.output<typeof shape>;

/** What a brand lets the program say by itself. Off unless somebody turns it on; under public posts only where that is said as well. */
export const acknowledgeSetting = defineSetting({
  key: "desk.acknowledge",
  schema: shape,
  fallback: {
    ...{ on: false, publicToo: false, when: "closed" as const, slowMinutes: 60, quiet: null },
    texts: [
      {
        locale: "en",
        medium: null,
        text: "{company}: this is an automatic reply. We have your message, and a person will answer by {when}. Whatever you add here reaches them.",
      },
    ],
  },
  perBrand: true,
  describe:
    "Whether customers who have to wait are told so by an automatic message (never by default), in which words, and at which hours not. The words name {company}, say that they are automatic, and say {when}.",
});
