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

const outcome = z.object({ key: z.string().min(1).max(60), name: z.string().min(1).max(80) });
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
  describe: "What may come of an episode",
});
