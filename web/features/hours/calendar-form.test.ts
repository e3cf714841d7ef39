import { describe, expect, it } from "vitest";
import { asTime, faultsOf, kindOf, newCalendar, weekMinutes, withDay, withKind, withPeriod } from "./calendar-form.ts";

const zones = new Set(["Europe/London"]);
const form = { ...newCalendar("2026-01-01", "Europe/London"), name: "Office" };
const rule = form.rules[0]!;

describe("a calendar being edited", () => {
  it.each([
    ["9", "09:00"],
    ["930", "09:30"],
    ["9.30", "09:30"],
    ["17:45", "17:45"],
    ["noon", "noon"],
  ])("reads %s as %s", (text, time) => {
    expect(asTime(text)).toBe(time);
  });

  it("opens a further time after the last one", () => {
    expect(withPeriod([])).toEqual([["09:00", "17:00"]]);
    expect(withPeriod([["09:00", "12:00"]])).toEqual([
      ["09:00", "12:00"],
      ["13:00", "15:00"],
    ]);
  });

  it("counts the hours of a week, nights as well", () => {
    expect(weekMinutes(rule)).toBe(40 * 60);
    expect(weekMinutes(withDay(rule, "6", [["22:00", "06:00"]]))).toBe(48 * 60);
    expect(weekMinutes(withDay(rule, "7", [["22:00", "10:00"]]))).toBe(51 * 60);
    expect(
      weekMinutes(
        withDay(rule, "1", [
          ["00:00", "24:00"],
          ["09:00", "13:30"],
        ]),
      ),
    ).toBe(56 * 60);
  });

  it.each([
    ["nothing", {}, []],
    ["no name", { name: " " }, ["name"]],
    ["a time that is none", { rules: [withDay(rule, "1", [["9:00", "17:00"]])] }, ["time"]],
    ["a day twice", { days: [1, 2].map(() => ({ date: "2026-12-25", name: "", hours: [], closed: [] })) }, ["twice"]],
    ["a date that does not exist", { days: [{ date: "2026-02-30", name: "", hours: [], closed: [] }] }, ["date"]],
    ["another planet", { rules: [{ ...rule, zone: "Mars/Base" }] }, ["zone"]],
    ["never open", { rules: [{ ...rule, week: {} }] }, ["closed"]],
  ])("is refused for %s", (_, change, faults) => {
    expect(faultsOf({ ...form, ...change }, zones)).toEqual(faults);
  });

  it("keeps the times when a day is closed otherwise", () => {
    const day = { date: "2026-12-24", name: "", hours: null, closed: [["12:00", "24:00"] as [string, string]] };
    expect(kindOf(withKind(day, "hours"))).toBe("hours");
    expect(withKind(withKind(day, "hours"), "part")).toEqual(day);
    expect(withKind(day, "closed")).toMatchObject({ hours: [], closed: [] });
  });
});
