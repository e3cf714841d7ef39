import type { Instant } from "#platform/clock";
import { compareScores, type Score, scoreOf } from "../choose-agent.ts";
import type { Agent, Choice, Item } from "../model.ts";
import { ringAt } from "../skills.ts";
import type { Alone, Ask } from "./ask.ts";
import type { Asks } from "./asks.ts";
import type { Seat, Slot } from "./seat.ts";
import type { Seats } from "./seats.ts";

/** As many stand in the record of a decision. */
const SHOWN = 3;

/** The best agents for an item, best first, and how many could have had it. */
export interface Admitted {
  readonly agents: readonly Agent[];
  readonly admitted: number;
  /** How many agents were compared for it. */
  readonly looked: number;
}

export const admits = (ask: Ask, kind: number, seat: Seat | undefined): seat is Seat =>
  seat?.hasRoom(kind) === true && seat.profile.fits(ask);

/** How many of those counted with room for it may not have it. */
export function lost({ without }: Alone, ask: Ask, kind: number, seats: ReadonlyMap<string, Seat>): number {
  let n = 0;
  for (const id of without) {
    const seat = seats.get(id);
    if (seat && seat.counted & (1 << kind) && seat.profile.fits(ask)) n++;
  }
  return n;
}

/**
 * Whom the item names is looked up, and so are the fresh; of all others the first of their order are enough. `alone`: where its answer is not
 * that of its like.
 */
export function bestFor(
  item: Item,
  ask: Ask,
  kind: number,
  alone: Alone | undefined,
  now: Instant,
  asks: Asks,
  { byId: seats, fresh }: Seats,
): Admitted {
  if (alone && alone.heldFor !== null) {
    const owner = seats.get(alone.heldFor);
    return admits(ask, kind, owner) ? { agents: [owner.agent], admitted: 1, looked: 1 } : NOBODY;
  }
  const counted = (ask.free[kind] ?? 0) - (alone ? lost(alone, ask, kind, seats) : 0);
  let admitted = counted;
  let looked = alone ? alone.without.length : 0;
  const names = item.preferredId !== null || item.knownIds.length > 0;
  const taken = alone || names ? new Set<string>(alone?.without) : NAMED_NOBODY;
  const pool: Agent[] = [];
  if (names)
    for (const id of item.preferredId === null ? item.knownIds : [item.preferredId, ...item.knownIds]) {
      if (taken.has(id)) continue;
      (taken as Set<string>).add(id);
      looked++;
      const seat = seats.get(id);
      if (!admits(ask, kind, seat)) continue;
      pool.push(seat.agent);
      if (seat.counted === 0) admitted++;
    }
  for (const seat of fresh) {
    if (taken.size > 0 && taken.has(seat.id)) continue;
    looked++;
    if (!admits(ask, kind, seat)) continue;
    pool.push(seat.agent);
    admitted++;
  }
  if (counted > 0) looked += addCounted(ask, kind, asks.slotOf(ask, item, ringAt(item, now)), taken, pool);
  if (pool.length > 1) {
    return { agents: firstThree(item, pool, ask.side.queue.choice), admitted, looked };
  }
  return { agents: pool, admitted, looked };
}

/** The best, best first. */
function firstThree(item: Item, pool: readonly Agent[], choice: Choice): Agent[] {
  const [agents, scores]: [Agent[], Score[]] = [[], []];
  for (const agent of pool) {
    const score = scoreOf(item, agent, choice);
    let at = agents.length;
    while (at > 0 && compareScores(score, scores[at - 1] as Score) < 0) at--;
    if (at >= SHOWN) continue;
    agents.splice(at, 0, agent);
    scores.splice(at, 0, score);
    if (agents.length > SHOWN) agents.length = scores.length = SHOWN;
  }
  return agents;
}

/** Adds the first of the order of choice, and of those who have none of the skills where these fit too. Returns how many were compared. */
function addCounted(ask: Ask, kind: number, slot: Slot, taken: ReadonlySet<string>, pool: Agent[]): number {
  let looked = 0;
  const look = (n: number) => {
    looked += n;
  };
  let found = 0;
  for (const seat of slot.best(kind, look)) {
    if (taken.has(seat.id)) continue;
    pool.push(seat.agent);
    if (++found === SHOWN) return looked;
  }
  if (!slot.restFits || !slot.rest) return looked;
  for (const seat of slot.rest.best(kind, look)) {
    if (taken.has(seat.id) || seat.profile.inSlot.has(slot) || !seat.profile.fits(ask)) continue;
    pool.push(seat.agent);
    if (++found === SHOWN) break;
  }
  return looked;
}

const NAMED_NOBODY: ReadonlySet<string> = new Set();
const NOBODY: Admitted = { agents: [], admitted: 0, looked: 0 };
