import { afterAll, describe, expect, it } from "vitest";
import { setPresence } from "#modules/workforce";
import { sql } from "#platform/db";
import { openTestDatabase } from "../../../tests/support/database.ts";
import { type RoutingTown, routingTown } from "../../../tests/support/routing-town.ts";
import { endWork, timers } from "./index.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

const town = (...of: DropFirst<Parameters<typeof routingTown>>) => routingTown({ db, clock }, ...of);
type DropFirst<T extends unknown[]> = T extends [unknown, ...infer R] ? R : never;

describe("many at once", () => {
  /** No agent over capacity, no item offered twice, nothing waits while somebody is free. */
  async function sound(t: RoutingTown, expectedPerAgent: number) {
    const rows = await t.run((tx) =>
      sql<{
        agent_id: string;
        n: number;
        items: number;
      }>`select agent_id, count(*)::int as n, count(distinct work_item_id)::int as items from offer where account_id = ${t.accountId} and state = 'pending' group by 1`.execute(
        tx.tables(),
      ),
    );
    expect(rows.rows.map((r) => [r.n, r.items])).toEqual(
      Object.values(t.agents).map(() => [expectedPerAgent, expectedPerAgent]),
    );
  }

  it("fills every agent to the brim and no further, through lanes of any length", async () => {
    const t = await town(["Alice", "Bob", "Carla"], { skills: { Carla: { Welsh: 90 } } });
    const welsh = Array.from({ length: 40 }, () => t.episode({ language: "cy", priority: "urgent" }));
    const plain = Array.from({ length: 40 }, () => t.episode());
    await t.opened(...welsh, ...plain);
    await sound(t, 5);
    const carla = await t.offers("Carla");
    expect(carla.every((offer) => offer.skills[0]?.name === "Welsh")).toBe(true);
    await t.run((tx) => endWork(tx, { workItemId: carla[0]!.work.id, how: "withdrawn", reason: "It was spam." }));
    await sound(t, 5);
  });

  it("two routers at the same time never hold out the same work twice", async () => {
    const t = await town(["Alice", "Bob"]);
    await t.run((tx) => setPresence(tx, { agentId: t.agents.Bob!, state: "busy", by: t.agents.Bob! }));
    await t.opened(...Array.from({ length: 20 }, () => t.episode()));
    await t.run((tx) => setPresence(tx, { agentId: t.agents.Bob!, state: "available", by: t.agents.Bob! }));
    await Promise.all([
      ...Array.from({ length: 4 }, () => timers["queue-opens"]!).map((serve) =>
        t.run((tx) => serve(tx, { kind: "queue-opens", ref: t.queueId, dueAt: 0, payload: {} })),
      ),
      t.read(),
    ]);
    await sound(t, 5);
  });
});
