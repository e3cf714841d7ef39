import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allCalendars, brandsOf, settingOf, useKeyRing } from "#modules/company";
import { acknowledgeSetting, surgeHelpers } from "#modules/desk";
import { activeAgents, agentsById } from "#modules/people";
import { peaksSetting, queuesOf } from "#modules/routing";
import { capacityProfiles, presencesOf } from "#modules/workforce";
import { type Playground, startPlayground } from "../../../playground/index.ts";
import { company } from "../../../scenarios/northwind/company.ts";
import { Town } from "../../../scenarios/town.ts";
import { openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { sql } from "../../platform/db.ts";
import { roleOf, seedDemo } from "./demo.ts";
import { PlaygroundClient } from "./playground-client.ts";
import { playLastHour } from "./present.ts";
import { Stage } from "./stage.ts";

const { db, clock } = openTestDatabase();
let playground: Playground;
beforeAll(async () => {
  useKeyRing(Buffer.alloc(32, 7));
  playground = await startPlayground({ port: 0 });
});
afterAll(async () => {
  await playground?.close();
  await db.close();
});
const server = () => ({
  ...{ url: playground.url, simulatorKey: playground.simulatorKey, pid: () => undefined },
  stop: async () => {},
});

describe("the demo company", () => {
  it("is made once, with fourteen people; partners know one queue each, light agents are offered nothing", async () => {
    const { accountId, madeAt } = await seedDemo(db, clock, server());
    expect(Math.abs(madeAt - clock.now())).toBeLessThan(1_000);
    expect(await seedDemo(db, clock, server())).toEqual({ accountId, madeAt });
    await db.withAccount(accountId, async (tx) => {
      const agents = await activeAgents(tx);
      const details = await agentsById(
        tx,
        agents.map((a) => a.id),
      );
      const named = (email: string) => agents.find((a) => details.get(a.id)?.email === email)!;
      expect(agents).toHaveLength(company.agents.length);
      const queue = (await queuesOf(tx))[0]!;
      expect(named("priya@northwind.example").teamIds).toContain(queue.teamId);
      // Nights and peaks are a rule's: the partner's people are in no team of the house.
      expect(named("joost@brightwater.example").teamIds).not.toContain(queue.teamId);
      expect((await settingOf(tx, peaksSetting)).value.queues).toMatchObject([
        {
          queueId: queue.id,
          overflow: { teamIds: named("joost@brightwater.example").teamIds },
          closed: { do: "team" },
        },
      ]);
      const { value: told } = await settingOf(tx, acknowledgeSetting, { brandId: (await brandsOf(tx))[0]!.id });
      expect(told).toMatchObject({ on: true, publicToo: false });
      expect((await settingOf(tx, surgeHelpers)).value.agentIds).toContain(named("marek@northwind.example").id);
      const days = (await allCalendars(tx)).flatMap((calendar) => calendar.days.map((day) => day.name));
      expect(days).toContain("Christmas Day");
      expect(named("keith@northwind.example").teamIds).not.toContain(queue.teamId);
      const grants = await sql<{ team: string; scope: string; scopeId: string | null; verb: string }>`
        select t.name as team, g.scope_kind as scope, g.scope_id as "scopeId", g.verb from access_grant g
        join team t on t.account_id = g.account_id and t.id = g.subject_id where g.account_id = ${accountId}`.execute(
        tx.tables(),
      );
      const partner = grants.rows.filter((g) => g.team.startsWith("Brightwater"));
      expect(partner.length).toBeGreaterThan(4);
      for (const g of partner) expect([g.scope, g.scopeId]).toEqual(["queue", queue.id]);
      const overspill = grants.rows.filter((g) => g.team.startsWith("Nightline"));
      const other = (await queuesOf(tx)).find((q) => q.name.startsWith("Overspill"))!;
      for (const g of overspill) expect([g.scope, g.scopeId]).toEqual(["queue", other.id]);
      expect(overspill.map((g) => g.verb)).not.toContain("customer.read");
      // A team for social media alone, and a blended one.
      const { profiles } = await capacityProfiles(tx);
      const nameOf = new Map(profiles.map((p) => [p.id, p.name]));
      const presences = await presencesOf(tx);
      const profileOf = (email: string) => nameOf.get(presences.get(named(email).id)?.profileId ?? "");
      const three = ["ines@northwind.example", "priya@northwind.example", "femi@nightline.example"];
      expect(three.map(profileOf)).toEqual(["Social only", "Blended", "Overspill"]);
      expect(profileOf("marek@northwind.example")).toBeUndefined();
      const light = grants.rows.filter((g) => g.team === "Network engineers").map((g) => g.verb);
      expect(light).toContain("note.write");
      for (const verb of ["work.take", "reply.public", "reply.private"]) expect(light).not.toContain(verb);
    });
  });

  it("shows the newcomer who answers first, then who supervises", () => {
    const order = company.agents.map((a) => ({ ...a, ...roleOf(a.email) })).sort((a, b) => a.place - b.place);
    expect(order.slice(0, 2).map((a) => a.name)).toEqual(["Priya Nair", "Marek Wolski"]);
    expect(roleOf("nobody@northwind.example")).toEqual({ role: "", place: 99 });
  });
});

it("the last hour fills an empty playground, some of it work that waits, and is played once", async () => {
  const client = new PlaygroundClient(playground.url, playground.simulatorKey);
  const now = Date.parse("2026-11-22T10:00:00Z");
  const town = new Town("last hour");
  const stage = new Stage(client, town);
  expect(await playLastHour(client, stage, town, Math.min(now, TEST_START))).toBe(true);
  const answer = await fetch(`${playground.url}/sim/v1/events?limit=500`, {
    headers: { "x-playground-key": playground.simulatorKey },
  });
  const { events } = (await answer.json()) as {
    events: { type: string; post?: { text: string; createdAt: string } }[];
  };
  const posts = events.filter((e) => e.type === "post.created").map((e) => e.post!);
  expect(posts.length).toBeGreaterThanOrEqual(30);
  expect(posts.filter((p) => /@northwind/.test(p.text)).length).toBeGreaterThanOrEqual(5);
  expect(events.some((e) => e.type === "dm.created")).toBe(true);
  const ages = posts.map((p) => Math.min(now, TEST_START) - Date.parse(p.createdAt));
  expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...ages)).toBeLessThan(60 * 60_000);
  expect(await playLastHour(client, stage, town, now)).toBe(false);
});
