import { z } from "zod";
import {
  backfillStarted,
  type ChannelView,
  channelList,
  channelView,
  setChannelState as setStateShape,
} from "#contracts/channels";
import { id } from "#contracts/common";
import { stops } from "#modules/company";
import { audit, can, need } from "#modules/people";
import { DAY, iso, MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound, notNow } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { capabilitiesOf } from "../capabilities.ts";
import { setChannelState, startBackfill } from "../channels.ts";
import type { Adapter } from "../domain/adapter.ts";
import { wakeOutbox } from "../outbox/wake.ts";
import type { RunningChannels } from "../start.ts";
import { type ChannelRow, findChannel, findChannels } from "../store/channel-store.ts";
import { recentGaps } from "../store/cursor-store.ts";
import { outboxCounts } from "../store/delivery-store.ts";
import { missedByPush } from "../store/key-store.ts";
import { quarantinedCounts } from "../store/raw-store.ts";

export interface ChannelRouteDeps {
  running: RunningChannels;
  adapters: Readonly<Record<string, Adapter>>;
}

/** A push that is only late is not missed: what the poll found in the last minute is not counted yet. */
const PUSH_MAY_BE_LATE = MINUTE;
const params = z.object({ id });

export function channelRoutes(r: Routes, deps: ChannelRouteDeps): void {
  r.query(
    "/api/channels",
    {
      summary: "The channels and how they are: trouble, gaps, pushes that never came, what waits in the outbox",
      tag: "channels",
      response: channelList,
    },
    async (tx, { actor }) => {
      need(actor, "channel.read");
      const rows = (await findChannels(tx)).filter((row) => can(actor, "channel.read", { brandId: row.brandId }));
      const stopped = await stops(tx, [...new Set(rows.map((row) => row.brandId))]);
      return {
        channels: await present(tx, rows, deps.adapters),
        stopped: stopped.map((s) => ({ scope: s.scope, brandId: s.brandId, since: iso(s.since), reason: s.reason })),
      };
    },
  );
  r.command(
    "PUT",
    "/api/channels/:id/state",
    {
      summary: "Pauses a channel or lets it go on; what is pushed meanwhile is kept",
      tag: "channels",
      params,
      body: setStateShape,
      response: channelView,
    },
    async (tx, { actor, params, body }) => {
      await permitted(tx, params.id, (brandId) => need(actor, "channel.manage", { brandId }));
      const row = await setChannelState(tx, params.id, body.state, body.expectedVersion);
      await audit(tx, actor, `channel.${body.state}`, "channel", params.id);
      tx.afterCommit(() => {
        deps.running.receiver.forget(params.id);
        wakeOutbox();
      });
      return (await present(tx, [row], deps.adapters))[0]!;
    },
  );
  r.command(
    "POST",
    "/api/channels/:id/backfill",
    {
      summary: "Reads the channel's history from the beginning; it opens no work",
      tag: "channels",
      params,
      response: backfillStarted,
    },
    async (tx, { actor, params }) => {
      const row = await permitted(tx, params.id, (brandId) => need(actor, "channel.manage", { brandId }));
      if (!capabilitiesOf(row.network, row.overrides).receive.backfill.supported)
        throw notNow("This network does not give out its history.");
      const started = await startBackfill(tx, params.id);
      if (started) await audit(tx, actor, "channel.backfill", "channel", params.id);
      return { started };
    },
  );
}

/** Loads the channel only for whoever may act on it. */
async function permitted(tx: Tx, channelId: string, ask: (brandId: string) => void): Promise<ChannelRow> {
  const row = await findChannel(tx, channelId);
  if (!row) throw notFound("channel");
  ask(row.brandId);
  return row;
}

async function present(
  tx: Tx,
  rows: readonly ChannelRow[],
  adapters: Readonly<Record<string, Adapter>>,
): Promise<ChannelView[]> {
  const missed = await missedByPush(tx, tx.now - DAY, tx.now - PUSH_MAY_BE_LATE);
  const gaps = await recentGaps(tx, tx.now - DAY);
  const outbox = await outboxCounts(tx, tx.now - 7 * DAY);
  const quarantined = await quarantinedCounts(tx);
  return rows.map((row) => {
    const { pending = 0, inFlight = 0, unknown = 0, failed = 0, held = 0 } = outbox.get(row.id) ?? {};
    const at = (instant: number | null) => (instant === null ? null : iso(instant));
    return {
      id: row.id,
      network: row.network,
      name: row.name,
      handle: row.handle,
      brandId: row.brandId,
      state: row.state,
      trouble: row.trouble,
      troubleSince: at(row.troubleSince),
      lastInboundAt: at(row.lastInboundAt),
      lastReconcileAt: at(row.lastReconcileAt),
      missedByPush24h: missed.get(row.id) ?? 0,
      gaps: gaps
        .filter((g) => g.channelId === row.id)
        .map(({ id, stream, reason, openedAt, filledAt }) => ({
          id,
          stream,
          reason,
          openedAt: iso(openedAt),
          filledAt: at(filledAt),
        })),
      outbox: { pending, inFlight, unknown, failed, held },
      quarantined: quarantined.get(row.id) ?? 0,
      capabilities: { ...capabilitiesOf(row.network, row.overrides) },
      neverTestedLive: adapters[row.network]?.neverTestedLive ?? true,
      version: row.version,
    };
  });
}
