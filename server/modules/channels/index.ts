/** The front door of `channels`: what arrives and what is sent. */
import {
  ChannelChanged,
  ChannelGap,
  ChannelIll,
  ChannelWell,
  DeliveryFailed,
  DeliverySent,
  DeliveryUnknown,
} from "#events/channels";
import type { Clock } from "#platform/clock";
import type { Routes } from "#platform/http/routes";
import { type LiveMapping, type LiveWhere, live } from "#platform/journal/live";
import type { TimerHandler } from "#platform/timers";
import { channelRoutes } from "./api/channels.ts";
import { hookRoutes } from "./api/hooks.ts";
import type { ChannelRouteDeps } from "./api/route-deps.ts";
import { blueskyAdapter } from "./bluesky/adapter.ts";
import { channelsOf, PURGE_TIMER } from "./channels.ts";
import type { Adapter } from "./domain/adapter.ts";
import { emailAdapter } from "./email/adapter.ts";
import { feedAdapter } from "./feeds/adapter.ts";
import { blueskyNetworkAdapter } from "./firehose/bluesky-network.ts";
import { jsonLinesAdapter } from "./firehose/json-lines.ts";
import { playgroundAdapter } from "./playground/adapter.ts";
import { purgeChannel } from "./purge.ts";
import type { RunningChannels } from "./start.ts";
import { webchatAdapter } from "./webchat/adapter.ts";
import { CONTINUE_TIMER, continueByMail } from "./webchat/mail-on.ts";
import type { ChatParts } from "./webchat/send.ts";

export { afterRestore, afterRestoreState } from "./after-restore.ts";
export { type BlueskyAnswers, blueskyChannel } from "./bluesky/connect.ts";
export { capabilitiesOf } from "./capabilities.ts";
export {
  type Channel,
  channelOf,
  channelsOf,
  connectChannel,
  type NewChannel,
  reconnectChannel,
  setChannelState,
  startBackfill,
} from "./channels.ts";
export type * from "./domain/adapter.ts";
export type { DeliveryError, DeliveryState, PartState, Settlement } from "./domain/delivery.ts";
export type { ChannelErrorData, ErrorClass } from "./domain/errors.ts";
export { disposition, type FileKind, kindOf, servedAs } from "./domain/file-rules.ts";
export { threadUuid } from "./domain/input-key.ts";
export type { AttachmentRef, Entity, Identity, InboundEvent, Item, VerifiedLink } from "./domain/item.ts";
export type { Message, MessageState, Revision } from "./domain/message.ts";
export type { Permit } from "./domain/permit.ts";
export { connectMailbox, mailboxNeeds } from "./email/connecting/connect.ts";
export { type Attachment, attachmentById, attachmentsOf } from "./files/attachments.ts";
export { blobs as fileStore, useBlobs } from "./files/blob-port.ts";
export { clamav, type Scanner, scannerPlace } from "./files/clamav.ts";
export {
  type AttachedFile,
  attachedFiles,
  attachedTo,
  detachFiles,
  holdFiles,
  removeFiles,
  sweepFiles,
} from "./files/outbound-files.ts";
export { hearLines, type LinesHeard } from "./firehose/hear-lines.ts";
export { channelsOut } from "./health/channels-out.ts";
export {
  type ImportRow,
  type MessageRow,
  type OutcomeRow,
  type ReadMessage,
  type ReadOutcome,
  type ReadRow,
  readImportRow,
} from "./import/import-row.ts";
export { placesOf } from "./import/places.ts";
export {
  type ImportRun,
  type ImportState,
  leftOfImport,
  lockImport,
  openImport,
  saveImport,
  tickOffImport,
  toldOfImport,
} from "./import/runs.ts";
export { settleThreads } from "./import/settle-threads.ts";
export { type HistoryLine, type StoredHistory, storeHistory } from "./import/store-history.ts";
export { tellNext } from "./import/tell-next.ts";
export { ThreadMemory } from "./import/thread-memory.ts";
export { inSet, outOfSet } from "./import/to-item.ts";
export { reparseChannel } from "./inbound/reparse.ts";
export {
  type MessageWords,
  messageByExternal,
  messagesAfter,
  messagesByExternal,
  messagesById,
  messagesByNames,
  messagesHeard,
  messagesOfThread,
  revisionsOf,
  type ThreadName,
  textsById,
  threadsWeSpokeIn,
  wordsById,
} from "./messages.ts";
export {
  type ModerationAct,
  messageOfModeration,
  moderate,
  moderationOf,
  moderationOfMessages,
  settleModeration,
  takeBackModeration,
} from "./moderation/moderation.ts";
export { type ApprovalCheck, type ApprovalClaim, textHash, useApprovals } from "./outbox/approvals.ts";
export {
  type Delivery,
  deliveriesById,
  type EnqueueDelivery,
  enqueueDelivery,
  moveDeliveries,
  retryDelivery,
  settleDelivery,
  withdrawDelivery,
} from "./outbox/deliveries.ts";
export { type ChannelsOptions, type RunningChannels, startChannels } from "./start.ts";
export { webchatApi } from "./webchat/api.ts";
export { newChatKeys } from "./webchat/connector.ts";
export { markTyping, visitOf, visitorsOfThreads } from "./webchat/desk-side.ts";
export type { ChatPlaces } from "./webchat/house.ts";
export type { ChatParts } from "./webchat/send.ts";
export { type RunningWebchat, startWebchat } from "./webchat/start.ts";
export { chatTokens } from "./webchat/tokens.ts";
export { type AnsweredThere, type WrittenDown, writeDown, writeDownAnswer } from "./written-down.ts";

