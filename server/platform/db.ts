import { AbortedTransactionError, Kysely, PostgresDialect, type RawBuilder, type Transaction } from "kysely";
import { Client, escapeLiteral, Pool, type PoolClient, types } from "pg";
import type { Instant, Millis } from "./clock.ts";
import type { AccountId } from "./ids.ts";
import { type EventType, type NewEvent, writeEvents } from "./journal/event.ts";
import { keptStatements, TABLE_CHANGED } from "./kept-statements.ts";
import { createKnownReads } from "./reads/known-reads.ts";
import { openRounds, TablesChanged } from "./reads/rounds.ts";
import { tablesOver } from "./reads/tables-over.ts";
import { instantOf } from "./timestamp-text.ts";
import { Turns } from "./turns.ts";
import { lacksSpace } from "./unavailable.ts";

export { type RawBuilder, sql } from "kysely";
export { rowSet } from "./row-set.ts";
export { json, storable } from "./storable.ts";

/** Kysely column: read as epoch milliseconds, written as `ts(instant)`. */
export type Ts = import("kysely").ColumnType<Instant, Date, Date>;
export type TsNull = import("kysely").ColumnType<Instant | null, Date | null | undefined, Date | null>;
/** Kysely column of jsonb: read as `T`, written as `json(value)`. */
export type Json<T> = import("kysely").ColumnType<T, string, string>;
/** A column that has a default in the table. */
export type { Generated } from "kysely";

export function ts(at: Instant): Date {
  return new Date(at);
}
export function tsOrNull(at: Instant | null | undefined): Date | null {
  return at == null ? null : new Date(at);
}
/** One transaction of one account. All rows it sees and writes are that account's (row-level security). */
export interface Tx {
  readonly accountId: AccountId;
  /** Whose transaction it is: what a process keeps in memory of a database hangs on it. */
  readonly home: object;
  /** The clock's time at which the transaction began: one instant for all it writes. */
  readonly now: Instant;
  /** Of the request in which it runs; what it announces carries it unless it comes from another input. */
  readonly traceId?: string | undefined;
  /** The query builder typed with a module's own tables. */
  tables<T>(): Kysely<T>;
  /**
   * Rounds of reads. Of what `run` asks for with the transaction it is given, reads that are asked before it waits for anything
   * else (`Promise.all` over the doors of modules) go to the database as one statement, and so again after their answers: as many
   * statements as one answer must wait for another. Rows, types, order and errors are those of the single statements; what writes
   * or locks is sent by itself, in its turn. A text that was never asked before runs by itself once, to learn its columns.
   */
  together<T>(run: (tx: Tx) => Promise<T>): Promise<T>;
  /** Says what happened. Rows go into the journal just before the commit, when all row locks are held (D4). */
  announce<P>(type: EventType<P>, event: NewEvent<P>): void;
  /** Runs after the commit only: wakers, never work that may not be lost. */
  afterCommit(run: () => void): void;
}

export interface DatabaseAddress {
  owner: string;
  app: string;
  system: string;
}

export interface InAccount {
  readonly traceId?: string | undefined;
  readonly inTurn?: string | undefined;
}

export interface Database {
  readonly address: DatabaseAddress;
  /** `home` of all its transactions. */
  readonly home: object;
  /**
   * One transaction as the application role for one account; deadlocks and serialisation failures are tried again. `inTurn`: what it will
   * wait for in the database anyway; those of one account and name begin one after the other here. Never within another transaction.
   */
  withAccount<T>(accountId: AccountId, run: (tx: Tx) => Promise<T>, opts?: InAccount): Promise<T>;
  /** The system role: only the cross-account statements that the migrations name. */
  asSystem<T>(run: (db: Transaction<unknown>) => Promise<T>): Promise<T>;
  /** One such statement, a transaction by itself: one round trip instead of three. */
  askSystem<T>(statement: RawBuilder<T>): Promise<T[]>;
  /** A connection of its own for LISTEN. */
  listen(channel: string, onNotify: (payload: string) => void): Promise<{ close(): Promise<void> }>;
  /** Called after each commit that wrote to the journal. */
  onJournalWrite(wake: () => void): void;
  close(): Promise<void>;
}

types.setTypeParser(types.builtins.TIMESTAMPTZ, instantOf);
types.setTypeParser(types.builtins.INT8, (text) => Number(text));

/** Before what met another transaction is tried again: so long for each try there was. */
const PAUSE_MS: Millis = 20;
/** Who has waited for a turn for so long goes to the database without one. */
const TURN_MS: Millis = 5_000;
/**
 * SQLSTATEs after which a transaction is begun again: it met another one. Two values of one unique key count among them, because whoever
 * looked before writing sees the other's row the second time and says so in its own words (PostgreSQL manual, "Serialization Failure
 * Handling", advises the same).
 */
const TRY_AGAIN = new Set(["40001", "40P01", "23505", "23P01", TABLE_CHANGED]);

