import { afterAll, describe, expect, it } from "vitest";
import { makeAccount, openTestDatabase, TEST_START } from "../../tests/support/database.ts";
import { eventually } from "../../tests/support/eventually.ts";
import { json, sql, storable, type Tx } from "./db.ts";
import { type AccountId, uuidv7 } from "./ids.ts";
import { eventType } from "./journal/event.ts";
import { isUnavailable } from "./unavailable.ts";

const { db } = openTestDatabase();
afterAll(() => db.close());

async function echo(tx: Tx, text: string, value: string): Promise<{ t: string; j: unknown }> {
  return (await sql<{ t: string; j: unknown }>`select ${text}::text as t, ${value}::jsonb as j`.execute(tx.tables()))
    .rows[0]!;
}

describe("text from outside", () => {
  const HOSTILE: readonly (readonly [string, string, string])[] = [
    ["NUL", "a\u0000b", "a\ufffdb"],
    ["a lone high surrogate", "a\ud83db", "a\ufffdb"],
    ["a lone low surrogate", "\ude00", "\ufffd"],
    ["two high ones", "\ud83d\ud83d\ude00", "\ufffd😀"],
    ["a pair the wrong way round", "\ude00\ud83d", "\ufffd\ufffd"],
    ["a whole emoji", "👩‍👧", "👩‍👧"],
    ["a backslash before u0000", "\\u0000 \\ud83d", "\\u0000 \\ud83d"],
  ];

  it.each(HOSTILE)("with %s is stored, as text and in the depth of JSON, and comes back", async (_, text, stored) => {
    const { accountId } = await makeAccount(db);
    expect(storable(text)).toBe(stored);
    const back = await db.withAccount(accountId, (tx) => echo(tx, storable(text), json({ deep: [{ text }] })));
    expect(back).toEqual({ t: stored, j: { deep: [{ text: stored }] } });
  });
});

describe("withAccount", () => {
  it("tries again after a deadlock, and both transactions are done once", async () => {
    const { accountId, brandId } = await makeAccount(db);
    const runs = { a: 0, b: 0 };
    // Each locks one row and then wants the other's: one of the two is ended by the server and comes again.
    let arrived = 0;
    let bothHold = () => {};
    const held = new Promise<void>((resolve) => {
      bothHold = resolve;
    });
    const meet = async () => {
      if (++arrived >= 2) bothHold();
      await held;
    };
    const account = (tx: Tx, by: string) =>
      sql`update account set mission = mission || ${by} where account_id = ${accountId}`.execute(tx.tables());
    const brand = (tx: Tx, by: string) =>
      sql`update brand set voice = voice || ${by} where account_id = ${accountId} and id = ${brandId}`.execute(
        tx.tables(),
      );
    await Promise.all([
      db.withAccount(accountId, async (tx) => {
        runs.a++;
        await account(tx, "a");
        await meet();
        await brand(tx, "a");
      }),
      db.withAccount(accountId, async (tx) => {
        runs.b++;
        await brand(tx, "b");
        await meet();
        await account(tx, "b");
      }),
    ]);
    // On a busy machine the one that comes again may meet the other once more.
    expect(runs.a + runs.b).toBeGreaterThanOrEqual(3);
    const after = await db.withAccount(
      accountId,
      async (tx) =>
        (
          await sql<{
            mission: string;
            voice: string;
          }>`select a.mission, b.voice from account a join brand b using (account_id) where a.account_id = ${accountId}`.execute(
            tx.tables(),
          )
        ).rows[0]!,
    );
    expect([...after.mission].sort().join("")).toBe("ab");
    expect([...after.voice].sort().join("")).toBe("ab");
  });

  it("gives up after four tries, and at once for what trying again does not mend", async () => {
    const { accountId } = await makeAccount(db);
    let tries = 0;
    const failing = (code: string) =>
      db.withAccount(accountId, async () => {
        tries++;
        throw Object.assign(new Error("no"), { code });
      });
    await expect(failing("40001")).rejects.toThrow("no");
    expect(tries).toBe(4);
    // Two values of one key: whoever looked before writing sees the other's the next time.
    tries = 0;
    await expect(failing("23505")).rejects.toThrow("no");
    expect(tries).toBe(4);
    tries = 0;
    await expect(failing("23502")).rejects.toThrow("no");
    expect(tries).toBe(1);
  });

  it("announces and wakes for the try that committed only", async () => {
    const { accountId } = await makeAccount(db);
    const Tried = eventType<{ n: number }>("TestTried");
    let n = 0;
    let woken = 0;
    await db.withAccount(accountId, async (tx) => {
      n++;
      tx.announce(Tried, { key: accountId, entity: "test", entityId: accountId, entityVersion: 1, payload: { n } });
      tx.afterCommit(() => woken++);
      if (n < 3) throw Object.assign(new Error("again"), { code: "40P01" });
    });
    const rows = await db.withAccount(accountId, (tx) =>
      sql<{ n: number }>`select (payload->>'n')::int as n from event where account_id = ${accountId}`.execute(
        tx.tables(),
      ),
    );
    expect(rows.rows).toEqual([{ n: 3 }]);
    expect(woken).toBe(1);
  });

  it("begins those that ask for the same turn one after the other, whatever becomes of each, and nobody else", async () => {
    const { accountId } = await makeAccount(db);
    const told: string[] = [];
    const [began, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = db.withAccount(
      accountId,
      async () => {
        told.push("first");
        began.resolve();
        await end.promise;
        throw new Error("It came to nothing.");
      },
      { inTurn: "routing" },
    );
    const failed = expect(first).rejects.toThrow("It came to nothing.");
    await began.promise;
    const second = db.withAccount(accountId, async () => void told.push("second"), { inTurn: "routing" });
    await db.withAccount(accountId, async () => void told.push("another turn"), { inTurn: "other" });
    await db.withAccount(accountId, async () => void told.push("without"));
    const meanwhile = [...told];
    end.resolve();
    await Promise.all([failed, second]);
    expect(meanwhile).toEqual(["first", "another turn", "without"]);
    expect(told.at(-1)).toBe("second");
  });
  it("leaves no account behind on the connection it gives back", async () => {
    const { accountId } = await makeAccount(db);
    await db.withAccount(accountId, async () => {});
    const other = uuidv7<AccountId>(TEST_START);
    const seen = await db.withAccount(other, (tx) => sql`select 1 from account`.execute(tx.tables()));
    expect(seen.rows).toEqual([]);
  });

  it("outlives a connection that ends while it is lent out, and goes on with a new one", async () => {
    const { accountId } = await makeAccount(db);
    const cut = db.withAccount(accountId, async (tx) => {
      await sql`set local idle_in_transaction_session_timeout = 1`.execute(tx.tables());
      const alive = () => sql`select 1`.execute(tx.tables()).then(() => false);
      // The server ends it while no query runs that could be told.
      await eventually("the end of the connection", () => alive().catch(() => true));
      await sql`select 1`.execute(tx.tables());
    });
    await expect(cut).rejects.toSatisfy(isUnavailable);
    expect(await db.withAccount(accountId, async (tx) => tx.accountId)).toBe(accountId);
  });
});