/** All networks this build speaks. Web chat lives inside of the house: without `chat` it hears and does not answer. */
export function networkAdapters(clock: Clock, chat?: ChatParts): Readonly<Record<string, Adapter>> {
  return {
    playground: playgroundAdapter(clock),
    bluesky: blueskyAdapter(clock),
    email: emailAdapter(clock),
    feed: feedAdapter(clock),
    "bluesky-network": blueskyNetworkAdapter(clock),
    "json-lines": jsonLinesAdapter(clock),
    webchat: webchatAdapter(clock, chat),
  };
}

/** Webhook addresses, outside of `/api` and without sign-in. */
export function hooks(r: Pick<Routes, "app">, running: RunningChannels): void {
  hookRoutes(r, running.receiver);
}

/** `/api/channels` and `/hooks/:hookId`. */
export function routes(r: Routes, deps: ChannelRouteDeps): void {
  channelRoutes(r, deps);
  hooks(r, deps.running);
}

export const timers: Readonly<Record<string, TimerHandler>> = {
  [PURGE_TIMER]: purgeChannel,
  [CONTINUE_TIMER]: continueByMail,
};

const channelNotice = (id: string, version: number) => [
  { kind: "channel", id, version, needs: { verb: "channel.read", at: { of: "channel", id } } },
];
export const liveWhere: LiveWhere = {
  channel: async (tx, ids) =>
    new Map((await channelsOf(tx)).flatMap((c) => (ids.includes(c.id) ? [[c.id, { brandId: c.brandId }]] : []))),
};
export const liveMappings: readonly LiveMapping[] = [
  live(ChannelChanged, (e) => channelNotice(e.payload.channelId, e.entityVersion)),
  live(ChannelIll, (e) => channelNotice(e.payload.channelId, e.entityVersion)),
  live(ChannelWell, (e) => channelNotice(e.payload.channelId, e.entityVersion)),
  live(ChannelGap, (e) => channelNotice(e.payload.channelId, e.entityVersion)),
  live(DeliverySent, (e) => channelNotice(e.payload.channelId, e.entityVersion)),
  live(DeliveryUnknown, (e) => channelNotice(e.payload.channelId, e.entityVersion)),
  live(DeliveryFailed, (e) => channelNotice(e.payload.channelId, e.entityVersion)),
];
