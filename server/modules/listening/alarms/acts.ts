import { AlarmChanged } from "#events/listening";
import type { Tx } from "#platform/db";
import { conflict, notFound, notNow } from "#platform/errors";
import { type Alarm, lockAlarm, lockAlarmsOf, saveAlarm } from "../store/alarm-store.ts";
import { about, announceClosed } from "./settle-alarms.ts";

/** The alarm, locked, if it is as the caller saw it; `may` refuses who has no right to it. */
async function asSeen(tx: Tx, id: string, expectedVersion: number, may: (a: Alarm) => void): Promise<Alarm> {
  const found = await lockAlarm(tx, id);
  if (!found) throw notFound("alarm");
  may(found);
  if (found.version !== expectedVersion) throw conflict("alarm", { version: found.version, state: found.state });
  if (found.state === "closed") throw notNow("This alarm is closed.", { state: found.state });
  return found;
}

export async function acknowledgeAlarm(
  tx: Tx,
  id: string,
  expectedVersion: number,
  agentId: string | null,
  may: (a: Alarm) => void,
): Promise<Alarm> {
  const found = await asSeen(tx, id, expectedVersion, may);
  if (found.state === "acknowledged") return found;
  const next: Alarm = {
    ...{ ...found, state: "acknowledged", acknowledgedAt: tx.now, acknowledgedBy: agentId },
    version: found.version + 1,
  };
  await saveAlarm(tx, next);
  const payload = { alarmId: id, monitorId: found.monitorId, what: "acknowledged" as const, agentId };
  tx.announce(AlarmChanged, { ...about(next), payload });
  return next;
}

/** Closed by a person: its monitor keeps quiet for a while about what is not graver. */
export async function closeAlarm(
  tx: Tx,
  id: string,
  asked: { expectedVersion: number; how: "dealt-with" | "nothing"; says: string },
  agentId: string | null,
  may: (a: Alarm) => void,
): Promise<Alarm> {
  const found = await asSeen(tx, id, asked.expectedVersion, may);
  const next: Alarm = {
    ...{ ...found, state: "closed", closedAt: tx.now, closedBy: agentId, closeHow: asked.how, closeSays: asked.says },
    version: found.version + 1,
  };
  await saveAlarm(tx, next);
  announceClosed(tx, next, asked.how, agentId);
  return next;
}

/**
 * What stands of a monitor that is removed or off: nothing would ever find it calm, and whoever is asked would be asked on. Of one that went to another
 * brand the alarm was that brand's, and its people would not see it any more.
 */
export async function closeWithMonitor(
  tx: Tx,
  monitorId: string,
  agentId: string | null,
  says: "Its monitor was removed." | "Its monitor was switched off." | "Its monitor was given to another brand.",
): Promise<void> {
  for (const found of (await lockAlarmsOf(tx, [monitorId], tx.now)).get(monitorId) ?? []) {
    if (found.state === "closed") continue;
    const next: Alarm = {
      ...{ ...found, state: "closed", closedAt: tx.now, closedBy: agentId, closeHow: "nothing" },
      ...{ closeSays: says, version: found.version + 1 },
    };
    await saveAlarm(tx, next);
    announceClosed(tx, next, "nothing", agentId);
  }
}
