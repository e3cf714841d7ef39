import { expect, test } from "vitest";
import { learnVoice } from "./likely-voice.ts";

const many = (texts: readonly string[], name: string) =>
  Array.from({ length: 120 }, (_, i) => ({ text: texts[i % texts.length]!, whose: `${name}${i}` }));
const begins = many(
  ["Why is my parcel so late?", "Where can I buy the green lamp?", "Nobody answers at the depot"],
  "a",
);
const goesOn = many(["yes done", "ok thank you", "sent it already, no change"], "b");

test("what begins is told from what goes on by its words, and handles say nothing", () => {
  const voice = learnVoice(begins, goesOn, begins);
  expect(voice("@LampCo why is my parcel late?")).toBeGreaterThan(0.5);
  expect(voice("@LampCo ok done")).toBeLessThan(-0.5);
  expect(voice("@LampCo ok done")).toBe(voice("@other @names ok done"));
});

test("where both sound alike, or little is known, the words say nothing", () => {
  const alike = learnVoice(
    many(["yes", "why is it late?"], "c"),
    many(["why is it late?", "yes"], "d"),
    many(["yes", "why is it late?"], "e"),
  );
  expect(Math.abs(alike("why is it late?"))).toBeLessThan(0.2);
  expect(learnVoice(begins.slice(0, 5), goesOn, begins.slice(0, 5))("why?")).toBe(0);
});

test("any text can be read", () => {
  const voice = learnVoice(begins, goesOn, begins);
  for (const text of ["", "\u0000\ud800", "__proto__ constructor", "a".repeat(100_000)])
    expect(voice(text)).toBeTypeOf("number");
});
