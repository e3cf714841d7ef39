import type { Instant } from "#platform/clock";
import { json, sql, storable, type Tx, ts } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import type { Rung } from "../domain/ladder.ts";
import type { Node, Statement } from "../domain/resolve.ts";

/** A statement with what people are told of it. */
export interface FullStatement extends Statement {
  actId: string | null;
  confidence: number;
  code: string;
  text: string;
  authorKind: "network" | "agent" | "system";
  authorId: string | null;
  messageId: string | null;
  undoneAt: Instant | null;
}
export type NewStatement = Omit<FullStatement, "id" | "undoneAt"> & { key: string };

const COLUMNS = sql`s.id, s.kind, s.handle_a as a, s.handle_b as b, s.rung, s.ord, s.at, s.act_id as "actId", s.confidence, s.code, s.text,
  s.author_kind as "authorKind", s.author_id as "authorId", s.message_id as "messageId", s.undone_at as "undoneAt"`;

/** A pair in one order, whoever is named first. */
export function pairKey(a: string, b: string, rung: Rung): string {
  return `${[a, b].sort().join("/")}/${rung}`;
}

/** What was concluded once. Two who say it of each other say two things. */
export function statementKey(a: string, b: string, rung: Rung): string {
  return rung === "stated" ? `${a}>${b}/${rung}` : pairKey(a, b, rung);
}

/** Writes statements that were not made before; one that a person has undone is not made again. Returns the handles of the new ones. */
export async function insertStatements(tx: Tx, statements: readonly NewStatement[]): Promise<string[]> {
  if (statements.length === 0) return [];
  const rows = [...new Map(statements.map((s) => [s.key, s])).values()].map((s) => ({
    ...s,
    id: uuidv7(tx.now),
    text: storable(s.text).slice(0, 500),
    at: new Date(s.at).toISOString(),
  }));
  const done = await sql<{ a: string; b: string }>`
    insert into identity_statement (account_id, id, key, act_id, ord, kind, handle_a, handle_b, rung, confidence, code, text, author_kind, author_id, message_id, at, made_at)
    select ${tx.accountId}, r.id, r.key, r."actId", r.ord, r.kind, r.a, r.b, r.rung, r.confidence, r.code, r.text, r."authorKind", r."authorId", r."messageId", r.at, ${ts(tx.now)}
    from jsonb_to_recordset(${json(rows)}::jsonb) as r(id uuid, key text, "actId" uuid, ord bigint, kind text, a uuid, b uuid, rung text, confidence real, code text, text text,
      "authorKind" text, "authorId" uuid, "messageId" uuid, at timestamptz) order by r.key
    on conflict (account_id, key) do update set undone_at = null where identity_statement.undone_at is not null and identity_statement.undone_by is null
    returning handle_a as a, handle_b as b`.execute(tx.tables());
  return done.rows.flatMap((r) => [r.a, r.b]);
}

/** The statements that hold, of which one side is among these handles. */
export async function statementsAbout(tx: Tx, handleIds: readonly string[], limit: number): Promise<FullStatement[]> {
  if (handleIds.length === 0) return [];
  const found = await sql<FullStatement>`
    select ${COLUMNS} from identity_statement s where s.account_id = ${tx.accountId} and s.undone_at is null
      and (s.handle_a = any(${[...handleIds]}::uuid[]) or s.handle_b = any(${[...handleIds]}::uuid[])) order by s.id limit ${limit}`.execute(
    tx.tables(),
  );
  return found.rows;
}

