import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sayWhen } from "./say-when.ts";

// A Sunday, twenty to six in the afternoon, by the clock of the machine.
const NOW = new Date(2026, 10, 22, 17, 40).getTime();
const local = (at: number | null) => {
  if (at === null) return null;
  const d = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`;
};

describe("sayWhen", () => {
  test.each([
    ["2h", "2026-11-22 19:40"],
    ["in 2 hours", "2026-11-22 19:40"],
    ["90m", "2026-11-22 19:10"],
    ["1h 30m", "2026-11-22 19:10"],
    ["1h30", "2026-11-22 19:10"],
    ["2.5h", "2026-11-22 20:10"],
    ["in 3 days", "2026-11-25 17:40"],
    ["1 week", "2026-11-29 17:40"],
    ["tomorrow", "2026-11-23 09:00"],
    ["tomorrow 9", "2026-11-23 09:00"],
    ["Tomorrow at 14:30", "2026-11-23 14:30"],
    ["tomorrow 2pm", "2026-11-23 14:00"],
    ["tomorrow afternoon", "2026-11-23 14:00"],
    ["9 tomorrow", "2026-11-23 09:00"],
    ["mon", "2026-11-23 09:00"],
    ["Monday 8", "2026-11-23 08:00"],
    ["fri 14:30", "2026-11-27 14:30"],
    ["sunday", "2026-11-29 09:00"],
    ["next week", "2026-11-23 09:00"],
    ["next thursday", "2026-11-26 09:00"],
    ["18", "2026-11-22 18:00"],
    ["17:30", "2026-11-23 17:30"],
    ["9am", "2026-11-23 09:00"],
    ["12am", "2026-11-23 00:00"],
    ["noon", "2026-11-23 12:00"],
    ["tonight", "2026-11-22 20:00"],
    ["evening", "2026-11-22 18:00"],
    ["today 21:15", "2026-11-22 21:15"],
    ["today 9", null],
    ["24 dec", "2026-12-24 09:00"],
    ["dec 24 18:00", "2026-12-24 18:00"],
    ["3 march", "2027-03-03 09:00"],
    ["24.12.", "2026-12-24 09:00"],
    ["24/12 10", "2026-12-24 10:00"],
    ["2026-12-01", "2026-12-01 09:00"],
    ["2026-12-01 07:05", "2026-12-01 07:05"],
    ["2020-01-01", null],
    ["31 feb", null],
    ["25:00", null],
    ["13pm", null],
    ["", null],
    ["soon", null],
    ["when the engineer has been", null],
    ["monday tuesday", null],
    ["0h", null],
  ])("%j", (text, expected) => {
    expect(local(sayWhen(text, NOW))).toBe(expected);
  });

  test.each([
    ["de", "morgen 10", "2026-11-23 10:00"],
    ["de", "Freitag 14:30", "2026-11-27 14:30"],
    ["es", "mañana 8", "2026-11-23 08:00"],
    ["es", "lunes", "2026-11-23 09:00"],
    ["de", "tomorrow", "2026-11-23 09:00"],
    ["de", "fr 14:30", "2026-11-27 14:30"],
    ["de", "24. Dez., 8 Uhr", "2026-12-24 08:00"],
    ["de", "3. März", "2027-03-03 09:00"],
    ["es", "mañana 9, vie 14:30", null],
    ["es", "mañana 9", "2026-11-23 09:00"],
    ["es", "MANANA a las 9", "2026-11-23 09:00"],
    ["es", "vie 14:30", "2026-11-27 14:30"],
    ["es", "el miercoles", "2026-11-25 09:00"],
    ["es", "martes 9", "2026-11-24 09:00"],
    ["es", "mar 9", "2026-11-24 09:00"],
    ["es", "9 mar", "2027-03-09 09:00"],
    ["es", "24 dic", "2026-12-24 09:00"],
    ["es", "24 de diciembre, 10:30", "2026-12-24 10:30"],
    ["es", "24 dec", "2026-12-24 09:00"],
    ["es", "2h", "2026-11-22 19:40"],
    ["ar", "غدًا", "2026-11-23 09:00"],
    ["ar", "غدا 9", "2026-11-23 09:00"],
    ["ar", "غدا، 9", "2026-11-23 09:00"],
    ["ar", "غدًا ٩:٣٠", "2026-11-23 09:30"],
    ["ar", "الجمعة 14:30", "2026-11-27 14:30"],
    ["ar", "يوم الجمعة، الساعة 14:30", "2026-11-27 14:30"],
    ["ar", "الإثنين", "2026-11-23 09:00"],
    ["ar", "24 ديسمبر", "2026-12-24 09:00"],
    ["ar", "24 dec", "2026-12-24 09:00"],
    ["ar", "لاحقا", null],
  ])("in %s: %j", (locale, text, expected) => {
    expect(local(sayWhen(text, NOW, locale))).toBe(expected);
  });

  test("whatever is typed: nothing, or a time ahead", () => {
    const parts = fc.array(
      fc.constantFrom("tomorrow", "9", "14:30", "fri", "2h", "dec", "24", "next", "am", "x", "99"),
      { maxLength: 5 },
    );
    const check = (words: string[]) => {
      const at = sayWhen(words.join(" "), NOW);
      expect(at === null || at > NOW).toBe(true);
    };
    fc.assert(fc.property(parts, check), { numRuns: 500 });
  });
});
