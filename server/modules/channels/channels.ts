import { randomBytes } from "node:crypto";
import { seal, unseal } from "#modules/company";
import { HOUR } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { setTimer } from "#platform/timers";
import type { Capabilities } from "#shared/capabilities";
import { capabilitiesOf, isKnownNetwork } from "./capabilities.ts";
import type { ChannelAccess } from "./domain/adapter.ts";
import { ChannelChanged } from "./events.ts";
import {
  type ChannelRow,
  type ChannelState,
  findChannel,
  findChannels,
  insertChannel,
  updateChannelAccess,
  updateChannelState,
} from "./store/channel-store.ts";
import { findCursor, forgetEnds, moveCursor } from "./store/cursor-store.ts";

/** A connected place, as other modules see it. `selfIds`: our own names there. */
export interface Channel {
  id: string;
  brandId: string;
  network: string;
  name: string;
  handle: string;
  state: ChannelState;
  trouble: string | null;
  capabilities: Capabilities;
  selfIds: string[];
  version: number;
}

export function selfIdsOf(row: Pick<ChannelRow, "externalId" | "handle" | "config">): string[] {
  const more = Array.isArray(row.config.selfIds)
    ? row.config.selfIds.filter((s): s is string => typeof s === "string")
    : [];
  return [...new Set([row.externalId, row.handle, ...more].filter((s) => s !== ""))];
}

export function presentChannel(row: ChannelRow): Channel {
  const { id, brandId, network, name, handle, state, trouble, version } = row;
  return {
    id,
    brandId,
    network,
    name,
    handle,
    state,
    trouble,
    version,
    capabilities: capabilitiesOf(network, row.overrides),
    selfIds: selfIdsOf(row),
  };
}

export async function channelsOf(tx: Tx): Promise<Channel[]> {
  return (await findChannels(tx)).map(presentChannel);
}

export async function channelOf(tx: Tx, id: string): Promise<Channel> {
  const row = await findChannel(tx, id);
  if (!row) throw notFound("channel");
  return presentChannel(row);
}

export interface NewChannel {
  brandId: string;
  network: string;
  name: string;
  /** Our account's id on the network. */
  externalId: string;
  handle: string;
  /** Not secret: addresses and the like. */
  config?: Record<string, unknown>;
  /** Tokens and keys; sealed before they are stored. */
  secret?: Record<string, string>;
  capabilities?: Partial<Capabilities>;
}

/** Timer that clears raw copies of a channel; set once, it sets itself again. */
export const PURGE_TIMER = "channels-purge";

/** Connects a place. The network's webhooks go to `/hooks/<hookId>`; the name is random, so that nobody finds it by trying. */
export async function connectChannel(tx: Tx, made: NewChannel): Promise<{ channelId: string; hookId: string }> {
  if (!isKnownNetwork(made.network))
    throw new AppError("invalid-request", `There is no network called ${made.network}.`);
  const channelId = uuidv7(tx.now);
  // Web chat has one name for the world: the key that sites embed is the address at which we are found.
  const hookId = made.network === "webchat" ? made.externalId : randomBytes(24).toString("base64url");
  const secret = made.secret ? await seal(tx, Buffer.from(JSON.stringify(made.secret))) : null;
  await insertChannel(tx, {
    id: channelId,
    brandId: made.brandId,
    network: made.network,
    name: made.name,
    externalId: made.externalId,
    handle: made.handle,
    state: "on",
    hookId,
    config: made.config ?? {},
    secret,
    overrides: made.capabilities ?? {},
  });
  await setTimer(tx, PURGE_TIMER, channelId, tx.now + HOUR);
  announceState(tx, channelId, "on", null, 1);
  return { channelId, hookId };
}

/** Connects our account again: a new password, other words to listen for. What was heard of it stays, and it is on. */
export async function reconnectChannel(tx: Tx, id: string, made: NewChannel): Promise<void> {
  const row = await findChannel(tx, id, true);
  if (!row || row.network !== made.network || row.externalId !== made.externalId) throw notFound("channel");
  const secret = made.secret ? await seal(tx, Buffer.from(JSON.stringify(made.secret))) : row.secret;
  await updateChannelAccess(tx, id, {
    name: made.name,
    handle: made.handle,
    config: made.config ?? row.config,
    secret,
  });
  await forgetEnds(tx, id);
  announceState(tx, id, "on", null, await updateChannelState(tx, id, "on", null));
}

/** With the secret unsealed: only for calls to the network and for verifying what comes from it. */
export async function accessOf(tx: Tx, row: ChannelRow): Promise<ChannelAccess> {
  const secret = row.secret ? (JSON.parse((await unseal(tx, row.secret)).toString()) as Record<string, string>) : {};
  return { channelId: row.id, externalId: row.externalId, handle: row.handle, config: row.config, secret };
}

/** Pauses or wakes a channel: while paused nothing is pulled, parsed or sent; pushes are still taken and kept. */
export async function setChannelState(
  tx: Tx,
  id: string,
  state: "on" | "paused",
  expectedVersion: number,
): Promise<ChannelRow> {
  const row = await findChannel(tx, id, true);
  if (!row) throw notFound("channel");
  if (row.state === "archive")
    throw new AppError(
      "invalid-request",
      `${row.name} is imported history: it is not connected and cannot be turned on.`,
    );
  if (row.version !== expectedVersion) throw conflict("channel", { state: row.state, version: row.version });
  if (row.state === state) return row;
  const version = await updateChannelState(tx, id, state, null);
  if (state === "on") await forgetEnds(tx, id);
  announceState(tx, id, state, null, version);
  return { ...row, state, trouble: null, troubleSince: null, version };
}

/** Notes that a channel has trouble, or has none any more; said only when it changes. */
export async function noteTrouble(
  tx: Tx,
  id: string,
  state: ChannelState | null,
  trouble: string | null,
): Promise<void> {
  const row = await findChannel(tx, id, true);
  if (!row || row.state === "paused" || row.state === "archive") return;
  const next = state ?? row.state;
  if (row.state === next && row.trouble === trouble) return;
  if (row.state !== "on" && next === "on") await forgetEnds(tx, id);
  announceState(tx, id, next, trouble, await updateChannelState(tx, id, next, trouble));
}

/** Asks the pull loops to read the channel's history from the beginning. True when that was not under way already. */
export async function startBackfill(tx: Tx, id: string): Promise<boolean> {
  return moveCursor(tx, id, BACKFILL, undefined, "");
}
export const BACKFILL = "backfill";

/** Reads the history once more from the beginning, also when it is being read already: what was missed may lie behind it. */
export async function restartBackfill(tx: Tx, id: string): Promise<void> {
  const under = await findCursor(tx, id, BACKFILL);
  await moveCursor(tx, id, BACKFILL, under, "");
}

export function announceState(tx: Tx, channelId: string, state: string, trouble: string | null, version: number): void {
  tx.announce(ChannelChanged, {
    key: channelId,
    entity: "channel",
    entityId: channelId,
    entityVersion: version,
    payload: { channelId, state, trouble },
  });
}
