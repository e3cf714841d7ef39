import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeAccount, openTestDatabase } from "../../tests/support/database.ts";
import { type FreshDatabases, freshDatabases } from "../../tests/support/fresh-database.ts";
import { numberEvents } from "../../tests/support/journal.ts";
import { MINUTE } from "./clock.ts";
import { type Database, openDatabase, sql } from "./db.ts";
import { type AccountId, uuidOf } from "./ids.ts";
import { eventType } from "./journal/event.ts";
import { type Reader, reaction, readOnce, retryParked } from "./journal/reader.ts";
import { startSequencer } from "./journal/sequencer.ts";
import { silentLog } from "./log.ts";
import { migrate } from "./migrate.ts";

const Noted = eventType<{ n: number }>("TestRestoreNoted");
const { db, clock } = openTestDatabase();
let databases: FreshDatabases;
beforeAll(async () => {
  databases = await freshDatabases();
});
afterAll(async () => {
  await databases.close();
  await db.close();
});

const TABLES = ["account", "brand", "event", "journal_head", "reader_cursor", "reader_try", "parked_event"];

/** What a logical backup does: rows as they are, and the sequence set to where it was. */
async function restore(accountId: AccountId, from: string, to: string): Promise<void> {
  const [source, target] = [new Client({ connectionString: from }), new Client({ connectionString: to })];
  await Promise.all([source.connect(), target.connect()]);
  try {
    for (const table of TABLES) {
      const { rows } = await source.query<{ row: object }>(
        `select to_jsonb(t) as row from ${table} t where account_id = $1`,
        [accountId],
      );
      await target.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
        JSON.stringify(rows.map((r) => r.row)),
      ]);
    }
    const at = await source.query<{ v: string }>("select last_value as v from event_ord");
    await target.query("select setval('event_ord', $1)", [at.rows[0]!.v]);
    // The old cluster's sequencer was alive when the backup was made.
    await target.query("insert into lease values ('sequencer', 'the old machine', 41, $1)", [
      new Date(clock.now() + MINUTE),
    ]);
  } finally {
    await Promise.all([source.end(), target.end()]);
  }
}

async function note(to: Database, accountId: AccountId, n: number, key = uuidOf("key", String(n % 5))): Promise<void> {
  await to.withAccount(accountId, async (tx) =>
    tx.announce(Noted, { key, entity: "test", entityId: key, entityVersion: n + 1, payload: { n } }),
  );
}
async function numbered(of: Database, accountId: AccountId): Promise<{ position: number; n: number }[]> {
  return of.withAccount(
    accountId,
    async (tx) =>
      (
        await sql<{ position: number; n: number }>`
          select position, (payload->>'n')::int as n from event where account_id = ${accountId} and position is not null order by position`.execute(
          tx.tables(),
        )
      ).rows,
  );
}
async function readUp(from: Database, reader: Reader, accountId: AccountId): Promise<void> {
  const waits = new Map<string, number>();
  for (let i = 0; i < 12; i++) {
    await readOnce(from, reader, accountId, clock, silentLog, waits);
    clock.advance(20_000);
  }
}

it("a backup restored into a fresh cluster: numbering and reading go on where they stood, nothing twice, nothing left out", async () => {
  const { accountId } = await makeAccount(db);
  const seen: number[] = [];
  let broken = true;
  const reader: Reader = {
    name: "restored",
    reactions: [
      reaction(Noted, async (_tx, events) => {
        for (const e of events) {
          if (broken && e.payload.n === 7) throw new Error("cannot read 7");
        }
        seen.push(...events.map((e) => e.payload.n));
      }),
    ],
  };
  // 0–19 numbered and read (7, and what follows in its conversation, parked), 20–29 numbered and not read, 30–34 neither.
  for (let n = 0; n < 20; n++) await note(db, accountId, n);
  await numberEvents(db, accountId);
  await readUp(db, reader, accountId);
  for (let n = 20; n < 30; n++) await note(db, accountId, n);
  await numberEvents(db, accountId);
  for (let n = 30; n < 35; n++) await note(db, accountId, n);
  const before = [...seen].sort((a, b) => a - b);
  expect(before).toEqual([...Array(20).keys()].filter((n) => n % 5 !== 2 || n < 7));

  const address = await databases.make();
  await migrate(address.owner, clock.now());
  await restore(accountId, db.address.owner, address.owner);
  const restored = openDatabase(address, clock, { appConnections: 3, systemConnections: 2 });
  const sequencer = startSequencer(restored, clock, silentLog, "the new machine", () => {});
  try {
    // New life before the old rows are numbered: what was said before the backup stays before it.
    for (let n = 35; n < 40; n++) await note(restored, accountId, n);
    expect(await sequencer.drain()).toBe(0);
    clock.advance(MINUTE + 1);
    await sequencer.drain();
    expect(await numbered(restored, accountId)).toEqual([...Array(40).keys()].map((n) => ({ position: n + 1, n })));

    seen.length = 0;
    await readUp(restored, reader, accountId);
    expect([...seen].sort((a, b) => a - b)).toEqual([...Array(40).keys()].filter((n) => n >= 20 && n % 5 !== 2));
    for (const rest of [0, 1, 3, 4]) {
      const ofOne = seen.filter((n) => n % 5 === rest);
      expect(ofOne).toEqual(ofOne.toSorted((a, b) => a - b));
    }
    broken = false;
    seen.length = 0;
    expect(await retryParked(restored, reader, accountId, uuidOf("key", "2"))).toBe(7);
    expect(seen).toEqual([7, 12, 17, 22, 27, 32, 37]);
    await readUp(restored, reader, accountId);
    expect(seen).toHaveLength(7);
  } finally {
    await sequencer.close();
    await restored.close();
  }
});
