import { describe, expect, it } from "vitest";
import { parseSpan, writeSpan } from "./spans.ts";

const MIN = 60_000;

describe("spans as they are written", () => {
  it.each([
    ["15", 15 * MIN],
    ["15 min", 15 * MIN],
    ["4 h", 240 * MIN],
    ["4h30m", 270 * MIN],
    ["1:30", 90 * MIN],
    ["2 days", 2 * 1_440 * MIN],
    ["1 d 2 h", 26 * 60 * MIN],
    ["", null],
    ["soon", null],
    ["4 x", null],
    ["4 h or so", null],
    ["-4 h", null],
  ])("%s", (text, ms) => {
    expect(parseSpan(text)).toBe(ms);
  });

  it.each([15, 60, 90, 240, 1_440, 2_881])("%i minutes are read as they are written", (minutes) => {
    expect(parseSpan(writeSpan(minutes * MIN))).toBe(minutes * MIN);
  });
});
