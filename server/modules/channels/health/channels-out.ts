import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { sendsNothing } from "../domain/channel-health.ts";
import { openAlarms } from "../store/alarm-store.ts";

/** Channels on which nothing can be sent now, and since when that is known. */
export async function channelsOut(tx: Tx): Promise<Map<string, Instant>> {
  const alarms = (await openAlarms(tx)).filter((alarm) => sendsNothing(alarm.cause));
  // The oldest first: of several the first counts.
  return new Map(alarms.toReversed().map((alarm) => [alarm.channelId, alarm.openedAt]));
}
