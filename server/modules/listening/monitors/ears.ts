import type { Ears } from "#modules/channels";
import type { Clock, Instant, Millis } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { slotOf } from "../domain/alarms/follow-series.ts";
import { addHeard } from "../store/heard-store.ts";
import { monitorStamp } from "../store/monitor-store.ts";
import { type Lane, lane as theLane } from "./matching-lane.ts";
import { knowMonitors } from "./note-monitors.ts";

/** How often monitors were changed by this process, by account: such a change is listened to at once. */
const changes = new Map<string, number>();
export function monitorsChanged(tx: Tx): void {
  tx.afterCommit(() => changes.set(tx.accountId, (changes.get(tx.accountId) ?? 0) + 1));
}

/** A monitor that was made on another node listens here after this at the latest. */
const LOOK_EVERY: Millis = 500;
/** What was heard is noted so often; a process that is killed takes the figure of its last minute with it. */
const NOTE_EVERY: Millis = 60_000;

/**
 * What channels ask of a whole network's posts before they keep one. What nobody here listens for costs a look in the matching
 * thread and nothing else: no row, no statement.
 */
export function createEars(db: Database, clock: Clock, lane: Lane = theLane): Ears {
  const looked = new Map<AccountId, { at: Instant; changes: number; done: Promise<void> }>();

  const counts = new Map<AccountId, { slot: Instant; since: Instant; heard: number; wanted: number }>();

  /** A statement a minute, however many posts there are. A figure that cannot be noted holds nothing up. */
  async function count(accountId: AccountId, heard: number, wanted: number): Promise<void> {
    const now = clock.now();
    const before = counts.get(accountId);
    const due = before && (before.slot !== slotOf(now) || now - before.since >= NOTE_EVERY);
    const kept = before && !due ? before : { slot: slotOf(now), since: now, heard: 0, wanted: 0 };
    counts.set(accountId, { ...kept, heard: kept.heard + heard, wanted: kept.wanted + wanted });
    if (due)
      await db
        .withAccount(accountId, (tx) => addHeard(tx, before.slot, before.heard, before.wanted))
        .catch(() => undefined);
  }

  /** Batches that come meanwhile wait for the same look. */
  function look(accountId: AccountId): Promise<void> {
    const last = looked.get(accountId);
    const now = clock.now();
    const here = changes.get(accountId) ?? 0;
    if (last?.changes === here && now - last.at < LOOK_EVERY && now >= last.at) return last.done;
    const done = db.withAccount(accountId, async (tx) => {
      const stamp = await monitorStamp(tx);
      if (stamp !== null) await knowMonitors(tx, stamp, lane);
    });
    looked.set(accountId, { at: now, changes: here, done });
    done.catch(() => looked.delete(accountId));
    return done;
  }

  return {
    async wanted({ accountId, brandId, network }, posts) {
      await look(accountId);
      const ids = await lane.wanted(
        accountId,
        posts.map((post) => ({ ...post, brandId, network })),
      );
      const wanted = ids.map((one) => one.length > 0);
      await count(accountId, wanted.length, wanted.filter((one) => one).length);
      return wanted;
    },
  };
}
