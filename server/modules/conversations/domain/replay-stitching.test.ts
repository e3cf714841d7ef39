import { expect, test } from "vitest";
import { DAY, HOUR } from "#platform/clock";
import { build, type Line, parcel } from "../../../../tests/support/stitch-lines.ts";
import { STITCH_SETTINGS } from "./evidence.ts";
import { stitchChanges, stitchHistory } from "./replay-stitching.ts";

const again: Line = { id: "a2", text: "@northwind still no parcel, the courier lost it", after: 30 * HOUR };
const other: Line = { id: "a3", text: "@northwind do you sell green lamps?", after: 20 * DAY };
const wide = { ...STITCH_SETTINGS, freshPostMs: 3 * DAY };
const narrow = { ...STITCH_SETTINGS, freshPostMs: HOUR, memoryMs: HOUR };
const run = (lines: Line[], settings = STITCH_SETTINGS, ends: Record<string, number[]> = {}) =>
  stitchHistory(lines.map(build), settings, (id) => ends[id] ?? []);

test("under the same limits nothing changes; each message has its group and what it comes after", () => {
  const found = run([parcel, again, other]);
  expect(stitchChanges(found, run([parcel, again, other]))).toEqual([]);
  expect(found.map((s) => s.id)).toEqual(["a1", "a2", "a3"]);
  expect(found[0]).toMatchObject({ after: null });
});

test("what narrower limits part wider ones join, told with both sides", () => {
  const [tight, loose] = [run([parcel, again, other], narrow), run([parcel, again, other], wide)];
  expect(stitchChanges(tight, loose)).toEqual([
    { messageId: "a2", at: build(again).at, how: "joined", otherId: "a1", afterMs: 30 * HOUR },
  ]);
  expect(stitchChanges(loose, tight)).toEqual([
    { messageId: "a2", at: build(again).at, how: "parted", otherId: "a1", afterMs: 30 * HOUR },
  ]);
});

test("what a person ended is not continued by a fresh post, from then on", () => {
  const soon: Line = { id: "a2", text: "@northwind the courier again", after: 5 * HOUR };
  const joined = run([parcel, soon]);
  expect(new Set(joined.map((s) => s.group)).size).toBe(1);
  const ended = run([parcel, soon], STITCH_SETTINGS, { a1: [build(parcel).at + HOUR] });
  expect(stitchChanges(joined, ended)).toMatchObject([{ messageId: "a2", how: "parted" }]);
  const later = run([parcel, soon], STITCH_SETTINGS, { a1: [build(parcel).at + 9 * HOUR] });
  expect(stitchChanges(joined, later)).toEqual([]);
});
