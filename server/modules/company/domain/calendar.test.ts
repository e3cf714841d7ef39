import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, type Instant, MINUTE } from "#platform/clock";
import {
  ALWAYS_OPEN,
  businessTime,
  type Calendar,
  type CalendarRule,
  dueAt,
  isOpen,
  nextOpening,
  type SpecialDay,
} from "./calendar.ts";
import { calendarFaults } from "./calendar-faults.ts";
import { offsetAt, stretchesOfDay } from "./zone-days.ts";

const at = (text: string): Instant => Date.parse(text);
const days = (from: number, to: number, ...hours: [string, string][]): CalendarRule["week"] =>
  Object.fromEntries(Array.from({ length: to - from + 1 }, (_, i) => [from + i, hours]));
const office: Calendar = [{ from: "2026-01-01", zone: "Europe/London", week: days(1, 5, ["09:00", "17:00"]) }];
const dayOff = (date: string, hours: SpecialDay["hours"], closed: SpecialDay["closed"] = []): SpecialDay => ({
  ...{ date, name: "Off", hours, closed, sourceId: null },
});
const london: Calendar = [{ from: "2026-01-01", zone: "Europe/London", week: days(1, 7, ["00:00", "24:00"]) }];

describe("due times (oracle: operations.md §7.1)", () => {
  it.each([
    ["Friday 16:30 + 2 h is Monday 10:30", "2026-11-20T16:30Z", 2 * HOUR, "2026-11-23T10:30Z"],
    ["the Sunday on which the clocks go forward changes nothing", "2026-03-27T16:30Z", 2 * HOUR, "2026-03-30T09:30Z"],
    ["the Sunday on which they go back neither", "2026-10-23T15:30Z", 2 * HOUR, "2026-10-26T10:30Z"],
    ["on a Sunday it counts from Monday", "2026-11-22T12:00Z", HOUR, "2026-11-23T10:00Z"],
    [
      "exactly a day's hours end at closing, not at the next opening",
      "2026-11-23T09:00Z",
      8 * HOUR,
      "2026-11-23T17:00Z",
    ],
    ["a week of forty hours", "2026-11-23T09:00Z", 40 * HOUR, "2026-11-27T17:00Z"],
    ["nothing is due at once, even when closed", "2026-11-22T12:00Z", 0, "2026-11-22T12:00Z"],
  ])("%s", (_, t0, ms, due) => {
    expect(new Date(dueAt(at(t0), ms, office)).toISOString()).toBe(new Date(at(due)).toISOString());
  });

  it("refuses a calendar that never opens", () => {
    const never: Calendar = [{ from: "2026-01-01", zone: "UTC", week: {} }];
    expect(() => dueAt(0, 1, never)).toThrow("does not open");
    expect(nextOpening(0, never)).toBeNull();
    expect(isOpen(0, never)).toBe(false);
  });
});

