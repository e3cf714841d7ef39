import { sql } from "kysely";
import type { Clock, Instant } from "../clock.ts";
import type { Database } from "../db.ts";
import type { AccountId } from "../ids.ts";
import type { Log } from "../log.ts";
import { type Reader, readOnce } from "./reader.ts";

const POLL_MS = 1_000;

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
  const reached = new Map<string, number>();
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
    while (!closed && (await readOnce(db, reader, accountId, clock, log, waits))) {}
    const stuck = [...waits].some(([key, until]) => key.startsWith(`${id}/`) && until > clock.now());
    if (!stuck) reached.set(id, head);
  }

  async function pass(): Promise<void> {
    for (const { account_id, position } of await heads()) {
      await Promise.all(
        readers.map((reader) =>
          readAll(reader, account_id, position).catch((error) => {
            if (!closed) log.warn({ err: error, reader: reader.name }, "reader: will try again");
          }),
        ),
      );
    }
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
