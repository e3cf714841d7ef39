import { HOUR, type Instant, MINUTE, type Millis } from "#platform/clock";

/** Looked ahead no further than this: what is not clear by then "does not clear today". */
export const HORIZON_MS: Millis = 12 * HOUR;
/** Before anything was finished: three items of a quarter of an hour each are taken for granted. */
const PRIOR_ITEMS = 3;
export const PRIOR_HOLD_MS: Millis = 15 * MINUTE;
/** 8 of 10 of a normal distribution lie within so many standard deviations. */
const EIGHT_OF_TEN = 1.2816;

/** What happened in one minute of a queue. `held` is how many were in hands at its end. */
export interface MinuteFacts {
  /** Came to wait: new, woken, moved here, given back. */
  readonly came: number;
  /** Left hands: answered, put aside, ended, given back. */
  readonly freed: number;
  readonly held: number;
}

/** A rate, and how many events it was seen of. */
export interface Rate {
  /** Per hour. */
  readonly perHour: number;
  readonly events: number;
}

/** Spans a rate is taken of, in minutes: as long a past as agrees with the present. */
const SPANS = [5, 10, 20, 40, 60, 120, 180] as const;
/** Further off than that many standard deviations of chance is another time: 1 in 100 by accident. */
const ANOTHER_TIME = 2.58;

/**
 * How fast something comes: over the longest span that agrees with the shorter ones, so that a calm day is judged by hours and a peak
 * that began ten minutes ago by ten minutes. `counts` per minute, the newest last.
 */
export function rateOf(counts: readonly number[]): Rate {
  let best = { minutes: 1, events: 0 };
  for (const span of SPANS) {
    const minutes = Math.min(span, counts.length);
    if (minutes === 0) return { perHour: 0, events: 0 };
    const events = counts.slice(-minutes).reduce((sum, count) => sum + count, 0);
    const expected = (events / minutes) * best.minutes;
    const agrees = Math.abs(best.events - expected) <= ANOTHER_TIME * Math.sqrt(expected + 1);
    if (span !== SPANS[0] && !agrees) break;
    best = { minutes, events };
    if (minutes < span) break;
  }
  return { perHour: (best.events / best.minutes) * 60, events: best.events };
}

/**
 * How long one item fills a place, by Little's law: the mean number in hands divided by how many left hands in the same time. A few
 * items of the usual length (of the whole floor, else a quarter of an hour) are taken for granted, so that the first minutes of a day do not decide.
 */
export function holdTimeOf(
  minutes: readonly Pick<MinuteFacts, "freed" | "held">[],
  usualMs: Millis = PRIOR_HOLD_MS,
): { ms: Millis; events: number } {
  const held = minutes.reduce((sum, minute) => sum + Math.max(0, minute.held), 0) * MINUTE;
  const freed = minutes.reduce((sum, minute) => sum + minute.freed, 0);
  return { ms: (held + PRIOR_ITEMS * usualMs) / (freed + PRIOR_ITEMS), events: freed + PRIOR_ITEMS };
}

/** A queue as the forecast sees it. `slots`: items that the people here can have in hands at once for it, parts of people counted as parts. */
export interface QueueFlow {
  readonly waiting: number;
  readonly held: number;
  readonly slots: number;
  readonly arrivals: Rate;
  readonly hold: { readonly ms: Millis; readonly events: number };
  /** The queue is closed until then; null while it is served. */
  readonly opensAt: Instant | null;
}

export type ClearTime =
  /** Nothing waits, or there is room for all that waits. */
  | { readonly state: "clear" }
  /** `from` and `to`: 8 of 10 times between them; `to` is null when it may be beyond the horizon. */
  | { readonly state: "clears"; readonly at: Instant; readonly from: Instant; readonly to: Instant | null }
  /** As much comes as can be done, or more: it grows by so many an hour. */
  | { readonly state: "grows"; readonly perHour: number }
  | { readonly state: "nobody" }
  | { readonly state: "closed"; readonly opensAt: Instant };

/** Items an hour that the people here can do while all they could hold is in their hands. */
export const servedPerHour = (flow: QueueFlow): number => (flow.slots * HOUR) / flow.hold.ms;

/** What waits after everybody took what there is room for. */
const beyondRoom = (flow: QueueFlow) => flow.waiting - Math.max(0, flow.slots - flow.held);

/** Waiting at an instant if nothing changes, below nothing where there is room to spare; with its standard deviation. */
function waitingAt(flow: QueueFlow, after: Millis): { mean: number; deviation: number } {
  const hours = after / HOUR;
  const served = servedPerHour(flow);
  const mean = beyondRoom(flow) + (flow.arrivals.perHour - served) * hours;
  // What happens is as chance has it, and the rates themselves are only known from so many events.
  const chance = (flow.arrivals.perHour + served) * hours;
  const unknown =
    flow.arrivals.perHour ** 2 / Math.max(1, flow.arrivals.events) + served ** 2 / Math.max(1, flow.hold.events);
  return { mean, deviation: Math.sqrt(chance + unknown * hours * hours) };
}

