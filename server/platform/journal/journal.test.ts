import { afterAll, describe, expect, it } from "vitest";
import { makeAccount, TEST_START } from "../../../tests/support/database.ts";
import { eventually } from "../../../tests/support/eventually.ts";
import { makeDatabase } from "../../../tests/support/own-database.ts";
import { ManualClock } from "../clock.ts";
import { addressFromUrl } from "../database-url.ts";
import { type Database, openDatabase, sql, type Tx } from "../db.ts";
import { type AccountId, uuidOf, uuidv7 } from "../ids.ts";
import { silentLog } from "../log.ts";
import { eventType, type JournalEvent, shardOf } from "./event.ts";
import { type News, newsOf, POSITIONS } from "./news.ts";
import { type Reader, reaction, readOnce, retryParked } from "./reader.ts";
import { startSequencer } from "./sequencer.ts";

const Noted = eventType<{ text: string; n?: number }>("TestNoted");
// A database of its own: the sequencer's lease is one for a whole database.
const own = await makeDatabase();
const clock = new ManualClock(TEST_START);
const db = openDatabase(await addressFromUrl(own.url), clock, { appConnections: 10, systemConnections: 4 });
// Stands still until asked: the tests say when positions are given.
const told: News[] = [];
const sequencer = startSequencer(db, clock, silentLog, "test-a", (news) => void told.push(...news));
afterAll(async () => {
  await sequencer.close();
  await db.close();
  await own.drop();
});

function note(tx: Tx, text: string, key = uuidOf("k", text)): void {
  tx.announce(Noted, { key, entity: "test", entityId: key, entityVersion: 1, payload: { text } });
}
async function texts(accountId: AccountId): Promise<string[]> {
  return db.withAccount(accountId, async (tx) =>
    (
      await sql<{
        t: string;
      }>`select payload->>'text' as t from event where account_id = ${accountId} and position is not null order by position`.execute(
        tx.tables(),
      )
    ).rows.map((r) => r.t),
  );
}
async function positions(accountId: AccountId): Promise<number[]> {
  return db.withAccount(accountId, async (tx) =>
    (
      await sql<{
        position: number;
      }>`select position from event where account_id = ${accountId} and position is not null order by position`.execute(
        tx.tables(),
      )
    ).rows.map((r) => r.position),
  );
}
/** A promise and the function that settles it: transactions are held open with it. */
function gate(): { open: () => void; wait: Promise<void> } {
  let open = () => {};
  const wait = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, wait };
}

