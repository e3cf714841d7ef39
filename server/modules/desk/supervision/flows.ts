import { holdTimeOf, type QueueFlow, type QueueStanding, rateOf } from "#modules/routing";
import { HOUR, type Instant, MINUTE, type Millis } from "#platform/clock";
import type { MinuteCounts } from "../domain/count-moves.ts";

/** Arrivals and completions are looked at so far back. */
export const LOOK_BACK: Millis = 3 * HOUR;
export const minuteOf = (at: Instant): Instant => Math.floor(at / MINUTE) * MINUTE;
/** A whole agent. */
const WHOLE = 100;

export interface FlowQueue {
  readonly id: string;
  /** Closed until then; null while it is served. */
  readonly opensAt: Instant | null;
}
export interface FlowPerson {
  readonly id: string;
  readonly budget: number;
  /** The queues this person can be given work of now. */
  readonly queueIds: readonly string[];
}

const empty: Omit<QueueStanding, "queueId"> = {
  ...{ waiting: 0, offered: 0, held: 0, heldWeight: 0, aside: 0, firstT0: null, firstDue: null },
  ...{ late: 0, lateWaiting: 0, fellDue: 0, dueBins: [], weight: 0 },
};
/** What a queue stands like in which there is nothing. */
export const standingOf = (standings: ReadonlyMap<string, QueueStanding>, queueId: string): QueueStanding =>
  standings.get(queueId) ?? { queueId, ...empty };

/** Mean weight of an item where nothing is open: a post's. */
const USUAL_WEIGHT = 20;
export const weightOf = (standing: QueueStanding): number => standing.weight || USUAL_WEIGHT;

/** Sums over the minutes of a queue since one (that one included). */
export function sumSince(minutes: readonly MinuteCounts[], since: Instant): Omit<MinuteCounts, "queueId" | "minute"> {
  const sum = { came: 0, went: 0, taken: 0, freed: 0, answered: 0, inTime: 0 };
  for (const row of minutes)
    if (row.minute >= since) for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += row[key];
  return sum;
}

/** Each queue as the forecast sees it. A person who serves several is shared out by what waits and comes in each. */
export function flowsOf(
  queues: readonly FlowQueue[],
  standings: ReadonlyMap<string, QueueStanding>,
  minutes: ReadonlyMap<string, readonly MinuteCounts[]>,
  people: readonly FlowPerson[],
  now: Instant,
): Map<string, QueueFlow> {
  const demand = new Map(
    queues.map(({ id }) => {
      const came = sumSince(minutes.get(id) ?? [], minuteOf(now) - HOUR + MINUTE).came;
      const { waiting, held } = standingOf(standings, id);
      return [id, waiting + held + came];
    }),
  );
  const slots = new Map<string, number>();
  for (const person of people) {
    const served = person.queueIds.filter((id) => demand.has(id));
    const all = served.reduce((sum, id) => sum + (demand.get(id) ?? 0), 0);
    for (const id of served) {
      const share = all === 0 ? 1 / served.length : (demand.get(id) ?? 0) / all;
      const fits = person.budget / weightOf(standingOf(standings, id));
      slots.set(id, (slots.get(id) ?? 0) + share * fits);
    }
  }
  const past = new Map(
    queues.map(({ id }) => [id, everyMinute(minutes.get(id) ?? [], standingOf(standings, id).held, now)]),
  );
  // What a queue that is seldom used takes is not known: as long as elsewhere.
  const usual = holdTimeOf([...past.values()].flat()).ms;
  return new Map(
    queues.map(({ id, opensAt }): [string, QueueFlow] => {
      const { waiting, offered, held } = standingOf(standings, id);
      const facts = past.get(id) ?? [];
      return [
        id,
        {
          // What is held out takes its place already.
          ...{ waiting: waiting - offered, held: held + offered, slots: slots.get(id) ?? 0, opensAt },
          ...{ arrivals: rateOf(facts.map((m) => m.came)), hold: holdTimeOf(facts, usual) },
        },
      ];
    }),
  );
}

/** More places for a queue, for "what if": whole people, and parts of people who lend what room they have. */
export const withMore = (flow: QueueFlow, standing: QueueStanding, budget: number): QueueFlow => ({
  ...flow,
  slots: flow.slots + budget / weightOf(standing),
});

/** Every whole minute that is looked at, with what was in hands at its end, reckoned back from now. */
function everyMinute(minutes: readonly MinuteCounts[], heldNow: number, now: Instant) {
  const by = new Map(minutes.map((m) => [m.minute, m]));
  const first = minuteOf(now) - LOOK_BACK + MINUTE;
  const facts: { came: number; freed: number; held: number }[] = [];
  let held = heldNow;
  for (let minute = minuteOf(now); minute >= first; minute -= MINUTE) {
    const row = by.get(minute);
    facts.push({ came: row?.came ?? 0, freed: row?.freed ?? 0, held: Math.max(0, held) });
    held -= (row?.taken ?? 0) - (row?.freed ?? 0);
  }
  return facts.reverse();
}

/** How many waited at the end of each minute, reckoned back from how many wait now; every `step` minutes, oldest first. */
export function waitedBefore(
  minutes: readonly MinuteCounts[],
  waitingNow: number,
  now: Instant,
  back: Millis,
  step: number,
): { at: Instant; waiting: number }[] {
  const change = new Map<Instant, number>();
  for (const m of minutes) change.set(m.minute, (change.get(m.minute) ?? 0) + m.came - m.went);
  const points = [{ at: now, waiting: waitingNow }];
  let waiting = waitingNow;
  for (let minute = minuteOf(now), n = 1; minute > now - back; minute -= MINUTE, n++) {
    waiting -= change.get(minute) ?? 0;
    if (n % step === 0) points.push({ at: minute, waiting: Math.max(0, waiting) });
  }
  return points.reverse();
}

/** People as whole agents are 100: "9.0 of 140 units" is said in tenths. */
export const inUnits = (budget: number): number => Math.round(budget) / (WHOLE / 10);
