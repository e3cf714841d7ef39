import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import { Client, Pool, types } from "pg";
import type { Instant } from "./clock.ts";
import type { AccountId } from "./ids.ts";
import { type EventType, type NewEvent, writeEvents } from "./journal/event.ts";

import { lacksSpace } from "./unavailable.ts";

export { type RawBuilder, sql } from "kysely";
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
  /** The clock's time at which the transaction began: one instant for all it writes. */
  readonly now: Instant;
  /** Of the request in which it runs; what it announces carries it unless it comes from another input. */
  readonly traceId?: string | undefined;
  /** The query builder typed with a module's own tables. */
  tables<T>(): Kysely<T>;
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

export interface Database {
  readonly address: DatabaseAddress;
  /** One transaction as the application role for one account; deadlocks and serialisation failures are tried again. */
  withAccount<T>(
    accountId: AccountId,
    run: (tx: Tx) => Promise<T>,
    opts?: { traceId?: string | undefined },
  ): Promise<T>;
  /** The system role: only the cross-account statements that the migrations name. */
  asSystem<T>(run: (db: Transaction<unknown>) => Promise<T>): Promise<T>;
  /** A connection of its own for LISTEN. */
  listen(channel: string, onNotify: (payload: string) => void): Promise<{ close(): Promise<void> }>;
  /** Called after each commit that wrote to the journal. */
  onJournalWrite(wake: () => void): void;
  close(): Promise<void>;
}

types.setTypeParser(types.builtins.TIMESTAMPTZ, (text) =>
  Date.parse(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00")),
);
types.setTypeParser(types.builtins.INT8, (text) => Number(text));

const TRY_AGAIN = new Set(["40001", "40P01"]);

export function openDatabase(
  address: DatabaseAddress,
  clock: { now(): Instant },
  opts: { appConnections?: number; systemConnections?: number; onNoSpace?: () => void } = {},
): Database {
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
    made.on("connect", (client) => void client.on("error", () => {}));
    return made;
  };
  const appPool = pool(address.app, opts.appConnections ?? 12);
  const systemPool = pool(address.system, opts.systemConnections ?? 4);
  const app = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: appPool }) });
  const system = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: systemPool }) });
  const wakers: (() => void)[] = [];

  async function once<T>(accountId: AccountId, run: (tx: Tx) => Promise<T>, traceId: string | undefined): Promise<T> {
    const events: { type: EventType<unknown>; event: NewEvent<unknown> }[] = [];
    const after: (() => void)[] = [];
    const result = await app.transaction().execute(async (trx) => {
      await sql`select set_config('app.account', ${accountId}, true)`.execute(trx);
      const now = clock.now();
      const done = await run({
        accountId,
        now,
        traceId,
        tables: <U>() => trx as unknown as Kysely<U>,
        announce: (type, event) => events.push({ type: type as EventType<unknown>, event }),
        afterCommit: (fn) => after.push(fn),
      });
      if (events.length > 0) await writeEvents(trx, accountId, now, traceId, events);
      return done;
    });
    if (events.length > 0) for (const wake of wakers) wake();
    for (const fn of after) fn();
    return result;
  }

  return {
    address,
    async withAccount(accountId, run, o = {}) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(accountId, run, o.traceId);
        } catch (error) {
          if (lacksSpace(error)) opts.onNoSpace?.();
          if (attempt >= 4 || !TRY_AGAIN.has(String((error as { code?: string }).code))) throw error;
        }
      }
    },
    asSystem: (run) => system.transaction().execute(run),
    listen: (channel, onNotify) => listenForever(address.system, channel, onNotify),
    onJournalWrite: (wake) => wakers.push(wake),
    async close() {
      await Promise.all([app.destroy(), system.destroy()]);
    },
  };
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