describe("the sequencer", () => {
  it("gives dense positions to interleaved commits, whatever their order", async () => {
    const { accountId } = await makeAccount(db);
    const gates = Array.from({ length: 6 }, gate);
    const begun = gates.map((g, i) =>
      db.withAccount(accountId, async (tx) => {
        note(tx, `t${i}`);
        await g.wait;
      }),
    );
    for (const i of [3, 0, 5]) gates[i]!.open();
    await Promise.all([begun[3], begun[0], begun[5]]);
    await sequencer.drain();
    for (const i of [4, 1, 2]) gates[i]!.open();
    await Promise.all(begun);
    await sequencer.drain();
    expect(await positions(accountId)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set((await texts(accountId)).slice(0, 3))).toEqual(new Set(["t3", "t0", "t5"]));
  });

  it("tells the last word of a row last, although the later writer's transaction began first", async () => {
    const { accountId, brandId } = await makeAccount(db);
    const started = gate();
    const mayLock = gate();
    const early = db.withAccount(accountId, async (tx) => {
      await sql`select txid_current()`.execute(tx.tables());
      started.open();
      await mayLock.wait;
      await sql`update brand set voice = 'Alice' where account_id = ${accountId} and id = ${brandId}`.execute(
        tx.tables(),
      );
      note(tx, "Alice", brandId);
    });
    await started.wait;
    await db.withAccount(accountId, async (tx) => {
      await sql`update brand set voice = 'Bob' where account_id = ${accountId} and id = ${brandId}`.execute(
        tx.tables(),
      );
      note(tx, "Bob", brandId);
    });
    mayLock.open();
    await early;
    await sequencer.drain();
    expect(await texts(accountId)).toEqual(["Bob", "Alice"]);
  });

  it("is delayed by nobody's open transaction", async () => {
    const { accountId } = await makeAccount(db);
    const held = gate();
    const began = gate();
    const long = db.withAccount(accountId, async (tx) => {
      await sql`update account set mission = 'held' where account_id = ${accountId}`.execute(tx.tables());
      note(tx, "long");
      began.open();
      await held.wait;
    });
    await began.wait;
    for (let i = 0; i < 5; i++) {
      await db.withAccount(accountId, async (tx) => note(tx, `quick${i}`));
      await sequencer.drain();
      expect((await texts(accountId)).at(-1)).toBe(`quick${i}`);
    }
    held.open();
    await long;
    await sequencer.drain();
    expect((await texts(accountId)).at(-1)).toBe("long");
  });

  it("hands over: a second one does nothing until the first's lease has run out, and the first is refused when it wakes", async () => {
    const { accountId } = await makeAccount(db);
    await db.withAccount(accountId, async (tx) => note(tx, "one"));
    await sequencer.drain();
    const second = startSequencer(db, clock, silentLog, "test-b", () => {});
    await db.withAccount(accountId, async (tx) => note(tx, "two"));
    expect(await second.drain()).toBe(0);
    await sequencer.drain();
    clock.advance(11_000);
    await db.withAccount(accountId, async (tx) => note(tx, "three"));
    // Whoever is first takes it; positions stay dense and single either way.
    await Promise.all([second.drain(), sequencer.drain()]);
    await Promise.all([second.drain(), sequencer.drain()]);
    expect(await texts(accountId)).toEqual(["one", "two", "three"]);
    expect(await positions(accountId)).toEqual([1, 2, 3]);
    await second.close();
    clock.advance(11_000);
  });
});

it("a sequencer that is asked several times at once takes its lease once, and numbers all the same", async () => {
  const { accountId } = await makeAccount(db);
  const token = async () =>
    (await own.query<{ token: number }>("select token::int from lease where name = 'sequencer'"))[0]!.token;
  await sequencer.drain();
  const before = await token();
  const fresh = startSequencer(db, clock, silentLog, "test-c", () => {});
  await db.withAccount(accountId, async (tx) => note(tx, "at once"));
  expect(await fresh.drain()).toBe(0);
  clock.advance(11_000);
  await Promise.all([fresh.drain(), fresh.drain(), fresh.drain()]);
  expect((await token()) - before).toBeLessThanOrEqual(1);
  await fresh.close();
  await sequencer.drain();
  expect(await texts(accountId)).toEqual(["at once"]);
});

describe("news", () => {
  it("tell what was numbered, account by account: to this process as it is committed, to others by notice", async () => {
    const [one, two] = [await makeAccount(db), await makeAccount(db)];
    await sequencer.drain();
    const noticed: News[] = [];
    const listening = await db.listen(POSITIONS, (payload) => void noticed.push(...(newsOf(payload) ?? [])));
    for (const { accountId } of [one, two]) await db.withAccount(accountId, async (tx) => note(tx, "first"));
    await sequencer.drain();
    await db.withAccount(one.accountId, async (tx) => {
      note(tx, "second");
      note(tx, "third");
    });
    await sequencer.drain();
    const of = (news: readonly News[], { accountId }: { accountId: AccountId }) =>
      news.filter((n) => n.accountId === accountId);
    const types = ["TestNoted"];
    expect(of(told, one)).toEqual([
      { accountId: one.accountId, after: 0, upTo: 1, types },
      { accountId: one.accountId, after: 1, upTo: 3, types },
    ]);
    expect(of(told, two)).toEqual([{ accountId: two.accountId, after: 0, upTo: 1, types }]);
    await eventually("the notices", () => of(noticed, one).length === 2 && of(noticed, two).length === 1);
    expect(of(noticed, one)).toEqual(of(told, one));
    await listening.close();
  });

  it("that no notice can hold are told as 'look'", async () => {
    const accounts = Array.from({ length: 120 }, (_, n) => uuidOf("many", String(n)));
    await sequencer.drain();
    const payloads: string[] = [];
    let connected = false;
    const listening = await db.listen(POSITIONS, (payload) => void (connected && payloads.push(payload)));
    connected = true;
    await own.query(
      `insert into event (account_id, id, type, v, key, shard, entity, entity_id, entity_version, payload, occurred_at)
       select a, a, 'TestNoted', 1, a, 0, 'test', a, 1, '{}', now() from unnest($1::uuid[]) a`,
      [accounts],
    );
    await eventually("they are numbered", async () => {
      await sequencer.drain();
      return told.filter((n) => accounts.includes(n.accountId)).length === accounts.length;
    });
    await eventually("a notice", () => payloads.includes(""));
    await listening.close();
  });
});

