import { Kysely, PostgresDialect, sql } from "kysely";
import type { Instant } from "./clock.ts";
import type { Connection } from "./copy/catalogue.ts";
import type { Tx } from "./db.ts";
import type { AccountId } from "./ids.ts";
import { type EventType, type NewEvent, writeEvents } from "./journal/event.ts";

/**
 * Verbs of modules inside a transaction that somebody has opened on a connection of the owner: what a restore loads and what has to
 * be true before anybody may start a server on it commit together. The owner sees every account; the verbs name theirs.
 */
export async function inAccount<T>(
  client: Connection,
  accountId: AccountId,
  now: Instant,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  const lent = { query: client.query.bind(client), release() {} };
  const pool = { connect: async () => lent, end: async () => {} };
  const tables = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool as never }) });
  const events: { type: EventType<unknown>; event: NewEvent<unknown> }[] = [];
  await sql`select set_config('app.account', ${accountId}, true)`.execute(tables);
  const tx: Tx = {
    accountId,
    home: {},
    now,
    tables: <U>() => tables as unknown as Kysely<U>,
    // Nobody waits for an answer here: one statement after the other.
    together(asks) {
      return asks(this);
    },
    announce: (type, event) => events.push({ type: type as EventType<unknown>, event }),
    // Nobody runs yet who could be woken.
    afterCommit: () => {},
  };
  const done = await run(tx);
  if (events.length > 0) await writeEvents(tables, accountId, now, undefined, events);
  await sql`select set_config('app.account', '', true)`.execute(tables);
  return done;
}
