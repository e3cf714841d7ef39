import { afterAll, describe, expect, it } from "vitest";
import { HOUR } from "#platform/clock";
import type { Tx } from "#platform/db";
import { makeAccount, openTestDatabase } from "../../../tests/support/database.ts";
import { addCalendar, calendarOf, changeCalendar, dropHolidays, previewHolidays, takeHolidays } from "./calendars.ts";
import { businessTime, isOpen } from "./domain/calendar.ts";

const { db } = openTestDatabase();
afterAll(() => db.close());

const at = (text: string) => Date.parse(text);
const week = Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [["09:00", "17:00"]] as [string, string][]]));
const rules = [{ from: "2026-01-01", zone: "Europe/London", week }];
const file = (...dates: string[]) =>
  [
    ...["BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALNAME:Bank holidays"],
    ...dates.flatMap((date, i) => [
      "BEGIN:VEVENT",
      `UID:${i}`,
      `DTSTART;VALUE=DATE:${date}`,
      "SUMMARY:Bank holiday",
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ].join("\r\n");

async function office() {
  const { accountId } = await makeAccount(db);
  const run = <T>(act: (tx: Tx) => Promise<T>) => db.withAccount(accountId, act);
  const id = await run((tx) => addCalendar(tx, "Office", rules));
  const take = (text: string, expectedVersion: number, without: string[] = []) =>
    run((tx) =>
      takeHolidays(tx, { calendarId: id, name: "Bank holidays", text, without, expectedVersion, openToo: false }),
    );
  return { id, run, take, now: () => run((tx) => calendarOf(tx, id)) };
}

describe("holidays of a file", () => {
  it("are shown before they are taken, close the days, and the same file again changes nothing", async () => {
    const t = await office();
    const text = file("20261225", "20261228");
    const preview = await t.run((tx) => previewHolidays(tx, t.id, text));
    expect(preview).toMatchObject({
      name: "Bank holidays",
      known: [],
      days: [{ date: "2026-12-25" }, { date: "2026-12-28" }],
    });
    expect((await t.now()).version).toBe(1);
    expect(await t.take(text, 1)).toMatchObject({ taken: 2, changed: true, calendar: { version: 2 } });
    const { calendar } = await t.now();
    expect(businessTime(at("2026-12-21T00:00Z"), at("2027-01-04T00:00Z"), calendar)).toBe(8 * 8 * HOUR);
    expect(await t.take(text, 2)).toMatchObject({ changed: false, calendar: { version: 2 } });
    expect((await t.run((tx) => previewHolidays(tx, t.id, text))).known).toEqual(["2026-12-25", "2026-12-28"]);
  });

  it("are replaced by a newer file of the same name, kept beside days by hand, and go with the file", async () => {
    const t = await office();
    await t.take(file("20261225", "20261228"), 1, ["2026-12-28"]);
    const byHand = [
      { date: "2026-12-24", name: "Half day", hours: null, closed: [["12:00", "24:00"] as [string, string]] },
    ];
    const change = { calendarId: t.id, name: "Office", rules, days: byHand, expectedVersion: 2, openToo: false };
    await t.run((tx) => changeCalendar(tx, change));
    await t.take(file("20261226", "20270101"), 3);
    const taken = await t.now();
    expect(taken.days.map((day) => day.date)).toEqual(["2026-12-24", "2026-12-26", "2027-01-01"]);
    expect(taken.sources).toHaveLength(1);
    const sourceId = taken.sources[0]!.id;
    await t.run((tx) => dropHolidays(tx, { calendarId: t.id, sourceId, expectedVersion: 4, openToo: false }));
    const left = await t.now();
    expect([left.days.map((day) => day.date), left.sources]).toEqual([["2026-12-24"], []]);
    expect(isOpen(at("2026-12-24T13:00Z"), left.calendar)).toBe(false);
    expect(isOpen(at("2026-12-24T11:00Z"), left.calendar)).toBe(true);
  });

  it("refuse a version that was not seen, and a file without a day", async () => {
    const t = await office();
    await expect(t.take(file("20261225"), 7)).rejects.toMatchObject({ code: "version-conflict" });
    await expect(t.take(file("20010101"), 1)).rejects.toThrow("closes no day");
  });
});

describe("a calendar", () => {
  it.each<[string, Partial<Parameters<typeof changeCalendar>[1]>, string]>([
    ["that never opens", { rules: [{ ...rules[0]!, week: {} }] }, "never opens"],
    ["that closes for good", { rules: [...rules, { ...rules[0]!, from: "2027-01-01", week: {} }] }, "never opens"],
    ["with two weeks of one date", { rules: [...rules, ...rules] }, "Two weeks begin on 2026-01-01"],
    ["in no zone", { rules: [{ ...rules[0]!, zone: "Mars/Base" }] }, "not a time zone"],
    ["without a name", { name: " " }, "needs a name"],
    [
      "with a day that does not exist",
      { days: [{ date: "2026-02-30", name: "", hours: [], closed: [] }] },
      "not a date",
    ],
    [
      "with a day twice",
      { days: [1, 2].map(() => ({ date: "2026-02-03", name: "", hours: [], closed: [] })) },
      "is there twice",
    ],
  ])("%s is refused", async (_, over, why) => {
    const t = await office();
    const change = { calendarId: t.id, name: "Office", rules, days: [], expectedVersion: 1, openToo: false, ...over };
    await expect(t.run((tx) => changeCalendar(tx, change))).rejects.toThrow(why);
    expect((await t.now()).version).toBe(1);
  });
});
