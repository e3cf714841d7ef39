import { expect, test } from "vitest";
import { DAY, HOUR } from "#platform/clock";
import { build, type Line, parcel } from "../../../../tests/support/stitch-lines.ts";
import { stitch } from "./stitch.ts";
import { emptyWorld } from "./stitch-world.ts";

const given: Line = {
  ...{ id: "u1", from: "us", to: "a1", after: HOUR },
  text: "Please try the steps on https://help.example/reset, they take a minute.",
};
const says = (text: string, more: Partial<Line> = {}): Line => ({ id: "a2", to: "u1", text, after: 3 * HOUR, ...more });
const effects = (lines: Line[]) =>
  stitch(emptyWorld(), lines.map(build)).flatMap(({ message, decision }) =>
    decision.help ? [[message.id, decision.help.effect, decision.help.link]] : [],
  );

test.each([
  ["That worked, thanks!", "worked"],
  ["It didn't work, the lamp is still dark", "failed"],
  ["Your article is from 2019", "cited"],
  ["Hat leider nicht geholfen", "failed"],
  ["Hat geklappt!", "worked"],
  ["La vidéo ne marche pas", "failed"],
  ["не помогло", "failed"],
  ["直りました", "worked"],
])("%s: the link we gave is told of", (text, effect) => {
  expect(effects([parcel, given, says(text)])).toEqual([["a2", effect, "https://help.example/reset"]]);
});

test("a link is told of once; what says nothing of it, or comes after another answer of ours or after a month, tells nothing", () => {
  expect(
    effects([parcel, given, says("that worked"), says("yes it worked", { id: "a3", after: 4 * HOUR })]),
  ).toHaveLength(1);
  expect(effects([parcel, given, says("when do you open?")])).toEqual([]);
  const other: Line = { id: "u2", from: "us", to: "a1", after: 2 * HOUR, text: "Or restart it" };
  expect(effects([parcel, given, other, says("that worked", { to: "u2" })])).toEqual([]);
  expect(effects([parcel, given, other, says("your guide worked", { to: "u2" })])).toEqual([
    ["a2", "worked", "https://help.example/reset"],
  ]);
  expect(effects([parcel, given, says("that worked", { after: 40 * DAY })])).toEqual([]);
  expect(effects([parcel, { ...given, text: "Restart it" }, says("that worked")])).toEqual([]);
});

test("the effect stands among the evidence of the place", () => {
  const last = stitch(emptyWorld(), [parcel, given, says("that worked")].map(build)).at(-1)!;
  expect(last.decision.evidence.at(-1)).toEqual({
    code: "help-worked",
    weight: 0,
    text: "Came back after https://help.example/reset: it worked.",
  });
});
