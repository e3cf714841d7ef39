import { afterAll, describe, expect, it } from "vitest";
import { makeAccount, openTestDatabase, TEST_START } from "../../tests/support/database.ts";
import { DAY, ManualClock, MINUTE } from "./clock.ts";
import { openDatabase, sql, type Tx } from "./db.ts";
import { ElsewhereNow } from "./elsewhere.ts";
import { type AccountId, uuidOf } from "./ids.ts";
import { eventType } from "./journal/event.ts";
import { silentLog } from "./log.ts";
import { clearTimer, runTimers, setTimer, setTimers, type TimerHandler } from "./timers.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());
let kinds = 0;
const Renamed = eventType<object>("TestTimerRenamed");

/** A kind of its own for every test: runners of other tests leave these timers alone. */
async function set(handler: TimerHandler = async () => {}) {
  const { accountId } = await makeAccount(db);
  const kind = `test-${process.pid}-${++kinds}`;
  const fired: { ref: string; n: unknown; at: number }[] = [];
  const noting: TimerHandler = async (tx, timer) => {
    await handler(tx, timer);
    fired.push({ ref: timer.ref, n: timer.payload.n, at: tx.now });
  };
  const runner = (of = db, at = clock) => runTimers(of, { [kind]: noting }, at, silentLog);
  const act = <T>(run: (tx: Tx) => Promise<T>) => db.withAccount(accountId, run);
  return { accountId, kind, fired, runner, act };
}
async function stored(accountId: AccountId, kind: string) {
  return db.withAccount(
    accountId,
    async (tx) =>
      (
        await sql<{ ref: string; due_at: number; tries: number; error: string | null }>`
          select ref, due_at, tries, error from timer where account_id = ${accountId} and kind = ${kind} order by due_at, ref`.execute(
          tx.tables(),
        )
      ).rows,
  );
}
async function rename(tx: Tx, name: string): Promise<void> {
  await sql`update account set mission = ${name} where account_id = ${tx.accountId}`.execute(tx.tables());
}
async function mission(accountId: AccountId): Promise<string> {
  return db.withAccount(
    accountId,
    async (tx) =>
      (await sql<{ mission: string }>`select mission from account where account_id = ${accountId}`.execute(tx.tables()))
        .rows[0]!.mission,
  );
}

