import { HOUR, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { stableUuidv7 } from "#platform/ids";
import { inputKey, messageKey, threadUuid } from "../domain/input-key.ts";
import { type InboundEvent, type Item, isItemEvent } from "../domain/item.ts";
import { type Held, holdNothing, holdStored, mergeDeletion, mergeItem } from "../domain/merge.ts";
import type { Message } from "../domain/message.ts";
import { type Earlier, type ItemToRedact, mayHoldCard, redactBatch, senderKey } from "../domain/redact-batch.ts";
import { messageTimes } from "../domain/times.ts";
import { MessageDeleted, MessageEdited, MessageReceived } from "../events.ts";
import { dropAttachments, storeAttachments } from "../files/store-attachments.ts";
import type { ChannelRow } from "../store/channel-store.ts";
import { claimKeys, findKeys, type NewKey, pushedAfterAll } from "../store/key-store.ts";
import {
  findMessages,
  insertMessages,
  insertRevisions,
  lastOfSenders,
  updateMessages,
  wipeRevisions,
} from "../store/message-store.ts";
import { type PendingChange, savePending, takePending } from "../store/pending-store.ts";
import { dropRaw } from "../store/raw-store.ts";
import { storeAddresses } from "./addresses.ts";
import { announceAuthors, withGoneAuthors } from "./authors.ts";
import { buildMessage } from "./build-message.ts";
import { adoptEchoes } from "./echoes.ts";
import type { Input } from "./input.ts";
import { storeReceipts } from "./receipts.ts";

interface ItemInput extends Input {
  item: Item;
  messageId: string;
  redactions: number;
}

/** How far back a card number may have begun. */
const CARD_REACH = HOUR;

/**
 * Stores what a network said about messages of one channel, in any order and however often, and announces it. The caller holds the
 * channel's lock. A batch of new messages is four statements (keys, pending, messages, journal), two more where digits or repeats occur, one where files came.
 * Returns, from each text that lost a card number, what was stored of it.
 */
export async function storeEvents(
  tx: Tx,
  channel: ChannelRow,
  given: readonly Input[],
): Promise<ReadonlyMap<string, string>> {
  if (given.length === 0) return new Map();
  const inputs = await withGoneAuthors(tx, channel, given);
  const items = inputs.flatMap((input) =>
    isItemEvent(input.event) ? [asItem(tx, channel, input, input.event.item)] : [],
  );
  const deletions = inputs.filter((i) => i.event.type === "item.deleted");

  const keys = allKeys(channel, inputs, items);
  const fresh = await claimKeys(tx, channel.id, keys);
  const { ids, isNew } = await resolveIds(tx, channel, items, deletions, keys, fresh);
  for (const item of items) item.messageId = ids.get(item.item.externalId)!;

  const held = await load(tx, channel, ids, isNew);
  const redacted = await redact(tx, channel, items);
  const echoes = await adoptEchoes(tx, channel, unexplained(items, isNew), held, isNew);
  for (const input of items) {
    const echo = echoes.get(input.item.externalId);
    if (echo) input.traceId = echo.traceId;
    merge(channel, held, input, echo?.deliveryId ?? input.deliveryId ?? null);
  }
  const pending: PendingChange[] = [];
  for (const { event } of deletions) if (event.type === "item.deleted") mergeGone(held, pending, event);

  const amended = await amendEarlier(tx, held, redacted.earlier);
  await save(tx, channel, held, isNew, pending);
  await dropRaw(tx, amended);
  await storeReceipts(tx, channel.id, inputs);
  await storeAddresses(tx, channel, inputs);
  announceAll(tx, channel, held, isNew, tracesOf(inputs));
  announceAuthors(tx, channel, inputs, fresh);
  return redacted.replaced;
}

/** Ours, new, and not the answer to a call of ours. */
function unexplained(items: readonly ItemInput[], isNew: ReadonlySet<string>): ItemInput[] {
  return items.filter((i) => isNew.has(i.item.externalId) && i.item.author.isSelf && !i.deliveryId);
}

function asItem(tx: Tx, channel: ChannelRow, input: Input, item: Item): ItemInput {
  const { idAt } = messageTimes(item.createdAt, input.receivedAt, input.source === "import");
  return { ...input, item, redactions: 0, messageId: stableUuidv7(idAt, tx.accountId, channel.id, item.externalId) };
}

/** A message has one key whatever was heard of it first; edits, deletions and receipts have keys of their own beside it. */
function allKeys(channel: ChannelRow, inputs: readonly Input[], items: readonly ItemInput[]): NewKey[] {
  const keys = new Map<string, NewKey>();
  const add = (key: string, messageId: string | null, { source, receivedAt }: Input) => {
    const known = keys.get(key);
    if (!known) keys.set(key, { key, messageId, source, receivedAt });
    // Pushed and polled in one batch: it was not missed.
    else if (known.source === "reconcile") known.source = source;
  };
  for (const item of items) add(messageKey(channel.id, channel.externalId, item.item.externalId), item.messageId, item);
  for (const input of inputs)
    if (input.event.type !== "item.created") add(inputKey(channel.id, channel.externalId, input.event), null, input);
  return [...keys.values()];
}

/** Which message each external id is; `isNew` are those nobody had heard of. */
async function resolveIds(
  tx: Tx,
  channel: ChannelRow,
  items: readonly ItemInput[],
  deletions: readonly Input[],
  keys: readonly NewKey[],
  fresh: ReadonlySet<string>,
) {
  const ids = new Map<string, string>();
  const isNew = new Set<string>();
  const wanted = new Map<string, string>();
  for (const { item, messageId } of items) {
    const key = messageKey(channel.id, channel.externalId, item.externalId);
    if (!fresh.has(key)) wanted.set(key, item.externalId);
    else if (!isNew.has(item.externalId)) {
      isNew.add(item.externalId);
      ids.set(item.externalId, messageId);
    }
  }
  for (const { event } of deletions)
    if (event.type === "item.deleted" && !isNew.has(event.externalId))
      wanted.set(messageKey(channel.id, channel.externalId, event.externalId), event.externalId);
  const again = keys.filter((k) => !fresh.has(k.key));
  const known = await findKeys(tx, [...new Set([...wanted.keys(), ...again.map((k) => k.key)])]);
  for (const [key, externalId] of wanted) {
    const messageId = known.get(key)?.messageId;
    if (messageId) ids.set(externalId, messageId);
  }
  await pushedAfterAll(
    tx,
    again
      .filter((k) => (k.source === "webhook" || k.source === "stream") && known.get(k.key)?.source === "reconcile")
      .map((k) => k.key),
  );
  return { ids, isNew };
}

async function load(
  tx: Tx,
  channel: ChannelRow,
  ids: ReadonlyMap<string, string>,
  isNew: ReadonlySet<string>,
): Promise<Map<string, Held>> {
  const held = new Map<string, Held>();
  const known = [...ids].filter(([externalId]) => !isNew.has(externalId));
  const stored = new Map(
    (
      await findMessages(
        tx,
        known.map(([, id]) => id),
      )
    ).map((m) => [m.id, m]),
  );
  for (const [externalId, id] of known) {
    const message = stored.get(id);
    if (message) held.set(externalId, holdStored(message));
  }
  for (const externalId of isNew) held.set(externalId, holdNothing());
  for (const change of await takePending(tx, channel.id, [...isNew], "deleted")) {
    const by = String(change.payload.by ?? "network");
    Object.assign(held.get(change.externalId)!, { deleted: { at: change.at, by } });
  }
  return held;
}

async function redact(tx: Tx, channel: ChannelRow, items: ItemInput[]) {
  const senders = new Map<string, { key: string; authorId: string; threadKey: string }>();
  for (const { item } of items)
    if (mayHoldCard(item.text))
      senders.set(senderKey(item), { key: senderKey(item), authorId: item.author.id, threadKey: item.thread.key });
  const since = Math.min(...items.map((i) => Math.min(i.item.createdAt, i.receivedAt))) - CARD_REACH;
  const before = new Map<string, Earlier[]>();
  if (senders.size > 0)
    for (const row of await lastOfSenders(tx, channel.id, [...senders.values()], Number.isFinite(since) ? since : 0))
      before.set(row.key, [...(before.get(row.key) ?? []), { messageId: row.messageId, text: row.text }]);
  const done = redactBatch(items as readonly ItemToRedact[], before);
  for (const [i, { item, redactions }] of done.items.entries()) Object.assign(items[i]!, { item, redactions });
  return done;
}

function merge(channel: ChannelRow, held: Map<string, Held>, input: ItemInput, deliveryId: string | null): void {
  const state = held.get(input.item.externalId);
  // The key is known and its message is not: it was erased or has aged out, and does not come back.
  if (!state) return;
  mergeItem(state, input.item, input.redactions, () => buildMessage(channel, input, deliveryId));
  if (deliveryId && state.message && state.message.deliveryId === null) {
    state.message.deliveryId = deliveryId;
    state.changed = true;
  }
}

function mergeGone(
  held: Map<string, Held>,
  pending: PendingChange[],
  event: Extract<InboundEvent, { type: "item.deleted" }>,
): void {
  const state = held.get(event.externalId);
  if (state) mergeDeletion(state, event.at, event.by);
  else
    pending.push({
      externalId: event.externalId,
      kind: "deleted",
      revision: "",
      at: event.at,
      payload: { by: event.by },
    });
}

/** Messages stored before that held the beginning of a number; returns the raw copies that still hold it. */
async function amendEarlier(tx: Tx, held: Map<string, Held>, earlier: ReadonlyMap<string, string>): Promise<string[]> {
  if (earlier.size === 0) return [];
  const raws: string[] = [];
  const here = new Map([...held.values()].flatMap((h) => (h.message ? [[h.message.id, h] as const] : [])));
  const elsewhere = await findMessages(
    tx,
    [...earlier.keys()].filter((id) => !here.has(id)),
  );
  for (const message of elsewhere) {
    const state = holdStored(message);
    held.set(message.externalId, state);
    here.set(message.id, state);
  }
  for (const [id, text] of earlier) {
    const state = here.get(id);
    if (!state?.message) continue;
    Object.assign(state.message, { text, entities: [], redactions: state.message.redactions + 1 });
    state.changed = state.edited = true;
    if (state.message.rawId) raws.push(state.message.rawId);
  }
  return raws;
}

async function save(
  tx: Tx,
  channel: ChannelRow,
  held: ReadonlyMap<string, Held>,
  isNew: ReadonlySet<string>,
  pending: readonly PendingChange[],
): Promise<void> {
  const made: Message[] = [];
  const changed: Message[] = [];
  const wiped: string[] = [];
  const refiled: Message[] = [];
  for (const [externalId, { message, changed: differs, files }] of held) {
    if (!message || !differs) continue;
    if (isNew.has(externalId)) made.push(message);
    else {
      message.version += 1;
      changed.push(message);
      if (message.state === "tombstone") wiped.push(message.id);
      if (files) refiled.push(message);
    }
  }
  await insertMessages(tx, channel.id, made);
  await updateMessages(tx, changed);
  await dropAttachments(
    tx,
    refiled.map((m) => m.id),
  );
  await storeAttachments(tx, [...made, ...refiled]);
  await insertRevisions(
    tx,
    [...held.values()].flatMap((h) => h.revisions),
  );
  await wipeRevisions(tx, wiped);
  await savePending(tx, channel.id, pending);
}

/** The last input that spoke of a message: an edit is another story than the post was. */
function tracesOf(inputs: readonly Input[]): ReadonlyMap<string, string | null | undefined> {
  return new Map(
    inputs.flatMap(({ event, traceId }) => {
      if (isItemEvent(event)) return [[event.item.externalId, traceId] as const];
      return "externalId" in event ? [[event.externalId, traceId] as const] : [];
    }),
  );
}

function announceAll(
  tx: Tx,
  channel: ChannelRow,
  held: ReadonlyMap<string, Held>,
  isNew: ReadonlySet<string>,
  traces: ReadonlyMap<string, string | null | undefined>,
): void {
  for (const [externalId, { message, deleted, edited, changed }] of held) {
    if (!message || !changed) continue;
    const about = {
      key: threadUuid(channel.id, message.threadKey),
      entity: "message",
      entityId: message.id,
      entityVersion: message.version,
      trace: (isNew.has(externalId) ? message.traceId : traces.get(externalId)) ?? message.traceId,
    };
    if (isNew.has(externalId)) {
      tx.announce(MessageReceived, { ...about, payload: announced(channel, message) });
    } else if (edited) {
      tx.announce(MessageEdited, {
        ...about,
        payload: { messageId: message.id, channelId: channel.id, revision: message.revision },
      });
    }
    if (deleted && message.state === "tombstone")
      tx.announce(MessageDeleted, {
        ...about,
        payload: { messageId: message.id, channelId: channel.id, by: deleted.by },
      });
  }
}

type Announced = Pick<
  Message,
  "id" | "network" | "kind" | "visibility" | "direction" | "threadKey" | "sentAt" | "backfilled"
>;
export function announced(channel: Pick<ChannelRow, "id" | "brandId">, message: Announced) {
  return {
    messageId: message.id,
    channelId: channel.id,
    brandId: channel.brandId,
    network: message.network,
    kind: message.kind,
    visibility: message.visibility,
    direction: message.direction,
    threadKey: message.threadKey,
    sentAt: iso(message.sentAt),
    backfilled: message.backfilled,
  };
}
