import type { Tx } from "#platform/db";
import { stableUuidv7 } from "#platform/ids";
import { redactAtRest, redactCards } from "#shared/redact";
import { messageKey } from "../domain/input-key.ts";
import type { InboundEvent } from "../domain/item.ts";
import type { Message, Revision } from "../domain/message.ts";
import { mayHoldCard } from "../domain/redact-batch.ts";
import { messageTimes } from "../domain/times.ts";
import { storeAttachments } from "../files/store-attachments.ts";
import { buildMessage } from "../inbound/build-message.ts";
import { storeEvents } from "../inbound/store-events.ts";
import { type ChannelRow, lockChannel } from "../store/channel-store.ts";
import { claimImportKeys, type ImportRun, insertHistory, type WaitingRow } from "../store/import-store.ts";
import { findKeys } from "../store/key-store.ts";
import { findMessages, insertRevisions } from "../store/message-store.ts";
import type { ReadMessage } from "./import-row.ts";
import { placesOf } from "./places.ts";
import type { ThreadMemory } from "./thread-memory.ts";
import { entitiesOf, type HistoryItem, TODO, toItem } from "./to-item.ts";

/** One line that was understood, with what only the account knows of it. `line`: its number in the input, from 1. */
export interface HistoryLine {
  line: number;
  row: ReadMessage;
  brandId: string;
  agent: { id: string } | null;
}

export interface StoredHistory {
  /** New messages. */
  stored: number;
  /** Lines whose message was here already. */
  known: number;
  refused: { line: number; why: string }[];
}

interface Made extends HistoryLine {
  channel: ChannelRow;
  history: HistoryItem;
  key: string;
  messageId: string;
}

/**
 * Stores lines of history: new messages in four statements for a batch of any channels. They are told to nobody yet (`tellNext`
 * does that, in the order in which they were said), so that what becomes of them depends on the set of lines alone. What is here
 * already takes the way of any input that comes again: edits and deletions are merged, the same changes nothing.
 */
export async function storeHistory(
  tx: Tx,
  run: ImportRun,
  lines: readonly HistoryLine[],
  threads: ThreadMemory,
): Promise<StoredHistory> {
  const made = await prepare(tx, lines);
  for (const id of [...new Set(made.map((m) => m.channel.id))].sort()) await lockChannel(tx, id);
  const byKey = new Map<string, Made>();
  const again: Made[] = [];
  for (const m of made) {
    if (byKey.has(m.key)) again.push(m);
    else byKey.set(m.key, m);
  }
  const fresh = await claimImportKeys(
    tx,
    [...byKey.values()].map((m) => ({ key: m.key, channelId: m.channel.id, messageId: m.messageId })),
  );
  const news = [...byKey.values()].filter((m) => fresh.has(m.key));
  await insertNew(tx, run, news, threads);
  const rest = [...[...byKey.values()].filter((m) => !fresh.has(m.key)), ...again];
  const refused = rest.length === 0 ? [] : await mergeKnown(tx, rest);
  return { stored: news.length, known: rest.length - refused.length, refused };
}

async function prepare(tx: Tx, lines: readonly HistoryLine[]): Promise<Made[]> {
  const places = await placesOf(tx);
  const made: Made[] = [];
  for (const line of lines) {
    const channel = await places.of(line.brandId, line.row.channel);
    const history = toItem(line.row, channel, line.agent);
    const { externalId } = history.item;
    // Older history than the partitions reach is filed at their beginning; its own time stays.
    const { idAt } = messageTimes(line.row.at, Math.max(tx.now, line.row.at), true);
    made.push({
      ...line,
      channel,
      history,
      key: messageKey(channel.id, channel.externalId, externalId),
      messageId: stableUuidv7(idAt, tx.accountId, channel.id, externalId),
    });
  }
  return made;
}

async function insertNew(tx: Tx, run: ImportRun, made: readonly Made[], threads: ThreadMemory): Promise<void> {
  const messages: Message[] = [];
  const rows: WaitingRow[] = [];
  const revisions: Revision[] = [];
  for (const m of made) {
    const message = newMessage(m);
    const todo = threads.settle(message, m.history.todo);
    const former = withEdits(message, m.row);
    messages.push(message);
    revisions.push(...former);
    const figures = message.state === "live" && mayHoldCard(message.text) ? TODO.figures : 0;
    rows.push({
      at: message.sentAt,
      messageId: message.id,
      channelId: message.channelId,
      todo: todo | figures,
      answers: m.history.answers,
    });
  }
  await insertHistory(tx, run.id, messages, rows);
  await storeAttachments(tx, messages);
  await insertRevisions(tx, revisions);
}

