import { describe, expect, it, test } from "vitest";
import { DAY, HOUR, type Instant, MINUTE } from "#platform/clock";
import { decideAlarm, isQuiet, type Known } from "./decide-alarm.ts";
import { type Followed, followSeries, LEAST_OF, type Rise, type Slot } from "./follow-series.ts";
import { type Hush, tellAt } from "./hush.ts";
import { INTERVAL, RiseDetector } from "./rise-detector.ts";
import { type AlarmParts, isTalk, weighAlarm } from "./weigh-alarm.ts";

const START = Date.UTC(2026, 10, 1);
/** Five posts a slot, give or take, and `more` in some. */
const series = (days: number, more: (i: number) => number): Slot[] =>
  Array.from({ length: (days * DAY) / INTERVAL }, (_, i) => ({
    at: START + i * INTERVAL,
    posts: 4 + ((i * 7) % 3) + more(i),
  }));

describe("reading a series on", () => {
  const storm = 5 * 288 + 100;
  const slots = series(8, (i) => (i >= storm && i < storm + 36 ? 40 : 0));
  const whole = followSeries(new RiseDetector(), slots, START, START + 8 * DAY);
  it("finds the rise, what was usual, and when it was over", () => {
    expect(whole.rises).toHaveLength(1);
    const rise = whole.rises[0] as Rise;
    expect(rise.at - (START + storm * INTERVAL)).toBeLessThanOrEqual(15 * MINUTE);
    expect(rise.expected).toBeGreaterThan(9);
    expect(rise.expected).toBeLessThan(24);
    expect(rise.posts).toBeGreaterThan(50);
    expect((rise.overAt as number) - (START + (storm + 36) * INTERVAL)).toBeGreaterThanOrEqual(3 * HOUR);
  });
  it("says the same when it is kept as JSON between any two intervals", () => {
    let state = new RiseDetector().state();
    const found: Rise[] = [];
    let over: Instant | null = null;
    for (let at = START; at < START + 8 * DAY; at += 36 * INTERVAL) {
      const detector = RiseDetector.from(JSON.parse(JSON.stringify(state)));
      const read = followSeries(
        detector,
        slots.filter((s) => s.at >= at && s.at < at + 36 * INTERVAL),
        at,
        at + 36 * INTERVAL,
      );
      state = detector.state();
      found.push(...read.rises);
      over ??= read.overAt ?? read.rises.at(-1)?.overAt ?? null;
    }
    expect(found.map((r) => r.at)).toEqual(whole.rises.map((r) => r.at));
    expect(over).toBe(whole.rises[0]?.overAt);
  });
  it("takes slots without a row for empty ones, also at the start", () => {
    expect(followSeries(new RiseDetector(), [], START, START + DAY).rises).toEqual([]);
    expect(followSeries(new RiseDetector(), slots, START, START)).toEqual({ rises: [], overAt: null, last: null });
  });
  it("is calmer or keener as wished", () => {
    const small = series(8, (i) => (i >= storm && i < storm + 6 ? 7 : 0));
    const count = (s: "calm" | "normal" | "keen") =>
      followSeries(new RiseDetector(LEAST_OF[s]), small, START, START + 8 * DAY).rises.length;
    expect(count("calm")).toBeLessThanOrEqual(count("normal"));
    expect(count("normal")).toBeLessThanOrEqual(count("keen"));
  });
});

const parts = (over: Partial<AlarmParts> = {}): AlarmParts => ({
  ...{
    from: 0,
    to: 1,
    posts: 40,
    expected: 6,
    seen: 38,
    strength: 9,
    authors: 30,
    negative: 25,
    positive: 2,
    noise: 0,
  },
  ...{ passedOn: 0, reach: { authors: 20, followers: 5_000, most: 900, verified: 0 }, risks: {}, ...over },
});

describe("how grave it is", () => {
  const far = { authors: 20, followers: 2_000_000, most: 1_900_000, verified: 1 };
  test.each<[string, Partial<AlarmParts>, number, string[]]>([
    ["many angry people", {}, 1, ["rise", "many-angry"]],
    ["nineteen are not many", { authors: 19 }, 0, ["rise"]],
    ["praise", { negative: 3, positive: 30 }, 0, ["rise"]],
    ["half of what is no noise", { posts: 40, noise: 20, negative: 10 }, 1, ["rise", "many-angry"]],
    ["all of nine posts", { posts: 9, negative: 9 }, 0, ["rise"]],
    ["passed on", { passedOn: 12 }, 2, ["rise", "many-angry", "spreading"]],
    ["far", { reach: far }, 2, ["rise", "many-angry", "far-reaching"]],
    ["praise that goes far", { negative: 0, reach: far }, 0, ["rise", "far-reaching"]],
    ["danger of three", { risks: { safety: 3 }, negative: 0 }, 3, ["rise", "danger"]],
    ["danger of two", { risks: { safety: 2, legal: 1 } }, 1, ["rise", "many-angry"]],
    ["an outage is no danger", { risks: { outage: 20 } }, 1, ["rise", "many-angry"]],
  ])("%s", (_, over, severity, reasons) => {
    expect(weighAlarm(parts(over), 20)).toEqual({ severity, reasons });
  });
  it("is no talk where one person writes fifty times", () => {
    expect(isTalk({ posts: 50, authors: 1 }, 5, 3)).toBe(false);
    expect(isTalk({ posts: 4, authors: 4 }, 5, 3)).toBe(false);
    expect(isTalk({ posts: 5, authors: 3 }, 5, 3)).toBe(true);
  });
});

