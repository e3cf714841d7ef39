import { HOUR } from "#platform/clock";
import type { Tx } from "#platform/db";
import { threadUuid } from "../domain/input-key.ts";
import type { Message } from "../domain/message.ts";
import { type Earlier, redactBatch, senderKey } from "../domain/redact-batch.ts";
import { MessageDeleted, MessageEdited, MessageReceived } from "../events.ts";
import { announced } from "../inbound/store-events.ts";
import { type ChannelRow, findChannels } from "../store/channel-store.ts";
import { type ImportRun, type NextRow, rowsBehind, saveRun } from "../store/import-store.ts";
import { findMessages, updateMessages, wordsBefore } from "../store/message-store.ts";
import { TODO } from "./to-item.ts";

/** How far back a card number may have begun. */
const CARD_REACH = HOUR;

/** Announces the next messages of an import in the order in which they were said. Returns how many; 0 when all are told. */
export async function tellNext(tx: Tx, run: ImportRun, limit: number): Promise<number> {
  const rows = await rowsBehind(tx, run, limit);
  if (rows.length === 0) return 0;
  const channels = new Map((await findChannels(tx)).map((c) => [c.id, c]));
  await redactSpread(
    tx,
    rows.filter((r) => (r.todo & TODO.figures) !== 0),
  );
  for (const row of rows) announce(tx, channels.get(row.channelId)!, row);
  const last = rows.at(-1)!;
  Object.assign(run, { announced: run.announced + rows.length, announcedAt: last.at, announcedId: last.messageId });
  await saveRun(tx, run);
  return rows.length;
}

function announce(tx: Tx, channel: ChannelRow, row: NextRow): void {
  const about = {
    key: threadUuid(channel.id, row.threadKey),
    entity: "message",
    entityId: row.messageId,
    entityVersion: row.version,
  };
  tx.announce(MessageReceived, {
    ...about,
    payload: announced(channel, { ...row, id: row.messageId, backfilled: true }),
  });
  if (row.state === "tombstone")
    tx.announce(MessageDeleted, {
      ...about,
      payload: { messageId: row.messageId, channelId: channel.id, by: "network" },
    });
}

/** A card number that its sender spread over several messages of a thread: only here do they stand in their order. */
async function redactSpread(tx: Tx, figures: readonly NextRow[]): Promise<void> {
  const here = new Set(figures.map((r) => r.messageId));
  const changed = new Map<string, Message>();
  for (const [channelId, those] of Map.groupBy(figures, (r) => r.channelId)) {
    const senders = new Map<string, Parameters<typeof wordsBefore>[2][number] & { times: number }>();
    for (const r of those.toReversed())
      senders.set(keyOf(r), {
        ...{ key: keyOf(r), authorId: r.authorId, threadKey: r.threadKey },
        ...{ from: r.sentAt - CARD_REACH, before: r.sentAt },
        times: (senders.get(keyOf(r))?.times ?? 0) + 1,
      });
    const before = new Map<string, Earlier[]>();
    for (const row of await wordsBefore(tx, channelId, [...senders.values()]))
      if (!here.has(row.messageId))
        before.set(row.key, [...(before.get(row.key) ?? []), { messageId: row.messageId, text: row.text }]);
    // Each by itself was looked at when it was stored.
    const several = await inOrder(
      tx,
      those.filter((r) => before.has(keyOf(r)) || senders.get(keyOf(r))!.times > 1),
    );
    const done = redactBatch(
      several.map((m) => ({ item: itemOf(m), messageId: m.id })),
      before,
    );
    for (const [i, { item, redactions }] of done.items.entries()) {
      const m = several[i]!;
      if (item.text === m.text) continue;
      Object.assign(m, { text: item.text, entities: [...item.entities], redactions: m.redactions + redactions });
      changed.set(m.id, m);
    }
    for (const m of await findMessages(tx, [...done.earlier.keys()])) {
      const text = done.earlier.get(m.id)!;
      const less = { ...m, text, entities: [], redactions: m.redactions + 1, version: m.version + 1 };
      changed.set(m.id, less);
      // It was told before: its words are other ones now.
      tx.announce(MessageEdited, {
        ...{ key: threadUuid(channelId, m.threadKey), entity: "message", entityId: m.id, entityVersion: less.version },
        payload: { messageId: m.id, channelId, revision: m.revision },
      });
    }
  }
  await updateMessages(tx, [...changed.values()]);
}

async function inOrder(tx: Tx, rows: readonly NextRow[]): Promise<Message[]> {
  const found = await findMessages(
    tx,
    rows.map((r) => r.messageId),
  );
  return found.sort((a, b) => a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1));
}

function keyOf(m: Pick<NextRow, "authorId" | "threadKey">): string {
  return senderKey({ author: { id: m.authorId } as never, thread: { key: m.threadKey } });
}

function itemOf(m: Message) {
  return {
    externalId: m.externalId,
    revision: m.revision,
    kind: m.kind as never,
    visibility: m.visibility,
    thread: { key: m.threadKey },
    author: { ...m.author, id: m.authorId, handle: m.authorHandle, name: m.authorName },
    addressedTo: m.addressedTo,
    text: m.text,
    entities: m.entities,
    attachments: m.attachments,
    createdAt: m.sentAt,
    why: [],
  };
}
