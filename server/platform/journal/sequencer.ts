import { sql } from "kysely";
import type { Instant } from "../clock.ts";
import type { Database } from "../db.ts";
import { dropLease, type Lease, takeLease } from "../lease.ts";
import type { Log } from "../log.ts";
import type { News } from "./news.ts";

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
 * `onPositions` hears what was numbered as soon as it is committed; other processes hear the same by notice.
 */
export function startSequencer(
  db: Database,
  clock: { now(): Instant },
  log: Log,
  holder: string,
  onPositions: (news: readonly News[]) => void,
): Sequencer {
  let lease: Lease | null = null;
  let taking: Promise<Lease | null> | null = null;
  let closed = false;
  let again = false;
  let running: Promise<void> | null = null;

  async function batch(): Promise<number> {
    // Two that take it at a time would each make the other's token a former one.
    if (!lease) {
      taking ??= takeLease(db, "sequencer", holder, clock.now(), LEASE_MS).finally(() => {
        taking = null;
      });
      lease = await taking;
    }
    if (!lease) return 0;
    const until = new Date(clock.now() + LEASE_MS);
    const { token } = lease;
    const [done] = await db.askSystem(
      sql<{ news: News[] | null }>`select number_events(${token}, ${until}, ${BATCH}::integer) as news`,
    );
    if (!done?.news) {
      if (lease?.token === token) lease = null;
      return 0;
    }
    const { news } = done;
    if (news.length > 0) onPositions(news);
    return news.reduce((n, { after, upTo }) => n + upTo - after, 0);
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
