/**
 * Reads times as people say them, by the reader's own clock: "2h", "tomorrow 9", "fri 14:30", "24 dec", "next week", "17"; days and
 * months also as the reader's language calls them, with its accents or without.
 */

const MINUTE = 60_000;
const UNITS: Record<string, number> = { m: MINUTE, h: 60 * MINUTE, d: 1_440 * MINUTE, w: 10_080 * MINUTE };
/** The hour of a day of which no hour is said, and of its parts. */
const MORNING = 9;
const PARTS: Record<string, number> = { morning: MORNING, noon: 12, afternoon: 14, evening: 18, tonight: 20 };

type Day = { year: number; month: number; day: number };
type Said = { day: Day | null; minutes: number | null };

/** Epoch ms of what was said, if it lies ahead; null when it is no time, or past. */
export function sayWhen(text: string, now: number, locale = "en"): number | null {
  if (text.length > 200) return null;
  const words = fold(text, locale).replace(/[,،]/g, " ").replace(/\s+/g, " ").trim();
  if (words === "" || words.length > 60) return null;
  const span = readSpan(words);
  if (span !== null) return now + span;
  const said = readDayAndTime(words, now, locale);
  if (said === null) return null;
  const today = dayOf(now, 0);
  const minutes = said.minutes ?? MORNING * 60;
  const at = instantOf(said.day ?? today, minutes);
  // Only an hour, and it has passed: tomorrow's is meant.
  if (said.day === null && at <= now) return instantOf(dayOf(now, 1), minutes);
  return at > now ? at : null;
}

function readSpan(words: string): number | null {
  const rest = words.replace(/^in /, "").replace(/(\d)h ?(\d{1,2})$/, "$1h $2m");
  const part = /(\d{1,4}(?:[.,]5)?) ?(m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)(?![a-z])/g;
  let sum = 0;
  const left = rest.replace(part, (_whole, n: string, unit: string) => {
    sum += Number(n.replace(",", ".")) * (UNITS[unit[0] ?? ""] ?? 0);
    return "";
  });
  return sum > 0 && /^(?: |and)*$/.test(left) ? Math.round(sum) : null;
}

