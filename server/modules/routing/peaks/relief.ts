import { QueueReliefChanged } from "#events/routing";
import { settingOf } from "#modules/company";
import type { Tx } from "#platform/db";
import { decideRelief, type ReliefFacts } from "../domain/relief.ts";
import { inRouting } from "../in-routing.ts";
import { changeHelp, lockReliefs, saveRelief } from "../store/relief-store.ts";
import { peaksSetting } from "./settings.ts";

/** Queues that have a rule for help, or are helped now. None: nothing has to be looked at. */
export async function queuesToWatch(tx: Tx): Promise<string[]> {
  const { value } = await settingOf(tx, peaksSetting);
  const ruled = value.queues.filter((q) => q.overflow !== null).map((q) => q.queueId);
  const helped = (await lockReliefs(tx)).filter((r) => r.helping).map((r) => r.queueId);
  return [...new Set([...ruled, ...helped])];
}

/** Decides for each queue whether its helpers come or go, keeps why, and hands out what waits. Safe to do late and twice. */
export async function stepReliefs(tx: Tx, facts: ReadonlyMap<string, ReliefFacts>): Promise<void> {
  const { value, version } = await settingOf(tx, peaksSetting);
  const rules = new Map(value.queues.map((q) => [q.queueId, q.overflow]));
  const states = new Map((await lockReliefs(tx)).map((r) => [r.queueId, r]));
  let moved = false;
  for (const [queueId, fact] of facts) {
    const before = states.get(queueId) ?? { queueId, helping: false, since: tx.now, calmSince: null };
    const rule = rules.get(queueId) ?? null;
    const { state, act, reasons } = decideRelief(rule, fact, before, tx.now);
    if (act !== null || state.calmSince !== before.calmSince) await saveRelief(tx, { queueId, ...state }, version);
    if (act === null) continue;
    moved = true;
    const teamIds = rule?.teamIds ?? [];
    await changeHelp(tx, { queueId, act, teamIds, reasons, version });
    tx.announce(QueueReliefChanged, {
      ...{ key: queueId, entity: "queue", entityId: queueId, entityVersion: version },
      payload: { queueId, helping: state.helping, teamIds: [...teamIds], reasons: reasons.map((r) => r.text) },
    });
  }
  if (moved) await inRouting(tx, {}, () => {});
}
