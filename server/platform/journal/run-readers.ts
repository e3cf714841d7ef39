import { sql } from "kysely";
import type { Clock, Instant } from "../clock.ts";
import type { Database } from "../db.ts";
import type { AccountId } from "../ids.ts";
import type { Log } from "../log.ts";
import { concerns, type Reader, type ReadStep, readStep, typesBetween } from "./reader.ts";

const POLL_MS = 1_000;
/** So far a cursor may lag behind events that are none of its reader's; after a restart they are read past once. */
const CURSOR_LAG = 2_000;

export interface RunningReaders {
  /** Something may have been numbered. */
  wake(): void;
  /** Resolves when every reader has reached the head of every account. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Runs readers in this process: woken by notices, with a poll of one second as the net. */
export function runReaders(db: Database, readers: readonly Reader[], clock: Clock, log: Log): RunningReaders {
  const waits = new Map<string, Instant>();
  /** Up to where each reader is known to have nothing to do. */
  const reached = new Map<string, number>();
  /** Where each reader's cursor was last moved to by us. */
  const cursorAt = new Map<string, number>();
  const looked = new Map<AccountId, number>();
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

  async function readAll(reader: Reader, accountId: AccountId, head: number): Promise<void> {
    const id = `${reader.name}/${accountId}`;
    if ((reached.get(id) ?? -1) >= head) return;
    let step: ReadStep = "more";
    while (!closed && step === "more") step = await readStep(db, reader, accountId, clock, log, waits);
    if (step !== "at-head") return;
    reached.set(id, head);
    cursorAt.set(id, head);
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
    reached.set(id, head);
    return true;
  }

  async function readAccount(accountId: AccountId, head: number): Promise<void> {
    const before = looked.get(accountId);
    const types = before === undefined || before >= head ? null : await typesBetween(db, accountId, before, head);
    looked.set(accountId, head);
    await Promise.all(
      readers
        .filter((reader) => !nothingFor(reader, accountId, head, before ?? 0, types))
        .map((reader) =>
          readAll(reader, accountId, head).catch((error) => {
            if (!closed) log.warn({ err: error, reader: reader.name }, "reader: will try again");
          }),
        ),
    );
  }

  async function pass(): Promise<void> {
    for (const { account_id, position } of await heads())
      if (readers.some((r) => (reached.get(`${r.name}/${account_id}`) ?? -1) < position))
        await readAccount(account_id, position);
  }

  function wake(): void {
    again = true;
    if (running || closed) return;
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

  const listening = db.listen("hubbub_position", wake).catch((error) => {
    log.warn({ err: error }, "readers: no notices, polling only");
    return { close: async () => {} };
  });
  const poll = setInterval(wake, POLL_MS);
  wake();
  return {
    wake,
    async settled() {
      for (;;) {
        wake();
        while (running) await running;
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
      await running;
    },
  };
}
