import type { z } from "zod";
import type { ClearView, wallboard } from "#contracts/supervision";
import type { Staff } from "#modules/people";
import type { ClearTime, QueueFacts, QueueFlow, QueueStanding } from "#modules/routing";
import type { Presence } from "#modules/workforce";
import { type Instant, iso } from "#platform/clock";
import type { MinuteCounts } from "../domain/count-moves.ts";

export type BoardView = z.input<typeof wallboard>;

/** What the board is made of, read in two rounds. */
export interface BoardFacts {
  readonly now: Instant;
  readonly staff: Staff;
  /** Every queue the asker may see; `shown` are those of the team asked for. */
  readonly queues: readonly QueueFacts[];
  readonly shown: readonly QueueFacts[];
  readonly standings: ReadonlyMap<string, QueueStanding>;
  readonly minutes: ReadonlyMap<string, readonly MinuteCounts[]>;
  /** All who serve these queues. */
  readonly people: readonly BoardPerson[];
  /** Those of them whom the asker may be told of by name. */
  readonly visible: ReadonlySet<string>;
  readonly flows: ReadonlyMap<string, QueueFlow>;
}
export interface BoardPerson {
  readonly id: string;
  readonly name: string;
  readonly initials: string;
  readonly teamIds: readonly string[];
  readonly presence: Presence;
  readonly used: number;
  readonly items: number;
  readonly aside: number;
  /** Queues whose work may be given to this person. */
  readonly queueIds: readonly string[];
}

/** Work is held out to whoever is available and to nobody else. */
export const isFree = (person: BoardPerson): boolean => person.presence.state === "available";

export function presentClear(clear: ClearTime): ClearView {
  if (clear.state === "clears")
    return {
      ...{ state: "clears", at: iso(clear.at), from: iso(clear.from) },
      to: clear.to === null ? null : iso(clear.to),
    };
  return clear.state === "closed" ? { state: "closed", opensAt: iso(clear.opensAt) } : clear;
}

/** Which of two is the worse news. */
const RANK: Readonly<Record<ClearTime["state"], number>> = { clear: 0, closed: 1, clears: 2, grows: 3, nobody: 4 };
export function worse(a: ClearTime, b: ClearTime): ClearTime {
  if (a.state === "clears" && b.state === "clears") return b.at > a.at ? b : a;
  if (a.state === "grows" && b.state === "grows") return b.perHour > a.perHour ? b : a;
  return RANK[b.state] > RANK[a.state] ? b : a;
}
