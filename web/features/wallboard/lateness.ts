import type { BoardQueue } from "#contracts/supervision";

export type Look = "plain" | "soon" | "late" | "good";

/** How a share of answers in time stands against the goal: below nine tenths of it late, below it soon. */
export function lookOfShare(share: number | null, goal: number): Look {
  if (share === null) return "plain";
  if (share >= goal) return "good";
  return share >= goal * 0.9 ? "soon" : "late";
}

/** How a queue's longest wait stands: late past the first due time, soon in the last third before it. */
export function lookOfWait(queue: Pick<BoardQueue, "firstDueAt" | "targetMs">, now: number): Look {
  if (queue.firstDueAt === null) return "plain";
  const left = Date.parse(queue.firstDueAt) - now;
  if (left <= 0) return "late";
  return left < queue.targetMs / 3 ? "soon" : "plain";
}

/** More came than went: by a tenth and more of what went it is late. */
export function lookOfNet(came: number, served: number): Look {
  const net = came - served;
  if (net <= 0) return net < 0 ? "good" : "plain";
  if (net < 3) return "plain";
  return net > Math.max(5, served * 0.25) ? "late" : "soon";
}

/** Round marks for an axis from 0: 1, 2 or 5 times a power of ten, four or five of them. */
export function marksTo(highest: number): number[] {
  const rough = Math.max(1, highest) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough;
  const whole = Math.max(1, step);
  const marks = [0];
  while ((marks.at(-1) as number) < highest) marks.push((marks.at(-1) as number) + whole);
  return marks.length === 1 ? [0, whole] : marks;
}

/** Beyond so many times what waits or waited lately a forecast leaves the chart at its top: the story told so far stays readable. */
const BEYOND = 4;
const LEAST_TOP = 8;

/** How high the chart of what waits is, from what waited, the forecast's line and the upper end of its band. */
export function chartHeight(waited: readonly number[], ahead: readonly number[], high: readonly number[]): number {
  const seen = Math.max(0, ...waited);
  const told = Math.min(Math.max(0, ...ahead), Math.max(LEAST_TOP, seen * BEYOND));
  const most = Math.max(1, seen, told);
  // A band that is wider than the story takes the chart away from the line.
  return Math.max(most, Math.min(most * 1.6, Math.max(0, ...high)));
}