describe("a reader", () => {
  function collecting(name: string, fail: (text: string) => boolean = () => false): { reader: Reader; seen: string[] } {
    const seen: string[] = [];
    const handle = async (_tx: Tx, events: readonly JournalEvent<{ text: string }>[]) => {
      for (const e of events) {
        if (fail(e.payload.text)) throw new Error(`cannot read ${e.payload.text}`);
        seen.push(e.payload.text);
      }
    };
    return { reader: { name, reactions: [reaction(Noted, handle)] }, seen };
  }
  async function readUp(reader: Reader, accountId: AccountId, database: Database = db): Promise<void> {
    const waits = new Map<string, number>();
    for (let i = 0; i < 40; i++) {
      await readOnce(database, reader, accountId, clock, silentLog, waits);
      clock.advance(20_000);
    }
  }

  it("reads each event once and keeps its place with its writes", async () => {
    const { accountId } = await makeAccount(db);
    const { reader, seen } = collecting("r1");
    for (let i = 0; i < 20; i++) await db.withAccount(accountId, async (tx) => note(tx, `e${i}`));
    await sequencer.drain();
    await readUp(reader, accountId);
    await readUp(reader, accountId);
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => `e${i}`));
  });

  it("hears all that an event is, whatever lies in it", async () => {
    const { accountId } = await makeAccount(db);
    const heard: JournalEvent[] = [];
    const handle = async (_tx: Tx, events: readonly JournalEvent[]) => void heard.push(...events);
    const key = uuidOf("whole");
    const payload = {
      text: 'é "quoted" \\ 日本 👋',
      n: 1.5e300,
      deep: { list: [null, true, -0.25, 9_007_199_254_740_991] },
    };
    const at = [clock.now(), 1, -86_400_001, Date.parse("2262-01-01T00:00:00.999Z")];
    for (const [i, when] of at.entries())
      await db.withAccount(
        accountId,
        async (tx) =>
          tx.announce(Noted, {
            key,
            entity: "test",
            entityId: key,
            entityVersion: i + 1,
            payload: { ...payload },
            at: when,
          }),
        i === 1 ? { traceId: "a trace" } : {},
      );
    await sequencer.drain();
    await readUp({ name: "r-whole", reactions: [reaction(Noted, handle)] }, accountId);
    expect(heard.map((e) => e.position)).toEqual([1, 2, 3, 4]);
    for (const [i, e] of heard.entries()) {
      const about = {
        type: "TestNoted",
        key,
        shard: shardOf(key),
        entity: "test",
        entityId: key,
        entityVersion: i + 1,
      };
      expect(e).toMatchObject({ ...about, at: at[i], payload, traceId: i === 1 ? "a trace" : null });
      expect(e.id).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it("takes one statement to lock its cursors and read, besides what it does", async () => {
    const { accountId } = await makeAccount(db);
    const { reader, seen } = collecting("r-counted");
    await db.withAccount(accountId, async (tx) => note(tx, "first"));
    await sequencer.drain();
    await readUp(reader, accountId);
    await db.withAccount(accountId, async (tx) => note(tx, "second"));
    await sequencer.drain();
    const asked: string[] = [];
    const counting: Database = {
      ...db,
      withAccount: (id, run, o) =>
        db.withAccount(
          id,
          (tx) =>
            run({
              ...tx,
              tables: <T>() =>
                tx.tables<T>().withPlugin({
                  transformQuery: ({ node }) => {
                    asked.push(node.kind);
                    return node;
                  },
                  transformResult: async ({ result }) => result,
                }),
            }),
          o,
        ),
    };
    expect(await readOnce(counting, reader, accountId, clock, silentLog)).toBe(false);
    expect(seen).toEqual(["first", "second"]);
    // Read, and move the cursors.
    expect(asked).toHaveLength(2);
  });

  it("parks an event after five tries together with its conversation; the rest goes on; a mended one is read later in order", async () => {
    const { accountId } = await makeAccount(db);
    const bad = `${uuidv7(clock.now()).slice(0, -1)}1`;
    const good = `${uuidv7(clock.now()).slice(0, -1)}2`;
    let broken = true;
    let tries = 0;
    const { reader, seen } = collecting("r2", (text) => {
      if (text === "bad1") tries++;
      return broken && text === "bad1";
    });
    for (const [text, key] of [
      ["good1", good],
      ["bad1", bad],
      ["bad2", bad],
      ["good2", good],
    ] as const)
      await db.withAccount(accountId, async (tx) => note(tx, text, key));
    await sequencer.drain();
    await readUp(reader, accountId);
    expect(new Set(seen)).toEqual(new Set(["good1", "good2"]));
    expect(tries).toBeGreaterThanOrEqual(5);
    const parked = await db.withAccount(
      accountId,
      async (tx) =>
        (
          await sql<{
            position: number;
          }>`select position from parked_event where account_id = ${accountId} and reader = 'r2' order by position`.execute(
            tx.tables(),
          )
        ).rows,
    );
    expect(parked.map((p) => p.position)).toEqual([2, 3]);
    broken = false;
    expect(await retryParked(db, reader, accountId, bad)).toBe(2);
    expect(seen.slice(-2)).toEqual(["bad1", "bad2"]);
  });

  it("is shared out: two at once read no event twice", async () => {
    const { accountId } = await makeAccount(db);
    const { reader, seen } = collecting("r3");
    for (let i = 0; i < 30; i++) await db.withAccount(accountId, async (tx) => note(tx, `e${i}`));
    await sequencer.drain();
    await Promise.all([readUp(reader, accountId), readUp(reader, accountId)]);
    expect([...seen].sort()).toEqual(Array.from({ length: 30 }, (_, i) => `e${i}`).sort());
  });
});

describe("an event", () => {
  it("whose payload holds what no text can hold does not undo the transaction that announces it", async () => {
    const { accountId } = await makeAccount(db);
    await db.withAccount(accountId, async (tx) => note(tx, "a\u0000\ud83d \\u0000", uuidOf("k")));
    await sequencer.drain();
    expect(await texts(accountId)).toEqual(["a\ufffd\ufffd \\u0000"]);
  });
});

it("a process that does not have the lease wakes the one that has it", async () => {
  const { accountId } = await makeAccount(db);
  await sequencer.drain();
  const other = openDatabase(await addressFromUrl(own.url), clock, { appConnections: 1, systemConnections: 2 });
  const second = startSequencer(other, clock, silentLog, "test-b", () => {});
  let [connected, heard] = [false, 0];
  const listening = await db.listen("hubbub_written", () => (connected ? heard++ : undefined));
  connected = true;
  await other.withAccount(accountId, async (tx) => note(tx, "said elsewhere"));
  await eventually("a notice of the write", () => heard > 0);
  await eventually("a position", async () => (await texts(accountId)).includes("said elsewhere"));
  await listening.close();
  await second.close();
  await other.close();
});
