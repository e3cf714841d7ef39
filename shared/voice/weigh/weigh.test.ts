import { expect, test } from "vitest";
import { checkVoice, type VoiceDraft } from "../check.ts";
import { readHouseRules } from "../read-rules.ts";
import { sentencesOf } from "../text.ts";
import { featuresOf } from "./features.ts";
import { logitsOf } from "./weigh.ts";
import { weights } from "./weights.ts";

const voice = readHouseRules({ length: { x: 280 }, disclosure: "none" }, "x", true);
const draft = (text: string, part: Partial<VoiceDraft> = {}): VoiceDraft => ({
  ...{ text, public: true, agent: { name: "Mia Kern", initials: "MK" }, post: "", facts: [], recent: [] },
  ...part,
});

// None of these has a word that a list forbids: the post, what is known and the reply together tell.
test.each([
  [
    "canned",
    "The ferry was dirty and cold.",
    [],
    "We are grateful for every remark and will use it to get even better.",
  ],
  ["tone", "The ferry left without my kids!", ["ferry left on time"], "Clocks work for everybody else."],
  ["promise", "Will the ferry run on Sunday?", ["storm, no decision"], "You will cross on Sunday, no question."],
])("%s without a forbidden word", (rule, post, facts, text) => {
  const found = checkVoice(draft(text, { post, facts }), voice);
  expect(found.map((f) => f.rule)).toContain(rule);
});
test.each([
  ["The ferry was dirty and cold.", [], "I'm sorry about that. Which crossing was it? I'll ask the crew."],
  [
    "The ferry left without my kids!",
    [],
    "That must have been a fright. Are they with you now? Please write to us in private.",
  ],
  ["Will the ferry run on Sunday?", ["storm, no decision"], "Nothing is decided yet, the storm has the last word."],
  ["is the ferry running today", ["ferry runs hourly until 22"], "It does, hourly until 22."],
])("a fine answer to: %s", (post, facts, text) => expect(checkVoice(draft(text, { post, facts }), voice)).toEqual([]));

test("what the weight alone speaks for points at a sentence, explains itself and never holds", () => {
  const text = "I see what you mean about the ferry. Clocks work for everybody else.";
  const found = checkVoice(draft(text, { post: "The ferry left without my kids!" }), voice);
  for (const { severity, start, end, message } of found) {
    expect(severity).toBe("warn");
    expect(start < end && end <= text.length).toBe(true);
    expect(message).toMatch(/\.$/u);
  }
});

test("no weight speaks against a plain fault", () => {
  const fine = { post: "is the ferry running today", facts: ["ferry runs hourly until 22"] };
  const found = checkVoice(draft("Hi {{name}}, it does, hourly until 22.", fine), voice);
  expect(found.map((f) => f.code)).toEqual(["placeholder"]);
});

test("the weights are of features that there are, and few", () => {
  const names = Object.keys(weights.of);
  expect(names.length).toBeLessThan(200);
  for (const row of Object.values(weights.of)) expect(row).toHaveLength(weights.base.length);
  const one = draft("You'll get your money back, I promise! Which account is it?", {
    ...{ post: "Still no refund, I'm furious", facts: ["account 44-1201, refund under review"], recent: ["We look."] },
  });
  const features = featuresOf(one, sentencesOf(one.text));
  expect([...features.keys()].filter((name) => Object.hasOwn(weights.of, name)).length).toBeGreaterThan(20);
  expect(
    logitsOf(
      new Map([
        ["__proto__", 1],
        ["constructor", 1],
      ]),
    ),
  ).toEqual([...weights.base]);
});
