import type { SlaPolicyView, SlaRowView } from "#contracts/sla";
import { parseSpan, writeSpan } from "./spans.ts";

/** A row as it is being written: targets are text, empty where nothing of its own is said. */
export interface RowForm extends Omit<SlaRowView, "firstResponseMs" | "nextResponseMs" | "resolutionMs"> {
  key: string;
  first: string;
  next: string;
  resolution: string;
}
export interface SlaForm {
  rows: RowForm[];
  /** "75, 90": per cent of the target. */
  warnAt: string;
  pauses: SlaPolicyView["pauses"];
}
export const TARGETS = ["first", "next", "resolution"] as const;

const written = (ms: number | null) => (ms === null ? "" : writeSpan(ms));
export const percent = (parts: readonly number[]) => parts.map((part) => Math.round(part * 1_000) / 10).join(", ");

export function slaFormOf(policy: SlaPolicyView): SlaForm {
  return {
    rows: policy.rows.map(({ firstResponseMs, nextResponseMs, resolutionMs, ...row }, i) => ({
      ...row,
      key: `saved-${i}`,
      first: written(firstResponseMs),
      next: written(nextResponseMs),
      resolution: written(resolutionMs),
    })),
    warnAt: percent(policy.warnAt),
    pauses: policy.pauses,
  };
}

const MINUTE = 60_000;
const MOST = 366 * 1_440 * MINUTE;
/** Undefined: the text is no span of a minute to a year. */
export function target(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const ms = parseSpan(text);
  return ms === null || ms < MINUTE || ms > MOST ? undefined : ms;
}

export function warnings(text: string): number[] | undefined {
  if (text.trim() === "") return [];
  const parts = text
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map((one) => Number(one.replace("%", "")) / 100);
  const sound = parts.length <= 5 && parts.every((part) => part > 0 && part < 1);
  return sound ? [...new Set(parts)].sort((a, b) => a - b) : undefined;
}

/** What it says; null while something in it cannot be read. */
export function policyOf(form: SlaForm): SlaPolicyView | null {
  const warnAt = warnings(form.warnAt);
  if (!warnAt) return null;
  const rows: SlaRowView[] = [];
  for (const { key: _, first, next, resolution, ...row } of form.rows) {
    const [firstResponseMs, nextResponseMs, resolutionMs] = [target(first), target(next), target(resolution)];
    if (row.name.trim() === "") return null;
    if (firstResponseMs === undefined || nextResponseMs === undefined || resolutionMs === undefined) return null;
    rows.push({ ...row, name: row.name.trim(), firstResponseMs, nextResponseMs, resolutionMs });
  }
  return { rows, warnAt, pauses: form.pauses };
}

export function newRow(key: string, name: string): RowForm {
  return {
    ...{ key, name, brandIds: [], queueIds: [], priorities: [], mediums: [], hours: "queue" },
    ...{ first: "", next: "", resolution: "" },
  };
}

export function moved<T>(list: readonly T[], place: number, by: -1 | 1): T[] {
  const next = [...list];
  const [one] = next.splice(place, 1);
  if (one !== undefined) next.splice(place + by, 0, one);
  return next;
}

/** The last Friday 16:30 by this machine's clock, as a date-time field has it: the question everybody asks first. */
export function lastFriday(now: number): string {
  const day = new Date(now);
  day.setDate(day.getDate() - ((day.getDay() + 2) % 7));
  const two = (n: number) => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T16:30`;
}

/** The instant at which a clock in this zone shows that; in a lost hour the one after it. */
export function instantIn(zone: string, local: string): number | null {
  const wall = Date.parse(`${local}:00Z`);
  if (Number.isNaN(wall)) return null;
  const shown = (at: number) => {
    const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    return Date.parse(`${parts.format(at).replace(" ", "T")}Z`);
  };
  const near = wall + wall - shown(wall);
  const at = near + wall - shown(near);
  return shown(at) === wall ? at : Math.max(near, at);
}
