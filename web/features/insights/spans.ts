/** Spans of whole days in the zone of the reports; instants are epoch milliseconds. */
export type SpanChoice = "today" | "7-days" | "30-days" | "26-weeks" | "custom";
export type CustomDays = { first: string; last: string };
export type Span = { from: number; to: number; days: number };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The server answers two years at most. */
export const MOST_DAYS = 730;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  clocks.set(zone, made);
  return made;
}

/** What the wall clock of the zone shows, as if it were UTC. */
function wall(at: number, zone: string): number {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The first instant at which the zone's wall clock shows this or, where the clock jumped over it, something later. */
function instantOf(shown: number, zone: string): number {
  const near = [shown - 15 * HOUR, shown + 15 * HOUR].map((at) => wall(at, zone) - Math.floor(at / 1000) * 1000);
  const candidates = [...new Set(near.map((offset) => shown - offset))].sort((a, b) => a - b);
  return candidates.find((at) => wall(at, zone) >= shown) ?? shown - (near[1] ?? 0);
}

/** "2026-11-22": the day the zone's calendar shows. */
export function dayOf(at: number, zone: string): string {
  return new Date(wall(at, zone)).toISOString().slice(0, 10);
}

/** When a day begins in the zone; `day` as "2026-11-22". */
export function dayStart(day: string, zone: string): number {
  return instantOf(Date.parse(`${day}T00:00:00Z`), zone);
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);
}

/** The beginnings of all days from the one of `from` up to `to`, which is not in it. */
export function daysBetween(from: number, to: number, zone: string): number[] {
  const starts: number[] = [];
  for (let day = dayOf(from, zone); starts.length <= MOST_DAYS; day = addDays(day, 1)) {
    const start = dayStart(day, zone);
    if (start >= to) break;
    starts.push(start);
  }
  return starts;
}

const A_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Why the chosen days cannot be asked for; null when they can. */
export function faultOfDays({ first, last }: CustomDays): "no-day" | "wrong-order" | "too-long" | null {
  const [from, to] = [Date.parse(`${first}T00:00:00Z`), Date.parse(`${last}T00:00:00Z`)];
  if (!A_DAY.test(first) || !A_DAY.test(last) || Number.isNaN(from) || Number.isNaN(to)) return "no-day";
  if (from > to) return "wrong-order";
  return (to - from) / DAY + 1 > MOST_DAYS ? "too-long" : null;
}

const LENGTHS: Record<Exclude<SpanChoice, "custom">, number> = {
  today: 1,
  "7-days": 7,
  "30-days": 30,
  "26-weeks": 26 * 7,
};

/** Whole days, today included; `to` is the end of the last one. Days that cannot be asked for fall back to seven. */
export function spanOf(choice: SpanChoice, now: number, zone: string, custom: CustomDays): Span {
  const today = dayOf(now, zone);
  const own = choice === "custom" && faultOfDays(custom) === null;
  const length = choice === "custom" ? 7 : LENGTHS[choice];
  const first = own ? custom.first : addDays(today, 1 - length);
  const last = own ? custom.last : today;
  const days = Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY) + 1;
  return { from: dayStart(first, zone), to: dayStart(addDays(last, 1), zone), days };
}
