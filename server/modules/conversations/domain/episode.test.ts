import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "#platform/clock";
import { type BurstEntry, bursts, mediaShifts } from "./bursts.ts";
import { clamp, clockOf, type LastEpisode, type Moment, standing, step, windowUntil } from "./episode.ts";
import { type Medium, REOPEN_WINDOWS } from "./medium.ts";

const MON = Date.parse("2026-03-02T10:00:00Z");
const moment = (id: string, who: Moment["who"], at: number, more: Partial<Moment> = {}): Moment => ({
  id,
  who,
  at,
  receivedAt: at,
  waits: who === "customer",
  deleted: false,
  ...more,
});

describe("the clock", () => {
  test("runs from the first unanswered message, not from the last", () => {
    expect(clockOf([moment("a", "customer", MON), moment("b", "customer", MON + HOUR)])).toMatchObject({
      unansweredId: "a",
      unansweredSince: MON,
    });
  });
  test("thanks neither start it nor start it again", () => {
    const said = [
      moment("a", "customer", MON),
      moment("r", "us", MON + HOUR),
      moment("t", "customer", MON + 2 * HOUR, { waits: false }),
    ];
    expect(clockOf(said)).toMatchObject({ unansweredSince: null, firstReplyAt: MON + HOUR });
  });
  test("what came after the reply was not answered by it, though it was said before", () => {
    const late = moment("b", "customer", MON + 30 * MINUTE, { receivedAt: MON + 50 * MINUTE });
    expect(clockOf([moment("a", "customer", MON), moment("r", "us", MON + 40 * MINUTE), late])).toMatchObject({
      unansweredId: "b",
      unansweredSince: MON + 30 * MINUTE,
    });
  });
  test("a reply found late answers only what was there when it was written", () => {
    const found = moment("r", "us", MON + 40 * MINUTE, { receivedAt: MON + 90 * MINUTE });
    const clock = clockOf([moment("a", "customer", MON), moment("b", "customer", MON + 50 * MINUTE), found]);
    expect(clock).toMatchObject({ unansweredId: "b", firstReplyAt: MON + 40 * MINUTE });
    expect(clock.answers).toEqual([{ id: "r", at: MON + 40 * MINUTE, first: true, askedId: "a", askedAt: MON }]);
  });
  test("a message that is deleted before the answer stops waiting", () => {
    expect(clockOf([moment("a", "customer", MON, { deleted: true })]).unansweredSince).toBeNull();
  });
  test.each([
    ["in the future", MON + DAY, MON],
    ["long ago", MON - 30 * DAY, MON - 7 * DAY],
    ["believable", MON - HOUR, MON - HOUR],
  ])("a time %s is clamped", (_, said, used) => {
    expect(clamp(said, MON)).toBe(used);
  });
  test("does not depend on the order in which moments are handed in", () => {
    const moments = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        who: fc.constantFrom<Moment["who"]>("customer", "us", "other"),
        at: fc.nat(1_000),
        receivedAt: fc.nat(1_000),
        waits: fc.boolean(),
        deleted: fc.boolean(),
      }),
      { selector: (m) => m.id, maxLength: 12 },
    );
    fc.assert(
      fc.property(
        moments.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(clockOf(shuffled)).toEqual(clockOf(list));
        },
      ),
    );
  });
});

describe("opening and coming back", () => {
  const done: LastEpisode = { id: "e1", state: "done", doneAt: MON };
  const complaint = { role: "customer", actionable: true, thanksOnly: false, backfilled: false } as const;

  test.each<[Medium, number, string | null]>([
    ["public", 7 * DAY, "e1"],
    ["public", 7 * DAY + 1, null],
    ["dm", 30 * DAY, "e1"],
    ["dm", 30 * DAY + 1, null],
    ["email", 14 * DAY, "e1"],
    ["email", 14 * DAY + 1, null],
    ["phone", 72 * HOUR, "e1"],
    ["chat", 72 * HOUR + 1, null],
  ])("a return by %s after %d ms reopens %s", (medium, after, reopens) => {
    expect(step(standing(done, MON + after, medium, REOPEN_WINDOWS), complaint)).toEqual({ do: "open", reopens });
  });
  test.each<[string, Partial<Parameters<typeof step>[1]>]>([
    ["thanks", { thanksOnly: true }],
    ["what the policy leaves", { actionable: false }],
    ["history", { backfilled: true }],
    ["a bystander", { role: "bystander" }],
    ["our own post", { role: "us" }],
    ["a machine", { role: "bot" }],
  ])("%s opens no work", (_, more) => {
    for (const last of [null, done])
      expect(step(standing(last, MON + HOUR, "public", REOPEN_WINDOWS), { ...complaint, ...more }).do).toBe("nothing");
  });
  test("in an open episode thanks continue without waiting, a bystander only belongs, and we answer", () => {
    const open = standing({ ...done, state: "open", doneAt: null }, MON, "public", REOPEN_WINDOWS);
    expect(step(open, { ...complaint, thanksOnly: true })).toEqual({ do: "continue", waits: false });
    expect(step(open, { ...complaint, role: "bystander" })).toEqual({ do: "belong" });
    expect(step(open, { ...complaint, role: "us" })).toEqual({ do: "answer" });
  });
  test("figures stay provisional for the longest window of the media used", () => {
    const used = (...media: Medium[]) => media.map((medium) => ({ medium, channelId: "x" }));
    expect(windowUntil(MON, used("public", "dm"), () => REOPEN_WINDOWS)).toBe(MON + 30 * DAY);
    expect(windowUntil(MON, [], () => REOPEN_WINDOWS)).toBe(MON + 7 * DAY);
  });
});

