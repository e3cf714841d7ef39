import { sql } from "kysely";
import type { Clock, Instant } from "./clock.ts";
import { type Database, json, type Tx } from "./db.ts";
import { ElsewhereNow } from "./elsewhere.ts";
import type { AccountId } from "./ids.ts";
import type { Log } from "./log.ts";

const POLL_MS = 1_000;
const BATCH = 200;

/** A timer that came due. `ref` is the thing it belongs to; one timer per (kind, ref). */
export interface DueTimer<P = Record<string, unknown>> {
  kind: string;
  ref: string;
  dueAt: Instant;
  payload: P;
}
/** Runs inside the transaction that removes the timer: the effect and the removal commit together. */
export interface TimerHandler {
  (tx: Tx, timer: DueTimer): Promise<void>;
  /** Whether this process is the one that keeps this time for the account now. Without it, any is. */
  readonly isOurTurn?: (db: Database, accountId: AccountId, now: Instant) => Promise<boolean>;
}

/** Sets or moves the timer of a thing. */
export async function setTimer(
  tx: Tx,
  kind: string,
  ref: string,
  dueAt: Instant,
  payload: Record<string, unknown> = {},
): Promise<void> {
  await sql`insert into timer (account_id, kind, ref, due_at, payload) values (${tx.accountId}, ${kind}, ${ref}, ${new Date(dueAt)}, ${json(payload)}::jsonb)
    on conflict (account_id, kind, ref) do update set due_at = excluded.due_at, payload = excluded.payload, tries = 0, error = null`.execute(
    tx.tables(),
  );
}

/** Sets the timer of a thing where there is none; one that stands is left alone, and no lock on it is taken. */
export async function ensureTimer(tx: Tx, kind: string, ref: string, dueAt: Instant): Promise<void> {
  await sql`insert into timer (account_id, kind, ref, due_at, payload) values (${tx.accountId}, ${kind}, ${ref}, ${new Date(dueAt)}, '{}')
    on conflict do nothing`.execute(tx.tables());
}

/** Sets the timer of a thing, or brings forward the one that stands: whoever asks again and again puts it off no further. */
export async function hastenTimer(tx: Tx, kind: string, ref: string, dueAt: Instant): Promise<void> {
  await sql`insert into timer (account_id, kind, ref, due_at, payload) values (${tx.accountId}, ${kind}, ${ref}, ${new Date(dueAt)}, '{}')
    on conflict (account_id, kind, ref) do update set due_at = least(timer.due_at, excluded.due_at), payload = excluded.payload, tries = 0, error = null`.execute(
    tx.tables(),
  );
}

/** Sets or moves timers of many things in one statement; of two for one thing the last counts. */
export async function setTimers(
  tx: Tx,
  timers: readonly { kind: string; ref: string; dueAt: Instant }[],
): Promise<void> {
  if (timers.length === 0) return;
  const last = [...new Map(timers.map((t) => [`${t.kind}/${t.ref}`, t])).values()];
  await sql`insert into timer (account_id, kind, ref, due_at, payload)
    select ${tx.accountId}, t.kind, t.ref, t.due_at, '{}'
    from unnest(${last.map((t) => t.kind)}::text[], ${last.map((t) => t.ref)}::uuid[], ${last.map((t) => new Date(t.dueAt))}::timestamptz[]) as t(kind, ref, due_at)
    order by t.kind, t.ref
    on conflict (account_id, kind, ref) do update set due_at = excluded.due_at, payload = excluded.payload, tries = 0, error = null`.execute(
    tx.tables(),
  );
}

export async function clearTimer(tx: Tx, kind: string, ref: string): Promise<void> {
  await sql`delete from timer where account_id = ${tx.accountId} and kind = ${kind} and ref = ${ref}`.execute(
    tx.tables(),
  );
}

/** Takes away the timers of many things in one statement. */
export async function clearTimers(tx: Tx, kind: string, refs: readonly string[]): Promise<void> {
  if (refs.length === 0) return;
  await sql`delete from timer where account_id = ${tx.accountId} and kind = ${kind} and ref = any(${[...refs]}::uuid[])`.execute(
    tx.tables(),
  );
}

