import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY } from "#platform/clock";
import { readHolidays } from "./read-holidays.ts";

const day = (text: string) => Date.parse(text) / DAY;
const file = (...events: string[]) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "X-WR-CALNAME:Closed at Northwind",
    ...events.flatMap((event, i) => ["BEGIN:VEVENT", `UID:${i}`, ...event.split("\n"), "END:VEVENT"]),
    "END:VCALENDAR",
  ].join("\r\n");
const read = (text: string, zone = "Europe/London") => readHolidays(text, zone, day("2026-01-01"), day("2027-12-31"));
const dates = (text: string, zone?: string) => read(text, zone).days.map((one) => one.date);

describe("days a file closes", () => {
  it.each<[string, string, string[]]>([
    ["a date", "DTSTART;VALUE=DATE:20261226\nDTEND;VALUE=DATE:20261227\nSUMMARY:Boxing Day", ["2026-12-26"]],
    ["a date without an end", "DTSTART;VALUE=DATE:20261226", ["2026-12-26"]],
    [
      "dates with a last one",
      "DTSTART;VALUE=DATE:20261230\nDTEND;VALUE=DATE:20270102",
      ["2026-12-30", "2026-12-31", "2027-01-01"],
    ],
    ["every year", "DTSTART;VALUE=DATE:20101225\nRRULE:FREQ=YEARLY", ["2026-12-25", "2027-12-25"]],
    [
      "the last Monday of May",
      "DTSTART;VALUE=DATE:20200525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO",
      ["2026-05-25", "2027-05-31"],
    ],
    [
      "every year but one",
      "DTSTART;VALUE=DATE:20101225\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20261225",
      ["2027-12-25"],
    ],
    ["until a day", "DTSTART;VALUE=DATE:20101225\nRRULE:FREQ=YEARLY;UNTIL=20261225", ["2026-12-25"]],
    [
      "further dates",
      "DTSTART;VALUE=DATE:20261102\nRDATE;VALUE=DATE:20261104,20261106",
      ["2026-11-02", "2026-11-04", "2026-11-06"],
    ],
    ["what was called off", "DTSTART;VALUE=DATE:20261102\nSTATUS:CANCELLED", []],
    ["outside of the years asked for", "DTSTART;VALUE=DATE:20201102", []],
  ])("%s", (_, event, expected) => {
    expect(dates(file(event))).toEqual(expected);
    // A date is a date, whatever zone the calendar has.
    expect(dates(file(event), "Pacific/Kiritimati")).toEqual(expected);
  });

  it("takes a day that was moved where it was moved to", () => {
    const moved = file("DTSTART;VALUE=DATE:20200525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "X:1").replace(
      "UID:1\r\nX:1",
      "UID:0\r\nRECURRENCE-ID;VALUE=DATE:20270531\r\nDTSTART;VALUE=DATE:20270601",
    );
    expect(dates(moved)).toEqual(["2026-05-25", "2027-06-01"]);
  });

  it.each<[string, string, unknown]>([
    [
      "a zone of its own",
      "DTSTART;TZID=Europe/Berlin:20261224T130000\nDTEND;TZID=Europe/Berlin:20261224T180000",
      [["2026-12-24", null, [["12:00", "17:00"]]]],
    ],
    ["UTC, in summer", "DTSTART:20260703T110000Z\nDURATION:PT90M", [["2026-07-03", null, [["12:00", "13:30"]]]]],
    [
      "no zone: the calendar's",
      "DTSTART:20261224T120000\nDTEND:20261224T180000",
      [["2026-12-24", null, [["12:00", "18:00"]]]],
    ],
    [
      "over midnight, and a whole day between",
      "DTSTART:20261224T120000\nDTEND:20261226T060000",
      [
        ["2026-12-24", null, [["12:00", "24:00"]]],
        ["2026-12-25", [], []],
        ["2026-12-26", null, [["00:00", "06:00"]]],
      ],
    ],
  ])("closes a part of a day: %s", (_, event, expected) => {
    expect(read(file(event)).days.map((one) => [one.date, one.hours, one.closed])).toEqual(expected);
  });

  it("takes two that have no UID for two", () => {
    const both = file(
      "DTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas",
      "DTSTART;VALUE=DATE:20261226\nSUMMARY:Boxing Day",
    );
    expect(dates(both.replace(/UID:\d\r\n/g, ""))).toEqual(["2026-12-25", "2026-12-26"]);
  });

  it("names what it does not take", () => {
    const found = read(
      file(
        "DTSTART;VALUE=DATE:20200412\nRRULE:FREQ=YEARLY;BYEASTER=0\nSUMMARY:Easter\\, by a rule of one program",
        "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=SECONDLY\nSUMMARY:Ticks",
        "DTSTART:20260105T100000Z\nSUMMARY:A moment",
        "DTSTART;VALUE=DATE:20260201\nDTEND;VALUE=DATE:20260901\nSUMMARY:Sabbatical",
        "SUMMARY:Never",
      ),
    );
    expect(found.days).toEqual([]);
    expect(found.skipped).toEqual([
      "Easter, by a rule of one program: it repeats by a rule that cannot be read here.",
      "Ticks: it repeats by a rule that cannot be read here.",
      "Never: it has no start that can be read.",
      "A moment: it has no length.",
      "Sabbatical: it lasts longer than 62 days.",
    ]);
    expect(found.notTaken.map(({ code }) => code)).toEqual([
      ...["strange-rule", "strange-rule", "no-start", "no-length", "too-long"],
    ]);
  });

  it("takes only what a calendar needs", () => {
    const hostile = file(
      "DTSTART;VALUE=DATE:20261226\nSUMMARY:<b>Boxing</b>\nATTACH:http://127.0.0.1/x\nBEGIN:VALARM\nTRIGGER:-P1D\nSUMMARY:no\nEND:VALARM",
      "DTSTART;VALUE=DATE:20261225",
    ).replace("UID:1", "UID:__proto__");
    expect(read(hostile)).toMatchObject({ name: "Closed at Northwind", skipped: [] });
    expect(read(hostile).days.map((one) => one.name)).toEqual(["Closed", "<b>Boxing</b>"]);
    expect(({} as Record<string, unknown>).type).toBeUndefined();
  });

  it.each([
    ["no calendar", "hello", "BEGIN:VCALENDAR"],
    ["a NUL", file("SUMMARY:\0"), "NUL"],
    ["cut off", file("DTSTART;VALUE=DATE:20261226").slice(0, -20), "cut or broken"],
    ["too long", `BEGIN:VCALENDAR\r\n${"X:y\r\n".repeat(110_000)}`, "512 KB"],
    ["too many events", file(...Array.from({ length: 1_001 }, () => "DTSTART;VALUE=DATE:20261226")), "1000 events"],
    ["too deep", `BEGIN:VCALENDAR\r\n${"BEGIN:VEVENT\r\n".repeat(20)}`, "too deep"],
    [
      "every day, and more often than fifty times",
      file(...Array.from({ length: 51 }, () => "DTSTART;VALUE=DATE:20261226\nRRULE:FREQ=DAILY")),
      "more than 50",
    ],
  ])("refuses %s", (_, text, why) => {
    expect(() => read(text)).toThrow(why);
  });

  it("never falls over anything", () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom(
        "BEGIN:VEVENT",
        "END:VEVENT",
        "DTSTART:20260101",
        "RRULE:FREQ=YEARLY",
        "EXDATE:x",
        "UID:__proto__",
        "RDATE:20260101T000000",
      ),
      fc.constantFrom(
        "DTSTART;TZID=No/Where:20260101T000000",
        "DTEND:99999999",
        "DTSTART;VALUE=DATE:20261332",
        "RECURRENCE-ID:2026",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (lines) => {
        try {
          for (const one of read(["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR"].join("\r\n")).days)
            expect(one.date).toMatch(/^202[67]-\d\d-\d\d$/);
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid-request" });
        }
      }),
      { numRuns: 300 },
    );
  });
});
