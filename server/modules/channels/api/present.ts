import type { ChannelView, CheckedHalf } from "#contracts/channels";
import { can } from "#modules/people";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { capabilitiesOf } from "../capabilities.ts";
import type { Adapter } from "../domain/adapter.ts";
import { healthOf } from "../domain/channel-health.ts";
import type { ConnectCheck } from "../domain/connector.ts";
import { type ChannelFacts, factsOf } from "../health/facts.ts";
import { type Alarm, openAlarms } from "../store/alarm-store.ts";
import type { ChannelRow } from "../store/channel-store.ts";

const at = (instant: Instant | null) => (instant === null ? null : iso(instant));

/** Channels as the API shows them, with how they are; what only their managers need is left out for others. */
export async function presentChannels(
  tx: Tx,
  rows: readonly ChannelRow[],
  adapters: Readonly<Record<string, Adapter>>,
  actor: Actor,
): Promise<ChannelView[]> {
  const facts = await factsOf(tx, rows, adapters);
  const alarms = Map.groupBy(await openAlarms(tx), (alarm) => alarm.channelId);
  return rows.map((row) => {
    const known = facts.get(row.id)!;
    const health = healthOf(known, tx.now);
    const manages = can(actor, "channel.manage", { brandId: row.brandId });
    return {
      ...{ id: row.id, network: row.network, name: row.name, handle: row.handle, brandId: row.brandId },
      ...{ state: row.state, trouble: row.trouble, troubleSince: at(row.troubleSince) },
      ...{ lastInboundAt: at(row.lastInboundAt), lastReconcileAt: at(row.lastReconcileAt) },
      missedByPush24h: known.missed24h,
      gaps: known.gaps.map(({ id, stream, reason, openedAt, filledAt }) => ({
        ...{ id, stream, reason, openedAt: iso(openedAt), filledAt: at(filledAt) },
      })),
      outbox: known.outbox,
      quarantined: known.quarantined,
      capabilities: { ...capabilitiesOf(row.network, row.overrides) },
      neverTestedLive: adapters[row.network]?.neverTestedLive ?? true,
      health: { state: health.state, troubles: health.troubles.map((t) => ({ ...t, since: at(t.since) })) },
      inboundLagMs: row.lastInboundLagMs,
      behindMs: known.endedAt === null || row.state !== "on" ? null : Math.max(0, tx.now - known.endedAt),
      expiresAt: at(known.expiresAt),
      budgets: known.budget.budgets.map((b) => ({ ...b, resetAt: at(b.resetAt) })),
      money: known.budget.money,
      managed: manages ? managedPart(row, known, alarms.get(row.id) ?? [], adapters[row.network]) : null,
      version: row.version,
    };
  });
}

function managedPart(
  row: ChannelRow,
  { check }: ChannelFacts,
  alarms: readonly Alarm[],
  adapter: Adapter | undefined,
): NonNullable<ChannelView["managed"]> {
  const live = row.state !== "archive" && adapter?.connect;
  return {
    check: check && { at: iso(check.at), halves: check.halves.map(presentHalf) },
    alarms: alarms.map(({ id, cause, says, openedAt }) => ({ id, cause, says, openedAt: iso(openedAt) })),
    canCheck: Boolean(live),
    secrets: live ? live.needs.filter((one) => one.sealed).map((one) => one.name) : [],
  };
}

/** One half as the API shows it. */
export function presentHalf({ half, state, fault, says, expiresAt }: ConnectCheck): CheckedHalf {
  return { half, state, fault: fault ?? null, says, expiresAt: expiresAt === undefined ? null : iso(expiresAt) };
}
