import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChannelsApi, openChannelsApi } from "../../../../tests/support/channels-api.ts";
import { type Company, openTown, type Town } from "../../../../tests/support/channels-kit.ts";
import { makeAccount } from "../../../../tests/support/database.ts";
import { type AtprotoTown, openAtprotoTown } from "../../../../tests/support/fake-pds/atproto-town.ts";
import { sql } from "../../../platform/db.ts";

const TOKEN = "token-of-the-second-place";
const APP_SECRET = "secret-of-the-second-place";
let town: Town;
let us: Company;
let api: ChannelsApi;
beforeAll(async () => {
  town = await openTown();
  us = await town.company();
  api = await openChannelsApi(town, us);
  await town.sim("PUT", "/admin/companies/second", { name: "Second", token: TOKEN, appSecret: APP_SECRET });
});
afterAll(async () => {
  await api.close();
  await town.close();
});
const answers = (change: Record<string, string> = {}) => ({
  ...{ baseUrl: town.playground.url, token: TOKEN, appSecret: APP_SECRET, ...change },
});
const connect = (change: object = {}, commandId?: string) =>
  api.call(
    "POST",
    "/api/channels",
    { brandId: us.brandId, network: "playground", name: "Second", answers: answers(), ...change },
    undefined,
    commandId,
  );
const list = async () => (await api.call("GET", "/api/channels")).body.channels;
const second = async () => (await list()).find((c: { handle: string }) => c.handle === "second");
const check = (id: string, mend = false) => api.call("POST", `/api/channels/${id}/check`, { mend });
// biome-ignore lint/suspicious/noExplicitAny: JSON of many shapes
const halves = (found: any) =>
  Object.fromEntries(
    // biome-ignore lint/suspicious/noExplicitAny: JSON of many shapes
    found.map((one: any) => [one.half, one.fault ?? one.state]),
  );
const stored = (table: string) =>
  us.act((tx) =>
    sql<{
      all: string;
    }>`select coalesce(string_agg(t::text, ' '), '') as all from ${sql.table(table)} t where t.account_id = ${us.accountId}`.execute(
      tx.tables(),
    ),
  );

describe("networks that can be connected", () => {
  it("say what they need, without offering private addresses where they are not allowed", async () => {
    const { body } = await api.call("GET", "/api/networks");
    const [playground, bluesky] = ["playground", "bluesky"].map((network) =>
      body.networks.find((one: { network: string }) => one.network === network),
    );
    expect(playground.needs).toEqual([
      { name: "baseUrl", kind: "url", required: true, choices: null, fallback: "http://127.0.0.1:3900", sealed: false },
      { name: "token", kind: "secret", required: true, choices: null, fallback: null, sealed: true },
      { name: "appSecret", kind: "secret", required: true, choices: null, fallback: null, sealed: true },
    ]);
    expect(playground).toMatchObject({ neverTestedLive: false, capabilities: { kind: "playground" } });
    expect(bluesky.neverTestedLive).toBe(true);
    expect(bluesky.needs.map((n: { name: string }) => n.name)).not.toContain("privateNetwork");
    expect((await api.call("GET", "/api/networks", undefined, ["channel.read"])).status).toBe(403);
  });

  it("can be tried without connecting anything", async () => {
    const tried = (given: object, verbs?: string[]) =>
      api.call("POST", "/api/networks/playground/try", { brandId: us.brandId, answers: given }, verbs);
    const good = await tried(answers());
    expect(good.status).toBe(200);
    expect(halves(good.body.halves)).toMatchObject({ "sign-in": "ok", subscription: "not-tried", send: "ok" });
    expect(await second()).toBeUndefined();
    expect(await tried(answers({ token: "token-that-nobody-has" }))).toMatchObject({
      status: 422,
      body: {
        ...{
          code: "channel-refused",
          fault: "wrong-secret",
          detail: expect.stringMatching(/does not know this token/),
        },
        errors: [{ path: "body.answers.token" }],
      },
    });
    expect(await tried({ baseUrl: town.playground.url, token: TOKEN })).toMatchObject({
      ...{ status: 422, body: { errors: [{ path: "body.answers.appSecret" }] } },
    });
    expect((await tried(answers({ strange: "1" }))).status).toBe(400);
    expect((await tried(answers(), ["channel.read"])).status).toBe(403);
    expect((await api.call("POST", "/api/networks/myspace/try", { brandId: us.brandId, answers: {} })).status).toBe(
      404,
    );
    const inside = { handle: "a.example", appPassword: "x", service: "http://10.0.0.1", privateNetwork: "true" };
    expect(await api.call("POST", "/api/networks/bluesky/try", { brandId: us.brandId, answers: inside })).toMatchObject(
      { status: 422, body: { errors: [{ path: "body.answers.privateNetwork" }] } },
    );
    const scheme = { ...inside, privateNetwork: "false" };
    expect(await api.call("POST", "/api/networks/bluesky/try", { brandId: us.brandId, answers: scheme })).toMatchObject(
      { status: 422, body: { fault: "private-address" } },
    );
  });
});

