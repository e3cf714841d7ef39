import { z } from "zod";
import {
  channelConnected,
  channelView,
  checkChannel,
  checkView,
  connectChannel,
  disconnectChannel,
  exchangeSecret as exchangeShape,
  networkList,
  networkParams,
  tryNetwork,
} from "#contracts/channels";
import { done, id } from "#contracts/common";
import { brandOf } from "#modules/company";
import { audit, need } from "#modules/people";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound, notNow } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { accessOf } from "../channels.ts";
import { connectorOf } from "../connect/care.ts";
import {
  answersWith,
  checkAnswers,
  comparedAnswers,
  connectPlace,
  disconnect,
  exchangeSecret,
  marksOf,
  openAnswers,
  refusedBy,
} from "../connect/connect.ts";
import type { ConnectCheck } from "../domain/connector.ts";
import { wakeOutbox } from "../outbox/wake.ts";
import { type ChannelRow, findChannel } from "../store/channel-store.ts";
import { presentChannels, presentHalf } from "./present.ts";
import type { ChannelRouteDeps } from "./route-deps.ts";

const params = z.object({ id });
/** A new secret is no better than the old one when one of these comes of it; what only the subscription lacks is not its fault. */
const noBetter = ({ half, state, fault }: ConnectCheck): boolean =>
  state === "failed" &&
  half !== "subscription" &&
  (["wrong-secret", "expired-token", "wrong-scope"].includes(fault ?? "") ||
    (half === "send" && fault === "missing-half"));