describe("open time", () => {
  it.each([
    ["a spring night of two hours", "2026-03-29T00:30Z", "2026-03-29T02:30Z", 2 * HOUR],
    ["an autumn night of four hours", "2026-10-24T23:30Z", "2026-10-25T03:30Z", 4 * HOUR],
  ])("around the clock: %s", (_, from, to, ms) => {
    expect(businessTime(at(from), at(to), london)).toBe(ms);
  });

  it.each<[string, Calendar, string, string, number]>([
    ["an office week", office, "2026-11-23T00:00Z", "2026-11-30T00:00Z", 40 * HOUR],
    ["backwards counts negative", office, "2026-11-23T12:00Z", "2026-11-23T10:00Z", -2 * HOUR],
    ["around the clock is elapsed time", ALWAYS_OPEN, "2026-01-01T00:00Z", "2027-01-01T00:00Z", 365 * DAY],
    [
      "a holiday is closed",
      [{ ...(office[0] as CalendarRule), holidays: ["2026-12-25"] }],
      "2026-12-21T00:00Z",
      "2026-12-28T00:00Z",
      32 * HOUR,
    ],
    [
      "a night shift belongs to the day it starts on",
      [{ from: "2026-01-01", zone: "UTC", week: { "1": [["22:00", "06:00"]] }, holidays: ["2026-11-24"] }],
      "2026-11-23T00:00Z",
      "2026-11-25T00:00Z",
      8 * HOUR,
    ],
    [
      "an hour that occurs twice is open twice",
      [{ from: "2026-01-01", zone: "Europe/London", week: { "7": [["01:15", "01:45"]] } }],
      "2026-10-25T00:00Z",
      "2026-10-26T00:00Z",
      HOUR,
    ],
    [
      "an hour that is left out is not open",
      [{ from: "2026-01-01", zone: "Europe/London", week: { "7": [["01:15", "01:45"]] } }],
      "2026-03-29T00:00Z",
      "2026-03-30T00:00Z",
      0,
    ],
    [
      "a half day: closed from noon",
      [{ ...(office[0] as CalendarRule), days: [dayOff("2026-12-24", null, [["12:00", "24:00"]])] }],
      "2026-12-24T00:00Z",
      "2026-12-25T00:00Z",
      3 * HOUR,
    ],
    [
      "other hours on one day, a Saturday on which it is open",
      [{ ...(office[0] as CalendarRule), days: [dayOff("2026-12-19", [["10:00", "14:00"]])] }],
      "2026-12-19T00:00Z",
      "2026-12-20T00:00Z",
      4 * HOUR,
    ],
    [
      "a part that is closed past midnight closes the night shift",
      [
        {
          ...{ from: "2026-01-01", zone: "UTC", week: { "4": [["20:00", "06:00"]] as [string, string][] } },
          days: [dayOff("2026-12-24", null, [["22:00", "02:00"]])],
        },
      ],
      "2026-12-24T00:00Z",
      "2026-12-26T00:00Z",
      6 * HOUR,
    ],
    [
      "what was entered by hand counts before what a file brought",
      [
        {
          ...(office[0] as CalendarRule),
          days: [{ ...dayOff("2026-12-24", []), sourceId: "file" }, dayOff("2026-12-24", [["09:00", "11:00"]])],
        },
      ],
      "2026-12-24T00:00Z",
      "2026-12-25T00:00Z",
      2 * HOUR,
    ],
    [
      "overlapping hours count once",
      [
        {
          from: "2026-01-01",
          zone: "UTC",
          week: {
            "1": [
              ["08:00", "12:00"],
              ["10:00", "14:00"],
            ],
          },
        },
      ],
      "2026-11-23T00:00Z",
      "2026-11-24T00:00Z",
      6 * HOUR,
    ],
    [
      "each stretch follows the rule in force",
      [
        { from: "2026-11-25", zone: "UTC", week: days(1, 7, ["10:00", "11:00"]) },
        { from: "2026-01-01", zone: "UTC", week: days(1, 7, ["09:00", "17:00"]) },
      ],
      "2026-11-23T00:00Z",
      "2026-11-27T00:00Z",
      18 * HOUR,
    ],
    ["the first rule holds before its date as well", office, "2020-06-01T00:00Z", "2020-06-02T00:00Z", 8 * HOUR],
  ])("%s", (_, calendar, from, to, ms) => {
    expect(businessTime(at(from), at(to), calendar)).toBe(ms);
  });

  it("knows when it opens", () => {
    expect(isOpen(at("2026-11-23T09:00Z"), office)).toBe(true);
    expect(isOpen(at("2026-11-23T17:00Z"), office)).toBe(false);
    expect(nextOpening(at("2026-11-20T17:00Z"), office)).toBe(at("2026-11-23T09:00Z"));
    expect(nextOpening(at("2026-11-23T12:00Z"), office)).toBe(at("2026-11-23T12:00Z"));
  });

  it("knows zones that changed their day", () => {
    const day = (text: string) => at(text) / DAY;
    expect(stretchesOfDay("Pacific/Apia", day("2011-12-30"))).toEqual([]);
    expect(offsetAt("Asia/Kathmandu", 0)).toBe(5.5 * HOUR);
    expect(stretchesOfDay("Australia/Lord_Howe", day("2026-04-05"))).toHaveLength(2);
  });

  it("names the faults of a calendar", () => {
    expect(calendarFaults(office)).toEqual([]);
    const bad: Calendar = [{ from: "soon", zone: "Mars/Base", week: { "8": [["9:00", "17:00"]] }, holidays: ["x"] }];
    expect(calendarFaults(bad)).toHaveLength(5);
  });
});

