import type { CalendarRuleView, CalendarView, SpecialDayView } from "#contracts/hours";

export type Period = [from: string, to: string];
export type Weekday = "1" | "2" | "3" | "4" | "5" | "6" | "7";
export const WEEKDAYS: readonly Weekday[] = ["1", "2", "3", "4", "5", "6", "7"];
export interface CalendarForm {
  name: string;
  rules: CalendarRuleView[];
  /** Entered by hand. */
  days: SpecialDayView[];
}

export function formOf(view: CalendarView): CalendarForm {
  return {
    name: view.name,
    rules: view.rules,
    days: view.days.flatMap(({ sourceId, ...day }) => (sourceId === null ? [day] : [])),
  };
}

export const newCalendar = (from: string, zone: string): CalendarForm => {
  const day: Period[] = [["09:00", "17:00"]];
  return { name: "", rules: [{ from, zone, week: { 1: day, 2: day, 3: day, 4: day, 5: day } }], days: [] };
};

/** "9", "900", "9:00" and "9.00" are 09:00. */
export function asTime(text: string): string {
  const said = text.trim();
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))?$/.exec(said);
  return found ? `${found[1]!.padStart(2, "0")}:${found[2] ?? "00"}` : said;
}

export const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);
export const isDate = (text: string) => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};

export function withDay(rule: CalendarRuleView, day: Weekday, periods: Period[]): CalendarRuleView {
  return { ...rule, week: { ...rule.week, [day]: periods } };
}

export const periodsOf = (rule: CalendarRuleView, day: Weekday): Period[] => (rule.week[day] ?? []) as Period[];

/** The next period of a day: after the last one, two hours long where there is room. */
export function withPeriod(periods: readonly Period[]): Period[] {
  const last = periods.at(-1);
  if (!last) return [["09:00", "17:00"]];
  const hour = Math.min(23, Number(last[1].slice(0, 2)) + 1);
  const time = (h: number) => `${String(h).padStart(2, "0")}:00`;
  return [...periods, [time(hour), time(Math.min(24, hour + 2))]];
}

export type FormFault = "name" | "time" | "date" | "twice" | "zone" | "closed";

/** What keeps it from being saved; the server has the last word. */
export function faultsOf(form: CalendarForm, zones: ReadonlySet<string>): FormFault[] {
  const faults = new Set<FormFault>();
  if (form.name.trim() === "") faults.add("name");
  for (const rule of form.rules) {
    if (!isDate(rule.from)) faults.add("date");
    if (!zones.has(rule.zone)) faults.add("zone");
    for (const day of WEEKDAYS) if (!soundPeriods(periodsOf(rule, day))) faults.add("time");
  }
  const open = form.rules.at(-1);
  if (open && WEEKDAYS.every((day) => periodsOf(open, day).length === 0)) faults.add("closed");
  for (const day of form.days) {
    if (!isDate(day.date)) faults.add("date");
    if (!soundPeriods((day.hours ?? []) as Period[]) || !soundPeriods(day.closed as Period[])) faults.add("time");
  }
  const dates = (list: readonly string[]) => new Set(list).size !== list.length;
  if (dates(form.rules.map((rule) => rule.from)) || dates(form.days.map((day) => day.date))) faults.add("twice");
  return [...faults];
}

const soundPeriods = (periods: readonly Period[]) =>
  periods.every(([from, to]) => isTime(from) && isTime(to) && from !== "24:00");

export type DayKind = "closed" | "hours" | "part";
export const kindOf = (day: SpecialDayView): DayKind =>
  day.closed.length > 0 ? "part" : day.hours?.length ? "hours" : "closed";

export function withKind(day: SpecialDayView, kind: DayKind): SpecialDayView {
  if (kind === "closed") return { ...day, hours: [], closed: [] };
  const periods = day.hours?.length ? day.hours : day.closed;
  if (kind === "hours") return { ...day, hours: periods.length > 0 ? periods : [["09:00", "13:00"]], closed: [] };
  return { ...day, hours: null, closed: periods.length > 0 ? periods : [["12:00", "24:00"]] };
}

/** Minutes a week in which it is open, for the head of a calendar; what overlaps counts once. */
export function weekMinutes(rule: CalendarRuleView): number {
  const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const week = 7 * 1_440;
  const spans = WEEKDAYS.flatMap((day) =>
    periodsOf(rule, day).flatMap(([from, to]) => {
      const start = (Number(day) - 1) * 1_440 + minute(from);
      const end = start + ((minute(to) - minute(from) + 1_440) % 1_440 || 1_440);
      // Sunday's night goes on on Monday.
      return end > week ? [[start, week] as const, [0, end - week] as const] : [[start, end] as const];
    }),
  ).sort(([a], [b]) => a - b);
  let [sum, reached] = [0, 0];
  for (const [from, to] of spans) {
    sum += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return sum;
}