/** The example whose figures every part of the house agrees on (operations reference §3.1). */
test("tweet, DM and call are one episode; thanks open nothing; the complaint on day five reopens", () => {
  const at = (day: number, time: string) => Date.parse(`2026-03-0${2 + day}T${time}:00Z`);
  type Said = { id: string; who: "customer" | "us"; at: number; medium: Medium; thanks?: boolean };
  const said: Said[] = [
    { id: "tweet", who: "customer", at: at(0, "10:00"), medium: "public" },
    { id: "reply", who: "us", at: at(0, "10:40"), medium: "public" },
    { id: "dm", who: "customer", at: at(0, "11:00"), medium: "dm" },
    { id: "dm-reply", who: "us", at: at(0, "11:05"), medium: "dm" },
    { id: "call", who: "customer", at: at(1, "09:00"), medium: "phone" },
    { id: "done", who: "us", at: at(1, "09:10"), medium: "phone" },
    { id: "thanks", who: "customer", at: at(1, "12:00"), medium: "public", thanks: true },
    { id: "complaint", who: "customer", at: at(5, "12:00"), medium: "public" },
  ];
  const episodes: (LastEpisode & { moments: Moment[]; reopens: string | null; bursts: BurstEntry[] })[] = [];
  for (const s of said) {
    const last = episodes.at(-1) ?? null;
    if (s.id === "done") {
      Object.assign(last!, { state: "done", doneAt: s.at });
      continue;
    }
    const next = step(standing(last, s.at, s.medium, REOPEN_WINDOWS), {
      role: s.who,
      actionable: !s.thanks,
      thanksOnly: s.thanks ?? false,
      backfilled: false,
    });
    if (next.do === "open")
      episodes.push({
        id: `e${episodes.length + 1}`,
        state: "open",
        doneAt: null,
        moments: [],
        reopens: next.reopens,
        bursts: [],
      });
    if (next.do === "nothing") continue;
    episodes.at(-1)!.moments.push(moment(s.id, s.who, s.at));
    episodes.at(-1)!.bursts.push(s);
  }
  const [first, second] = episodes;
  const answers = clockOf(first!.moments).answers;
  expect(answers.map((a) => [a.id, (a.at - a.askedAt!) / MINUTE, a.first])).toEqual([
    ["reply", 40, true],
    ["dm-reply", 5, false],
  ]);
  expect(mediaShifts(bursts(first!.bursts))).toBe(2);
  expect(episodes).toHaveLength(2);
  expect(second!.reopens).toBe("e1");
  expect(said.filter((s) => s.who === "customer")).toHaveLength(5);
  expect(first!.moments.map((m) => m.id)).not.toContain("thanks");
});

test("bursts end at another medium and after more than thirty minutes, whatever the order", () => {
  const entries = [
    { id: "1", at: MON, medium: "x" },
    { id: "2", at: MON + 30 * MINUTE, medium: "x" },
    { id: "3", at: MON + 61 * MINUTE, medium: "x" },
    { id: "4", at: MON + 62 * MINUTE, medium: "dm" },
  ];
  const found = bursts(entries.toReversed());
  expect(found.map((b) => b.ids)).toEqual([["1", "2"], ["3"], ["4"]]);
  expect(found.map((b) => b.gapBeforeMs)).toEqual([null, 31 * MINUTE, MINUTE]);
  expect(bursts([])).toEqual([]);
});
