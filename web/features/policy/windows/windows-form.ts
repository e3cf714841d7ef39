import type { Windows, WindowsView } from "#contracts/windows";

export const MEDIA = ["public", "dm", "email", "chat", "phone"] as const;
export type Medium = (typeof MEDIA)[number];

/** What stands in the fields: days and minutes, as people write them. An empty field of a channel is as its medium has it. */
export type WindowsForm = {
  days: Record<Medium, string>;
  minutes: Record<Medium, string>;
  channels: { channelId: string; days: string; minutes: string }[];
};

const DAY = 86_400_000;
const MINUTE = 60_000;
const MOST_DAYS = 366;
const MOST_MINUTES = MOST_DAYS * 24 * 60;

const written = (ms: number, unit: number): string => String(Math.round((ms / unit) * 1_000) / 1_000);

const each = <T>(make: (medium: Medium) => T): Record<Medium, T> =>
  Object.fromEntries(MEDIA.map((medium) => [medium, make(medium)])) as Record<Medium, T>;

export function formOf(view: Pick<WindowsView, "reopen" | "burst" | "channels">): WindowsForm {
  return {
    days: each((medium) => written(view.reopen[medium], DAY)),
    minutes: each((medium) => written(view.burst[medium], MINUTE)),
    channels: view.channels.map(({ channelId, reopenMs, burstMs }) => ({
      channelId,
      days: reopenMs === null ? "" : written(reopenMs, DAY),
      minutes: burstMs === null ? "" : written(burstMs, MINUTE),
    })),
  };
}

/** Null where it is no span: a number from 0 to a year, with a point or a comma. */
export function spanOf(text: string, unit: "days" | "minutes"): number | null {
  const said = text.trim().replace(",", ".");
  if (!/^\d{1,6}(?:\.\d{1,4})?$/.test(said)) return null;
  const number = Number(said);
  if (number > (unit === "days" ? MOST_DAYS : MOST_MINUTES)) return null;
  return Math.round(number * (unit === "days" ? DAY : MINUTE));
}

/** The windows a form tells, or null while a field in it is none. */
export function windowsOf(form: WindowsForm): Windows | null {
  const reopen = each((medium) => spanOf(form.days[medium], "days"));
  const burst = each((medium) => spanOf(form.minutes[medium], "minutes"));
  const channels = form.channels.map((one) => ({
    channelId: one.channelId,
    reopenMs: one.days.trim() === "" ? null : spanOf(one.days, "days"),
    burstMs: one.minutes.trim() === "" ? null : spanOf(one.minutes, "minutes"),
    whole:
      (one.days.trim() === "" || spanOf(one.days, "days") !== null) &&
      (one.minutes.trim() === "" || spanOf(one.minutes, "minutes") !== null),
  }));
  if ([...Object.values(reopen), ...Object.values(burst)].includes(null) || channels.some((one) => !one.whole))
    return null;
  return {
    reopen: reopen as Windows["reopen"],
    burst: burst as Windows["burst"],
    channels: channels
      .filter((one) => one.reopenMs !== null || one.burstMs !== null)
      .map(({ channelId, reopenMs, burstMs }) => ({ channelId, reopenMs, burstMs })),
  };
}

export const sameWindows = (a: Windows | null, b: Windows | null): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A day as a field shows it, by the reader's clock. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** From the first day's begin to the last day's end, by the reader's clock; null where that is no span of 92 days at most. */
export function daysSpan(first: string, last: string): { from: string; to: string } | null {
  const from = Date.parse(`${first}T00:00:00`);
  const end = new Date(`${last}T00:00:00`);
  end.setDate(end.getDate() + 1);
  const to = end.getTime();
  if (!(from < to) || to - from > 92 * DAY) return null;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** The first and the last day of the month before the one in which `now` lies. */
export function lastMonth(now: number): { first: string; last: string } {
  const date = new Date(now);
  const first = new Date(date.getFullYear(), date.getMonth() - 1, 1).getTime();
  const last = new Date(date.getFullYear(), date.getMonth(), 0).getTime();
  return { first: dayOf(first), last: dayOf(last) };
}
