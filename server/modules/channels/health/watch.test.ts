import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type ChannelsApi, openChannelsApi } from "../../../../tests/support/channels-api.ts";
import { type Company, openTown, type Town } from "../../../../tests/support/channels-kit.ts";
import { DAY, MINUTE } from "../../../platform/clock.ts";
import { sql } from "../../../platform/db.ts";

vi.setConfig({ testTimeout: 60_000 });

let town: Town;
let us: Company;
let api: ChannelsApi;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());
beforeEach(async () => {
  us = await town.company();
  api = await openChannelsApi(town, us, { watch: false });
  // Connected whole: the network knows where to push to, and the reader stands at the present.
  await api.running.care.check(us.accountId, us.channelId, true);
  await api.running.reconcile(us.channelId);
  return () => api.close();
});

const channel = async () => (await api.call("GET", "/api/channels")).body.channels[0];
const alarms = async () => (await channel()).managed.alarms.map((one: { cause: string }) => one.cause);
/** Minute after minute: what the watch does by itself more often, and the poll of the playground beside it. */
async function pass(minutes: number, reads = true): Promise<void> {
  for (let at = 0; at < minutes; at++) {
    town.clock.advance(MINUTE);
    if (reads) await api.running.reconcile(us.channelId).catch(() => {});
    await api.running.drainInbound();
    await api.running.inspect();
  }
}
const told = async () => [
  (await us.announced("ChannelIll")).map((e) => e.payload.cause),
  (await us.announced("ChannelWell")).length,
];

describe("an alarm stands within five minutes", () => {
  it("when nothing is wrong, none does", async () => {
    await town.sim("POST", "/sim/v1/posts", { text: "hello" }, "carla");
    await pass(6);
    expect(await alarms()).toEqual([]);
    expect((await channel()).health.state).not.toBe("ill");
    expect(await told()).toEqual([[], 0]);
  });

  it("when the token is revoked, and is over when another one is given", async () => {
    await town.sim("PUT", `/admin/companies/${us.handle}`, { name: "N", token: `revoked-${us.handle}-000000` });
    await pass(5, false);
    expect(await alarms()).toEqual(["sign-in"]);
    expect(await channel()).toMatchObject({ state: "needs-reauth", health: { state: "ill" } });
    expect(await us.announced("ChannelOut")).toMatchObject([{ payload: { channelId: us.channelId } }]);
    expect(api.logged()).toContain("a channel is ill");
    const { version } = await channel();
    const answers = { token: `revoked-${us.handle}-000000` };
    await api.call("PUT", `/api/channels/${us.channelId}/secret`, { answers, expectedVersion: version });
    await pass(1);
    expect(await alarms()).toEqual([]);
    expect(await told()).toEqual([["sign-in"], 1]);
  });

  it("when the subscription's half is missing", async () => {
    await api.running.care.leave(
      "playground",
      {
        ...{ channelId: us.channelId, externalId: us.profileId, handle: us.handle },
        config: { baseUrl: town.playground.url },
        secret: { token: `token-of-${us.handle}-0001` },
      },
      us.hookId,
    );
    await pass(5);
    expect(await alarms()).toContain("half");
  });

  it("when looking finds what no push brings", async () => {
    await town.sim("PUT", "/admin/faults", { faults: [{ kind: "webhook-drop", company: us.handle }] });
    await town.sim("POST", "/sim/v1/posts", { text: `@${us.handle} nobody pushes this` }, "carla");
    await pass(5);
    await town.sim("DELETE", "/admin/faults");
    expect(await alarms()).toEqual(["push-silent"]);
    expect((await channel()).missedByPush24h).toBeGreaterThan(0);
    // A quarter of an hour later it is a warning of the day.
    town.clock.advance(15 * MINUTE);
    await pass(1);
    expect(await alarms()).toEqual([]);
    expect((await channel()).health).toMatchObject({ state: "warning", troubles: [{ cause: "push-lossy" }] });
  });

  it("when the reader does not come to the end any more", async () => {
    await pass(5, false);
    expect(await alarms()).toEqual(["behind"]);
    expect((await channel()).behindMs).toBeGreaterThanOrEqual(5 * MINUTE);
    await pass(1);
    expect(await told()).toEqual([["behind"], 1]);
  });

  it("and is over when the channel is paused; nobody is behind right after a pause", async () => {
    await pass(5, false);
    const { version } = await channel();
    await api.call("PUT", `/api/channels/${us.channelId}/state`, { state: "paused", expectedVersion: version });
    await pass(1, false);
    expect(await alarms()).toEqual([]);
    await api.call("PUT", `/api/channels/${us.channelId}/state`, { state: "on", expectedVersion: version + 1 });
    await api.running.inspect();
    expect(await alarms()).toEqual([]);
  });
});

