/** The setting `routing.peaks`, as the server keeps it. */
export interface Overflow {
  teamIds: string[];
  oldestMinutes: number | null;
  clearMinutes: number | null;
  calmMinutes: number;
  callHelpers: boolean;
}
export type Closed = { do: "queue"; queueId: string } | { do: "team"; teamId: string } | null;
export interface PeakRow {
  queueId: string;
  overflow: Overflow | null;
  closed: Closed;
}
export interface Peaks {
  queues: PeakRow[];
}

export const usualOverflow: Overflow = {
  ...{ teamIds: [], oldestMinutes: 40, clearMinutes: 60, calmMinutes: 10, callHelpers: false },
};

export function rowOf(peaks: Peaks, queueId: string): PeakRow {
  return peaks.queues.find((row) => row.queueId === queueId) ?? { queueId, overflow: null, closed: null };
}

/** The setting with this queue's row in it; a row that says nothing is left out. */
export function withRow(peaks: Peaks, row: PeakRow): Peaks {
  const others = peaks.queues.filter((one) => one.queueId !== row.queueId);
  return { queues: row.overflow === null && row.closed === null ? others : [...others, row] };
}

export type PeakFault = "minutes" | "calm" | "no-limit";

/** What is wrong with a rule first. */
export function faultOfRow({ overflow }: PeakRow): PeakFault | null {
  if (!overflow) return null;
  const { oldestMinutes, clearMinutes, calmMinutes } = overflow;
  const whole = (n: number, most: number) => Number.isInteger(n) && n >= 1 && n <= most;
  if ([oldestMinutes, clearMinutes].some((n) => n !== null && !whole(n, 10_080))) return "minutes";
  if (!whole(calmMinutes, 240)) return "calm";
  return oldestMinutes === null && clearMinutes === null ? "no-limit" : null;
}

/** What becomes of what comes at night, as one choice of a list. */
export const closedKey = (closed: Closed): string =>
  closed === null ? "" : closed.do === "queue" ? `queue:${closed.queueId}` : `team:${closed.teamId}`;
export function closedFrom(key: string): Closed {
  const [what, id = ""] = key.split(":");
  if (what === "queue") return { do: "queue", queueId: id };
  return what === "team" ? { do: "team", teamId: id } : null;
}
