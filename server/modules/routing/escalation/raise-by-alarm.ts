import type { Rung } from "#contracts/escalation";
import type { Tx } from "#platform/db";
import { causeIsGone, openEscalation } from "./escalate.ts";

/** Unusually many posts of a monitor, as listening tells it. `posts` came in the last `minutes`. */
export interface VolumeAlarm {
  monitorId: string;
  monitor: string;
  brandId: string | null;
  severity: number;
  posts: number;
  minutes: number;
  says: string;
  conversationId?: string | null;
}

export const alarmTopic = (monitorId: string): string => `volume:monitor:${monitorId}`;

/** A rung for volume wants it when there are as many posts in no more time, and it is as grave; one that names the monitor wants it however grave. */
export const fitsAlarm =
  (alarm: Pick<VolumeAlarm, "monitorId" | "severity" | "posts" | "minutes">) =>
  ({ trigger, severity }: Rung): boolean => {
    if (trigger.kind !== "volume" || trigger.of !== "monitor") return false;
    const named = trigger.ids.includes(alarm.monitorId);
    if (trigger.ids.length > 0 && !named) return false;
    return alarm.posts >= trigger.items && alarm.minutes <= trigger.minutes && (named || alarm.severity >= severity);
  };

/** Asks whom the ladder names for it; false: no rung wants it, and nobody is asked. The same alarm again only counts, a graver one goes up. */
export async function raiseByAlarm(tx: Tx, alarm: VolumeAlarm): Promise<boolean> {
  const made = await openEscalation(tx, {
    ...{ topic: alarmTopic(alarm.monitorId), kind: "volume", otherwise: null, brandId: alarm.brandId },
    ...{ fits: fitsAlarm(alarm), says: `${alarm.monitor}: ${alarm.says}`.slice(0, 500) },
    conversationId: alarm.conversationId ?? null,
  });
  return made !== null;
}

/** It is calm, or a person closed it: the escalation stands down after its time. */
export const alarmIsOver = (tx: Tx, monitorId: string): Promise<void> => causeIsGone(tx, alarmTopic(monitorId));