export function openDatabase(
  address: DatabaseAddress,
  clock: { now(): Instant },
  opts: { appConnections?: number; systemConnections?: number; onNoSpace?: () => void } = {},
): Database {
  const kept = keptStatements();
  const pool = (connectionString: string, max: number) => {
    const made = new Pool({
      connectionString,
      max,
      idleTimeoutMillis: 30_000,
      application_name: "hubbub",
      connectionTimeoutMillis: 10_000,
    });
    // An idle connection that breaks (server restarted) is replaced by the pool; without a listener it would end the process.
    made.on("error", () => {});
    // The same while it is lent out: its query fails and is told so; unheard, the event would end the process.
    made.on("connect", (client) => {
      client.on("error", () => {});
      kept.keepOn(client);
    });
    return made;
  };
  const appPool = pool(address.app, opts.appConnections ?? 12);
  const systemPool = pool(address.system, opts.systemConnections ?? 4);
  const system = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: systemPool }) });
  const wakers: (() => void)[] = [];

  const reads = createKnownReads();
  const turns = new Turns(TURN_MS);
  const home = {};

  async function once<T>(accountId: AccountId, run: (tx: Tx) => Promise<T>, traceId: string | undefined): Promise<T> {
    const events: { type: EventType<unknown>; event: NewEvent<unknown> }[] = [];
    const after: (() => void)[] = [];
    const result = await inTransaction(appPool, accountId, async (client) => {
      const rounds = openRounds(client, reads);
      try {
        const now = clock.now();
        const alone = tablesOver(rounds.alone);
        const tx: Tx = {
          accountId,
          home,
          now,
          traceId,
          tables: <U>() => alone as unknown as Kysely<U>,
          // Of `this`, because whoever runs a part of a transaction hands out a copy with something of its own.
          together(asks) {
            const together = tablesOver(rounds.together);
            const tables = <U>() => together as unknown as Kysely<U>;
            return asks({ ...this, tables, together: inTheseRounds });
          },
          announce: (type, event) => events.push({ type: type as EventType<unknown>, event }),
          afterCommit: (fn) => after.push(fn),
        };
        const done = await run(tx);
        if (events.length > 0) await writeEvents(alone, accountId, now, traceId, events);
        return done;
      } finally {
        await rounds.end();
      }
    });
    if (events.length > 0) for (const wake of wakers) wake();
    for (const fn of after) fn();
    return result;
  }

  return {
    address,
    home,
    async withAccount(accountId, run, o = {}) {
      const over = o.inTurn === undefined ? undefined : await turns.take(`${o.inTurn} ${accountId}`);
      try {
        for (let attempt = 1; ; attempt++) {
          try {
            return await once(accountId, run, o.traceId);
          } catch (error) {
            if (lacksSpace(error)) opts.onNoSpace?.();
            const again = error instanceof TablesChanged || TRY_AGAIN.has(String((error as { code?: string }).code));
            if (attempt >= 4 || !again) throw error;
            // The one that waited for us goes first; at once we could take the row before it wakes, and meet it again.
            await new Promise((done) => setTimeout(done, PAUSE_MS * attempt));
          }
        }
      } finally {
        over?.();
      }
    },
    asSystem: (run) => system.transaction().execute(run),
    askSystem: async (statement) => (await statement.execute(system)).rows,
    listen: (channel, onNotify) => listenForever(address.system, channel, onNotify),
    onJournalWrite: (wake) => wakers.push(wake),
    async close() {
      await Promise.all([appPool.ending ? undefined : appPool.end(), system.destroy()]);
    },
  };
}

/** Within rounds of reads there are no others. */
function inTheseRounds<T>(this: Tx, asks: (tx: Tx) => Promise<T>): Promise<T> {
  return asks(this);
}

/** One transaction of an account on a connection of the pool: what `run` did is committed, or nothing of it. */
async function inTransaction<T>(pool: Pool, accountId: AccountId, run: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    // One message: a transaction that belongs to nobody never stands open.
    await client.query(`begin; set local app.account = ${escapeLiteral(accountId)}`);
    const result = await run(client);
    // After a failed statement that somebody caught the server answers a commit with a rollback.
    if ((await client.query("commit")).command === "ROLLBACK") throw new AbortedTransactionError();
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** LISTEN on a connection of its own that comes back after a restart of the server. Notices may be lost: a poll is the net. */
async function listenForever(
  url: string,
  channel: string,
  onNotify: (payload: string) => void,
): Promise<{ close(): Promise<void> }> {
  let closed = false;
  let client: Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  async function connect(): Promise<void> {
    const next = new Client({ connectionString: url, application_name: `hubbub listen ${channel}` });
    next.on("notification", (notice) => onNotify(notice.payload ?? ""));
    const lost = () => {
      if (closed || client !== next) return;
      client = undefined;
      retry = setTimeout(() => connect().catch(lost), 500);
    };
    next.on("error", lost);
    next.on("end", lost);
    client = next;
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
      onNotify("");
    } catch (error) {
      lost();
      throw error;
    }
  }
  await connect();
  return {
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end().catch(() => {});
    },
  };
}
