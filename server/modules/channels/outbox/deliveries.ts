import type { Instant } from "#platform/clock";
import { storable, type Tx } from "#platform/db";
import { AppError, notFound, notNow } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { capabilitiesOf } from "../capabilities.ts";
import type { SendIntent } from "../domain/adapter.ts";
import {
  type DeliveryError,
  type DeliveryState,
  NEVER,
  type PartState,
  retried,
  type Settlement,
  settled,
} from "../domain/delivery.ts";
import type { ReceiptStatus } from "../domain/item.ts";
import { type Permit, permitFault } from "../domain/permit.ts";
import { partsOf } from "../domain/split-parts.ts";
import { attachToDelivery, detachFiles } from "../files/outbound-files.ts";
import { findChannel } from "../store/channel-store.ts";
import {
  type DeliveryRow,
  findDeliveries,
  findParts,
  insertDelivery,
  prolong,
  saveDeliveries,
  setConversations,
} from "../store/delivery-store.ts";
import { announceProgress, storeSentParts } from "./progress.ts";
import { wakeOutbox } from "./wake.ts";

export interface EnqueueDelivery {
  channelId: string;
  brandId: string;
  threadKey: string;
  intent: SendIntent;
  /** Disclosure included. */
  text: string;
  agentId: string | null;
  conversationId: string | null;
  permit: Permit;
  /** The end of the undo time. */
  notBefore: Instant;
  notAfter: Instant | null;
  /** Of the message it answers. */
  traceId?: string | null;
  /** What `by` uploaded, in the order in which they are shown. */
  files?: { by: string; list: readonly { id: string; alt: string }[] };
}

/** Puts a reply into the outbox. It leaves after `notBefore`, in the order of its thread, once. */
export async function enqueueDelivery(tx: Tx, made: EnqueueDelivery): Promise<{ deliveryId: string }> {
  const channel = await findChannel(tx, made.channelId);
  if (!channel) throw notFound("channel");
  if (channel.state === "archive")
    throw new AppError("preflight-refused", `${channel.name} is imported history: nothing can be sent there.`);
  const fault = permitFault(made.permit, made.intent);
  if (fault) throw new AppError("preflight-refused", fault);
  const text = storable(made.text);
  const texts = partsOf(
    text,
    made.permit.audience,
    capabilitiesOf(channel.network, channel.overrides),
    made.permit.disclosure.text,
  );
  if (!texts) throw new AppError("preflight-refused", "The text is too long for this network. Shorten it.");
  const id = uuidv7(tx.now);
  await insertDelivery(
    tx,
    { ...made, traceId: made.traceId ?? null, text, id, files: made.files?.list.length ?? 0 },
    texts.map((part, index) => ({ index, clientId: `${id}.${index + 1}`, text: part })),
  );
  if (made.files && made.files.list.length > 0) await attachToDelivery(tx, id, made.files.by, made.files.list);
  tx.afterCommit(wakeOutbox);
  return { deliveryId: id };
}

async function locked(tx: Tx, id: string) {
  const row = (await findDeliveries(tx, [id], true))[0];
  if (!row) throw notFound("reply");
  return { ...row, parts: (await findParts(tx, [id])).get(id)! };
}

/** Takes a delivery back; true when nothing of it has left. */
export async function withdrawDelivery(tx: Tx, id: string): Promise<boolean> {
  const row = await locked(tx, id);
  const untouched = row.parts.every((p) => p.state === "pending");
  if ((row.state !== "pending" && row.state !== "held") || !untouched) return row.state === "cancelled";
  await saveDeliveries(tx, [{ ...row, state: "cancelled", nextAt: NEVER, claim: null }]);
  if (row.files > 0) await detachFiles(tx, id, row.conversationId);
  // What waited behind it in its thread may go now.
  tx.afterCommit(wakeOutbox);
  return true;
}

/** A person looked at the network and says what became of an unknown delivery. */
export async function settleDelivery(tx: Tx, id: string, how: Settlement): Promise<void> {
  const row = await locked(tx, id);
  if (row.state !== "unknown")
    throw notNow(`This reply is ${row.state}: there is nothing to settle.`, { present: { state: row.state } });
  const channel = await findChannel(tx, row.channelId);
  if (!channel) throw notFound("channel");
  const next = settled(row, how, tx.now);
  await saveDeliveries(tx, [{ ...row, ...next, claim: null }]);
  if (how === "it-was-not-sent-send-again") await giveTime(tx, row);
  const sent = next.parts.filter((p, i) => p.state === "sent" && row.parts[i]!.state !== "sent");
  await storeSentParts(
    tx,
    channel,
    row,
    sent.map((part) => ({ part })),
  );
  announceProgress(tx, row, next);
  tx.afterCommit(wakeOutbox);
}

/** Tries a failed delivery again, from its first part that is not on the network. */
export async function retryDelivery(tx: Tx, id: string): Promise<void> {
  const row = await locked(tx, id);
  if (row.state !== "failed")
    throw notNow(`This reply is ${row.state}: only a failed one is tried again.`, { present: { state: row.state } });
  await saveDeliveries(tx, [{ ...row, ...retried(row, tx.now), claim: null }]);
  await giveTime(tx, row);
  tx.afterCommit(wakeOutbox);
}

/** Who sends it again has looked at it again: it may wait once more as long as at first. Windows of the network are checked as ever. */
async function giveTime(tx: Tx, row: DeliveryRow): Promise<void> {
  if (row.notAfter !== null) await prolong(tx, row.id, tx.now + Math.max(row.notAfter - row.notBefore, 0));
}

export interface Delivery {
  id: string;
  channelId: string;
  conversationId: string | null;
  agentId: string | null;
  intent: SendIntent;
  text: string;
  state: DeliveryState;
  parts: {
    index: number;
    state: PartState;
    text: string;
    externalId: string | null;
    permalink: string | null;
    receipt: ReceiptStatus | null;
    sentAt: Instant | null;
  }[];
  error: DeliveryError | null;
  /** Said by a program of itself: it answers nobody. */
  automatic: boolean;
  /** Of the first part. */
  permalink: string | null;
  notBefore: Instant;
  createdAt: Instant;
  version: number;
}

export async function deliveriesById(tx: Tx, ids: readonly string[]): Promise<Map<string, Delivery>> {
  const rows = await findDeliveries(tx, [...new Set(ids)]);
  const parts = await findParts(
    tx,
    rows.map((r) => r.id),
  );
  return new Map(rows.map((row) => [row.id, present(row, parts.get(row.id)!)]));
}

function present(row: DeliveryRow, parts: Delivery["parts"]): Delivery {
  const { id, channelId, conversationId, agentId, intent, text, state, error, notBefore, createdAt, version } = row;
  const shown = parts.map(({ index, state, text, externalId, permalink, receipt, sentAt }) => ({
    index,
    state,
    text,
    externalId,
    permalink,
    receipt,
    sentAt,
  }));
  return {
    id,
    channelId,
    conversationId,
    agentId,
    intent,
    text,
    state,
    parts: shown,
    error,
    automatic: row.permit?.automatic === true,
    permalink: shown[0]?.permalink ?? null,
    notBefore,
    createdAt,
    version,
  };
}

/** What is sent, or was, belongs to another conversation now: an agent put together or apart what it answers. */
export async function moveDeliveries(
  tx: Tx,
  moved: readonly { deliveryId: string; conversationId: string }[],
): Promise<void> {
  await setConversations(tx, moved);
}