describe("connecting a place", () => {
  it("is done once for a command, subscribes, and what is pushed arrives", async () => {
    const [one, two] = await Promise.all([connect({}, "connect-the-second"), connect({}, "connect-the-second")]);
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(two.body.id).toBe(one.body.id);
    expect(one.body).toMatchObject({ name: "Second", handle: "second", state: "on", managed: { canCheck: true } });
    expect(one.body.managed.secrets).toEqual(["token", "appSecret"]);
    await expect
      .poll(async () => halves((await check(one.body.id)).body.check.halves), { timeout: 5_000 })
      .toEqual({ "sign-in": "ok", clock: "ok", receive: "ok", subscription: "ok", send: "ok" });
    await town.sim("POST", "/sim/v1/posts", { text: "@second where is my parcel" }, "carla");
    await expect.poll(async () => (await second()).lastInboundAt, { timeout: 5_000 }).not.toBeNull();
    expect((await second()).inboundLagMs).toBeGreaterThanOrEqual(0);
    const again = await connect();
    expect(again).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/connected already, as Second/) },
    });
  });

  it("sets up again the half that the network forgot", async () => {
    const { id } = await second();
    const { webhooks } = await (
      await fetch(`${town.playground.url}/api/v1/webhooks`, { headers: { authorization: `Bearer ${TOKEN}` } })
    ).json();
    for (const { id: hook } of webhooks)
      await fetch(`${town.playground.url}/api/v1/webhooks/${hook}`, {
        ...{ method: "DELETE", headers: { authorization: `Bearer ${TOKEN}` } },
      });
    expect(halves((await check(id)).body.check.halves).subscription).toBe("missing-half");
    const ill = await second();
    expect(ill.health).toMatchObject({ state: "ill", troubles: [{ cause: "half", level: "ill" }] });
    expect(ill.managed.alarms).toMatchObject([{ cause: "half" }]);
    expect(halves((await check(id, true)).body.check.halves).subscription).toBe("ok");
    expect((await second()).health.state).toBe("healthy");
  });

  it("needs the right for the brand, and another account's channel is not there", async () => {
    const { id, version } = await second();
    const read = ["channel.read"];
    expect((await api.call("POST", `/api/channels/${id}/check`, { mend: false }, read)).status).toBe(403);
    const change = { answers: { token: "x" }, expectedVersion: version };
    expect((await api.call("PUT", `/api/channels/${id}/secret`, change, read)).status).toBe(403);
    expect((await api.call("DELETE", `/api/channels/${id}`, { expectedVersion: version }, read)).status).toBe(403);
    expect(
      (
        await api.call(
          "POST",
          "/api/channels",
          { brandId: us.brandId, network: "playground", answers: answers() },
          read,
        )
      ).status,
    ).toBe(403);
    const them = await town.company();
    expect((await check(them.channelId)).status).toBe(404);
    const other = await makeAccount(town.db);
    expect((await connect({ brandId: other.brandId })).status).toBe(404);
    const seen = (await api.call("GET", "/api/channels", undefined, read)).body.channels;
    expect(seen.map((one: { managed: unknown }) => one.managed)).toEqual([null, null]);
  });
});

describe("exchanging a secret", () => {
  const exchange = async (given: Record<string, string>, version?: number, commandId?: string) => {
    const { id, version: now } = await second();
    const body = { answers: given, expectedVersion: version ?? now };
    return api.call("PUT", `/api/channels/${id}/secret`, body, undefined, commandId);
  };

  it("keeps the old one until the new one is proven", async () => {
    const { id } = await second();
    expect(await exchange({ token: "token-that-nobody-has" })).toMatchObject({
      status: 422,
      body: { code: "channel-refused" },
    });
    expect((await exchange({ token: `token-of-${us.handle}-0001` })).body.detail).toMatch(/belongs to another account/);
    const rights = (scopes: string[] | null) =>
      town.sim("PUT", "/admin/companies/second", { name: "Second", token: TOKEN, appSecret: APP_SECRET, scopes });
    await rights(["read"]);
    expect(await exchange({ token: TOKEN })).toMatchObject({ status: 422, body: { fault: "wrong-scope" } });
    await rights(null);
    expect((await exchange({ baseUrl: "http://127.0.0.1:1" })).status).toBe(400);
    expect((await exchange({})).status).toBe(400);
    expect(halves((await check(id)).body.check.halves)["sign-in"]).toBe("ok");
  });

  it("wakes a channel whose sign-in ran out, and refuses an old version", async () => {
    const { id } = await second();
    const token = "token-of-the-second-place-2";
    await town.sim("PUT", "/admin/companies/second", { name: "Second", token, appSecret: APP_SECRET });
    expect(halves((await check(id)).body.check.halves)["sign-in"]).toBe("wrong-secret");
    const shut = await second();
    expect(shut).toMatchObject({ state: "needs-reauth", health: { state: "ill", troubles: [{ cause: "sign-in" }] } });
    expect((await exchange({ token }, shut.version - 1)).status).toBe(409);
    const done = await exchange({ token }, shut.version, "exchange-once");
    expect(done).toMatchObject({ status: 200, body: { state: "on", trouble: null } });
    // The answer of a command that was done before, whatever the network says now.
    expect(await exchange({ token }, shut.version, "exchange-once")).toMatchObject({ status: 200, body: { id } });
    expect(await exchange({ token: "another-one-altogether" }, shut.version, "exchange-once")).toMatchObject({
      ...{ status: 409, body: { code: "command-reused" } },
    });
    await expect.poll(async () => (await second()).health.state, { timeout: 5_000 }).toBe("healthy");
  });

  it("of two that exchange at once one wins and the other is told", async () => {
    const { version } = await second();
    const token = "token-of-the-second-place-2";
    const [one, two] = await Promise.all([exchange({ token }, version), exchange({ token }, version)]);
    expect([one.status, two.status].sort()).toEqual([200, 409]);
  });
});

