import { expect, test } from "vitest";
import { readAvoided, readDisclosure, readLimit } from "./read-rules.ts";
import { checkWhoAnswers, saysWho } from "./who-answers.ts";

test.each([
  [{ x: 280 }, "x", true, { unit: "x-weighted", max: 280 }],
  [{ play: 350 }, "playground", true, { unit: "graphemes", max: 350 }],
  [{ bluesky: 300 }, "bluesky", true, { unit: "graphemes", max: 300, maxUtf8Bytes: 3_000 }],
  [{ mastodon: 500 }, "mastodon", false, { unit: "mastodon", max: 500, urlCost: 23 }],
  [{ x: 280, "x private": 10_000 }, "x", false, { unit: "x-weighted", max: 10_000 }],
  [{ x: { public: 280, private: 9_000 } }, "x", false, { unit: "x-weighted", max: 9_000 }],
  ["X: 280 and Bluesky 300", "bluesky", true, { unit: "graphemes", max: 300, maxUtf8Bytes: 3_000 }],
  [{ x: 280 }, "email", true, null],
  [{ __proto__: null, x: "many" }, "x", true, null],
  [null, "x", true, null],
])("limit of %j on %s", (length, network, isPublic, rule) =>
  expect(readLimit(length, network, isPublic)).toEqual(rule),
);

const mia = { name: "Mia Kern", initials: "MK" };
const says = (rule: string, text: string) =>
  saysWho(text, { limit: null, avoid: [], disclosure: readDisclosure(rule) }, mia);
test.each([
  ["A public reply ends with ^ and the agent's initials.", "Done. ^MK", "Done. MK"],
  ["Public replies end with a slash and initials (/HB).", "Done. /MK", "Done. ^MK"],
  ['Close with a dash and the first name, as in "- Priya".', "Done. - Mia", "Done. Mia"],
  ['The last words are first name at Brightloaf, e.g. "Sofia at Brightloaf".', "Done. Mia at Brightloaf", "Done. Mia"],
  ["Each public reply ends with the agent's full name and the company.", "Done. — Mia Kern, Acme", "Done. — Mia"],
  ["Public replies begin with the agent's first name.", "Mia here: done.", "Done. Mia"],
  ["Sign with the full name of the agent.", "Done. Mia Kern", "Done. Mia"],
])("signature by %j", (rule, right, wrong) => {
  expect(says(rule, right)).toBe(true);
  expect(says(rule, wrong)).toBe(false);
});
test("what a rule forbids by quoting it", () =>
  expect(readAvoided({ tone: 'Never say "calm down" or "as I said".' })).toEqual([
    { words: "calm down", rule: "tone" },
    { words: "as I said", rule: "tone" },
  ]));

test("what a sentence allows by quoting it is not forbidden, and an apostrophe ends no quotation", () =>
  expect(
    readAvoided({
      promise: 'No dates unless they are known. "I don\'t know" and "I\'m asking the depot" may always be said.',
      canned: 'Never: "valued guest", "any trouble", "high volumes".',
    }).map((one) => one.words),
  ).toEqual(["valued guest", "any trouble", "high volumes"]));

test.each([
  ['Automatic replies begin with "I am a bot".', { words: "I am a bot", where: "start" }],
  ["What no agent has written closes with /bot.", { words: "/bot", where: "end" }],
  ["Automatic answers are marked as automatic.", undefined],
])("automatic replies by %j", (rule, automatic) => expect(readDisclosure(rule).automatic).toEqual(automatic));

test("the first private message names the agent where the rule asks for it", () => {
  const rule = "Public: ^ and the agent's initials. Private: the agent's first name stands in the first message.";
  const voice = { limit: null, avoid: [], disclosure: readDisclosure(rule) };
  const draft = { public: false, agent: mia, post: "where is it?", facts: [], recent: [] };
  const named = (text: string, recent: string[] = []) =>
    checkWhoAnswers({ ...draft, text, recent }, voice).length === 0;
  expect(named("Mia here. It is at the depot.")).toBe(true);
  expect(named("It is at the depot.")).toBe(false);
  expect(named("It is at the depot.", ["Mia here, I look."])).toBe(true);
});
