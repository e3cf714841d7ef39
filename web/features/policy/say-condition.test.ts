import { expect, test } from "vitest";
import type { PolicyCondition } from "#contracts/policy";
import { type ConditionWords, nameOf, sayCondition } from "./say-condition.ts";

const or = new Intl.ListFormat("en", { type: "disjunction" });
const words: ConditionWords = {
  values: {
    addressed: { direct: "is written to us alone", reply: "answers us" },
    intent: { complaint: "a complaint", question: "a question" },
    sentiment: { negative: "unhappy" },
    risk: { safety: "danger" },
    visibility: { public: "anyone" },
    author: { bot: "a machine" },
    episode: { open: "is open" },
  },
  sentence: {
    addressed: (list) => `It ${list}.`,
    intent: (list) => `It is ${list}.`,
    sentiment: (list) => `Its tone is ${list}.`,
    risk: (list) => `It speaks of ${list}.`,
    visibility: (list) => `It can be read by ${list}.`,
    author: (list) => `It was written by ${list}.`,
    episode: (list) => `Its work ${list}.`,
    words: (list) => `It says ${list}.`,
    language: (list) => `It is in ${list}.`,
  },
  yesNo: { noise: ["It is noise.", "It is not noise."], "thanks-only": ["Only thanks.", "More than thanks."] },
  followers: (count) => `${count} followers or more.`,
  language: (code) => ({ cy: "Welsh", en: "English" })[code] ?? code,
  quote: (text) => `“${text}”`,
  or: (list) => or.format(list),
  nothing: "…",
};

test.each<[PolicyCondition, string]>([
  [{ on: "addressed", is: ["direct", "reply"] }, "It is written to us alone or answers us."],
  [{ on: "intent", is: ["complaint", "question", "upgrade"] }, "It is a complaint, a question, or “upgrade”."],
  [{ on: "noise", is: false }, "It is not noise."],
  [{ on: "thanks-only", is: true }, "Only thanks."],
  [{ on: "followers", atLeast: 10_000 }, "10000 followers or more."],
  [{ on: "words", any: ["no signal"] }, "It says “no signal”."],
  [{ on: "language", is: ["cy", "xx"] }, "It is in Welsh or xx."],
  [{ on: "risk", any: [] }, "It speaks of …."],
])("%o", (condition, sentence) => {
  expect(sayCondition(condition, words)).toBe(sentence);
});

test("an own value that is named like a part of every object is still quoted", () => {
  expect(nameOf("intent", "constructor", words)).toBe("“constructor”");
});