export async function statementsById(tx: Tx, by: "id" | "act_id", ids: readonly string[]): Promise<FullStatement[]> {
  if (ids.length === 0) return [];
  const found = await sql<FullStatement>`
    select ${COLUMNS} from identity_statement s where s.account_id = ${tx.accountId} and ${sql.ref(`s.${by}`)} = any(${[...ids]}::uuid[]) order by s.id`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Takes statements back; they stay as history. */
export async function undoStatements(tx: Tx, ids: readonly string[], by: string | null): Promise<void> {
  if (ids.length === 0) return;
  await sql`update identity_statement set undone_at = ${ts(tx.now)}, undone_by = ${by}
    where account_id = ${tx.accountId} and id = any(${[...ids]}::uuid[]) and undone_at is null`.execute(tx.tables());
}

/** Withdraws what was concluded of words that turn out to be ambiguous. Returns the handles concerned. */
export async function withdrawStatements(tx: Tx, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const done = await sql<{ a: string; b: string }>`update identity_statement set undone_at = ${ts(tx.now)}
    where account_id = ${tx.accountId} and key = any(${[...keys]}::text[]) and ord = 0 and author_kind = 'system' and undone_at is null
    returning handle_a as a, handle_b as b`.execute(tx.tables());
  return done.rows.flatMap((r) => [r.a, r.b]);
}

/** A handle with its present customer, locked until the transaction ends. */
export interface LockedHandle extends Node {
  customerId: string;
}

const NODE = sql`h.id, h.customer_id as "customerId", coalesce(h.home_customer_id, h.customer_id) as home, h.network || '/' || h.scope as network,
  h.network || '/' || h.scope || '/' || h.external_id as name, h.shared, h.recycled_at as "recycledAt"`;

/** The same without locks. */
export async function nodesOf(tx: Tx, ids: readonly string[]): Promise<LockedHandle[]> {
  if (ids.length === 0) return [];
  const found = await sql<LockedHandle>`
    select ${NODE} from handle h where h.account_id = ${tx.accountId} and h.id = any(${[...ids]}::uuid[]) and h.state = 'live'`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Locks these handles in the order in which a run of messages locks them, then reads them. */
export async function lockHandles(tx: Tx, ids: readonly string[]): Promise<LockedHandle[]> {
  if (ids.length === 0) return [];
  const found = await sql<LockedHandle>`
    select ${NODE} from handle h where h.account_id = ${tx.accountId} and h.id = any(${[...ids]}::uuid[]) and h.state = 'live'
    order by h.network collate "C", h.scope collate "C", h.external_id collate "C" for update`.execute(tx.tables());
  return found.rows;
}

/** The live handles of these customers, or that fall back to them. */
export async function handleIdsOf(tx: Tx, customerIds: readonly string[]): Promise<string[]> {
  if (customerIds.length === 0) return [];
  const found = await sql<{ id: string }>`
    select id from handle where account_id = ${tx.accountId} and customer_id = any(${[...customerIds]}::uuid[]) and state = 'live'`.execute(
    tx.tables(),
  );
  return found.rows.map((r) => r.id);
}

/** One handle changes its customer. `why`: the statement that holds it there; null where it is by itself. */
export interface Move {
  handleId: string;
  from: string;
  to: string;
  why: FullStatement | null;
}

/**
 * Writes where handles belong now, with the join that says why, and brings their customers in line: who is joined to whom, and when each
 * was first and last heard. The version of every customer concerned grows.
 */
export async function saveMoves(tx: Tx, moves: readonly Move[], joins: readonly Move[]): Promise<void> {
  const rows = (list: readonly Move[]) =>
    json(
      list.map((m) => ({
        ...{ handle: m.handleId, from: m.from, to: m.to, id: uuidv7(tx.now) },
        ...{
          confidence: m.why?.confidence ?? 1,
          author: m.why?.authorKind ?? "network",
          authorId: m.why?.authorId ?? null,
        },
        evidence: [
          m.why
            ? { code: m.why.code, text: m.why.text }
            : { code: "own-handle", text: "A handle is its own customer until something says otherwise." },
        ],
      })),
    );
  const SHAPE = sql`r(handle uuid, "from" uuid, "to" uuid, id uuid, confidence real, author text, "authorId" uuid, evidence jsonb)`;
  if (moves.length > 0)
    await sql`update handle h set customer_id = r."to", version = h.version + 1
      from jsonb_to_recordset(${rows(moves)}::jsonb) as ${SHAPE} where h.account_id = ${tx.accountId} and h.id = r.handle`.execute(
      tx.tables(),
    );
  await sql`
    with wanted as (select * from jsonb_to_recordset(${rows(joins)}::jsonb) as ${SHAPE}), ended as (
      update handle_join j set undone_at = ${ts(tx.now)} from wanted w
      where j.account_id = ${tx.accountId} and j.handle_id = w.handle and j.customer_id <> w."to" and j.undone_at is null
    ), kept as (
      update handle_join j set undone_at = null, evidence = w.evidence, confidence = w.confidence, author_kind = w.author, author_id = w."authorId" from wanted w
      where j.account_id = ${tx.accountId} and j.handle_id = w.handle and j.customer_id = w."to" returning j.handle_id
    )
    insert into handle_join (account_id, id, handle_id, customer_id, evidence, confidence, author_kind, author_id, at)
    select ${tx.accountId}, w.id, w.handle, w."to", w.evidence, w.confidence, w.author, w."authorId", ${ts(tx.now)}
    from wanted w where w.handle not in (select handle_id from kept)`.execute(tx.tables());
}

/** Locks customers in the order of their ids. */
export async function lockCustomers(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`select id from customer where account_id = ${tx.accountId} and id = any(${[...new Set(ids)]}::uuid[]) order by id for update`.execute(
    tx.tables(),
  );
}

/** Brings customers in line with the handles they have now: into whom each is joined, when it was first and last heard. */
export async function saveCustomers(tx: Tx, customers: readonly { id: string; into: string | null }[]): Promise<void> {
  await sql`
    update customer c set version = c.version + 1, merged_into = r."into",
      first_seen_at = coalesce(n.first_at, c.first_seen_at), last_seen_at = coalesce(n.last_at, c.last_seen_at)
    from jsonb_to_recordset(${json(customers)}::jsonb) as r(id uuid, "into" uuid) cross join lateral (
      select min(h.first_seen_at) as first_at, max(h.last_seen_at) as last_at from handle h where h.account_id = ${tx.accountId} and h.customer_id = r.id) n
    where c.account_id = ${tx.accountId} and c.id = r.id`.execute(tx.tables());
}

/** The present customers of all that an act, a statement or a suggestion names. */
export async function findCustomersOfJoin(tx: Tx, id: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    with named as (
      select unnest(array[handle_a, handle_b]) as handle from identity_statement where account_id = ${tx.accountId} and (id = ${id} or act_id = ${id})
      union select unnest(array[handle_a, handle_b]) from identity_suggestion where account_id = ${tx.accountId} and id = ${id}
      union select other_id from identity_act where account_id = ${tx.accountId} and id = ${id} and kind = 'mark'
    )
    select distinct h.customer_id as id from named n join handle h on h.account_id = ${tx.accountId} and h.id = n.handle and h.state = 'live'`.execute(
    tx.tables(),
  );
  return found.rows.map((r) => r.id);
}