describe("timers", () => {
  it("fire by the handed clock: thirty days pass in one step, and not a millisecond early", async () => {
    const t = await set();
    const ref = uuidOf("a");
    await t.act((tx) => setTimer(tx, t.kind, ref, tx.now + 30 * DAY, { n: 1 }));
    const timers = t.runner();
    clock.advance(30 * DAY - 1);
    expect(await timers.fireDue()).toBe(0);
    clock.advance(1);
    expect(await timers.fireDue()).toBe(1);
    expect(t.fired).toEqual([{ ref, n: 1, at: clock.now() }]);
    expect(await timers.fireDue()).toBe(0);
    expect(await stored(t.accountId, t.kind)).toEqual([]);
    await timers.close();
  });

  it("are one for each thing: set again they move, cleared they are gone", async () => {
    const t = await set();
    const [moved, cleared] = [uuidOf("moved"), uuidOf("cleared")];
    await t.act(async (tx) => {
      await setTimer(tx, t.kind, moved, tx.now + MINUTE, { n: 1 });
      await setTimer(tx, t.kind, cleared, tx.now + MINUTE);
      await setTimer(tx, t.kind, moved, tx.now + 2 * MINUTE, { n: 2 });
      await clearTimer(tx, t.kind, cleared);
    });
    const timers = t.runner();
    clock.advance(MINUTE);
    expect(await timers.fireDue()).toBe(0);
    clock.advance(MINUTE);
    expect(await timers.fireDue()).toBe(1);
    expect(t.fired.map((f) => f.n)).toEqual([2]);
    await timers.close();
  });

  it("of many things are set in one statement, as each by itself", async () => {
    const { accountId, kind, act } = await set();
    const [first, second] = [uuidOf("many", "1"), uuidOf("many", "2")];
    await act((tx) => setTimer(tx, kind, first, TEST_START));
    await act((tx) =>
      setTimers(tx, [
        { kind, ref: first, dueAt: TEST_START + DAY },
        { kind, ref: second, dueAt: TEST_START + DAY },
        { kind, ref: second, dueAt: TEST_START + MINUTE },
      ]),
    );
    expect(await stored(accountId, kind)).toMatchObject([
      { ref: second, due_at: TEST_START + MINUTE },
      { ref: first, due_at: TEST_START + DAY },
    ]);
  });

  it("a failing one takes nothing with it: its own writes are undone, the others fire, and it comes again later each time", async () => {
    let broken = true;
    const bad = uuidOf("bad");
    const t = await set(async (tx, timer) => {
      await rename(tx, `by ${timer.payload.n}`);
      if (broken && timer.ref === bad) throw new Error("the network is down");
    });
    await t.act(async (tx) => {
      await setTimer(tx, t.kind, uuidOf("good"), tx.now, { n: "good" });
      await setTimer(tx, t.kind, bad, tx.now + 1, { n: "bad" });
    });
    clock.advance(1);
    const timers = t.runner();
    await timers.fireDue();
    expect(t.fired.map((f) => f.n)).toEqual(["good"]);
    expect(await mission(t.accountId)).toBe("by good");
    expect(await stored(t.accountId, t.kind)).toEqual([
      { ref: bad, due_at: clock.now() + MINUTE, tries: 1, error: "the network is down" },
    ]);
    clock.advance(MINUTE);
    await timers.fireDue();
    expect(await stored(t.accountId, t.kind)).toMatchObject([{ tries: 2, due_at: clock.now() + 2 * MINUTE }]);
    broken = false;
    clock.advance(2 * MINUTE);
    await timers.fireDue();
    expect(t.fired.map((f) => f.n)).toEqual(["good", "bad"]);
    expect(await stored(t.accountId, t.kind)).toEqual([]);
    await timers.close();
  });

  it("one that fails has said nothing: what it announced is taken back with what it did", async () => {
    let broken = true;
    let woken = 0;
    const t = await set(async (tx, timer) => {
      await rename(tx, String(timer.payload.n));
      tx.announce(Renamed, { key: t.accountId, entity: "test", entityId: t.accountId, entityVersion: 1, payload: {} });
      tx.afterCommit(() => woken++);
      if (broken) throw new Error("only then it failed");
    });
    await t.act((tx) => setTimer(tx, t.kind, uuidOf("s"), tx.now, { n: 1 }));
    const timers = t.runner();
    const said = async () =>
      (
        await t.act((tx) =>
          sql`select 1 from event where account_id = ${t.accountId} and type = 'TestTimerRenamed'`.execute(tx.tables()),
        )
      ).rows.length;
    await timers.fireDue();
    expect([await mission(t.accountId), await said(), woken]).toEqual(["", 0, 0]);
    broken = false;
    clock.advance(MINUTE);
    await timers.fireDue();
    expect([await mission(t.accountId), await said(), woken]).toEqual(["1", 1, 1]);
    await timers.close();
  });

  it("effect and removal commit together: an effect that breaks the transaction's end leaves the timer", async () => {
    let broken = true;
    const t = await set(async (tx) => {
      await rename(tx, "done");
      // Refused by the journal's own check when the transaction writes its events, after the handler has returned.
      if (broken)
        tx.announce(
          { name: "TestTimerBroken", v: 1 },
          { key: "no uuid", entity: "test", entityId: "no uuid", entityVersion: 1, payload: {} },
        );
    });
    await t.act((tx) => setTimer(tx, t.kind, uuidOf("x"), tx.now));
    const timers = t.runner();
    await expect(timers.fireDue()).rejects.toThrow();
    expect(await mission(t.accountId)).toBe("");
    expect(await stored(t.accountId, t.kind)).toHaveLength(1);
    broken = false;
    await timers.fireDue();
    expect(await mission(t.accountId)).toBe("done");
    expect(await stored(t.accountId, t.kind)).toEqual([]);
    await timers.close();
  });

  it("two runners at once fire none twice", async () => {
    const t = await set();
    await t.act(async (tx) => {
      for (let n = 0; n < 60; n++) await setTimer(tx, t.kind, uuidOf("two", String(n)), tx.now, { n });
    });
    const other = openDatabase(db.address, clock, { appConnections: 2, systemConnections: 1 });
    const runners = [t.runner(), t.runner(other, clock)];
    const counts = await Promise.all(runners.map((r) => r.fireDue()));
    expect(counts[0]! + counts[1]!).toBe(60);
    expect(t.fired.map((f) => f.n).sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 60 }, (_, n) => n),
    );
    for (const r of runners) await r.close();
    await other.close();
  });

  it("of a kind nobody here handles wait for who does", async () => {
    const t = await set();
    await t.act((tx) => setTimer(tx, `${t.kind}-other`, uuidOf("o"), tx.now));
    const timers = t.runner();
    expect(await timers.fireDue()).toBe(0);
    expect(await stored(t.accountId, `${t.kind}-other`)).toHaveLength(1);
    await timers.close();
  });

  it("that are another process's now stay as they are, and cost no try", async () => {
    let ours = false;
    let asked = 0;
    const t = await set(async () => {
      if (!ours) throw new ElsewhereNow("not here");
    });
    await t.act((tx) => setTimer(tx, t.kind, uuidOf("a"), tx.now));
    const refused = t.runner();
    expect(await refused.fireDue()).toBe(0);
    await refused.close();
    const turn: TimerHandler = Object.assign(async () => void t.fired.push({ ref: "x", n: 0, at: 0 }), {
      isOurTurn: async () => {
        asked++;
        return ours;
      },
    });
    const runner = runTimers(db, { [t.kind]: turn }, clock, silentLog);
    expect(await runner.fireDue()).toBe(0);
    expect(await stored(t.accountId, t.kind)).toMatchObject([{ tries: 0, error: null }]);
    ours = true;
    expect(await runner.fireDue()).toBe(1);
    expect(asked).toBeGreaterThan(1);
    expect(await stored(t.accountId, t.kind)).toEqual([]);
    await runner.close();
  });

  it("a clock of its own decides: the same timer is due for one runner and not for another", async () => {
    const t = await set();
    await t.act((tx) => setTimer(tx, t.kind, uuidOf("c"), tx.now));
    const early = new ManualClock(TEST_START - DAY);
    const before = t.runner(db, early);
    expect(await before.fireDue()).toBe(0);
    early.set(clock.now());
    expect(await before.fireDue()).toBe(1);
    await before.close();
  });
});
