import { z } from "zod";
import { defineSetting } from "#modules/company";

/** How long a reply can be taken back before it leaves. */
export const undoWindow = defineSetting({
  key: "desk.undo-ms",
  schema: z.int().min(0).max(60_000),
  fallback: 8_000,
  perBrand: true,
  describe: "Milliseconds in which a reply can be taken back before it leaves",
});

const keyed = { key: z.string().min(1).max(60), name: z.string().min(1).max(80) };
const unlike = (all: readonly { key: string }[]) => new Set(all.map((one) => one.key)).size === all.length;
const reason = z.object({
  ...keyed,
  below: z.array(z.object(keyed)).max(40).refine(unlike, "Give each reason another key.").optional(),
});
const outcome = z.object({
  ...keyed,
  /** Why it came so: a tree of two levels. */
  reasons: z.array(reason).max(40).refine(unlike, "Give each reason another key.").optional(),
});
export const outcomesSetting = defineSetting({
  key: "desk.outcomes",
  schema: z.array(outcome).min(1).max(40),
  fallback: [
    { key: "solved", name: "Solved" },
    { key: "answered", name: "Answered" },
    { key: "passed-on", name: "Passed on" },
    { key: "customer-silent", name: "Customer fell silent" },
    { key: "no-answer-needed", name: "No answer needed" },
    { key: "spam", name: "Spam" },
  ],
  perBrand: true,
  describe: "What may come of an episode, and for each the reasons there can be",
});

/** Queues whose work ends with a reason, wherever the outcome has any. */
export const reasonNeeded = defineSetting({
  key: "desk.reason-needed",
  schema: z.array(z.uuid()).max(500),
  fallback: [] as string[],
  perBrand: false,
  describe: "The queues in which an episode ends only with a reason, where its outcome has reasons",
});

export const askOutside = defineSetting({
  key: "desk.ask-outside",
  schema: z.boolean(),
  fallback: true,
  perBrand: true,
  describe: "Whether agents may ask people outside the company by a signed link",
});

/** What the wallboard holds answers in time against. 9 of 10 unless set. */
export const inTimeGoal = defineSetting({
  key: "desk.in-time-goal",
  schema: z.number().min(0).max(1),
  fallback: 0.9,
  perBrand: false,
  describe: "The share of answers that are to be given in time, shown on the wallboard",
});

export const subjectNumber = defineSetting({
  key: "desk.subject-number",
  schema: z.boolean(),
  fallback: true,
  perBrand: true,
  describe: "Whether the subject of our mails ends with the conversation's number, as in [C-20481]",
});
