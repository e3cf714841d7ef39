import { expect, test } from "vitest";
import { checkWhoAnswers } from "../who-answers.ts";
import { houses } from "./networks.houses.ts";
import { mentionsIn, networkId } from "./networks.ts";
import { readDisclosure } from "./read.ts";

const nia = { name: "Nia Costa", initials: "NC" };
/** "x": public there; "x private"; "x machine": public and sent by nobody. */
const fine = (rule: string, where: string, text: string) => {
  const [network = "", kind] = where.split(" ");
  return (
    checkWhoAnswers(
      {
        ...{ text, public: kind !== "private", agent: kind === "machine" ? null : nia, post: "Where is it?" },
        ...{ facts: [], recent: [] },
      },
      { limit: null, avoid: [], disclosure: readDisclosure(rule, network) },
    ).length === 0
  );
};

// A house's rule, and what is answered where: kept, then broken.
const cases = houses.flatMap(([rule, kept, broken]) => [
  ...kept.map(([where, text]) => [rule, where, text, true] as const),
  ...broken.map(([where, text]) => [rule, where, text, false] as const),
]);
test.each(cases)("%s | %s | %s: %s", (rule, where, text, expected) => expect(fine(rule, where, text)).toBe(expected));

test("where the network is not known, a signature of any of them will do", () => {
  const rule = "On x end with ^ and initials. On steam end with the full name.";
  const without = (text: string) =>
    checkWhoAnswers(
      { text, public: true, agent: nia, post: "", facts: [], recent: [] },
      { limit: null, avoid: [], disclosure: readDisclosure(rule) },
    ).length === 0;
  expect([without("It left. ^NC"), without("It left. Nia Costa"), without("It left.")]).toEqual([true, true, false]);
});

test.each([
  ["On x, bluesky and mastodon", [["bluesky", "mastodon", "x"]]],
  ["X: initials; Steam: name", [["x"], ["steam"]]],
  ["on a line of its own, as a signal", []],
  ['like "Ida from Steam"', []],
  ["like Ida / Reddit Crew", []],
  ["the chatbot begins", []],
])("networks by name in %j", (text, expected) =>
  expect(mentionsIn(text).map((one) => [...one.own].sort())).toEqual(expected),
);
test("one network has several names", () =>
  expect(["Twitter", "Google Play", "App Store", "e-mail"].map(networkId)).toEqual(["x", "play", "appstore", "email"]));
