import { channelsOf, messagesById } from "#modules/channels";
import { settingOf } from "#modules/company";
import { HOUR } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound, notNow } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { clearTimer, setTimer, type TimerHandler } from "#platform/timers";
import { type Place, placesFor } from "../domain/invite-places.ts";
import type { Destination } from "../domain/invite-use.ts";
import { findConversations } from "../store/conversation-store.ts";
import { lastEpisodes } from "../store/episode-store.ts";
import {
  countMade,
  findInvite,
  type Invite,
  insertInvite,
  invitesOfConversation,
  updateInvite,
} from "../store/invite-store.ts";
import { findPlacements } from "../store/placement-store.ts";
import { freshCode, hashOfCode } from "./links.ts";
import { inviteSetting } from "./settings.ts";
import { tellInvite } from "./tell.ts";

export const INVITE_TIMER = "invite-ends";
/** More than these are no conversations but advertising. */
const MOST_IN_HOUR = 60;
const MOST_OPEN = 10;

/** Not used, not ended, not taken back. */
export function isLive(invite: Invite, now: number): boolean {
  return invite.returnedAt === null && invite.endedAt === null && invite.expiresAt > now;
}

/** Where a brand's customers can come to instead of this public channel. */
export async function placesOfBrand(
  tx: Tx,
  brandId: string,
  post: { channelId: string; network: string; permalink: string | null },
): Promise<Place[]> {
  const { value } = await settingOf(tx, inviteSetting, { brandId });
  const channels = (await channelsOf(tx)).map((c) => ({ ...c, externalId: c.selfIds[0] ?? "" }));
  return placesFor(brandId, value, channels, post);
}

/**
 * Makes an invite for the author of a public post of this conversation. Its code is told here and never again; it counts as sent when
 * our reply that holds it is on the network.
 */
export async function makeInvite(
  tx: Tx,
  ask: { conversationId: string; messageId: string; destination: Destination; by: string },
): Promise<{ invite: Invite; code: string; places: Place[] }> {
  const [conversation] = await findConversations(tx, [ask.conversationId], true);
  if (!conversation) throw notFound("conversation");
  const [placed] = await findPlacements(tx, [ask.messageId]);
  if (placed?.conversationId !== conversation.id || placed.handleId === null || placed.customerId === null)
    throw notFound("message of a customer in this conversation");
  if (placed.role !== "customer" || placed.visibility === "private" || placed.deletedAt !== null)
    throw notNow("Invite the customer of this conversation, in answer to a public post that is still there.");
  const [message] = await messagesById(tx, [ask.messageId]);
  const permalink = message?.permalink ?? null;
  const { channelId, network } = placed;
  const places = await placesOfBrand(tx, conversation.brandId, { channelId, network, permalink });
  if (!places.some((p) => p.destination === ask.destination))
    throw notNow("This place is not offered: the brand's settings or its channels do not allow it now.");
  if ((await countMade(tx, ask.by, tx.now - HOUR)) >= MOST_IN_HOUR)
    throw new AppError("too-many-requests", `An agent may make ${MOST_IN_HOUR} invites an hour. Wait a while.`);
  const open = (await invitesOfConversation(tx, conversation.id)).filter((i) => isLive(i, tx.now));
  if (open.length >= MOST_OPEN)
    throw notNow("This conversation has ten invites nobody has used. Take one back, or use its code.");
  const [episode] = await lastEpisodes(tx, [conversation.id]);
  const { value: settings } = await settingOf(tx, inviteSetting, { brandId: conversation.brandId });
  const code = freshCode();
  const invite: Invite = {
    id: uuidv7(tx.now),
    conversationId: conversation.id,
    episodeId: episode?.id ?? null,
    customerId: placed.customerId,
    handleId: placed.handleId,
    brandId: conversation.brandId,
    network,
    channelId,
    messageId: ask.messageId,
    destination: ask.destination,
    codeHash: hashOfCode(code),
    madeBy: ask.by,
    madeAt: tx.now,
    expiresAt: tx.now + settings.hours * HOUR,
    sentAt: null,
    sentMessageId: null,
    openedAt: null,
    opens: 0,
    returnedAt: null,
    returnedMessageId: null,
    returnedHandleId: null,
    returnedBy: null,
    proof: null,
    consent: null,
    refused: 0,
    endedAt: null,
    endedWhy: null,
    version: 1,
  };
  await insertInvite(tx, invite);
  await setTimer(tx, INVITE_TIMER, invite.id, invite.expiresAt);
  return { invite, code, places };
}

/** Takes an invite back: from now on its link and its code do nothing. */
export async function withdrawInvite(tx: Tx, id: string, expectedVersion: number): Promise<Invite> {
  const invite = await findInvite(tx, id, true);
  if (!invite) throw notFound("invite");
  if (invite.version !== expectedVersion)
    throw conflict("invite", { version: invite.version, endedWhy: invite.endedWhy });
  if (!isLive(invite, tx.now)) throw notNow("This invite is used or has ended already.");
  await end(tx, invite, "withdrawn");
  await clearTimer(tx, INVITE_TIMER, invite.id);
  return invite;
}

async function end(tx: Tx, invite: Invite, why: "time" | "withdrawn"): Promise<void> {
  Object.assign(invite, { endedAt: tx.now, endedWhy: why });
  await updateInvite(tx, invite);
  // What never stood in public was never an invitation to anybody.
  if (invite.sentAt !== null) tellInvite(tx, "expired", invite);
}

/** The time of an invite is over. */
export const onInviteEnds: TimerHandler = async (tx, timer) => {
  const invite = await findInvite(tx, timer.ref, true);
  if (invite && invite.endedAt === null && invite.returnedAt === null) await end(tx, invite, "time");
};

/** Somebody opened the link. Nobody knows who, so nothing follows but the count. */
export async function noteOpened(tx: Tx, invite: Invite): Promise<void> {
  const first = invite.openedAt === null;
  invite.openedAt ??= tx.now;
  invite.opens = Math.min(invite.opens + 1, 1_000_000);
  await updateInvite(tx, invite);
  if (first) tellInvite(tx, "opened", invite);
}

/** They came: once for each invite. */
export async function noteReturned(
  tx: Tx,
  invite: Invite,
  how: Pick<Invite, "returnedBy" | "proof"> & { messageId: string | null; handleId: string | null; consent?: string },
): Promise<void> {
  Object.assign(invite, {
    returnedAt: tx.now,
    returnedBy: how.returnedBy,
    proof: how.proof,
    returnedMessageId: how.messageId,
    returnedHandleId: how.handleId,
    consent: how.consent ?? invite.consent,
  });
  await updateInvite(tx, invite);
  await clearTimer(tx, INVITE_TIMER, invite.id);
  tellInvite(tx, "returned", invite);
}

/** The invites of a conversation, newest first; with those of messages that came into it from another one. */
export async function invitesOf(tx: Tx, conversationId: string, messageIds: readonly string[] = []): Promise<Invite[]> {
  return invitesOfConversation(tx, conversationId, messageIds);
}