/** When nobody waits any more who there is no room for, as things stand: a fluid model, its band by the variance of the flows. */
export function clearTimeOf(flow: QueueFlow, now: Instant): ClearTime {
  if (flow.waiting === 0) return { state: "clear" };
  if (flow.opensAt !== null) return { state: "closed", opensAt: flow.opensAt };
  if (flow.slots <= 0) return { state: "nobody" };
  const over = beyondRoom(flow);
  if (over <= 0) return { state: "clear" };
  const gain = servedPerHour(flow) - flow.arrivals.perHour;
  const takes = gain > 0 ? (over / gain) * HOUR : Number.POSITIVE_INFINITY;
  if (takes > HORIZON_MS) return { state: "grows", perHour: Math.max(0, -gain) };
  const from = crossing((ms) => lower(flow, ms), takes);
  const to = crossing((ms) => upper(flow, ms), HORIZON_MS, takes);
  return {
    state: "clears",
    at: now + Math.round(takes),
    from: now + Math.round(from ?? takes),
    to: to === null ? null : now + Math.round(to),
  };
}

const lower = (flow: QueueFlow, ms: Millis) => {
  const { mean, deviation } = waitingAt(flow, ms);
  return mean - EIGHT_OF_TEN * deviation;
};
const upper = (flow: QueueFlow, ms: Millis) => {
  const { mean, deviation } = waitingAt(flow, ms);
  return mean + EIGHT_OF_TEN * deviation;
};

/** The first instant at which a falling curve is at nothing; null when it is not by `until`. */
function crossing(curve: (ms: Millis) => number, until: Millis, since: Millis = 0): Millis | null {
  const step = Math.max(MINUTE, (until - since) / 720);
  for (let ms = since; ms <= until; ms += step) if (curve(ms) <= 0) return ms;
  return null;
}

export interface ForecastPoint {
  readonly at: Instant;
  readonly waiting: number;
  /** 8 of 10 times between these. */
  readonly low: number;
  readonly high: number;
}

/** Several queues together: how many will wait, every so often up to `until`. Queues that are closed or unstaffed only grow. */
export function forecastOf(
  flows: readonly QueueFlow[],
  now: Instant,
  until: Instant,
  every: Millis = 5 * MINUTE,
): ForecastPoint[] {
  const points: ForecastPoint[] = [];
  const waitingNow = flows.reduce((sum, flow) => sum + flow.waiting, 0);
  for (let at = now; at <= until; at += every) {
    let [waiting, low, high] = [0, 0, 0];
    for (const flow of flows) {
      const closed = flow.opensAt !== null && at < flow.opensAt;
      const since = flow.opensAt === null ? 0 : Math.max(0, flow.opensAt - now);
      const still: QueueFlow = closed ? { ...flow, slots: 0, held: 0 } : flow;
      const { mean, deviation } = waitingAt(still, closed ? at - now : at - now - since);
      const grown = closed ? 0 : (flow.arrivals.perHour * since) / HOUR;
      waiting += Math.max(0, mean + grown);
      low += Math.max(0, mean + grown - EIGHT_OF_TEN * deviation);
      high += Math.max(0, mean + grown + EIGHT_OF_TEN * deviation);
    }
    // The first point is what is, not what everybody could take in a moment.
    points.push(
      at === now ? { at, waiting: waitingNow, low: waitingNow, high: waitingNow } : { at, waiting, low, high },
    );
  }
  return points;
}

/** Of what waits by due time: how many are late or will be, and how many the people here can keep in time. */
export interface DueBin {
  /** Due within this from now; 0 is overdue already. */
  readonly within: Millis;
  readonly items: number;
}

/** Served in the order of due times, at least so many of these are answered too late. Bins in their order, not cumulative. */
export function lateOf(bins: readonly DueBin[], flow: QueueFlow): number {
  const room = Math.max(0, flow.slots - flow.held);
  const served = flow.opensAt === null ? servedPerHour(flow) : 0;
  let [upTo, late] = [0, 0];
  for (const { within, items } of bins) {
    upTo += items;
    const done = within === 0 ? 0 : room + (served * within) / HOUR;
    late = Math.max(late, Math.min(upTo, Math.ceil(upTo - done)));
  }
  return Math.max(0, late);
}

/** So many may wait and whoever comes last is still served within the target. */
export function keptInTime(flow: QueueFlow, target: Millis): number {
  return Math.floor(Math.max(0, flow.slots - flow.held) + (servedPerHour(flow) * target) / HOUR);
}
