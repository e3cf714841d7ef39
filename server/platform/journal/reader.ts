import { sql } from "kysely";
import type { Clock, Instant, Millis } from "../clock.ts";
import type { Database, Tx } from "../db.ts";
import { ElsewhereNow } from "../elsewhere.ts";
import type { AccountId } from "../ids.ts";
import type { Log } from "../log.ts";
import { tracesOf } from "../trace.ts";
import { isUnavailable } from "../unavailable.ts";
import { type EventRow, type EventType, type JournalEvent, readEvent, shardOf } from "./event.ts";

const SHARDS = Array.from({ length: 16 }, (_, i) => i);
const BATCH = 500;
const TRIES = 5;
const RETRY_MS = [200, 1_000, 3_000, 10_000];

/** "When X happened, do Y": events of one type come in runs, oldest first. Safe to run twice: it may be run again after a crash or a fault. */
export interface Reaction<P = unknown> {
  readonly on: EventType<P>;
  handle(tx: Tx, events: readonly JournalEvent<P>[]): Promise<void>;
}

export function reaction<P>(
  on: EventType<P>,
  handle: (tx: Tx, events: readonly JournalEvent<P>[]) => Promise<void>,
): Reaction {
  return { on, handle } as Reaction;
}

/** A named place in the journal with what is done there. Its writes and its cursor commit together. */
export interface Reader {
  readonly name: string;
  readonly reactions: readonly Reaction[];
  /** Events of one transaction, 500 unless given: more where a run holds up nobody else. */
  readonly batch?: number;
  /** Nobody waits for what it does: it lets so much time pass between hearing of something and reading, and reads more at once. */
  readonly gatherMs?: Millis;
  /** Whether this process is the one that reads for the account now; asked before anything is locked. Without it, any is. */
  readonly isOurTurn?: (db: Database, accountId: AccountId, now: Instant) => Promise<boolean>;
}

interface Cursor {
  shard: number;
  position: number;
}

const COLUMNS = sql`e.position, e.id, e.type, e.v, e.key, e.shard, e.entity, e.entity_id, e.entity_version, e.payload, e.trace_id, e.occurred_at`;

/** Reads one account once as far as a batch goes; true when more may wait. */
export async function readOnce(
  db: Database,
  reader: Reader,
  accountId: AccountId,
  clock: Clock,
  log: Log,
  waits: Map<string, Instant> = new Map(),
): Promise<boolean> {
  return (await readStep(db, reader, accountId, clock, log, waits)) === "more";
}

/**
 * `more`: go on at once. `at-head`: this transaction saw all shards there. `waits`: a shard waits for its next try, or another process
 * has it in its hands and may die with it; look again, even if nothing new happens.
 */
export type ReadStep = "more" | "at-head" | "waits";

/** Reads one account once as far as a batch goes. */
export async function readStep(
  db: Database,
  reader: Reader,
  accountId: AccountId,
  clock: Clock,
  log: Log,
  waits: Map<string, Instant>,
): Promise<ReadStep> {
  const blocked = () => SHARDS.filter((s) => (waits.get(`${reader.name}/${accountId}/${s}`) ?? 0) > clock.now());
  if (reader.isOurTurn && !(await reader.isOurTurn(db, accountId, clock.now()))) return "waits";
  try {
    return await db.withAccount(accountId, (tx) => readBatch(tx, reader, blocked(), reader.batch ?? BATCH, null));
  } catch (error) {
    if (error instanceof ElsewhereNow) return "waits";
    log.debug({ err: error, reader: reader.name }, "batch failed, reading one by one");
    return readOneByOne(db, reader, accountId, clock, log, waits);
  }
}

async function lockCursors(tx: Tx, reader: string, blocked: readonly number[]): Promise<Cursor[]> {
  const db = tx.tables();
  const mine =
    await sql<Cursor>`select shard, position from reader_cursor where account_id = ${tx.accountId} and reader = ${reader} order by shard for update skip locked`.execute(
      db,
    );
  if (mine.rows.length > 0) return mine.rows.filter((c) => !blocked.includes(c.shard));
  await sql`insert into reader_cursor (account_id, reader, shard, position) select ${tx.accountId}, ${reader}, s, 0 from generate_series(0, 15) s on conflict do nothing`.execute(
    db,
  );
  const made =
    await sql<Cursor>`select shard, position from reader_cursor where account_id = ${tx.accountId} and reader = ${reader} order by shard for update skip locked`.execute(
      db,
    );
  return made.rows.filter((c) => !blocked.includes(c.shard));
}

/** What `read_journal` gives: the cursors that were free and are locked now, and what lies before them. */
interface Ahead {
  cursors: Cursor[];
  head: number;
  events: EventRow[];
  /** Keys among the events that have something parked. */
  parked: string[];
}

