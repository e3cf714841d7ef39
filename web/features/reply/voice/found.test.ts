import { expect, test } from "vitest";
import type { VoiceFinding } from "#shared/voice/check";
import { heldNow, NOTHING_FOUND } from "./found.ts";
import { stateOf } from "./state-of.ts";

const finding = (over: Partial<VoiceFinding>): VoiceFinding =>
  ({ rule: "tone", severity: "doubt", code: "cold", start: 0, end: 4, ...over }) as VoiceFinding;
const card = finding({ rule: "privacy", severity: "stop" });

test("the button waits while the words that stand there are held, and no longer", () => {
  const voice = stateOf("Dear [name]", [finding({ severity: "stop", code: "placeholder" as never })]);
  expect(heldNow(voice, "public", "Dear [name]")).toBe(true);
  expect(heldNow(voice, "private", "Dear [name]")).toBe(true);
  // Mended: what is found next is about other words.
  expect(heldNow(voice, "public", "Dear Ines")).toBe(false);
  // A note goes to nobody outside.
  expect(heldNow(voice, "note", "Dear [name]")).toBe(false);
});

test.each([
  ["privacy", [card], true],
  ["a doubt", [finding({})], false],
  ["a tone that stops", [finding({ severity: "stop" })], false],
] as const)("what holds: %s", (_, found, holds) => {
  expect(heldNow(stateOf("x", found), "public", "x")).toBe(holds);
  expect(heldNow(NOTHING_FOUND, "public", "x")).toBe(false);
});