export interface RunningTimers {
  /** Fires all that is due by the handed clock; returns how many. */
  fireDue(): Promise<number>;
  close(): Promise<void>;
}

interface TimerRow {
  kind: string;
  ref: string;
  due_at: Instant;
  payload: Record<string, unknown>;
}

export function runTimers(
  db: Database,
  handlers: Readonly<Record<string, TimerHandler>>,
  clock: Clock,
  log: Log,
): RunningTimers {
  const kinds = Object.keys(handlers);
  let closed = false;
  let running: Promise<number> | null = null;

  /** Of which kinds it is this process's turn. */
  async function kindsOf(accountId: AccountId): Promise<string[]> {
    const asked = new Map<unknown, Promise<boolean>>();
    const ours: string[] = [];
    for (const [kind, { isOurTurn }] of Object.entries(handlers)) {
      if (isOurTurn && !asked.has(isOurTurn)) asked.set(isOurTurn, isOurTurn(db, accountId, clock.now()));
      if (!isOurTurn || (await asked.get(isOurTurn))) ours.push(kind);
    }
    return ours;
  }

  async function fireAccount(accountId: AccountId): Promise<number> {
    const ours = await kindsOf(accountId);
    if (ours.length === 0) return 0;
    return fire(accountId, ours).catch((error) => {
      // Nothing was done: whoever does it now finds them, or this process does when its turn has come.
      if (error instanceof ElsewhereNow) return 0;
      throw error;
    });
  }

  async function fire(accountId: AccountId, ours: readonly string[]): Promise<number> {
    return db.withAccount(accountId, async (tx) => {
      const q = tx.tables();
      const due = await sql<TimerRow>`
        select kind, ref, due_at, payload from timer
        where account_id = ${accountId} and due_at <= ${new Date(clock.now())} and kind = any(${[...ours]})
        order by due_at, kind, ref limit ${BATCH} for update skip locked`.execute(q);
      for (const row of due.rows) {
        await sql`savepoint timer`.execute(q);
        try {
          await sql`delete from timer where account_id = ${accountId} and kind = ${row.kind} and ref = ${row.ref}`.execute(
            q,
          );
          const said: (() => void)[] = [];
          // What a handler announces counts only if it comes to its end, as its writes do.
          const own: Tx = {
            ...tx,
            announce: (type, event) => said.push(() => tx.announce(type, event)),
            afterCommit: (run) => said.push(() => tx.afterCommit(run)),
          };
          await handlers[row.kind]!(own, { kind: row.kind, ref: row.ref, dueAt: row.due_at, payload: row.payload });
          await sql`release savepoint timer`.execute(q);
          for (const say of said) say();
        } catch (error) {
          if (error instanceof ElsewhereNow) throw error;
          await sql`rollback to savepoint timer`.execute(q);
          log.warn({ err: error, kind: row.kind }, "timer failed, tried again later");
          // Back off by a minute a try so that a broken timer neither spins nor is lost.
          await sql`update timer set tries = tries + 1, error = ${String((error as Error).message).slice(0, 500)}, due_at = ${new Date(clock.now())}::timestamptz + least(tries + 1, 60) * interval '1 minute'
            where account_id = ${accountId} and kind = ${row.kind} and ref = ${row.ref}`.execute(q);
        }
      }
      return due.rows.length;
    });
  }

  async function fireDue(): Promise<number> {
    if (running) await running;
    running = (async () => {
      let fired = 0;
      for (;;) {
        const accounts = await db.asSystem((trx) =>
          sql<{
            account_id: AccountId;
          }>`select distinct account_id from timer where due_at <= ${new Date(clock.now())} and kind = any(${kinds})`.execute(
            trx,
          ),
        );
        let round = 0;
        for (const { account_id } of accounts.rows) round += await fireAccount(account_id);
        fired += round;
        if (round === 0 || closed) return fired;
      }
    })().finally(() => {
      running = null;
    });
    return running;
  }

  const poll = setInterval(() => {
    if (!running && !closed)
      fireDue().catch((error) => {
        if (!closed) log.warn({ err: error }, "timers: will try again");
      });
  }, POLL_MS);
  return {
    fireDue,
    async close() {
      closed = true;
      clearInterval(poll);
      await running?.catch(() => {});
    },
  };
}