/** One transaction: lock cursors, read, react, move the cursors. `only` limits it to one event (after a batch failed). */
async function readBatch(
  tx: Tx,
  reader: Reader,
  blocked: readonly number[],
  limit: number,
  only: number | null,
): Promise<ReadStep> {
  const db = tx.tables();
  const types = reader.reactions.map((r) => r.on.name);
  const asked = await sql<{ ahead: Ahead }>`
    select read_journal(${tx.accountId}, ${reader.name}, ${types}::text[], ${[...blocked]}::smallint[], ${limit}::integer) as ahead`.execute(
    db,
  );
  const { cursors, head, events, parked } = asked.rows[0]!.ahead;
  if (cursors.length === 0) return "waits";
  const atHead = cursors.length === SHARDS.length ? "at-head" : "waits";
  if (Math.min(...cursors.map((c) => c.position)) >= head) return atHead;
  const at = new Map(cursors.map((c) => [c.shard, c.position]));
  const upTo = only ?? (events.length < limit ? head : (events.at(-1)?.position ?? head));
  const rows = events.filter((row) => row.position > (at.get(row.shard) ?? 0) && row.position <= upTo);
  const ready = parked.length === 0 ? rows : await holdBackParked(tx, reader.name, rows, new Set(parked));
  await react(tx, reader, ready.map(readEvent));
  const moved = only === null ? cursors : cursors.filter((c) => rows.some((r) => r.shard === c.shard));
  if (moved.length > 0)
    await sql`update reader_cursor set position = greatest(position, ${upTo}) where account_id = ${tx.accountId} and reader = ${reader.name} and shard = any(${moved.map((c) => c.shard)})`.execute(
      db,
    );
  return upTo < head ? "more" : atHead;
}

/** Events of a conversation that has a parked event wait behind it, in order. */
async function holdBackParked(
  tx: Tx,
  reader: string,
  rows: readonly EventRow[],
  held: ReadonlySet<string>,
): Promise<EventRow[]> {
  for (const row of rows)
    if (held.has(row.key)) await park(tx, reader, row, 0, "waits behind a parked event of the same conversation");
  return rows.filter((r) => !held.has(r.key));
}

async function park(
  tx: Tx,
  reader: string,
  row: Pick<EventRow, "position" | "key" | "shard">,
  tries: number,
  error: string,
): Promise<void> {
  await sql`insert into parked_event (account_id, reader, position, key, shard, tries, error, parked_at)
    values (${tx.accountId}, ${reader}, ${row.position}, ${row.key}, ${row.shard}, ${tries}, ${error.slice(0, 2_000)}, ${new Date(tx.now)}) on conflict do nothing`.execute(
    tx.tables(),
  );
}

/**
 * Runs of one type. What has the same key keeps its order; events of different keys may change places, as between shards they always
 * could, so that "placed, opened, placed, opened …" of a thousand conversations is two long runs and not two thousand short ones.
 */
export function runsOf(events: readonly JournalEvent[]): JournalEvent[][] {
  const runs: JournalEvent[][] = [];
  const lastOfType = new Map<string, number>();
  const lastOfKey = new Map<string, number>();
  for (const event of events) {
    let at = lastOfType.get(event.type) ?? -1;
    if (at < (lastOfKey.get(event.key) ?? 0)) {
      at = runs.push([]) - 1;
      lastOfType.set(event.type, at);
    }
    runs[at]!.push(event);
    lastOfKey.set(event.key, at);
  }
  return runs;
}

/** Hands runs of one type to its reactions. */
async function react(tx: Tx, reader: Reader, events: readonly JournalEvent[]): Promise<void> {
  for (const run of runsOf(events))
    for (const r of reader.reactions) if (r.on.name === run[0]!.type) await r.handle(following(tx, run), run);
}

/** What a reaction announces belongs to the trace of the event it reacts to. */
function following(tx: Tx, run: readonly JournalEvent[]): Tx {
  const traceOf = tracesOf(run);
  return {
    ...tx,
    announce: (type, event) =>
      tx.announce(type, event.trace === undefined ? { ...event, trace: traceOf(event) } : event),
  };
}