describe("disconnecting", () => {
  it("forgets the secret, keeps what came, shuts the address for pushes, and can be connected again", async () => {
    const { id, version } = await second();
    const before = (await us.messages()).filter((m) => m.channelId === id).length;
    expect(before).toBeGreaterThan(0);
    expect((await api.call("DELETE", `/api/channels/${id}`, { expectedVersion: version - 1 })).status).toBe(409);
    expect((await api.call("DELETE", `/api/channels/${id}`, { expectedVersion: version })).status).toBe(200);
    expect(await second()).toMatchObject({ id, state: "archive", health: { state: "off" } });
    expect((await us.messages()).filter((m) => m.channelId === id)).toHaveLength(before);
    const row = await us.act((tx) =>
      sql<{ secret: unknown }>`select secret from channel where account_id = ${us.accountId} and id = ${id}`.execute(
        tx.tables(),
      ),
    );
    expect(row.rows).toEqual([{ secret: null }]);
    await expect
      .poll(
        async () =>
          (
            await (
              await fetch(`${town.playground.url}/api/v1/webhooks`, {
                headers: { authorization: "Bearer token-of-the-second-place-2" },
              })
            ).json()
          ).webhooks,
        { timeout: 5_000 },
      )
      .toEqual([]);
    expect((await check(id)).status).toBe(409);
    const back = await connect({ answers: answers({ token: "token-of-the-second-place-2" }) });
    expect(back).toMatchObject({ status: 201, body: { id, state: "on" } });
  });
});

describe("secrets", () => {
  it("are in no answer, log, audit, event, command or check", async () => {
    const answered = JSON.stringify(await list());
    const all = [answered, api.logged()];
    for (const table of ["audit", "event", "command_log", "channel_check", "channel_alarm", "channel"])
      all.push((await stored(table)).rows[0]!.all);
    expect(all[1]!.length).toBeGreaterThan(300);
    for (const secret of [TOKEN, `${TOKEN}-2`, APP_SECRET, "token-that-nobody-has", "another-one-altogether"])
      for (const [at, text] of all.entries()) expect([at, text.includes(secret)]).toEqual([at, false]);
    expect(all[2]).toContain("channel.secret-exchanged");
  });
});

describe("an account on Bluesky", () => {
  let at: AtprotoTown;
  let theirs: ChannelsApi;
  afterAll(async () => {
    await theirs?.close();
    await at?.close();
  });
  it("is connected, and its app password exchanged, where private addresses are allowed", async () => {
    at = await openAtprotoTown();
    const person = await at.net.person("northwind.example");
    const { accountId, brandId } = await makeAccount(at.db);
    theirs = await openChannelsApi(at as never, { accountId, brandId }, { mayBeInside: true, watch: false });
    const given = {
      ...{ handle: "northwind.example", appPassword: person.password, service: at.net.url, plc: at.net.url },
      ...{ firehose: at.net.firehoseUrl, privateNetwork: "true" },
    };
    const { plc: _, ...known } = given;
    const made = await theirs.call("POST", "/api/channels", { brandId, network: "bluesky", answers: known });
    expect(made).toMatchObject({ status: 201, body: { handle: "northwind.example", name: "northwind.example" } });
    person.password = "the-new-app-password";
    at.net.methods.tokens.access.clear();
    at.net.methods.tokens.refresh.clear();
    const found = await theirs.call("POST", `/api/channels/${made.body.id}/check`, { mend: false });
    expect(found.body.channel).toMatchObject({ state: "needs-reauth", health: { state: "ill" } });
    const exchanged = await theirs.call("PUT", `/api/channels/${made.body.id}/secret`, {
      ...{ answers: { appPassword: "the-new-app-password" }, expectedVersion: found.body.channel.version },
    });
    expect(exchanged).toMatchObject({ status: 200, body: { state: "on" } });
    expect(theirs.logged()).not.toContain("the-new-app-password");
  });
});