function readDayAndTime(words: string, now: number, locale: string): Said | null {
  const said: Said = { day: null, minutes: null };
  let rest = words;
  const take = (shape: RegExp, use: (match: RegExpExecArray) => boolean) => {
    const match = shape.exec(rest);
    if (match && use(match)) rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
  };
  const setDay = (day: Day | null): boolean => {
    if (said.day !== null || day === null) return false;
    said.day = day;
    return true;
  };
  const setTime = (minutes: number | null): boolean => {
    if (said.minutes !== null || minutes === null) return false;
    said.minutes = minutes;
    return true;
  };
  take(/\b(\d{4})-(\d{1,2})-(\d{1,2})\b/, ([, y, m, d]) => setDay(realDay(Number(y), Number(m), Number(d))));
  take(/\b(\d{1,2})[./](\d{1,2})\b\.?(?!:|\d)/, ([, d, m]) => setDay(nextDate(Number(m), Number(d), now)));
  const { months, weekdays, ahead: days } = namesOf(locale);
  const anyOf = (names: Iterable<string>) => [...names].toSorted((a, b) => b.length - a.length).join("|");
  take(new RegExp(`(\\d{1,2})\\.? (?:de )?(${anyOf(months.keys())})(?!\\p{L})\\.?`, "u"), ([, d, m]) =>
    setDay(nextDate(months.get(m ?? "") ?? 0, Number(d), now)),
  );
  // "mar 9" is Tuesday at nine where Tuesday is called so.
  const called = new Set(weekdays.map(([name]) => name));
  const before = [...months.keys()].filter((name) => !called.has(name));
  take(new RegExp(`(?<!\\p{L})(${anyOf(before)})\\.? (\\d{1,2})(?!:|\\d)`, "u"), ([, m, d]) =>
    setDay(nextDate(months.get(m ?? "") ?? 0, Number(d), now)),
  );
  for (const [word, ahead] of days) take(wordOf(word), () => setDay(dayOf(now, ahead)));
  take(/\bnext week\b/, () => setDay(weekday(1, now)));
  for (const [word, day] of weekdays) take(wordOf(word), () => setDay(weekday(day, now)));
  take(/\b(\d{1,2})[:.](\d{2})\s*(am|pm)?\b/, ([, h, m, half]) => setTime(clock(Number(h), Number(m), half)));
  take(/\b(\d{1,2})\s*(am|pm)\b/, ([, h, half]) => setTime(clock(Number(h), 0, half)));
  for (const [word, hour] of Object.entries(PARTS)) take(wordOf(word), () => setTime(hour * 60));
  take(/(?:^|\s)(\d{1,2})(?:\s*(?:uhr|o'clock))?(?=\s|$)/, ([, h]) => setTime(clock(Number(h), 0, undefined)));
  const empty = FILLERS.test(rest);
  return empty && (said.day !== null || said.minutes !== null) ? said : null;
}

/** What says nothing more beside a day and an hour. */
const FILLERS = /^(?:\s|at|on|next|um|am|a|las?|el|يوم|الساعه|الساعة|في)*$/u;

/** Small letters and our digits; accents and the signs of Arabic vowels count for nothing. */
const fold = (text: string, locale: string): string =>
  text
    .toLocaleLowerCase(locale)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));

type Names = { months: ReadonlyMap<string, number>; weekdays: [string, number][]; ahead: [string, number][] };
const known = new Map<string, Names>();

/** Made once a language: this is asked at every letter. */
function namesOf(locale: string): Names {
  const found = known.get(locale) ?? {
    months: monthNames(locale),
    weekdays: weekdayNames(locale),
    ahead: relativeDays(locale),
  };
  known.set(locale, found);
  return found;
}

/** Months, long and short, in English and the reader's language. */
function monthNames(locale: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>([["sept", 9]]);
  for (const language of ["en", locale])
    for (const month of ["long", "short"] as const)
      for (let at = 0; at < 12; at++) {
        const name = new Intl.DateTimeFormat(language, { month, day: "numeric" })
          .formatToParts(new Date(2025, at, 15))
          .find((part) => part.type === "month");
        if (name && /^\p{L}+\.?$/u.test(name.value)) names.set(fold(name.value, language).replace(/\.$/, ""), at + 1);
      }
  return names;
}

const wordOf = (word: string) =>
  new RegExp(`(?<!\\p{L})${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\.?(?!\\p{L})`, "u");

function clock(hour: number, minute: number, half: string | undefined): number | null {
  if (minute > 59 || hour > (half ? 12 : 23)) return null;
  return (half ? (hour % 12) + (half === "pm" ? 12 : 0) : hour) * 60 + minute;
}

function dayOf(now: number, ahead: number): Day {
  const date = new Date(now);
  const then = new Date(date.getFullYear(), date.getMonth(), date.getDate() + ahead);
  return { year: then.getFullYear(), month: then.getMonth() + 1, day: then.getDate() };
}

function realDay(year: number, month: number, day: number): Day | null {
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? { year, month, day } : null;
}

/** The date in this year, or in the next where it is over. */
function nextDate(month: number, day: number, now: number): Day | null {
  const today = dayOf(now, 0);
  const over = month < today.month || (month === today.month && day < today.day);
  return realDay(today.year + (over ? 1 : 0), month, day);
}

/** The next such day after today. Sunday is 0. */
function weekday(day: number, now: number): Day {
  const ahead = (day - new Date(now).getDay() + 7) % 7 || 7;
  return dayOf(now, ahead);
}

/** "today", "tomorrow" and what the reader's language says for them. */
function relativeDays(locale: string): [string, number][] {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const own = [1, 0].map((ahead): [string, number] => [fold(words.format(ahead, "day"), locale), ahead]);
  return [["tomorrow", 1], ["tmr", 1], ["today", 0], ["tonight", 0], ...own]
    .map(([word, ahead]) => [String(word), Number(ahead)] as [string, number])
    .filter(([word]) => word !== "tonight");
}

/** Weekdays, long and short, in English and the reader's language. */
function weekdayNames(locale: string): [string, number][] {
  // The first of June 2025 is a Sunday.
  const days = [0, 1, 2, 3, 4, 5, 6].flatMap((day) =>
    ["en", locale].flatMap((language) =>
      (["long", "short"] as const).map((weekday): [string, number] => [
        fold(new Intl.DateTimeFormat(language, { weekday }).format(new Date(2025, 5, 1 + day)), language).replace(
          /\.$/,
          "",
        ),
        day,
      ]),
    ),
  );
  // Longer names first, so that "mon" does not eat the beginning of one.
  return days.toSorted((a, b) => b[0].length - a[0].length);
}

function instantOf({ year, month, day }: Day, minutes: number): number {
  return new Date(year, month - 1, day, Math.floor(minutes / 60), minutes % 60).getTime();
}