/** The careful way: each shard's next event alone; what fails is tried again later, and parked after five tries. */
async function readOneByOne(
  db: Database,
  reader: Reader,
  accountId: AccountId,
  clock: Clock,
  log: Log,
  waits: Map<string, Instant>,
): Promise<ReadStep> {
  const types = reader.reactions.map((r) => r.on.name);
  // A transaction of its own: the failed batch took the cursors it had made with it.
  await db.withAccount(accountId, (tx) => lockCursors(tx, reader.name, []));
  const next = await db.withAccount(
    accountId,
    async (tx) =>
      (
        await sql<EventRow>`
      select distinct on (e.shard) ${COLUMNS} from event e
      join reader_cursor c on c.account_id = e.account_id and c.reader = ${reader.name} and c.shard = e.shard
      where e.account_id = ${accountId} and e.position > c.position and e.type = any(${types})
      order by e.shard, e.position`.execute(tx.tables())
      ).rows,
  );
  let progressed = false;
  for (const row of next.sort((a, b) => a.position - b.position)) {
    const waitKey = `${reader.name}/${accountId}/${row.shard}`;
    if ((waits.get(waitKey) ?? 0) > clock.now()) continue;
    const others = SHARDS.filter((s) => s !== row.shard);
    try {
      await db.withAccount(accountId, (tx) => readBatch(tx, reader, others, 1, row.position));
      progressed = true;
    } catch (error) {
      // Nothing is wrong with the event: a night with a full disk parks nothing.
      if (isUnavailable(error)) throw error;
      if (error instanceof ElsewhereNow) return "waits";
      const tries = await noteFailure(db, reader.name, accountId, row, error as Error, others);
      if (tries >= TRIES) {
        progressed = true;
        waits.delete(waitKey);
        log.error(
          { err: error, reader: reader.name, position: row.position, type: row.type },
          "event parked with its conversation after five tries",
        );
      } else {
        waits.set(waitKey, clock.now() + RETRY_MS[Math.max(0, tries - 1)]!);
      }
    }
  }
  return progressed ? "more" : "waits";
}

/** Counts a failed try and parks the event at the fifth; returns how often it was tried, 0 when another process has the shard. */
async function noteFailure(
  db: Database,
  reader: string,
  accountId: AccountId,
  row: EventRow,
  error: Error,
  others: readonly number[],
): Promise<number> {
  return db.withAccount(accountId, async (tx) => {
    const q = tx.tables();
    const cursor = (await lockCursors(tx, reader, others))[0];
    if (!cursor || cursor.position >= row.position) return 0;
    const tried = await sql<{ tries: number }>`
      insert into reader_try as t (account_id, reader, position, tries, error) values (${accountId}, ${reader}, ${row.position}, 1, ${error.message.slice(0, 2_000)})
      on conflict (account_id, reader, position) do update set tries = t.tries + 1, error = excluded.error returning tries`.execute(
      q,
    );
    const tries = tried.rows[0]?.tries ?? 1;
    if (tries < TRIES) return tries;
    await park(tx, reader, row, tries, error.message);
    await sql`delete from reader_try where account_id = ${accountId} and reader = ${reader} and position = ${row.position}`.execute(
      q,
    );
    await sql`update reader_cursor set position = ${row.position} where account_id = ${accountId} and reader = ${reader} and shard = ${row.shard} and position < ${row.position}`.execute(
      q,
    );
    return tries;
  });
}

/** Reads parked events of a conversation again, in order; used by an operator after the cause is mended. Returns how many went through. */
export async function retryParked(db: Database, reader: Reader, accountId: AccountId, key: string): Promise<number> {
  return db.withAccount(accountId, async (tx) => {
    const q = tx.tables();
    // Nobody reads this shard meanwhile: what came after the select would be parked behind these, and overtaken or lost.
    await sql`select 1 from reader_cursor where account_id = ${accountId} and reader = ${reader.name} and shard = ${shardOf(key)} for update`.execute(
      q,
    );
    const rows = await sql<EventRow>`
      select ${COLUMNS} from parked_event p join event e on e.account_id = p.account_id and e.position = p.position
      where p.account_id = ${accountId} and p.reader = ${reader.name} and p.key = ${key} order by p.position for update of p`.execute(
      q,
    );
    await react(tx, reader, rows.rows.map(readEvent));
    await sql`delete from parked_event where account_id = ${accountId} and reader = ${reader.name} and key = ${key}`.execute(
      q,
    );
    return rows.rows.length;
  });
}

/** Which types of events lie between two positions: a reader that reacts to none of them need not be woken. */
export async function typesBetween(
  db: Database,
  accountId: AccountId,
  after: number,
  upTo: number,
): Promise<Set<string>> {
  const rows = await db.withAccount(accountId, (tx) =>
    sql<{
      type: string;
    }>`select distinct type from event where account_id = ${accountId} and position > ${after} and position <= ${upTo}`.execute(
      tx.tables(),
    ),
  );
  return new Set(rows.rows.map((r) => r.type));
}

/** True when the reader reacts to one of these types. */
export function concerns(reader: Reader, types: ReadonlySet<string>): boolean {
  return reader.reactions.some((r) => types.has(r.on.name));
}