describe("quiet hours", () => {
  const night: Hush = { from: "22:00", to: "07:00", zone: "Europe/London" };
  const at = (said: string) => Date.parse(said);
  test.each<[string, string, Hush | null, number, string]>([
    ["at once by day", "2026-11-22T12:00:00Z", night, 0, "2026-11-22T12:00:00Z"],
    ["in the morning", "2026-11-22T23:30:00Z", night, 1, "2026-11-23T07:00:00Z"],
    ["after midnight, too", "2026-11-23T03:15:20Z", night, 2, "2026-11-23T07:00:00Z"],
    ["danger at any hour", "2026-11-22T23:30:00Z", night, 3, "2026-11-22T23:30:00Z"],
    ["without quiet hours", "2026-11-22T23:30:00Z", null, 0, "2026-11-22T23:30:00Z"],
    ["within one day", "2026-11-22T12:30:00Z", { ...night, from: "12:00", to: "14:00" }, 0, "2026-11-22T14:00:00Z"],
    ["summer time begins that night", "2026-03-28T23:00:00Z", night, 0, "2026-03-29T06:00:00Z"],
    ["summer time ends that night", "2026-10-24T22:00:00Z", night, 0, "2026-10-25T07:00:00Z"],
    ["elsewhere", "2026-11-22T17:00:00Z", { ...night, zone: "Asia/Kolkata" }, 0, "2026-11-23T01:30:00Z"],
    [
      "a zone nobody knows hushes nothing",
      "2026-11-22T23:30:00Z",
      { ...night, zone: "Mars/Base" },
      0,
      "2026-11-22T23:30:00Z",
    ],
    ["none between equal times", "2026-11-22T23:30:00Z", { ...night, to: "22:00" }, 0, "2026-11-22T23:30:00Z"],
  ])("%s", (_, now, hush, severity, told) => {
    expect(new Date(tellAt(at(now), hush, severity)).toISOString()).toBe(new Date(at(told)).toISOString());
  });
});

describe("what a reading means", () => {
  const now = START + 10 * DAY;
  const rise = (at: Instant, overAt: Instant | null = null): Rise => ({
    at,
    overAt,
    expected: 6,
    posts: 40,
    strength: 9,
  });
  const read = (rises: Rise[], overAt: Instant | null = null): Followed => ({ rises, overAt, last: null });
  const known = (over: Partial<Known>): Known => ({
    state: "open",
    severity: 1,
    beganAt: now - HOUR,
    closedAt: null,
    ...over,
  });
  const on = { now, anew: false, pendingSince: null };

  it("a rise that was just seen is an alarm", () => {
    const seen = rise(now - 10 * MINUTE);
    expect(decideAlarm(read([seen]), on, [])).toEqual({ standing: null, rise: seen, history: [] });
  });
  it("one that was seen and is over already is none", () => {
    expect(decideAlarm(read([rise(now - 5 * HOUR, now - HOUR)]), on, []).rise).toBeNull();
  });
  it("a rise that lasts waits until there is enough to speak of, and is forgotten when it is over", () => {
    const pending = { ...on, pendingSince: now - 30 * MINUTE };
    expect(decideAlarm(read([]), pending, []).rise?.at).toBe(now - 30 * MINUTE);
    expect(decideAlarm(read([], now - MINUTE), pending, []).rise).toBeNull();
  });
  it("the alarm that stands goes on, and is over when the detector says so", () => {
    expect(decideAlarm(read([]), on, [known({})]).standing).toEqual({ over: false });
    expect(decideAlarm(read([], now - MINUTE), on, [known({})]).standing).toEqual({ over: true });
    expect(decideAlarm(read([rise(now - MINUTE)], now - HOUR), on, [known({})]).standing).toEqual({ over: false });
  });
  it("all of the past, read for the first time, tells what would have rung, and rings for what lasts", () => {
    const old = rise(now - 4 * DAY, now - 4 * DAY + 5 * HOUR);
    const lasting = rise(now - 3 * HOUR);
    const anew = { ...on, anew: true };
    expect(decideAlarm(read([old, lasting]), anew, [])).toEqual({ standing: null, rise: lasting, history: [old] });
    expect(
      decideAlarm(read([old, lasting]), anew, [known({ state: "closed", beganAt: now - 3 * HOUR, closedAt: now })]),
    ).toEqual({
      ...{ standing: null, rise: null, history: [old] },
    });
    expect(decideAlarm(read([]), anew, [known({})]).standing).toEqual({ over: true });
    expect(decideAlarm(read([rise(now - HOUR)]), anew, [known({})])).toMatchObject({
      standing: { over: false },
      history: [],
    });
  });
  it("after it was closed its monitor keeps quiet about what is not graver", () => {
    const closed = [known({ state: "closed", closedAt: now - HOUR, severity: 1 })];
    expect([isQuiet(closed, 1, 360, now), isQuiet(closed, 2, 360, now), isQuiet(closed, 1, 30, now)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
