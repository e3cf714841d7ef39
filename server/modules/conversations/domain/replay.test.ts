import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "#platform/clock";
import type { Medium } from "./medium.ts";
import { addFigures, changesBetween, NO_FIGURES, type ReplayEnd, type ReplayWord, replay } from "./replay.ts";
import { WINDOWS, type Windows } from "./windows.ts";

let next = 0;
function word(at: number, more: Partial<ReplayWord> = {}): ReplayWord {
  return {
    ...{ id: `w${String(next++).padStart(5, "0")}`, at, who: "customer", medium: "public", channelId: "x" },
    ...{ audience: "public", asks: true, backfilled: false, ...more },
  };
}
const us = (at: number, more: Partial<ReplayWord> = {}) => word(at, { who: "us", asks: false, ...more });
const reopen = (ms: number): Windows => ({ ...WINDOWS, reopen: { ...WINDOWS.reopen, public: ms } });
const shape = (words: ReplayWord[], ends: ReplayEnd[], windows = WINDOWS) =>
  replay(words, ends, windows).episodes.map((e) => [e.openedAt, e.doneAt, e.reopens]);

/** The worked example of operations reference §3.1. */
const example = {
  words: [
    word(0),
    us(40 * MINUTE),
    word(HOUR, { medium: "dm", audience: "private" }),
    us(HOUR + 5 * MINUTE, { medium: "dm", audience: "private" }),
    word(23 * HOUR, { medium: "phone", channelId: "tel", audience: "private" }),
    word(26 * HOUR, { asks: false }),
    word(5 * DAY),
  ],
  ends: [{ at: 23 * HOUR + 10 * MINUTE }],
};

describe("a conversation under its windows", () => {
  it("is what it was by the windows of the book", () => {
    expect(shape(example.words, example.ends)).toEqual([
      [0, 23 * HOUR + 10 * MINUTE, false],
      [5 * DAY, null, true],
    ]);
    expect(replay(example.words, example.ends, WINDOWS).bursts).toHaveLength(6);
  });
  it("with three days for a public post has two contacts, of which the first is settled", () => {
    const [was, would] = [WINDOWS, reopen(3 * DAY)].map((w) => replay(example.words, example.ends, w)) as [
      never,
      never,
    ];
    expect(changesBetween(was, would, 0, 9 * DAY)).toMatchObject([
      { what: "return", how: "parted", messageId: example.words[6]!.id, afterMs: 5 * DAY - 23 * HOUR - 10 * MINUTE },
    ]);
    expect(changesBetween(would, was, 0, 9 * DAY)).toMatchObject([{ what: "return", how: "joined" }]);
    expect(addFigures(NO_FIGURES, was, 0, 9 * DAY)).toMatchObject({
      ...{ conversations: 1, episodes: 2, returns: 1, done: 1, settled: 0, firstContacts: 1, firstSettled: 0 },
    });
    expect(addFigures(NO_FIGURES, would, 0, 9 * DAY)).toMatchObject({ returns: 0, settled: 1, firstSettled: 1 });
  });
  it("with an hour's pause allowed has fewer bursts, and not one change of episode", () => {
    const wide: Windows = { ...WINDOWS, burst: { ...WINDOWS.burst, public: HOUR } };
    const [was, would] = [WINDOWS, wide].map((w) => replay(example.words, example.ends, w)) as [never, never];
    expect(changesBetween(was, would, 0, 9 * DAY)).toEqual([]);
    expect(addFigures(NO_FIGURES, would, 0, 9 * DAY).bursts).toBe(5);
  });
  it("a channel's own window counts for it alone", () => {
    const own = { ...WINDOWS, channels: { x: { reopenMs: DAY } } };
    expect(shape(example.words, example.ends, own)[1]).toEqual([5 * DAY, null, false]);
    expect(shape(example.words, example.ends, { ...WINDOWS, channels: { y: { reopenMs: DAY } } })[1]![2]).toBe(true);
  });
  it("of history, silence ends what was answered: a longer window joins it to what came after", () => {
    const words = [word(0), us(HOUR), word(9 * DAY), us(9 * DAY + HOUR)].map((w) => ({ ...w, backfilled: true }));
    expect(shape(words, [])).toEqual([
      [0, HOUR, false],
      [9 * DAY, 9 * DAY + HOUR, false],
    ]);
    expect(shape(words, [], reopen(30 * DAY))).toEqual([[0, 9 * DAY + HOUR, false]]);
    const [was, would] = [WINDOWS, reopen(30 * DAY)].map((w) => replay(words, [], w)) as [never, never];
    expect(changesBetween(was, would, 0, 30 * DAY)).toMatchObject([{ what: "episode", how: "joined" }]);
    expect(changesBetween(would, was, 0, 30 * DAY)).toMatchObject([{ what: "episode", how: "parted" }]);
  });
  it("of live work, silence ends nothing: only somebody does", () => {
    expect(shape([word(0), us(HOUR), word(90 * DAY)], [])).toEqual([[0, null, false]]);
  });
});

describe("laws of the replay", () => {
  const medium = fc.constantFrom<Medium>("public", "dm", "email");
  const said = fc.record({
    at: fc.integer({ min: 0, max: 60 * 24 }).map((h) => h * HOUR),
    who: fc.constantFrom<ReplayWord["who"]>("customer", "us", "other"),
    medium,
    asks: fc.boolean(),
    backfilled: fc.boolean(),
  });
  const story = fc.tuple(
    fc.array(said, { maxLength: 14 }).map((all) => all.map(({ at, ...more }) => word(at, more))),
    fc.array(fc.record({ at: fc.integer({ min: 0, max: 60 * 24 }).map((h) => h * HOUR) }), { maxLength: 5 }),
  );
  const windows = fc.integer({ min: 0, max: 40 }).map((d): Windows => {
    const ms = d * DAY;
    return { ...WINDOWS, reopen: { public: ms, dm: ms, email: ms, chat: ms, phone: ms } };
  });
  it("the same windows change nothing, and the order in which it is told neither", () => {
    fc.assert(
      fc.property(story, windows, ([words, ends], w) => {
        const one = replay(words, ends, w);
        expect(changesBetween(one, replay(words.toReversed(), ends.toReversed(), w), 0, 99 * DAY)).toEqual([]);
      }),
    );
  });
  it("what is joined one way is parted the other, message by message", () => {
    fc.assert(
      fc.property(story, windows, windows, ([words, ends], a, b) => {
        const [x, y] = [replay(words, ends, a), replay(words, ends, b)];
        const there = changesBetween(x, y, 0, 99 * DAY).map((c) => [c.messageId, c.what, c.how]);
        const back = changesBetween(y, x, 0, 99 * DAY).map((c) => [c.messageId, c.what, c.how]);
        const turned = back.map(([id, what, how]) => [id, what, how === "joined" ? "parted" : "joined"]);
        expect(turned.sort()).toEqual(there.sort());
      }),
    );
  });
  it("where people end all work, longer windows only join returns", () => {
    const live = story.map(([words, ends]) => [words.map((w) => ({ ...w, backfilled: false })), ends] as const);
    fc.assert(
      fc.property(live, windows, windows, ([words, ends], a, b) => {
        const [short, long] = a.reopen.public <= b.reopen.public ? [a, b] : [b, a];
        for (const c of changesBetween(replay(words, ends, short), replay(words, ends, long), 0, 99 * DAY))
          expect([c.what, c.how]).toEqual(["return", "joined"]);
      }),
    );
  });
});
