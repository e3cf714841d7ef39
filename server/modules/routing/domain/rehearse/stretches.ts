import type { Instant, Millis } from "#platform/clock";
import type { Act } from "../model.ts";

/** A decision, as far as it tells who had an item when. In order of one item. */
export interface StoryStep {
  readonly at: Instant;
  readonly act: Act;
  readonly agentId: string | null;
  readonly how: string | null;
  readonly queueId: string | null;
}
/** One stretch of an item: from when it waited to when its agent was done with it. */
export interface Stretch {
  readonly at: Instant;
  /** Null where the story does not tell it. */
  readonly queueId: string | null;
  /** In hands of the last one who had it; null: it still waits, or is still in hand. */
  readonly handle: Millis | null;
  /** Who had it before this stretch began. */
  readonly before: string | null;
  /** When it was first taken in hand and by whom, and when it was done with; null: not yet. */
  readonly takenAt: Instant | null;
  readonly by: string | null;
  readonly doneAt: Instant | null;
  readonly moves: readonly { readonly after: Millis; readonly queueId: string | null }[];
}
export interface Told {
  readonly stretches: readonly Stretch[];
  /** How offers were answered, and how long people took to accept. */
  readonly offers: number;
  readonly declines: number;
  readonly misses: number;
  readonly accepts: readonly Millis[];
  /** Stretches that ended with nobody having had it. */
  readonly neverInHands: number;
}

interface Open {
  at: Instant;
  queueId: string | null;
  before: string | null;
  firstTakenAt: Instant | null;
  by: string | null;
  takenAt: Instant | null;
  /** Time under a call, which is not work on it. */
  heldSince: Instant | null;
  held: Millis;
  moves: { after: Millis; queueId: string | null }[];
}

/** Reads an item's decisions back into stretches of work. */
export function stretchesOf(steps: readonly StoryStep[]): Told {
  const stretches: Stretch[] = [];
  const accepts: Millis[] = [];
  let open: Open | null = null;
  let owner: string | null = null;
  let offeredAt: Instant | null = null;
  let queueId: string | null = null;
  let [offers, declines, misses, neverInHands] = [0, 0, 0, 0];
  const begin = (at: Instant): Open => ({
    ...{ at, queueId, before: owner, firstTakenAt: null, by: null },
    ...{ takenAt: null, heldSince: null, held: 0, moves: [] },
  });
  const inHands = (of: Open, at: Instant) =>
    Math.max(0, at - (of.takenAt ?? at) - of.held - (of.heldSince === null ? 0 : at - of.heldSince));
  const close = (doneAt: Instant | null) => {
    if (open) stretches.push({ ...pick(open), handle: doneAt === null ? null : inHands(open, doneAt), doneAt });
    open = null;
  };
  for (const step of steps) {
    const { at, act, agentId, how } = step;
    if (act === "queued" || act === "woken") {
      queueId = step.queueId ?? queueId;
      open ??= begin(at);
    } else if (act === "offered") {
      offers++;
      offeredAt = at;
      open ??= begin(at);
    } else if (act === "offer-ended") {
      if (how === "declined") declines++;
      if (how === "timed-out") misses++;
      offeredAt = null;
    } else if (act === "assigned") {
      if (how === "offer" && offeredAt !== null) accepts.push(at - offeredAt);
      offeredAt = null;
      open ??= begin(at);
      open.takenAt ??= at;
      open.firstTakenAt ??= at;
      open.by ??= agentId;
      owner = agentId;
    } else if (act === "interrupted" && open) {
      if (how === "began") open.heldSince ??= at;
      else if (open.heldSince !== null) {
        open.held += at - open.heldSince;
        open.heldSince = null;
      }
    } else if (act === "transferred" || act === "requeued") {
      queueId = step.queueId ?? queueId;
      if (open?.takenAt != null) {
        open.moves.push({ after: inHands(open, at), queueId });
        Object.assign(open, { takenAt: null, held: 0, heldSince: null });
      } else if (open && act === "transferred" && open.moves.length === 0) open.queueId = queueId;
    } else if (act === "parked" || act === "ended" || (act === "wrapped-up" && how === "began")) {
      const now: Open | null = open;
      if (now && (now as Open).takenAt === null) {
        neverInHands++;
        open = null;
      } else close(at);
    }
  }
  close(null);
  return { stretches, offers, declines, misses, accepts, neverInHands };
}

const pick = ({ at, queueId, before, firstTakenAt: takenAt, by, moves }: Open) => ({
  ...{ at, queueId, before, takenAt, by, moves },
});
