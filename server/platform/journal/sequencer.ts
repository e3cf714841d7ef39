import { sql } from "kysely";
import type { Instant } from "../clock.ts";
import type { Database } from "../db.ts";
import { dropLease, type Lease, takeLease } from "../lease.ts";
import type { Log } from "../log.ts";

/** How long a killed holder keeps the next one waiting. Safe when short: who holds it is decided by the row and its token. */
const LEASE_MS = 4_000;
const BATCH = 5_000;
/** The net under the wakers: a lost notice costs at most this. */
const POLL_MS = 1_000;

export interface Sequencer {
  /** Gives positions to all rows visible now; returns how many. For tests and shut-down. */
  drain(): Promise<number>;
  close(): Promise<void>;
}

/**
 * Gives every newly visible row of the journal a dense `position` per account. One holder of the lease does so at a time.
 * Order: by `ord`, taken at insertion after the row locks. A row whose transaction commits late is simply numbered late;
 * nobody waits for it, and because it held its locks until then, whoever had to wait for it has a greater `ord` and is visible later.
 */
export function startSequencer(
  db: Database,
  clock: { now(): Instant },
  log: Log,
  holder: string,
  onPositions: () => void,
): Sequencer {
  let lease: Lease | null = null;
  let closed = false;
  let again = false;
  let running: Promise<void> | null = null;

  async function batch(): Promise<number> {
    lease ??= await takeLease(db, "sequencer", holder, clock.now(), LEASE_MS);
    if (!lease) return 0;
    const { token } = lease;
    const numbered = await db.asSystem(async (trx) => {
      // Locks the lease row to the end of the transaction: a former holder that wakes up late finds another token and stops.
      // What it numbers is found row by row: rather than look up as many rows as a batch may have, the planner would read the whole journal.
      const mine =
        await sql`update lease set expires_at = ${new Date(clock.now() + LEASE_MS)} where name = 'sequencer' and token = ${token}
          returning set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)`.execute(
          trx,
        );
      if (mine.rows.length === 0) return -1;
      const done = await sql<{ n: number }>`
        with fresh as (
          select account_id, id, ord from event where position is null order by ord limit ${BATCH}
        ), heads as (
          insert into journal_head as h (account_id, position)
          select account_id, count(*) from fresh group by account_id
          on conflict (account_id) do update set position = h.position + excluded.position
          returning account_id, position
        ), numbered as (
          select f.account_id, f.id,
            h.position - count(*) over (partition by f.account_id) + row_number() over (partition by f.account_id order by f.ord) as position
          from fresh f join heads h using (account_id)
        ), written as (
          update event e set position = n.position from numbered n where e.account_id = n.account_id and e.id = n.id returning 1
        )
        select count(*)::int as n from written`.execute(trx);
      const n = done.rows[0]?.n ?? 0;
      if (n > 0) await sql`select pg_notify('hubbub_position', '')`.execute(trx);
      return n;
    });
    if (numbered < 0) {
      lease = null;
      return 0;
    }
    if (numbered > 0) onPositions();
    return numbered;
  }

  async function drain(): Promise<number> {
    let total = 0;
    for (;;) {
      const n = await batch();
      total += n;
      if (n < BATCH) return total;
    }
  }

  function wake(): void {
    again = true;
    if (running || closed) return;
    running = (async () => {
      while (again && !closed) {
        again = false;
        try {
          await drain();
        } catch (error) {
          if (!closed) log.warn({ err: error }, "sequencer: will try again");
        }
      }
    })().finally(() => {
      running = null;
      if (again && !closed) wake();
    });
  }

  const tell = noticeOfWrites(db);
  db.onJournalWrite(() => {
    wake();
    // Another process has the lease: without a word from us it would find this at its next poll.
    if (!lease) tell();
  });
  const listening = db.listen("hubbub_written", wake).catch((error) => {
    log.warn({ err: error }, "sequencer: no notices from other processes, polling only");
    return { close: async () => {} };
  });
  const poll = setInterval(wake, POLL_MS);
  wake();
  return {
    drain: async () => {
      while (running) await running;
      return drain();
    },
    async close() {
      closed = true;
      clearInterval(poll);
      await (await listening).close();
      await running;
      // The next one need not wait until it has run out.
      if (lease) await dropLease(db, lease).catch(() => {});
    },
  };
}

/** Wakes the sequencer of another process after commits of this one. Notices run into one another; a lost one costs a poll. */
export function noticeOfWrites(db: Database): () => void {
  let [running, again] = [false, false];
  async function run(): Promise<void> {
    running = true;
    while (again) {
      again = false;
      await db.asSystem((trx) => sql`select pg_notify('hubbub_written', '')`.execute(trx)).catch(() => {});
    }
    running = false;
  }
  return () => {
    again = true;
    if (!running) void run();
  };
}
