import type { z } from "zod";
import type { alarmView } from "#contracts/alarms";
import { agentsById } from "#modules/people";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { weighAlarm } from "../domain/alarms/weigh-alarm.ts";
import { type Alarm, rulesOf, SHIPPED_RULE } from "../store/alarm-store.ts";
import { namesOfMonitors } from "../store/monitor-store.ts";

/** Alarms as the screen shows them; `mayAct`: the actor may acknowledge and close those of a brand (null: of all). */
export async function presentAlarms(
  tx: Tx,
  alarms: readonly Alarm[],
  mayAct: (brandId: string | null) => boolean,
): Promise<z.input<typeof alarmView>[]> {
  const ids = [...new Set(alarms.map((a) => a.monitorId))];
  const people = alarms.flatMap((a) => [a.acknowledgedBy, a.closedBy]).filter((id) => id !== null);
  const [monitors, rules, agents] = await tx.together((round) =>
    Promise.all([namesOfMonitors(round, ids), rulesOf(round, ids), agentsById(round, people)]),
  );
  const said = (at: Instant | null) => (at === null ? null : iso(at));
  const nameOf = (id: string | null) => (id !== null && agents.get(id)?.name) || null;
  return alarms.map((a) => {
    const { id, brandId, state, severity, closeHow, closeSays, parts, version } = a;
    const { manyAuthors } = rules.get(a.monitorId) ?? SHIPPED_RULE;
    const monitor = monitors.get(a.monitorId);
    return {
      ...{ id, brandId, state, severity, closeHow, closeSays, version },
      monitor: { id: a.monitorId, name: monitor?.name ?? "", on: monitor?.on ?? false },
      reasons: weighAlarm(parts, manyAuthors).reasons,
      ...{ beganAt: iso(a.beganAt), raisedAt: iso(a.raisedAt), tellAt: iso(a.tellAt), overAt: said(a.overAt) },
      ...{ acknowledgedAt: said(a.acknowledgedAt), acknowledgedBy: nameOf(a.acknowledgedBy) },
      ...{ closedAt: said(a.closedAt), closedBy: nameOf(a.closedBy) },
      parts: { ...parts, from: iso(parts.from), to: iso(parts.to) },
      canAct: state !== "closed" && mayAct(brandId),
    };
  });
}
