import { afterAll, afterEach, describe, expect, it } from "vitest";
import { makeAccount, TEST_START } from "../../../tests/support/database.ts";
import { eventually } from "../../../tests/support/eventually.ts";
import { numberEvents } from "../../../tests/support/journal.ts";
import { makeDatabase } from "../../../tests/support/own-database.ts";
import { type Clock, ManualClock } from "../clock.ts";
import { addressFromUrl } from "../database-url.ts";
import { type Database, openDatabase, sql, type Tx } from "../db.ts";
import { type AccountId, uuidv7 } from "../ids.ts";
import { silentLog } from "../log.ts";
import { eventType, type JournalEvent } from "./event.ts";
import { type News, newsOf } from "./news.ts";
import { type Reader, reaction, readOnce, retryParked } from "./reader.ts";
import { type RunningReaders, runReaders } from "./run-readers.ts";

const Said = eventType<{ text: string }>("TestSaid");
const Murmured = eventType<{ text: string }>("TestMurmured");

// A database of its own: readers look at the heads of all accounts.
const own = await makeDatabase();
const clock = new ManualClock(TEST_START);
const db = openDatabase(await addressFromUrl(own.url), clock, { appConnections: 6, systemConnections: 3 });
afterAll(async () => {
  await db.close();
  await own.drop();
});
let running: RunningReaders | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** Runs a reader, and counts how often it found the heads and how often it ended a transaction. */
function run(reader: Reader, at: Clock = clock): { heads: number; read: number } {
  const looks = { heads: 0, read: 0 };
  const counted: Database = {
    ...db,
    asSystem: (act) => db.asSystem(act).finally(() => looks.heads++),
    withAccount: (...asked) => db.withAccount(...asked).finally(() => looks.read++),
  };
  running = runReaders(counted, [reader], at, silentLog);
  return looks;
}

/** A conversation of a shard. */
const keyIn = (shard: number) => `${uuidv7(clock.now()).slice(0, -1)}${shard.toString(16)}`;
async function say(accountId: AccountId, text: string, key = keyIn(3), type = Said): Promise<void> {
  await db.withAccount(accountId, async (tx) =>
    tx.announce(type, { key, entity: "test", entityId: key, entityVersion: 1, payload: { text } }),
  );
  await numberEvents(db, accountId);
}
function hearing(name: string, accountId: AccountId, hear: (text: string) => unknown = () => {}) {
  const heard: string[] = [];
  const handle = async (tx: Tx, events: readonly JournalEvent<{ text: string }>[]) => {
    for (const e of events) {
      if (tx.accountId !== accountId) continue;
      await hear(e.payload.text);
      heard.push(e.payload.text);
    }
  };
  const reader: Reader = { name, reactions: [reaction(Said, handle)] };
  return { reader, heard };
}
/** Another process has these shards in its hands, and is killed. */
async function whileHeld(accountId: AccountId, reader: string, shards: number[], act: () => Promise<void>) {
  const killed = new Error("killed");
  const held = db.withAccount(accountId, async (tx) => {
    await sql`select 1 from reader_cursor where account_id = ${accountId} and reader = ${reader} and shard = any(${shards}) for update`.execute(
      tx.tables(),
    );
    await act();
    throw killed;
  });
  await expect(held).rejects.toBe(killed);
}
/** They came back from the journal and have looked at the heads again since. */
async function lookedThrough(looks: { heads: number; read: number }) {
  await eventually("a look into the journal", () => looks.read > 0);
  const { heads } = looks;
  await eventually("a look at the heads", () => {
    running?.wake();
    return looks.heads > heads + 1;
  });
}

describe("running readers", () => {
  it.each([
    ["all", Array.from({ length: 16 }, (_, i) => i)],
    ["one", [3]],
  ])("read what another process had in its hands when it died, although nothing new happens: %s", async (_, shards) => {
    const { accountId } = await makeAccount(db);
    const { reader, heard } = hearing("left-over", accountId);
    await say(accountId, "first");
    await readOnce(db, reader, accountId, clock, silentLog);
    await say(accountId, "second");
    await whileHeld(accountId, reader.name, shards, async () => lookedThrough(run(reader)));
    await running!.settled();
    expect(heard).toEqual(["first", "second"]);
  });

  it("read it too when meanwhile happens what is none of theirs", async () => {
    const { accountId } = await makeAccount(db);
    const { reader, heard } = hearing("none-of-ours", accountId);
    await readOnce(db, reader, accountId, clock, silentLog);
    await say(accountId, "mine", keyIn(5));
    await readOnce(db, reader, accountId, clock, silentLog);
    await say(accountId, "mine too", keyIn(5));
    await whileHeld(accountId, reader.name, [5], async () => {
      const looks = run(reader);
      await lookedThrough(looks);
      await say(accountId, "nobody's", keyIn(6), Murmured);
      await lookedThrough(looks);
    });
    await running!.settled();
    expect(heard).toEqual(["mine", "mine too"]);
  });

  it("try what failed again, although its time had passed before they looked whether to wait", async () => {
    const { accountId } = await makeAccount(db);
    let faults = 2;
    const { reader, heard } = hearing("slow-fault", accountId, (text) => {
      if (text === "bad" && faults-- > 0) throw new Error("not now");
    });
    await say(accountId, "bad", keyIn(1));
    // Whatever they do takes longer than the wait before the next try.
    run(reader, { now: () => clock.advance(1_000) });
    await running!.settled();
    expect(heard).toEqual(["bad"]);
  });

  it("wait longer from try to try before they park", async () => {
    const { accountId } = await makeAccount(db);
    const began = clock.now();
    const { reader } = hearing("patient", accountId, () => {
      throw new Error("never");
    });
    await say(accountId, "bad");
    const tried: number[] = [];
    const waits = new Map<string, number>();
    const count = async () =>
      (
        await own.query<{ n: number }>(
          `select coalesce((select tries from reader_try where account_id = $1), 0)
            + 5 * (select count(*) from parked_event where account_id = $1)::int as n`,
          [accountId],
        )
      )[0]!.n;
    for (let i = 0; tried.length < 5 && i < 200; i++) {
      const before = await count();
      await readOnce(db, reader, accountId, clock, silentLog, waits);
      if ((await count()) > before) tried.push(clock.now() - began);
      clock.advance(100);
    }
    const [first, ...rest] = tried;
    expect(first).toBe(0);
    expect(rest.map((at, i) => Math.floor((at - tried[i]!) / 1_000))).toEqual([0, 1, 3, 10]);
  });
});

