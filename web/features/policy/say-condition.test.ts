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
    course: { worse: "got worse" },
    signal: { wish: "a wish", solved: "that a trouble is over" },
    visibility: { public: "anyone" },
    author: { bot: "a machine" },
    episode: { open: "is open" },
  },
  sentence: {
    addressed: (list) => `It ${list}.`,
    intent: (list) => `It is ${list}.`,
    sentiment: (list) => `Its tone is ${list}.`,
    risk: (list) => `It speaks of ${list}.`,
    signal: (list) => `It tells ${list}.`,
    thing: (list) => `It names ${list}.`,
    course: (list) => `Mood ${list}.`,
    monitor: (list) => `It was caught by ${list}.`,
    visibility: (list) => `It can be read by ${list}.`,
    author: (list) => `It was written by ${list}.`,
    episode: (list) => `Its work ${list}.`,
    words: (list) => `It says ${list}.`,
    language: (list) => `It is in ${list}.`,
  },
  yesNo: { noise: ["It is noise.", "It is not noise."], "thanks-only": ["Only thanks.", "More than thanks."] },
  followers: (count) => `${count} followers or more.`,
  hours: (from, to, zone, days) => `From ${from} until ${to} in ${zone}, ${days}.`,
  day: (iso) => "MTWTFSS"[iso - 1]!,
  everyDay: "every day",
  and: (list) => list.join(" and "),
  thing: (id) => `thing ${id}`,
  monitor: (id) => ({ m1: "“Night line”" })[id] ?? "a monitor",
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
  [{ on: "signal", any: ["wish", "solved"] }, "It tells a wish or that a trouble is over."],
  [{ on: "monitor", any: ["m1", "m2"] }, "It was caught by “Night line” or a monitor."],
  [
    { on: "hour", from: "22:00", to: "06:00", days: [5, 6], zone: "America/New_York" },
    "From 22:00 until 06:00 in America/New York, F and S.",
  ],
  [
    { on: "hour", from: "00:00", to: "00:00", days: [1, 2, 3, 4, 5, 6, 7], zone: "UTC" },
    "From 00:00 until 00:00 in UTC, every day.",
  ],
  [{ on: "risk", any: [] }, "It speaks of …."],
])("%o", (condition, sentence) => {
  expect(sayCondition(condition, words)).toBe(sentence);
});

test("an own value that is named like a part of every object is still quoted", () => {
  expect(nameOf("intent", "constructor", words)).toBe("“constructor”");
});