/** Connecting places, looking at each half of them, exchanging their secrets, and letting them go. */
export function connectingRoutes(r: Routes, deps: ChannelRouteDeps): void {
  const { adapters, mayBeInside = false } = deps;
  const { care } = deps.running;

  r.query(
    "/api/networks",
    {
      summary: "The networks that can be connected, and what each needs for it",
      tag: "channels",
      response: networkList,
    },
    async (_tx, { actor }) => {
      need(actor, "channel.manage");
      return {
        networks: Object.values(adapters).flatMap(({ network, neverTestedLive, capabilities, connect }) =>
          connect
            ? [
                {
                  ...{
                    network,
                    neverTestedLive,
                    capabilities: { ...capabilities },
                    requires: [...capabilities.requires],
                  },
                  needs: connect.needs
                    .filter((one) => one.name !== "privateNetwork" || mayBeInside)
                    .map(({ name, kind, required, choices, fallback, sealed }) => ({
                      ...{ name, kind, required, sealed: sealed ?? false },
                      ...{ choices: choices ? [...choices] : null, fallback: fallback ?? null },
                    })),
                },
              ]
            : [],
        ),
      };
    },
  );

  r.commandAfter(
    "POST",
    "/api/networks/:network/try",
    {
      summary: "Signs in with these answers and looks at each half; connects nothing and keeps nothing",
      tag: "channels",
      params: networkParams,
      body: tryNetwork,
      compared: comparedAnswers,
      response: checkView,
    },
    async ({ actor, params, body }) => {
      const { needs } = connectorOf(adapters, params.network);
      need(actor, "channel.manage", { brandId: body.brandId });
      await r.db.withAccount(actor.accountId, (tx) => brandOf(tx, body.brandId));
      checkAnswers(needs, body.answers, mayBeInside);
      const prepared = await care.prepare(params.network, body.answers);
      if (!prepared.ok) throw refusedBy(prepared);
      const { made } = prepared;
      return care.look(params.network, { channelId: "new", ...made }, null);
    },
    async (tx, _asked, halves) => ({ at: iso(tx.now), halves: halves.map(presentHalf) }),
  );

  r.commandAfter(
    "POST",
    "/api/channels",
    {
      summary:
        "Connects a place: signs in, keeps the secret sealed, tells the network where to push to, looks at each half",
      tag: "channels",
      body: connectChannel,
      compared: comparedAnswers,
      response: channelView,
      status: 201,
    },
    async ({ actor, body }) => {
      const { needs } = connectorOf(adapters, body.network);
      need(actor, "channel.manage", { brandId: body.brandId });
      await r.db.withAccount(actor.accountId, (tx) => brandOf(tx, body.brandId));
      checkAnswers(needs, body.answers, mayBeInside);
      const prepared = await care.prepare(body.network, body.answers);
      if (!prepared.ok) throw refusedBy(prepared);
      return prepared.made;
    },
    async (tx, { actor, body }, made) => {
      const { needs } = connectorOf(adapters, body.network);
      const { brandId, network, name } = body;
      const answers = openAnswers(needs, body.answers);
      const { channelId, again } = await connectPlace(tx, { brandId, network, name, made, answers });
      await audit(tx, actor, again ? "channel.reconnected" : "channel.connected", "channel", channelId, { network });
      tx.afterCommit(() => {
        deps.running.receiver.forget(channelId);
        // The network is told where to push to at once; what comes of it stands in the channel's check.
        void care.check(actor.accountId, channelId, true).catch(() => {});
      });
      return presentOne(tx, (await findChannel(tx, channelId))!, deps, actor);
    },
  );

  r.commandAfter(
    "POST",
    "/api/channels/:id/check",
    {
      summary:
        "Looks at each half of a channel by a real call; with `mend` it first tells the network again where to push to",
      tag: "channels",
      params,
      body: checkChannel,
      response: channelConnected,
    },
    async ({ actor, params, body }) => {
      await r.db.withAccount(actor.accountId, (tx) => managed(tx, actor, params.id, adapters));
      return care.check(actor.accountId, params.id, body.mend);
    },
    async (tx, { actor, params }, halves) => {
      const row = await managed(tx, actor, params.id, adapters);
      return {
        channel: await presentOne(tx, row, deps, actor),
        check: { at: iso(tx.now), halves: halves.map(presentHalf) },
      };
    },
  );

  r.commandAfter(
    "PUT",
    "/api/channels/:id/secret",
    {
      summary: "Exchanges the secret of a channel: the old one works until the new one is proven",
      tag: "channels",
      params,
      body: exchangeShape,
      compared: comparedAnswers,
      response: channelView,
    },
    async ({ actor, params, body }) => {
      const { row, access } = await r.db.withAccount(actor.accountId, async (tx) => {
        const found = await managed(tx, actor, params.id, adapters);
        return { row: found, access: await accessOf(tx, found) };
      });
      const connector = connectorOf(adapters, row.network);
      const secrets = connector.needs.filter((one) => one.sealed).map((one) => one.name);
      const strange = Object.keys(body.answers).find((name) => !secrets.includes(name));
      if (strange !== undefined || Object.keys(body.answers).length === 0)
        throw new AppError(
          "invalid-request",
          `Give one or more of: ${secrets.join(", ")}. Nothing else is exchanged here.`,
        );
      const prepared = await care.prepare(row.network, answersWith(connector, access, body.answers));
      if (!prepared.ok) throw refusedBy(prepared);
      const { made } = prepared;
      if (made.externalId !== row.externalId)
        throw refusedBy({
          ...{ ok: false, need: secrets[0] ?? null, fault: "wrong-secret" },
          says: `This belongs to another account (${made.handle || made.externalId}). Connect that one as a channel of its own.`,
        });
      const merged = { ...access, config: { ...access.config, ...made.config }, secret: made.secret };
      const halves = await care.look(row.network, { ...merged, channelId: row.id }, row.hookId);
      const worse = halves.find(noBetter);
      if (worse?.fault) throw refusedBy({ ok: false, need: secrets[0] ?? null, fault: worse.fault, says: worse.says });
      return { made, before: marksOf(connector, access), network: row.network };
    },
    async (tx, { actor, params, body }, { made, before, network }) => {
      await managed(tx, actor, params.id, adapters);
      const change = { channelId: params.id, expectedVersion: body.expectedVersion, before, made };
      const row = await exchangeSecret(tx, connectorOf(adapters, network), change);
      await audit(tx, actor, "channel.secret-exchanged", "channel", row.id, { which: Object.keys(body.answers) });
      tx.afterCommit(() => {
        deps.running.receiver.forget(row.id);
        wakeOutbox();
        // What was seen of the old one is of no use any more.
        void care.check(actor.accountId, row.id, false).catch(() => {});
      });
      return presentOne(tx, row, deps, actor);
    },
  );

  r.command(
    "DELETE",
    "/api/channels/:id",
    {
      summary: "Disconnects a channel: its secret is forgotten, nothing is heard or sent there; what it brought stays",
      tag: "channels",
      params,
      body: disconnectChannel,
      response: done,
    },
    async (tx, { actor, params, body }) => {
      await managed(tx, actor, params.id, adapters, true);
      const { row, access } = await disconnect(tx, params.id, body.expectedVersion);
      await audit(tx, actor, "channel.disconnected", "channel", row.id, { network: row.network });
      tx.afterCommit(() => {
        deps.running.receiver.forget(row.id);
        void care.leave(row.network, access, row.hookId);
      });
      return { ok: true as const };
    },
  );
}

/** Loads a channel for whoever manages its brand; one that has no connector is none of these routes'. */
async function managed(
  tx: Tx,
  actor: Actor,
  channelId: string,
  adapters: ChannelRouteDeps["adapters"],
  anyNetwork = false,
): Promise<ChannelRow> {
  const row = await findChannel(tx, channelId);
  if (!row) throw notFound("channel");
  need(actor, "channel.manage", { brandId: row.brandId });
  if (row.state === "archive") throw notNow(`${row.name} is not connected. Connect it again first.`);
  if (!anyNetwork && !adapters[row.network]?.connect)
    throw notNow("This network is not looked at or connected from here.");
  return row;
}

async function presentOne(tx: Tx, row: ChannelRow, deps: ChannelRouteDeps, actor: Actor) {
  return (await presentChannels(tx, [row], deps.adapters, actor))[0]!;
}
