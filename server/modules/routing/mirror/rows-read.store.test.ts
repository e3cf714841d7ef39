import { Client } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { openTestDatabase } from "../../../../tests/support/database.ts";
import { type Asked, explain, statementsOf } from "../../../../tests/support/explained.ts";
import { type RoutingCrowd, routingCrowd } from "../../../../tests/support/routing-crowd.ts";
import { acceptOffer, declineOffer, takeNext } from "../index.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

interface Cost {
  statements: number;
  /** Rows that came back to the program. */
  back: number;
  /** Rows of tables that the reads among them looked at. */
  looked: number;
}

async function costOf(crowd: RoutingCrowd, act: () => Promise<unknown>): Promise<Cost> {
  let back = 0;
  const asked = await statementsOf(act, (rows) => {
    back += rows;
  });
  // What writes cannot be run again.
  const reads = asked.filter(
    ({ text }: Asked) =>
      /^\s*(select|with)\b/i.test(text) && !/_routing\(|read_journal|\b(insert|update|delete)\b/i.test(text),
  );
  const explained = await explain(db.address.app, crowd.accountId, reads, { small: true });
  return { statements: asked.length, back, looked: explained.reduce((sum, e) => sum + e.rows, 0) };
}

async function analyse(): Promise<void> {
  const owner = new Client({ connectionString: db.address.owner });
  await owner.connect();
  await owner.query("analyze work_item, offer, presence, agent, agent_skill, team_member, agent_turn");
  await owner.end();
}

/** What one act of each kind costs, once the process has a picture of the account. */
async function costs(size: { agents: number; waiting: number }): Promise<Record<string, Cost>> {
  const crowd = await routingCrowd(db, clock, { ...size, skills: 20, asks: 20 });
  await analyse();
  const finish = async (many: number) => {
    await crowd.done(crowd.active.splice(0, many));
    await crowd.read();
  };
  // Statements are learnt when they are asked for the first time, and the picture is read.
  const rehearse = async () => {
    await finish(6);
    const [first, second] = await crowd.pending();
    await crowd.run((tx) => acceptOffer(tx, first!));
    await crowd.run((tx) => declineOffer(tx, { ...second!, reason: "busy" }));
    await finish(1);
    await crowd.run((tx) => takeNext(tx, second!.agentId)).catch(() => {});
  };
  await rehearse();
  await rehearse();
  await crowd.done(crowd.active.splice(0, 10));
  const found: Record<string, Cost> = { "ten are done and ten held out": await costOf(crowd, crowd.read) };
  const [first, second, third] = await crowd.pending();
  found["an offer is accepted"] = await costOf(crowd, () => crowd.run((tx) => acceptOffer(tx, first!)));
  found["an offer is declined"] = await costOf(crowd, () =>
    crowd.run((tx) => declineOffer(tx, { ...second!, reason: "busy" })),
  );
  found["the next is taken"] = await costOf(crowd, () => crowd.run((tx) => takeNext(tx, third!.agentId)));
  return found;
}

describe("an act of routing", () => {
  it("costs the same with six times the agents here and ten times the work waiting", async () => {
    const few = await costs({ agents: 40, waiting: 600 });
    const many = await costs({ agents: 240, waiting: 6_000 });
    for (const [name, cost] of Object.entries(many)) {
      const before = few[name]!;
      expect(cost.statements, name).toBeLessThanOrEqual(before.statements);
      expect(cost.back, `${name}: rows back`).toBeLessThanOrEqual(before.back + 10);
      expect(cost.looked, `${name}: rows looked at`).toBeLessThanOrEqual(1.2 * before.looked + 40);
    }
    // The lock, what is concerned, all that is saved, the journal; with begin and commit six round trips (decision 0017).
    expect(many["an offer is accepted"]!.statements).toBe(4);
    expect(many["an offer is declined"]!.statements).toBeLessThanOrEqual(5);
  });
});
