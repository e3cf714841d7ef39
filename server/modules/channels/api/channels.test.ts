import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setStop } from "#modules/company";
import { type ChannelsApi, openChannelsApi } from "../../../../tests/support/channels-api.ts";
import { type Company, openTown, SECRET, type Town } from "../../../../tests/support/channels-kit.ts";
import { sql } from "../../../platform/db.ts";
import { startBackfill } from "../index.ts";

let town: Town;
let us: Company;
let api: ChannelsApi;
let call: ChannelsApi["call"];
let url = "";

beforeAll(async () => {
  town = await openTown();
  us = await town.company();
  api = await openChannelsApi(town, us);
  call = api.call;
  url = api.url;
});
afterAll(async () => {
  await api.close();
  await town.close();
});

const list = async () => (await call("GET", "/api/channels")).body.channels[0];

describe("the way in, by the network's own webhook", () => {
  it("a post on the playground is a message here; what is dropped is found by the poll and counted", async () => {
    const hook = await fetch(`${town.playground.url}/api/v1/webhooks`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer token-of-${us.handle}-0001` },
      body: JSON.stringify({ url: `${url}/hooks/${us.hookId}` }),
    });
    expect(hook.status).toBe(201);
    await town.sim("PUT", "/admin/faults", { faults: [{ kind: "webhook-duplicate", next: 2 }] });
    await town.sim("POST", "/sim/v1/posts", { text: `@${us.handle} delivered` }, "carla");
    await expect
      .poll(async () => (await us.messages()).map((m) => m.text), { timeout: 5_000 })
      .toEqual([`@${us.handle} delivered`]);
    await us.channels.reconcile(us.channelId);
    await town.sim("PUT", "/admin/faults", { faults: [{ kind: "webhook-drop", next: 1 }] });
    await town.sim("POST", "/sim/v1/posts", { text: "dropped" }, "carla");
    await us.channels.reconcile(us.channelId);
    await us.channels.drainInbound();
    expect((await us.messages()).map((m) => m.text)).toContain("dropped");
    town.clock.advance(120_000);
    expect(await list()).toMatchObject({ state: "on", missedByPush24h: 1, quarantined: 0, neverTestedLive: false });
    await town.sim("DELETE", "/admin/faults");
  });
});

describe("/api/channels", () => {
  it("shows health: quarantine, gaps, outbox, stop switch", async () => {
    await us.push([], { body: "broken" });
    await us.channels.drainInbound();
    await us.act((tx) =>
      sql`insert into channel_gap (account_id, id, channel_id, stream, to_value, reason, opened_at) values (${us.accountId}, ${us.brandId}, ${us.channelId}, 'events', '7', 'we were away', ${new Date(tx.now)})`.execute(
        tx.tables(),
      ),
    );
    await us.act((tx) => setStop(tx, { brandId: us.brandId, on: true, reason: "wrong tone", by: null }));
    const post = (await us.feed())[0].post;
    await us.reply({ ...post, rootId: post.id }, "Held.");
    await expect
      .poll(async () => (await list()).outbox, { timeout: 5_000 })
      .toEqual({ pending: 0, inFlight: 0, unknown: 0, failed: 0, held: 1 });
    const { body } = await call("GET", "/api/channels");
    expect(body.stopped).toMatchObject([{ scope: "brand", brandId: us.brandId, reason: "wrong tone" }]);
    expect(body.channels[0]).toMatchObject({
      quarantined: 1,
      gaps: [{ reason: "we were away", filledAt: null }],
      capabilities: { kind: "playground" },
    });
    expect(JSON.stringify(body)).not.toContain(us.hookId);
  });

  it("needs rights", async () => {
    expect((await call("GET", "/api/channels", undefined, ["work.read"])).status).toBe(403);
    expect(
      (
        await call("PUT", `/api/channels/${us.channelId}/state`, { state: "paused", expectedVersion: 1 }, [
          "channel.read",
        ])
      ).status,
    ).toBe(403);
    expect((await call("POST", `/api/channels/${us.channelId}/backfill`, undefined, ["channel.read"])).status).toBe(
      403,
    );
  });

  it("pauses once, refuses an old version, and hides other accounts' channels", async () => {
    const { version } = await list();
    const paused = await call("PUT", `/api/channels/${us.channelId}/state`, {
      state: "paused",
      expectedVersion: version,
    });
    expect(paused).toMatchObject({ status: 200, body: { state: "paused", version: version + 1 } });
    expect(
      await call("PUT", `/api/channels/${us.channelId}/state`, { state: "on", expectedVersion: version }),
    ).toMatchObject({
      status: 409,
      body: { code: "version-conflict", present: { state: "paused" } },
    });
    // While it is paused a push is still taken, and read when it is on again.
    await us.push(await us.feed(), { at: town.clock.advance(1_000) });
    const before = (await us.messages()).length;
    await us.channels.drainInbound();
    expect(await us.messages()).toHaveLength(before);
    const them = await town.company();
    expect(
      (await call("PUT", `/api/channels/${them.channelId}/state`, { state: "paused", expectedVersion: 1 })).status,
    ).toBe(404);
    expect(
      (await call("PUT", `/api/channels/${us.channelId}/state`, { state: "on", expectedVersion: version + 1 })).status,
    ).toBe(200);
  });

  it("starts a backfill, once at a time", async () => {
    expect(await call("POST", `/api/channels/${us.channelId}/backfill`)).toMatchObject({
      status: 200,
      body: { started: true },
    });
  });
});

describe("logs", () => {
  it("hold no token, no secret and no signature", async () => {
    const body = "not JSON at all";
    const t = Math.floor(town.clock.now() / 1_000);
    const good = `t=${t},v1=${createHmac("sha256", SECRET).update(`${t}.${body}`).digest("hex")}`;
    const knock = (signature: string) =>
      fetch(`${url}/hooks/${us.hookId}`, { method: "POST", body, headers: { "x-playground-signature": signature } });
    expect((await knock(`t=${t},v1=${"a".repeat(64)}`)).status).toBe(401);
    expect((await knock(good)).status).toBe(200);
    await expect.poll(() => api.logged(), { timeout: 5_000 }).toContain("raw input in quarantine");
    // The network forgets our token: the pull fails with everything it knows.
    await town.sim("PUT", `/admin/companies/${us.handle}`, { name: "Northwind Mobile", token: "another-token-000001" });
    await us.act((tx) => startBackfill(tx, us.channelId));
    town.clock.advance(60_000);
    await expect.poll(() => api.logged(), { timeout: 5_000 }).toContain("pull failed");
    await expect.poll(async () => (await list()).state, { timeout: 5_000 }).toBe("needs-reauth");
    expect(api.logged()).not.toContain(SECRET);
    expect(api.logged()).not.toContain(`token-of-${us.handle}`);
    expect(api.logged()).not.toMatch(/v1=[0-9a-f]{64}/);
    expect(api.logged()).not.toContain(body);
  });
});
