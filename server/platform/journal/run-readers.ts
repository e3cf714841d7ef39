import { sql } from "kysely";
import type { Clock, Instant } from "../clock.ts";
import type { Database } from "../db.ts";
import type { AccountId } from "../ids.ts";
import type { Log } from "../log.ts";
import { type News, newsOf, POSITIONS } from "./news.ts";
import { concerns, type Reader, type ReadStep, readStep, typesBetween } from "./reader.ts";

const POLL_MS = 1_000;
/** So far a cursor may lag behind events that are none of its reader's; after a restart they are read past once. */
const CURSOR_LAG = 2_000;

/** Runs of all readers and accounts at a time: half of the connections, so that requests find one too. */
const SIDE_BY_SIDE = 6;

export interface RunningReaders {
  /** This was numbered; without news, something may have been. */
  wake(news?: readonly News[]): void;
  /** Resolves when every reader has reached the head of every account. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Lets so many run at a time; the others wait in the order in which they came. */
function turnstile(places: number): <T>(run: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = [];
  let free = places;
  return async (run) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await run();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free++;
    }
  };
}

/** Runs readers in this process: woken by notices, with a poll of one second as the net. */
export function runReaders(db: Database, readers: readonly Reader[], clock: Clock, log: Log): RunningReaders {
  const waits = new Map<string, Instant>();
  /** Up to where each reader is known to have nothing to do. */
  const reached = new Map<string, number>();
  /** Where each reader's cursor was last moved to by us. */
  const cursorAt = new Map<string, number>();
  const looked = new Map<AccountId, number>();
  /** Up to where each reader is to read, and those that are at it. */
  const wanted = new Map<string, number>();
  const reading = new Map<string, Promise<void>>();
  /** Ends the wait of readers that gather first. */
  const hurry = new Set<() => void>();
  const turn = turnstile(SIDE_BY_SIDE);
  let closed = false;
  let again = false;
  let running: Promise<void> | null = null;

  async function heads(): Promise<{ account_id: AccountId; position: number }[]> {
    return (
      await db.asSystem((trx) =>
        sql<{ account_id: AccountId; position: number }>`select account_id, position from journal_head`.execute(trx),
      )
    ).rows;
  }

  /** Reads on until it has seen all that is numbered now, and then resolves with true; when more is numbered meanwhile, until it has seen that too. */
  async function readAll(reader: Reader, accountId: AccountId): Promise<boolean> {
    const id = `${reader.name}/${accountId}`;
    for (;;) {
      const head = wanted.get(id) ?? -1;
      if (closed || (reached.get(id) ?? -1) >= head) return true;
      let step: ReadStep = "more";
      while (!closed && step === "more") step = await turn(() => readStep(db, reader, accountId, clock, log, waits));
      if (step !== "at-head") return false;
      reached.set(id, Math.max(head, reached.get(id) ?? -1));
      cursorAt.set(id, head);
    }
  }

  /** Resolves when a reader for whom nobody waits has let its time pass, or somebody does wait. */
  async function gathered(reader: Reader): Promise<void> {
    if (!reader.gatherMs) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        hurry.delete(done);
        resolve();
      };
      const timer = setTimeout(done, reader.gatherMs);
      hurry.add(done);
    });
  }

  /** Each reader goes its own way: a slow one does not keep the others from what it has written itself. */
  function setOff(reader: Reader, accountId: AccountId, head: number): void {
    const id = `${reader.name}/${accountId}`;
    wanted.set(id, Math.max(head, wanted.get(id) ?? -1));
    if (reading.has(id)) return;
    const way = gathered(reader)
      .then(() => readAll(reader, accountId))
      .catch((error) => {
        if (!closed) log.warn({ err: error, reader: reader.name }, "reader: will try again");
        return false;
      })
      .then((seen) => {
        reading.delete(id);
        // Told of more after its last look: nobody tells it again.
        const more = wanted.get(id) ?? -1;
        if (seen && !closed && (reached.get(id) ?? -1) < more) setOff(reader, accountId, more);
      });
    reading.set(id, way);
  }

  /** A reader that has read everything so far and reacts to nothing new is at the head without a transaction; its cursor follows later. */
  function nothingFor(
    reader: Reader,
    accountId: AccountId,
    head: number,
    before: number,
    types: ReadonlySet<string> | null,
  ): boolean {
    const id = `${reader.name}/${accountId}`;
    const upToDate = types !== null && (reached.get(id) ?? -1) >= before;
    if (!upToDate || concerns(reader, types) || head - (cursorAt.get(id) ?? 0) > CURSOR_LAG) return false;
    reached.set(id, Math.max(head, reached.get(id) ?? -1));
    return true;
  }

  async function atRest(): Promise<void> {
    while (running || reading.size > 0) {
      for (const now of hurry) now();
      await (running ?? Promise.all(reading.values()));
    }
  }

  function offer(accountId: AccountId, head: number, before: number, types: ReadonlySet<string> | null): void {
    looked.set(accountId, Math.max(head, looked.get(accountId) ?? 0));
    for (const reader of readers)
      if (!nothingFor(reader, accountId, head, before, types)) setOff(reader, accountId, head);
  }

  async function readAccount(accountId: AccountId, head: number): Promise<void> {
    const before = looked.get(accountId);
    const types = before === undefined || before >= head ? null : await typesBetween(db, accountId, before, head);
    offer(accountId, head, before ?? 0, types);
  }

  /** Takes up what was told, with no question to the database; false when something before it was missed. */
  function follows({ accountId, after, upTo, types }: News): boolean {
    const before = looked.get(accountId);
    if (before === undefined || before < after) return false;
    // Of our own sequencer we hear twice: at once, and by its notice.
    if (before < upTo) offer(accountId, upTo, before, new Set(types));
    return true;
  }

  async function pass(): Promise<void> {
    for (const { account_id, position } of await heads())
      if (readers.some((r) => (reached.get(`${r.name}/${account_id}`) ?? -1) < position))
        await readAccount(account_id, position);
  }

  function wake(news?: readonly News[]): void {
    if (closed || news?.map(follows).every(Boolean)) return;
    again = true;
    if (running) return;
    running = (async () => {
      while (again && !closed) {
        again = false;
        await pass().catch((error) => {
          if (!closed) log.warn({ err: error }, "readers: will try again");
        });
      }
    })().finally(() => {
      running = null;
      if (again && !closed) wake();
    });
  }

  const listening = db
    .listen(POSITIONS, (payload) => wake(newsOf(payload)))
    .catch((error) => {
      log.warn({ err: error }, "readers: no notices, polling only");
      return { close: async () => {} };
    });
  const poll = setInterval(() => wake(), POLL_MS);
  wake();
  return {
    wake,
    async settled() {
      for (;;) {
        wake();
        await atRest();
        const behind = (await heads()).some((h) =>
          readers.some((r) => (reached.get(`${r.name}/${h.account_id}`) ?? -1) < h.position),
        );
        if (!behind || closed) return;
        // A shard that waits for its next try is only reached after that time.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async close() {
      closed = true;
      clearInterval(poll);
      await (await listening).close();
      await atRest();
    },
  };
}