describe("news of what was numbered", () => {
  /** Runs a reader that is up to date, and from then on cannot look at the heads: what it learns it is told. */
  async function told(name: string, more: Partial<Reader> = {}) {
    const { accountId } = await makeAccount(db);
    const { reader, heard } = hearing(name, accountId);
    const key = keyIn(4);
    await say(accountId, "before", key);
    let shut = () => {};
    let shutter: Promise<void> | undefined;
    let read = 0;
    const seen: Database = {
      ...db,
      asSystem: async (act) => {
        await shutter;
        return db.asSystem(act);
      },
      withAccount: (...asked) => db.withAccount(...asked).finally(() => read++),
    };
    running = runReaders(seen, [{ ...reader, ...more }], clock, silentLog);
    await running.settled();
    shutter = new Promise((resolve) => {
      shut = resolve;
    });
    read = 0;
    const news = (after: number, upTo: number, types: string[]): News[] => [{ accountId, after, upTo, types }];
    return { accountId, key, heard, news, read: () => read, open: () => shut() };
  }

  it("is read in one transaction, with no question first; told twice it is read once", async () => {
    const t = await told("told");
    await say(t.accountId, "one", t.key);
    running!.wake(t.news(1, 2, ["TestSaid"]));
    running!.wake(t.news(1, 2, ["TestSaid"]));
    await eventually("it is read", () => t.heard.includes("one"));
    t.open();
    await running!.settled();
    expect(t.heard).toEqual(["before", "one"]);
    expect(t.read()).toBe(1);
  });

  it("of what is none of theirs costs readers nothing", async () => {
    const t = await told("not-told");
    await say(t.accountId, "nobody's", t.key, Murmured);
    running!.wake(t.news(1, 2, ["TestMurmured"]));
    await say(t.accountId, "mine", t.key);
    running!.wake(t.news(2, 3, ["TestSaid"]));
    await eventually("it is read", () => t.heard.includes("mine"));
    t.open();
    await running!.settled();
    expect(t.read()).toBe(1);
  });

  it("that does not follow on what was heard before makes them look", async () => {
    const t = await told("missed");
    await say(t.accountId, "missed", t.key);
    await say(t.accountId, "nobody's", t.key, Murmured);
    // Positions up to 2 were told to nobody: a notice was lost.
    running!.wake(t.news(2, 3, ["TestMurmured"]));
    expect(t.heard).toEqual(["before"]);
    t.open();
    await running!.settled();
    expect(t.heard).toEqual(["before", "missed"]);
  });

  it("gathers for a reader nobody waits for, until somebody does", async () => {
    const t = await told("gathering", { gatherMs: 3_600_000 });
    for (const [n, text] of ["one", "two", "three"].entries()) {
      await say(t.accountId, text, t.key);
      running!.wake(t.news(n + 1, n + 2, ["TestSaid"]));
    }
    expect(t.heard).toEqual(["before"]);
    t.open();
    await running!.settled();
    expect(t.heard).toEqual(["before", "one", "two", "three"]);
    expect(t.read()).toBe(1);
  });

  it("comes by notice from another process, and a notice that says nothing makes them look", () => {
    const news: News[] = [{ accountId: uuidv7(clock.now()) as AccountId, after: 3, upTo: 5, types: ["TestSaid"] }];
    expect(newsOf(JSON.stringify(news))).toEqual(news);
    for (const payload of ["", "{}", "7", "[", "null"]) expect(newsOf(payload), payload).toBeUndefined();
  });
});

describe("parked events", () => {
  it("are not lost when more of their conversation comes while they are read again", async () => {
    const { accountId } = await makeAccount(db);
    const key = keyIn(9);
    let broken = true;
    let during = async () => {};
    const { reader, heard } = hearing("mended", accountId, async (text) => {
      if (broken) throw new Error("broken");
      if (text === "one") await during();
    });
    await say(accountId, "one", key);
    const waits = new Map<string, number>();
    const readUp = async () => {
      for (let i = 0; i < 8; i++) {
        await readOnce(db, reader, accountId, clock, silentLog, waits);
        clock.advance(20_000);
      }
    };
    await readUp();
    broken = false;
    during = async () => {
      await say(accountId, "two", key);
      await readOnce(db, reader, accountId, clock, silentLog, waits);
    };
    expect(await retryParked(db, reader, accountId, key)).toBe(1);
    during = async () => {};
    await readUp();
    await retryParked(db, reader, accountId, key);
    expect(heard).toEqual(["one", "two"]);
  });
});
