import { afterAll, describe, expect, it } from "vitest";
import { addAgent } from "#modules/people";
import { HOUR, MINUTE } from "#platform/clock";
import { sql } from "#platform/db";
import { makeAccount, openTestDatabase } from "../../../tests/support/database.ts";
import { fireTimers } from "../../../tests/support/timers.ts";
import { goOffline, presencesOf, setPresence, timers } from "./workforce.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

async function withAlice() {
  const { accountId } = await makeAccount(db);
  const agentId = await db.withAccount(accountId, (tx) =>
    addAgent(tx, { name: "Alice", email: "alice@northwind.example", initials: "A", password: null }),
  );
  const log = async () =>
    (
      await db.withAccount(accountId, (tx) =>
        sql<{
          state: string;
          by_agent: string | null;
        }>`select state, by_agent from presence_log where account_id = ${accountId} order by id`.execute(tx.tables()),
      )
    ).rows;
  return { accountId, agentId, log };
}

describe("presence", () => {
  it("is kept with its log, and the same wish twice changes nothing", async () => {
    const { accountId, agentId, log } = await withAlice();
    await db.withAccount(accountId, async (tx) => {
      expect((await presencesOf(tx, [agentId])).get(agentId)).toMatchObject({ state: "offline", version: 0 });
      const wish = { agentId, state: "available" as const, by: agentId };
      expect((await setPresence(tx, wish)).version).toBe(1);
      expect((await setPresence(tx, wish)).version).toBe(1);
    });
    clock.advance(1);
    await db.withAccount(accountId, (tx) => goOffline(tx, agentId, "signed out"));
    expect(await log()).toEqual([
      { state: "available", by_agent: agentId },
      { state: "offline", by_agent: null },
    ]);
  });

  it("ends at the time named", async () => {
    const { accountId, agentId } = await withAlice();
    await db.withAccount(accountId, (tx) =>
      setPresence(tx, { agentId, state: "break", until: clock.now() + 15 * MINUTE, by: agentId }),
    );
    clock.advance(14 * MINUTE);
    await fireTimers(db, accountId, timers);
    const state = () => db.withAccount(accountId, async (tx) => (await presencesOf(tx)).get(agentId)?.state);
    expect(await state()).toBe("break");
    clock.advance(MINUTE);
    await fireTimers(db, accountId, timers);
    expect(await state()).toBe("available");
    // A return that was overtaken by going offline does nothing.
    await db.withAccount(accountId, async (tx) => {
      await setPresence(tx, { agentId, state: "away", until: clock.now() + MINUTE, by: agentId });
      await goOffline(tx, agentId, "signed out");
    });
    clock.advance(HOUR);
    await fireTimers(db, accountId, timers);
    expect(await state()).toBe("offline");
  });

  it("of another account's agent is not there", async () => {
    const { agentId } = await withAlice();
    const { accountId } = await makeAccount(db);
    await expect(
      db.withAccount(accountId, (tx) => setPresence(tx, { agentId, state: "available", by: agentId })),
    ).rejects.toMatchObject({ code: "not-found" });
  });
});
