import type { Rung } from "#contracts/escalation";
import { brandsOf } from "#modules/company";
import { MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { setTimer, type TimerHandler } from "#platform/timers";
import { priorities } from "../domain/model.ts";
import { checkLadder } from "./domain/ladder.ts";
import { causeIsGone, ladderOf, openEscalation } from "./escalate.ts";
import { knownOf, peopleNow } from "./reach-people.ts";
import { openEscalations } from "./store/escalation-store.ts";
import { latePerQueue, type QueueLateness, stuckPerQueue, volumePerQueue } from "./store/late-store.ts";

export const SWEEP = "escalation-sweep";
export const SWEEP_EVERY = MINUTE;

/** An account with a ladder is looked over every minute from now on. */
export const startSweep = (tx: Tx): Promise<void> => setTimer(tx, SWEEP, tx.accountId, tx.now + SWEEP_EVERY);

/** What no event tells: that something has become late, that nobody takes it, that at this hour nobody could be asked. Safe to run late and twice. */
export const sweep: TimerHandler = async (tx) => {
  const { value: ladder } = await ladderOf(tx, null);
  const ladders = [{ brandId: null as string | null, ladder }];
  for (const { id } of await brandsOf(tx)) {
    const own = (await ladderOf(tx, id)).value;
    if (JSON.stringify(own) !== JSON.stringify(ladder)) ladders.push({ brandId: id, ladder: own });
  }
  if (ladders.every((l) => l.ladder.rungs.length === 0)) return;
  await setTimer(tx, SWEEP, tx.accountId, tx.now + SWEEP_EVERY);
  // A topic stands or is gone: both are found out of what is seen now and what is open.
  const seen = new Set<string>();
  const open = new Map((await openEscalations(tx)).map((e) => [e.topic, e]));
  const see = async (topic: string, rung: Rung, says: string) => {
    seen.add(topic);
    const there = open.get(topic);
    if (there && there.goneAt === null && there.severity >= rung.severity) return;
    await openEscalation(tx, { topic, kind: rung.trigger.kind, fits: (r) => r.id === rung.id, otherwise: null, says });
  };
  // Work stands in queues, and queues in the account: its ladder counts.
  for (const rung of gravestFirst(ladder.rungs)) await sweepRung(tx, rung, see);
  for (const { brandId, ladder: one } of ladders) await sweepHoles(tx, brandId, one, seen, open);
  for (const [topic, e] of open)
    if (SWEPT.some((kind) => topic.startsWith(`${kind}:`)) && !seen.has(topic) && e.goneAt === null)
      await causeIsGone(tx, topic);
};

const SWEPT = ["work-late", "clock-breached", "work-stuck", "router-overload", "volume:queue", "unreachable"];
const gravestFirst = (rungs: readonly Rung[]) => [...rungs].sort((a, b) => b.severity - a.severity);

type See = (topic: string, rung: Rung, says: string) => Promise<void>;

async function sweepRung(tx: Tx, rung: Rung, see: See): Promise<void> {
  const { trigger } = rung;
  if (trigger.kind === "work-late" || trigger.kind === "clock-breached") {
    const minutes = trigger.kind === "work-late" ? trigger.minutes : 0;
    for (const q of (await latePerQueue(tx, tx.now - minutes * MINUTE)).filter((one) => one.late > 0))
      await see(
        `${trigger.kind}:${q.queueId}`,
        rung,
        minutes > 0
          ? `${things(q)} in ${q.name} more than ${minutes} minutes past the due time.`
          : `${things(q)} in ${q.name} past the due time.`,
      );
  }
  if (trigger.kind === "work-stuck")
    for (const q of (await stuckPerQueue(tx, tx.now - trigger.minutes * MINUTE)).filter((one) => one.late > 0))
      await see(
        `work-stuck:${q.queueId}`,
        rung,
        `${things(q)} waiting in ${q.name} for more than ${trigger.minutes} minutes: nobody takes it.`,
      );
  if (trigger.kind === "volume" && trigger.of === "queue") {
    const asUrgent = priorities.slice(0, priorities.indexOf(trigger.atLeast) + 1);
    for (const q of await volumePerQueue(tx, tx.now - trigger.minutes * MINUTE, asUrgent))
      if (q.late >= trigger.items && (trigger.ids.length === 0 || trigger.ids.includes(q.queueId)))
        await see(
          `volume:queue:${q.queueId}`,
          rung,
          `${q.late} open items came to ${q.name} within ${trigger.minutes} minutes.`,
        );
  }
  if (trigger.kind === "router-overload") {
    const late = (await latePerQueue(tx, tx.now)).reduce((sum, q) => sum + q.late, 0);
    if (late >= trigger.late) await see("router-overload:all", rung, `${late} items are late at once.`);
  }
}

const things = ({ late }: QueueLateness) => (late === 1 ? "1 item is" : `${late} items are`);

/** The hour that the screen warned of has come: nobody of a chain can be reached now. */
async function sweepHoles(
  tx: Tx,
  brandId: string | null,
  ladder: { calendarId: string | null; rungs: Rung[] },
  seen: Set<string>,
  open: ReadonlyMap<string, unknown>,
): Promise<void> {
  const known = knownOf(await peopleNow(tx), tx.now, tx.now + MINUTE);
  for (const hole of checkLadder(ladder, known).filter((f) => f.level === "hole")) {
    const topic = `unreachable:${brandId ?? "all"}:${hole.rungId}`;
    seen.add(topic);
    if (open.has(topic)) continue;
    const rung = ladder.rungs.find((r) => r.id === hole.rungId);
    await openEscalation(tx, {
      ...{ topic, kind: "way-dead", fits: () => false, otherwise: 2, brandId },
      says: `Nobody of the chain for "${rung?.trigger.kind ?? hole.rungId}", severity ${rung?.severity ?? "?"}, can be reached at this hour. Name somebody.`,
    });
  }
}
