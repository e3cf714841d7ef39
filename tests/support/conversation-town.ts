import { episodesOf, type Placement, placementsOfMessages, reader } from "#modules/conversations";
import { ManualClock } from "#platform/clock";
import { type Database, sql } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { readOnce } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { makeAccount, openTestDatabase, TEST_START } from "./database.ts";
import { numberEvents } from "./journal.ts";
import { type Line, makeChannel, messageId, sayUnderstood, storeMessages } from "./messages.ts";

/** An account with a channel of its own. */
export interface Town {
  accountId: AccountId;
  brandId: string;
  channelId: string;
}

export const alice: Line = { ext: "a1", from: "alice", text: "@northwind my parcel A55102 has not come", at: 0 };

export interface Towns {
  db: Database;
  clock: ManualClock;
  found(): Promise<Town>;
  /** Stores messages and says that they are understood; the clock stands a second after the last one. */
  say(t: Town, lines: readonly Line[]): Promise<void>;
  /** Lets the reader read all that was said. */
  read(t: Town): Promise<void>;
  hear(t: Town, lines: readonly Line[]): Promise<void>;
  /** Payloads of one type of event, oldest first. */
  journal(t: Town, type: string): Promise<Record<string, unknown>[]>;
  /** Placements by the network's id of the message. */
  placesOf(t: Town, lines: readonly Line[]): Promise<Map<string, Placement>>;
  lastEpisode(
    t: Town,
    conversationId: string,
  ): Promise<Awaited<ReturnType<typeof episodesOf>> extends Map<string, (infer E)[]> ? E | undefined : never>;
}

export function openTowns(): Towns {
  const { db, clock } = openTestDatabase(new ManualClock(TEST_START));
  const towns: Towns = {
    db,
    clock,
    async found() {
      const { accountId, brandId } = await makeAccount(db);
      return { accountId, brandId, channelId: await db.withAccount(accountId, (tx) => makeChannel(tx, brandId)) };
    },
    async say(t, lines) {
      clock.set(Math.max(clock.now(), TEST_START + Math.max(...lines.map((l) => l.at)) + 1_000));
      await db.withAccount(t.accountId, async (tx) => {
        await storeMessages(tx, t.channelId, lines);
        await sayUnderstood(tx, t.channelId, t.brandId, lines);
      });
    },
    async read(t) {
      await numberEvents(db, t.accountId);
      while (await readOnce(db, reader, t.accountId, clock, silentLog)) {}
      const trouble = await db.withAccount(t.accountId, (tx) =>
        sql<{
          error: string;
        }>`select error from parked_event where account_id = ${t.accountId} union all select error from reader_try where account_id = ${t.accountId}`.execute(
          tx.tables(),
        ),
      );
      if (trouble.rows.length > 0) throw new Error(trouble.rows.map((r) => r.error).join("\n"));
    },
    async hear(t, lines) {
      await towns.say(t, lines);
      await towns.read(t);
    },
    journal: (t, type) =>
      db.withAccount(t.accountId, async (tx) => {
        const found = await sql<{
          payload: Record<string, unknown>;
        }>`select payload from event where account_id = ${t.accountId} and type = ${type} order by ord`.execute(
          tx.tables(),
        );
        return found.rows.map((r) => r.payload);
      }),
    async placesOf(t, lines) {
      const found = await db.withAccount(t.accountId, (tx) =>
        placementsOfMessages(
          tx,
          lines.map((l) => messageId(t.accountId, l)),
        ),
      );
      return new Map(
        lines.flatMap((l) =>
          found.has(messageId(t.accountId, l)) ? [[l.ext, found.get(messageId(t.accountId, l))!]] : [],
        ),
      );
    },
    lastEpisode: async (t, conversationId) =>
      (await db.withAccount(t.accountId, (tx) => episodesOf(tx, [conversationId]))).get(conversationId)?.at(-1),
  };
  return towns;
}
