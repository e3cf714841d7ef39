import { MessageReceived } from "#events/channels";
import { MessagePlaced } from "#events/conversations";
import { type Message, messagesById } from "#modules/channels";
import { type Instant, MINUTE } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import { type EventRow, type JournalEvent, readEvent } from "#platform/journal/event";

export interface Station {
  at: Instant;
  /** The event's type; `said` and `arrived` are the message's own times. */
  what: string;
  /** It befell an answer of ours. */
  ours: boolean;
  payload: Readonly<Record<string, unknown>>;
}
export interface MessageStory {
  message: Message;
  conversationId: string | null;
  stations: Station[];
}

/** Events of one trace that are read at most: a busy webhook brings a hundred posts in one body. */
const MOST = 5_000;

/** All that the journal knows of one trace since an instant, in order. */
export async function eventsOfTrace(tx: Tx, trace: string, since: Instant): Promise<JournalEvent[]> {
  const found = await sql<EventRow>`
    select position, id, type, v, key, shard, entity, entity_id, entity_version, payload, trace_id, occurred_at from event
    where account_id = ${tx.accountId} and id >= uuid_floor(${ts(since)}) and trace_id = ${trace} order by ord limit ${MOST}`.execute(
    tx.tables(),
  );
  return found.rows.map(readEvent);
}

/** The customers' messages that came with a trace. */
export function messagesIn(events: readonly JournalEvent[]): string[] {
  return events
    .filter((e) => e.type === MessageReceived.name && (e.payload as { direction?: string }).direction === "in")
    .map((e) => e.entityId);
}

/** What became of one message, from when it was said to the answer on the network. Null where there is no such message. */
export async function storyOf(tx: Tx, messageId: string): Promise<MessageStory | null> {
  const message = (await messagesById(tx, [messageId]))[0];
  if (!message) return null;
  const events = message.traceId ? await eventsOfTrace(tx, message.traceId, message.receivedAt - MINUTE) : [];
  const placed = events.flatMap((e) =>
    e.type === MessagePlaced.name ? [e.payload as { messageId: string; conversationId: string | null }] : [],
  );
  const conversationId = placed.find((p) => p.messageId === messageId)?.conversationId ?? null;
  // Others may have come in the same body: of them only what befell the same conversation belongs here.
  const here = new Set(
    placed.filter((p) => p.conversationId !== null && p.conversationId === conversationId).map((p) => p.messageId),
  ).add(messageId);
  const about = (e: JournalEvent) => {
    const { messageId: of } = e.payload as { messageId?: unknown };
    return typeof of === "string" ? here.has(of) : e.key === conversationId;
  };
  const answers = new Set(
    events.filter((e) => (e.payload as { direction?: unknown }).direction === "out").map((e) => e.entityId),
  );
  const stations = events.filter(about).map((e): Station => {
    const payload = e.payload as Record<string, unknown>;
    return { at: e.at, what: e.type, ours: answers.has(String(payload.messageId)), payload };
  });
  const own: Station[] = [
    { at: message.sentAt, what: "said", ours: false, payload: {} },
    { at: message.receivedAt, what: "arrived", ours: false, payload: {} },
  ];
  return { message, conversationId, stations: [...own, ...stations].sort((a, b) => a.at - b.at) };
}