function newMessage({ channel, history, row, messageId }: Made): Message {
  const input = {
    item: history.item,
    messageId,
    source: "import",
    receivedAt: row.receivedAt,
    rawId: null,
    redactions: 0,
  };
  return clean({ ...buildMessage(channel, input, null), ...(row.deletedAt !== null && GONE) });
}

const GONE = {
  state: "tombstone" as const,
  text: "",
  subject: "",
  language: null,
  entities: [],
  attachments: [],
  rating: null,
};

/** The last words stand, the former ones become revisions; of what was deleted nothing is kept. */
function withEdits(message: Message, row: ReadMessage): Revision[] {
  const last = row.edits.at(-1);
  if (!last) return [];
  if (message.state === "tombstone") {
    message.revision = String(last.at);
    return [];
  }
  const versions = [
    { revision: "", at: message.sentAt, text: message.text },
    ...row.edits.map((e) => ({ revision: String(e.at), at: e.at, text: redacted(e.text).text })),
  ];
  const now = versions.pop()!;
  Object.assign(message, {
    text: now.text,
    revision: now.revision,
    editedAt: now.at,
    entities: entitiesOf(now.text),
    redactions: message.redactions + redacted(last.text).found,
  });
  return versions.map((v) => ({ messageId: message.id, ...v }));
}

function redacted(text: string): { text: string; found: number } {
  if (!mayHoldCard(text)) return { text, found: 0 };
  const done = redactAtRest(text, []);
  return { text: done.text, found: done.found.length };
}

/** Card numbers go before anything is stored. Those spread over several messages go when the messages are told, in their order. */
function clean(message: Message): Message {
  const { text, found } = redacted(message.text);
  const subject = mayHoldCard(message.subject) ? redactCards([message.subject]).texts[0]! : message.subject;
  if (text === message.text && subject === message.subject) return message;
  return { ...message, text, subject, entities: entitiesOf(text), redactions: message.redactions + found };
}

/** Lines of messages that are here: what is new in them is merged; another message under the same id is refused. */
async function mergeKnown(tx: Tx, made: readonly Made[]): Promise<{ line: number; why: string }[]> {
  const keys = await findKeys(
    tx,
    made.map((m) => m.key),
  );
  const ids = [...new Set(made.flatMap((m) => keys.get(m.key)?.messageId ?? []))];
  const stored = new Map((await findMessages(tx, ids)).map((m) => [m.id, m]));
  const refused: { line: number; why: string }[] = [];
  const merge: Made[] = [];
  for (const m of made) {
    const here = stored.get(keys.get(m.key)?.messageId ?? "");
    // Erased or aged out: it does not come back.
    if (!here || here.state === "erased") continue;
    if (here.sentAt !== m.row.at || here.authorHandle !== m.history.item.author.handle)
      refused.push({
        line: m.line,
        why: `has an id that another message of ${m.row.channel} has: one of another time or author.`,
      });
    else if (!sameAs(here, m.row)) merge.push(m);
  }
  for (const [, those] of Map.groupBy(merge, (m) => m.channel.id))
    await storeEvents(
      tx,
      those[0]!.channel,
      those.flatMap((m) =>
        eventsOf(m).map((event) => ({ event, source: "import" as const, receivedAt: m.row.receivedAt, rawId: null })),
      ),
    );
  return refused;
}

function sameAs(here: Message, row: ReadMessage): boolean {
  if (here.state === "tombstone") return true;
  if (row.deletedAt !== null) return false;
  return row.edits.length === 0 || String(row.edits.at(-1)!.at) === here.revision;
}

function eventsOf({ history, row }: Made): InboundEvent[] {
  const { item } = history;
  const events: InboundEvent[] = row.edits.map((e) => ({
    type: "item.edited",
    item: { ...item, text: e.text, entities: entitiesOf(e.text), revision: String(e.at), editedAt: e.at },
  }));
  if (row.deletedAt !== null)
    events.push({ type: "item.deleted", externalId: item.externalId, at: row.deletedAt, by: "network" });
  return events;
}