// Half and three-quarter hours, a change of thirty minutes, a second change in the year for Ramadan, summer time given up (Sao Paulo,
// whose clocks changed at midnight), days that have no midnight (Beirut), both hemispheres, and the ends of the world.
const zones = [
  ...["Europe/London", "Pacific/Chatham", "America/St_Johns", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"],
  ...["Asia/Kathmandu", "America/Sao_Paulo", "Africa/Casablanca", "America/New_York", "Asia/Beirut", "Pacific/Apia"],
  ...["Pacific/Kiritimati", "Antarctica/Troll", "Europe/Dublin"],
];
const time = fc.integer({ min: 0, max: 95 }).map((n) => new Date(n * 15 * MINUTE).toISOString().slice(11, 16));
const week = fc.dictionary(
  fc.constantFrom("1", "2", "3", "4", "5", "6", "7"),
  fc.array(fc.tuple(time, time), { maxLength: 2 }),
);
const date = fc
  .integer({ min: 0, max: 700 })
  .map((n) => new Date(at("2026-01-01") + n * DAY).toISOString().slice(0, 10));
const hours = fc.array(fc.tuple(time, time), { maxLength: 2 });
const special: fc.Arbitrary<SpecialDay> = fc.record({
  date,
  name: fc.constant("Holiday"),
  hours: fc.option(hours),
  closed: hours,
  sourceId: fc.constantFrom(null, "file"),
});
const calendars: fc.Arbitrary<Calendar> = fc.array(
  fc.record({
    from: date,
    zone: fc.constantFrom(...zones),
    week,
    holidays: fc.array(date, { maxLength: 3 }),
    days: fc.array(special, { maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 2 },
);
// Ten minutes apart, so that a plain count of minutes stays quick.
const instants = fc.integer({ min: 0, max: 2 * 365 * 144 }).map((n) => at("2026-01-01") + n * 10 * MINUTE);
/** The hours in which clocks change or changed, by zone: half of all looks go there. */
const changes: [string, string][] = [
  ...(["2026-03-29T00:00Z", "2026-10-25T00:00Z"].map((t) => ["Europe/London", t]) as [string, string][]),
  ...(["2026-04-04T14:00Z", "2026-10-03T15:00Z"].map((t) => ["Australia/Lord_Howe", t]) as [string, string][]),
  ...(["2026-03-08T05:00Z", "2026-11-01T04:00Z"].map((t) => ["America/St_Johns", t]) as [string, string][]),
  ...(["2018-11-04T02:00Z", "2019-02-17T01:00Z"].map((t) => ["America/Sao_Paulo", t]) as [string, string][]),
  ...(["2026-02-15T01:00Z", "2026-03-22T01:00Z"].map((t) => ["Africa/Casablanca", t]) as [string, string][]),
  ...(["2026-03-28T20:00Z", "2026-10-24T20:00Z"].map((t) => ["Asia/Beirut", t]) as [string, string][]),
  ...(["2026-04-04T13:00Z", "2026-09-26T13:00Z"].map((t) => ["Pacific/Chatham", t]) as [string, string][]),
  ...(["2026-03-29T00:00Z", "2026-10-25T00:00Z"].map((t) => ["Antarctica/Troll", t]) as [string, string][]),
  ["Pacific/Apia", "2011-12-30T09:00Z"],
  ["Asia/Kathmandu", "1985-12-31T18:00Z"],
];

describe("laws", () => {
  it("open time adds up", () => {
    fc.assert(
      fc.property(calendars, instants, instants, instants, (calendar, a, b, c) => {
        expect(businessTime(a, b, calendar) + businessTime(b, c, calendar)).toBe(businessTime(a, c, calendar));
      }),
      { numRuns: 60 },
    );
  });

  it("the due time is the first instant by which so much open time has passed", () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 60 * HOUR }), (calendar, t0, ms) => {
        fc.pre(calendar.every((rule) => Object.values(rule.week).some((hours) => hours.length > 0)));
        const due = dueAt(t0, ms, calendar);
        expect(businessTime(t0, due, calendar)).toBe(ms);
        expect(businessTime(t0, due - 1, calendar)).toBe(ms - 1);
      }),
      { numRuns: 80 },
    );
  });

  it("equals a count of minutes by the wall clock", () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 3 * 96 }), (calendar, from, quarters) => {
        const to = from + quarters * 15 * MINUTE;
        let open = 0;
        for (let t = from; t < to; t += 5 * MINUTE) {
          const is = wallClockOpen(t, calendar);
          expect(isOpen(t, calendar)).toBe(is);
          if (is) open += 5 * MINUTE;
        }
        expect(businessTime(from, to, calendar)).toBe(open);
      }),
      { numRuns: 40 },
    );
  });

  it("equals it in the hours in which clocks change, among special days", () => {
    const around = fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -144, max: 144 }), calendars);
    fc.assert(
      fc.property(around, ([[zone, change], offset, made]) => {
        // Special days lie about the change, so that they are met.
        const near = (i: number) => new Date(at(change) + (i - 1) * DAY).toISOString().slice(0, 10);
        const calendar = made.map((rule) => ({
          ...{ ...rule, zone },
          days: (rule.days ?? []).map((day, i) => ({ ...day, date: near(i) })),
        }));
        const from = at(change) + offset * 5 * MINUTE;
        const to = from + 6 * HOUR;
        let open = 0;
        for (let t = from; t < to; t += 5 * MINUTE) if (wallClockOpen(t, calendar)) open += 5 * MINUTE;
        expect(businessTime(from, to, calendar)).toBe(open);
      }),
      { numRuns: 150 },
    );
  });

  it("is zero when closed, monotone, and due times come in order", () => {
    fc.assert(
      fc.property(calendars, instants, fc.nat(50 * HOUR), fc.nat(50 * HOUR), (calendar, t0, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const open = businessTime(t0, t0 + less, calendar);
        expect(open).toBeGreaterThanOrEqual(0);
        expect(open).toBeLessThanOrEqual(less);
        expect(businessTime(t0, t0 + more, calendar)).toBeGreaterThanOrEqual(open);
        const next = nextOpening(t0, calendar);
        if (next === null) return;
        expect(businessTime(t0, next, calendar)).toBe(0);
        expect(isOpen(next, calendar)).toBe(true);
        if (!calendar.every((rule) => Object.values(rule.week).some((one) => one.length > 0))) return;
        expect(dueAt(t0, less, calendar)).toBeLessThanOrEqual(dueAt(t0, more, calendar));
        expect(dueAt(dueAt(t0, less, calendar), more, calendar)).toBe(dueAt(t0, less + more, calendar));
      }),
      { numRuns: 80 },
    );
  });
});

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The oracle: reads day and time off the wall clock of the rule in force. */
function wallClockOpen(t: Instant, calendar: Calendar): boolean {
  const shown = (zone: string, of: Instant) => {
    let clock = clocks.get(zone);
    if (!clock) {
      clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
      clocks.set(zone, clock);
    }
    const [day, hour] = clock.format(of).split(" ") as [string, string];
    return { day, hour };
  };
  const sorted = calendar.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const rule = sorted.findLast((r) => shown(r.zone, t).day >= r.from) ?? (sorted[0] as CalendarRule);
  const { day, hour } = shown(rule.zone, t);
  const dayBefore = new Date(at(day) - DAY).toISOString().slice(0, 10);
  const days = (of: string) => {
    const all = (rule.days ?? []).filter((one) => one.date === of);
    const own = all.filter((one) => one.sourceId === null);
    const byHand = [...own.map((one) => one.hours), ...(rule.holidays?.includes(of) ? [[]] : [])];
    const counted = own.length > 0 || rule.holidays?.includes(of) ? own : all;
    const told = (byHand.length > 0 ? byHand : all.map((one) => one.hours)).filter((one) => one !== null);
    return { told, closed: counted.flatMap((one) => [...one.closed]) };
  };
  const hours = (of: string) => {
    const { told } = days(of);
    return (
      told.find((one) => one.length === 0) ?? told[0] ?? rule.week[String(new Date(at(of)).getUTCDay() || 7)] ?? []
    );
  };
  const within = (list: readonly (readonly [string, string])[], before: typeof list) =>
    list.some(([from, to]) => (to > from ? hour >= from && hour < to : hour >= from)) ||
    before.some(([from, to]) => to <= from && hour < to);
  return within(hours(day), hours(dayBefore)) && !within(days(day).closed, days(dayBefore).closed);
}
