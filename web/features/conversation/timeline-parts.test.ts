import { expect, test } from "vitest";
import type { ConversationView, TimelineEntry } from "#contracts/desk";
import { burstStep, foldLines, proposalNow, ribbonItems, timelineParts } from "./timeline-parts.ts";
import { wholeOf } from "./walk.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 19, 10, minute)).toISOString();
const said = (id: string, minute: number) => ({ type: "message", id, at: at(minute) }) as TimelineEntry;
const line = (id: string, minute: number) =>
  ({ type: "line", id, at: at(minute), kind: "queued", text: "", reasons: [] }) as TimelineEntry;
const burst = (ordinal: number, minute: number, ...entryIds: string[]) =>
  ({ ordinal, from: at(minute), to: at(minute + 5), entryIds }) as unknown as ConversationView["bursts"][number];
const shape = (timeline: TimelineEntry[], bursts: ConversationView["bursts"]) =>
  timelineParts(timeline, bursts).map((part) => [
    part.burst?.ordinal ?? null,
    ...part.entries.map((entry) => entry.id),
  ]);

test("entries stand in their burst, the rest where its time puts it", () => {
  const bursts = [burst(1, 0, "a", "b"), burst(2, 30, "c")];
  expect(
    shape([said("a", 0), line("l1", 3), said("b", 5), line("l2", 20), said("c", 30), line("l3", 31)], bursts),
  ).toEqual([
    [1, "a", "l1", "b", "l2"],
    [2, "c", "l3"],
  ]);
});

test("what routing did before the first word belongs to the first words", () => {
  expect(shape([line("l", 0), said("a", 1)], [burst(1, 1, "a")])).toEqual([[1, "l", "a"]]);
  expect(shape([line("l", 0)], [])).toEqual([[null, "l"]]);
  expect(shape([], [])).toEqual([]);
});

test("the ribbon folds beyond six to the first and last three", () => {
  const many = Array.from({ length: 9 }, (_, n) => burst(n + 1, n * 5));
  const ordinals = ribbonItems(many).map((item) => (item.kind === "burst" ? item.burst.ordinal : `+${item.count}`));
  expect(ordinals).toEqual([1, 2, 3, "+3", 7, 8, 9]);
  expect(ribbonItems(many.slice(0, 6))).toHaveLength(6);
});

test("steps from burst to burst stay inside, and begin at the last", () => {
  const bursts = [burst(1, 0), burst(2, 10), burst(3, 20)];
  expect([burstStep(bursts, null, -1), burstStep(bursts, 1, -1), burstStep(bursts, 3, 1), burstStep([], 1, 1)]).toEqual(
    [2, 1, 3, null],
  );
});

test("lines that follow each other are one, with its newest time", () => {
  const folded = foldLines([line("l1", 0), line("l2", 1), said("a", 2), line("l3", 3)]);
  expect(folded.map((entry) => (entry.type === "lines" ? entry.lines.map((one) => one.id) : entry.id))).toEqual([
    ["l1", "l2"],
    "a",
    ["l3"],
  ]);
  expect(folded[0]?.at).toBe(at(1));
});

test("what was said earlier stands in front, once, and bursts count anew", () => {
  const now = { timeline: [said("c", 30)], bursts: [burst(1, 30, "c")], earlier: "c" } as unknown as ConversationView;
  const before = {
    timeline: [said("a", 0), said("c", 30)],
    bursts: [burst(1, 0, "a")],
    earlier: null,
  } as unknown as ConversationView;
  const whole = wholeOf(now, [before, now]);
  expect(whole.timeline.map((entry) => entry.id)).toEqual(["a", "c"]);
  expect([whole.bursts.map((one) => one.ordinal), whole.earlier]).toEqual([[1, 2], null]);
});

test.each([
  ["undoable", "answered"],
  ["sending", "answered"],
  ["failed", "no-answer-needed"],
  ["unknown", "no-answer-needed"],
] as const)("with a reply that is %s the proposal is %s", (state, outcome) => {
  const view = {
    timeline: [said("a", 0), { type: "reply", id: "r", at: at(1), state }],
    outcomes: [{ key: "answered", name: "Answered" }],
    proposedOutcome: { outcome: "no-answer-needed", reason: "nothing was answered yet" },
  } as unknown as ConversationView;
  expect(proposalNow(view)?.outcome).toBe(outcome);
  expect(proposalNow({ ...view, timeline: [...view.timeline, said("b", 2)] })?.outcome).toBe("no-answer-needed");
});
