import { type Kysely, sql } from "kysely";
import type { Instant } from "../clock.ts";
import { type AccountId, uuidv7 } from "../ids.ts";
import { rowSet } from "../row-set.ts";

/** A kind of event: name in the past tense, version of the payload's shape, and how older shapes become this one. */
export interface EventType<P> {
  readonly name: string;
  readonly v: number;
  /** Turns a stored payload of version `from` into today's shape; only called for older versions. */
  readonly upcast?: (payload: unknown, from: number) => P;
  /** Carries the payload's type; never set. */
  readonly __payload?: P;
}

const registry = new Map<string, EventType<unknown>>();

/** Declares an event type; a name is declared once in the whole program. */
export function eventType<P>(name: string, v = 1, upcast?: (payload: unknown, from: number) => P): EventType<P> {
  if (registry.has(name)) throw new Error(`event type ${name} is declared twice`);
  const type: EventType<P> = upcast ? { name, v, upcast } : { name, v };
  registry.set(name, type as EventType<unknown>);
  return type;
}

/** All declared event types, for the golden files and the documentation. */
export function eventTypes(): readonly EventType<unknown>[] {
  return [...registry.values()];
}

/** What a module says happened. `key` groups what must be read in order: the conversation where there is one. */
export interface NewEvent<P> {
  key: string;
  entity: string;
  entityId: string;
  /** The entity's version after the change; for things without versions 1. */
  entityVersion: number;
  payload: P;
  /** When it happened in the world; the transaction's time unless given. */
  at?: Instant;
  /** The input it comes from; the transaction's trace unless given. */
  trace?: string | null | undefined;
}

/** An event as a reader sees it. */
export interface JournalEvent<P = unknown> {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly shard: number;
  readonly entity: string;
  readonly entityId: string;
  readonly entityVersion: number;
  readonly payload: P;
  readonly traceId: string | null;
  readonly at: Instant;
}

/** 0 to 15: the last hex digit of a key, which is random in every kind of id we make. */
export function shardOf(key: string): number {
  return Number.parseInt(key.at(-1) ?? "0", 16) & 15;
}

export async function writeEvents(
  trx: Kysely<unknown>,
  accountId: AccountId,
  now: Instant,
  traceId: string | undefined,
  events: readonly { type: EventType<unknown>; event: NewEvent<unknown> }[],
): Promise<void> {
  const rows = events.map(({ type, event }) => ({
    id: uuidv7(now),
    type: type.name,
    v: type.v,
    key: event.key,
    shard: shardOf(event.key),
    entity: event.entity,
    entity_id: event.entityId,
    entity_version: event.entityVersion,
    payload: event.payload,
    occurred_at: new Date(event.at ?? now).toISOString(),
    trace_id: event.trace ?? traceId ?? null,
  }));
  // `order by n` keeps the order of announcement in `ord`.
  await sql`
    insert into event (account_id, id, type, v, key, shard, entity, entity_id, entity_version, payload, trace_id, occurred_at)
    select ${accountId}, r.id, r.type, r.v, r.key, r.shard, r.entity, r.entity_id, r.entity_version, r.payload, r.trace_id, r.occurred_at
    from ${rowSet(COLUMNS, rows)} r order by r.n`.execute(trx);
}

const COLUMNS = {
  id: "uuid",
  type: "text",
  v: "smallint",
  key: "uuid",
  shard: "smallint",
  entity: "text",
  entity_id: "uuid",
  entity_version: "integer",
  payload: "jsonb",
  occurred_at: "timestamptz",
  trace_id: "text",
} as const;

export interface EventRow {
  position: number;
  id: string;
  type: string;
  v: number;
  key: string;
  shard: number;
  entity: string;
  entity_id: string;
  entity_version: number;
  payload: unknown;
  trace_id: string | null;
  occurred_at: Instant;
}

/** A stored row in today's shape. Unknown types are handed on as they are: an older program may read a newer journal. */
export function readEvent(row: EventRow): JournalEvent {
  const type = registry.get(row.type);
  const payload = type && row.v < type.v && type.upcast ? type.upcast(row.payload, row.v) : row.payload;
  return {
    position: row.position,
    id: row.id,
    type: row.type,
    key: row.key,
    shard: row.shard,
    entity: row.entity,
    entityId: row.entity_id,
    entityVersion: row.entity_version,
    payload,
    traceId: row.trace_id,
    at: row.occurred_at,
  };
}
