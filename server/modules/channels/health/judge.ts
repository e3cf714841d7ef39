import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import type { Log } from "#platform/log";
import type { Adapter } from "../domain/adapter.ts";
import { healthOf, sendsNothing } from "../domain/channel-health.ts";
import { clipped } from "../domain/errors.ts";
import { ChannelBack, ChannelIll, ChannelOut, ChannelWell } from "../events.ts";
import { closeAlarms, openAlarms, raiseAlarm } from "../store/alarm-store.ts";
import { type ChannelRow, findChannels } from "../store/channel-store.ts";
import { factsOf } from "./facts.ts";

/** Judges the channels of the account: an alarm stands for each thing that makes one ill, as long as it lasts. */
export async function judge(
  tx: Tx,
  adapters: Readonly<Record<string, Adapter>>,
  only?: string,
  log?: Log,
): Promise<void> {
  const rows = await findChannels(tx, only === undefined ? undefined : [only]);
  const facts = await factsOf(tx, rows, adapters);
  const standing = Map.groupBy(await openAlarms(tx, only), (alarm) => alarm.channelId);
  for (const row of rows) {
    const { troubles } = healthOf(facts.get(row.id)!, tx.now);
    const wrong = new Map(troubles.filter((t) => t.level === "ill").map((t) => [t.cause as string, t]));
    const before = standing.get(row.id) ?? [];
    const over = before.filter((alarm) => !wrong.has(alarm.cause));
    for (const [cause, trouble] of wrong) {
      if (before.some((alarm) => alarm.cause === cause)) continue;
      const alarm = {
        id: uuidv7(tx.now),
        channelId: row.id,
        cause,
        says: clipped(trouble.says ?? ""),
        openedAt: tx.now,
      };
      if (!(await raiseAlarm(tx, alarm))) continue;
      tx.announce(ChannelIll, { ...about(row), payload: { channelId: row.id, alarmId: alarm.id, cause } });
      tx.afterCommit(() => log?.warn({ channelId: row.id, network: row.network, cause }, "a channel is ill"));
    }
    await closeAlarms(
      tx,
      over.map((alarm) => alarm.id),
    );
    const [wasOut, isOut] = [before.some((alarm) => sendsNothing(alarm.cause)), [...wrong.keys()].some(sendsNothing)];
    if (isOut && !wasOut)
      tx.announce(ChannelOut, { ...about(row), payload: { channelId: row.id, since: iso(tx.now) } });
    if (wasOut && !isOut) tx.announce(ChannelBack, { ...about(row), payload: { channelId: row.id } });
    if (before.length > 0 && wrong.size === 0) {
      tx.announce(ChannelWell, { ...about(row), payload: { channelId: row.id } });
      tx.afterCommit(() => log?.info({ channelId: row.id, network: row.network }, "a channel is well again"));
    }
  }
}

const about = (row: ChannelRow) => ({
  ...{ key: row.id, entity: "channel", entityId: row.id, entityVersion: row.version },
});
