const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How busy a town is at an hour of the local day and a weekday (0 Sunday), 1 in the middle: nights are quiet, evenings full. */
export function busyness(hour: number, weekday: number): number {
  const byHour = [
    0.15, 0.08, 0.05, 0.05, 0.08, 0.2, 0.5, 0.9, 1.3, 1.5, 1.5, 1.4, 1.4, 1.3, 1.3, 1.3, 1.4, 1.6, 1.8, 1.8, 1.6, 1.3,
    0.8, 0.4,
  ];
  return (byHour[hour] ?? 1) * (weekday === 0 || weekday === 6 ? 0.7 : 1.1);
}

/** Minutes by which London is ahead of UTC: summer time runs from the last Sunday of March to that of October, 01:00 UTC. */
export function londonOffset(at: number): 0 | 60 {
  const year = new Date(at).getUTCFullYear();
  return at >= lastSunday(year, 2) + HOUR && at < lastSunday(year, 9) + HOUR ? 60 : 0;
}
function lastSunday(year: number, month: number): number {
  const end = new Date(Date.UTC(year, month + 1, 0));
  return end.getTime() - end.getUTCDay() * DAY;
}

/** The hour and weekday that a clock in London shows. */
export function londonHour(at: number): { hour: number; weekday: number } {
  const local = new Date(at + londonOffset(at) * 60_000);
  return { hour: local.getUTCHours(), weekday: local.getUTCDay() };
}

/** Is somebody of the day team there (07:00 to 22:00 in London)? */
export function isDay(at: number): boolean {
  const { hour } = londonHour(at);
  return hour >= 7 && hour < 22;
}

/** The next 07:00 in London. */
export function nextMorning(at: number): number {
  const local = at + londonOffset(at) * 60_000;
  const midnight = Math.floor(local / DAY) * DAY;
  const morning = midnight + 7 * HOUR > local ? midnight + 7 * HOUR : midnight + DAY + 7 * HOUR;
  return morning - londonOffset(morning) * 60_000;
}

/** More is said in the dark months and before Christmas, less in August and on the holidays. */
export function season(at: number): number {
  const date = new Date(at);
  const month = date.getUTCMonth();
  const day = date.getUTCDate();
  if ((month === 11 && (day === 25 || day === 26)) || (month === 0 && day === 1)) return 0.45;
  return [1.08, 1, 0.98, 0.95, 0.96, 0.98, 0.94, 0.82, 1.04, 1.06, 1.12, 1.2][month]!;
}

/** Days out of the ordinary, counted in days before the end of the past, in London hours. */
export interface Event {
  daysBefore: number;
  days: number;
  hours: readonly [number, number];
  factor: number;
  kinds: readonly string[];
}
export const events: readonly Event[] = [
  { daysBefore: 61, days: 1, hours: [16, 23], factor: 9, kinds: ["outage", "sarcasm"] },
  { daysBefore: 110, days: 2, hours: [0, 24], factor: 1.9, kinds: ["outage", "engineer"] },
  { daysBefore: 35, days: 4, hours: [8, 22], factor: 1.7, kinds: ["prices", "spoken-about"] },
  { daysBefore: 85, days: 1, hours: [18, 22], factor: 5, kinds: ["device", "delivery", "question"] },
  { daysBefore: 140, days: 6, hours: [0, 24], factor: 0.75, kinds: ["roaming"] },
];

/** The event an instant lies in, if any. */
export function eventAt(at: number, until: number): Event | undefined {
  const { hour } = londonHour(at);
  return events.find((e) => {
    const days = Math.floor((until - at) / DAY);
    return days <= e.daysBefore && days > e.daysBefore - e.days && hour >= e.hours[0] && hour < e.hours[1];
  });
}
