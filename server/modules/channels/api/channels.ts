import { z } from "zod";
import {
  backfillStarted,
  channelList,
  channelView,
  gapParams,
  setChannelState as setStateShape,
} from "#contracts/channels";
import { id } from "#contracts/common";
import { stops } from "#modules/company";
import { audit, can, need } from "#modules/people";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound, notNow } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { capabilitiesOf } from "../capabilities.ts";
import { restartBackfill, setChannelState, startBackfill } from "../channels.ts";
import { wakeOutbox } from "../outbox/wake.ts";
import { countWaiting } from "../store/attachment-store.ts";
import { type ChannelRow, findChannel, findChannels } from "../store/channel-store.ts";
import { askGapFill } from "../store/cursor-store.ts";
import { connectingRoutes } from "./connecting.ts";
import { presentChannels } from "./present.ts";
import type { ChannelRouteDeps } from "./route-deps.ts";

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
        channels: await presentChannels(tx, rows, deps.adapters, actor),
        stopped: stopped.map((s) => ({
          scope: s.scope,
          brandId: s.brandId,
          since: iso(s.since),
          reason: s.reason,
          ...(s.crisis && { crisis: true }),
        })),
        files: { scanned: deps.running.files.scanner !== null, waiting: await countWaiting(tx) },
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
      return (await presentChannels(tx, [row], deps.adapters, actor))[0]!;
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
  r.command(
    "POST",
    "/api/channels/:id/gaps/:gapId/fill",
    {
      summary: "Reads the history again so that this gap is filled; it opens no work",
      tag: "channels",
      params: gapParams,
      response: backfillStarted,
    },
    async (tx, { actor, params }) => {
      const row = await permitted(tx, params.id, (brandId) => need(actor, "channel.manage", { brandId }));
      if (!capabilitiesOf(row.network, row.overrides).receive.backfill.supported)
        throw notNow("This network does not give out its history: what was missed cannot be had.");
      if (!(await askGapFill(tx, params.id, params.gapId))) throw notFound("open gap");
      await restartBackfill(tx, params.id);
      await audit(tx, actor, "channel.gap-fill", "channel", params.id, { gapId: params.gapId });
      return { started: true };
    },
  );
  connectingRoutes(r, deps);
}

/** Loads the channel only for whoever may act on it. */
async function permitted(tx: Tx, channelId: string, ask: (brandId: string) => void): Promise<ChannelRow> {
  const row = await findChannel(tx, channelId);
  if (!row) throw notFound("channel");
  ask(row.brandId);
  return row;
}
