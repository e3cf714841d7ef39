import { type Html, html } from "#shared/html";
import { instantText } from "../present.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const dayAndYear = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

/** "now", "5 min", "3 h", "2 d", then the date. */
function ago(at: number, now: number): string {
  const ms = Math.max(0, now - at);
  if (ms < MINUTE) return "now";
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  if (ms < 7 * DAY) return `${Math.floor(ms / DAY)} d`;
  return ms < 300 * DAY ? day.format(at) : dayAndYear.format(at);
}

export function timeTag(at: number, now: number): Html {
  return html`<time datetime="${instantText(at)}" title="${fullTime(at)}">${ago(at, now)}</time>`;
}

export function fullTime(at: number): string {
  return `${full.format(at)} UTC`;
}

/** 1,240 → "1.2 K". */
export function shortCount(n: number): string {
  if (n < 1000) return String(n);
  const [value, unit] = n < 1_000_000 ? [n / 1000, "K"] : [n / 1_000_000, "M"];
  return `${value >= 100 ? Math.floor(value) : Math.floor(value * 10) / 10}${unit}`;
}