describe("the daily look", () => {
  it("is made when it is due and keeps what it saw, with the end of the sign-in", async () => {
    const end = new Date(town.clock.now() + 3 * DAY).toISOString();
    await town.sim("PUT", `/admin/companies/${us.handle}`, { name: "N", tokenExpiresAt: end });
    const before = (await channel()).managed.check.at;
    await pass(4);
    const now = await channel();
    expect(now.managed.check.at > before).toBe(true);
    expect(now).toMatchObject({ expiresAt: end, health: { state: "warning", troubles: [{ cause: "expiring" }] } });
    town.clock.advance(4 * DAY);
    await api.running.inspect();
    expect(await alarms()).toContain("sign-in");
  });

  it("is one node's work at a time", async () => {
    const other = us.another();
    town.clock.advance(5 * MINUTE);
    await Promise.all([api.running.inspect(), other.inspect()]);
    const leases = await town.db.asSystem((trx) =>
      sql<{ n: number }>`select count(*)::int as n from lease where name = ${`health:${us.accountId}`}`.execute(trx),
    );
    expect(leases.rows).toEqual([{ n: 1 }]);
    // A look may be due as well, by chance, and find more; each thing is told once.
    const causes = (await us.announced("ChannelIll")).map((e) => e.payload.cause);
    expect(causes).toContain("behind");
    expect(new Set(causes).size).toBe(causes.length);
  });
});

describe("a gap", () => {
  it("is filled when its history was read for it, and no other is", async () => {
    await town.sim("POST", "/sim/v1/posts", { text: `@${us.handle} while we were away` }, "carla");
    const [one, two] = await us.act(async (tx) => {
      const rows = await sql<{
        id: string;
      }>`insert into channel_gap (account_id, id, channel_id, stream, to_value, reason, opened_at)
        values (${us.accountId}, ${us.brandId}, ${us.channelId}, 'events', '7', 'away', ${new Date(tx.now)}),
          (${us.accountId}, ${us.channelId}, ${us.channelId}, 'events', '9', 'away again', ${new Date(tx.now)}) returning id`.execute(
        tx.tables(),
      );
      return rows.rows.map((r) => r.id);
    });
    expect((await channel()).health.troubles).toMatchObject([{ cause: "gap", count: 2 }]);
    const fill = (id: string, verbs?: string[]) =>
      api.call("POST", `/api/channels/${us.channelId}/gaps/${id}/fill`, {}, verbs);
    expect((await fill(one!, ["channel.read"])).status).toBe(403);
    expect((await fill(us.accountId)).status).toBe(404);
    expect(await fill(one!)).toMatchObject({ status: 200, body: { started: true } });
    await api.running.backfill(us.channelId);
    await api.running.drainInbound();
    expect((await us.messages()).map((m) => m.text)).toContain(`@${us.handle} while we were away`);
    const open = (await channel()).gaps.filter((g: { filledAt: string | null }) => g.filledAt === null);
    expect(open).toMatchObject([{ id: two }]);
    expect((await fill(one!)).status).toBe(404);
    expect((await us.announced("ChannelGap")).map((e) => e.payload.filled)).toEqual([true]);
  });
});
