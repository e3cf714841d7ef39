import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Company, openTown, SECRET, type Town } from "../../../../tests/support/channels-kit.ts";
import { type AtprotoTown, openAtprotoTown } from "../../../../tests/support/fake-pds/atproto-town.ts";
import type { Person } from "../../../../tests/support/fake-pds/index.ts";
import { MINUTE } from "../../../platform/clock.ts";
import type { ConnectCheck } from "../domain/connector.ts";
import { createRateBudget } from "../domain/rate-budget.ts";
import { type ChannelAccess, networkAdapters } from "../index.ts";

const soon = () => AbortSignal.timeout(15_000);
const halves = (found: readonly ConnectCheck[]) =>
  Object.fromEntries(found.map(({ half, state, fault }) => [half, fault ?? state]));
const saying = (found: readonly ConnectCheck[], half: string) => found.find((one) => one.half === half)?.says ?? "";

describe("the playground's connector, against the real playground", () => {
  let town: Town;
  let us: Company;
  let access: ChannelAccess;
  beforeAll(async () => {
    town = await openTown();
    us = await town.company();
    access = {
      ...{ channelId: us.channelId, externalId: us.profileId, handle: us.handle },
      config: { baseUrl: town.playground.url, network: town.playground.network },
      secret: { token: `token-of-${us.handle}-0001`, appSecret: SECRET },
    };
  });
  afterAll(() => town.close());
  const connector = () => networkAdapters(town.clock).playground!.connect!;
  const hookUrl = "http://127.0.0.1:9/hooks/abcdefghijklmnopqrstuvwx";
  const look = (change: { access?: Partial<ChannelAccess>; hookUrl?: string; now?: number } = {}) =>
    connector().check(
      { ...access, ...change.access },
      { hookUrl: change.hookUrl ?? "", now: change.now ?? town.clock.now() },
      createRateBudget(),
      soon(),
    );
  const company = (change: object) =>
    town.sim("PUT", `/admin/companies/${us.handle}`, { name: "Northwind Mobile", ...change });
  const answers = (change: Record<string, string> = {}) => ({
    ...{ baseUrl: town.playground.url, token: `token-of-${us.handle}-0001`, appSecret: SECRET, ...change },
  });

  it("says who we are, and each half works", async () => {
    expect(await connector().prepare(answers(), soon())).toMatchObject({
      ok: true,
      made: { externalId: us.profileId, handle: us.handle, secret: { appSecret: SECRET } },
    });
    expect(halves(await look())).toEqual({
      ...{ "sign-in": "ok", clock: "ok", receive: "ok", subscription: "not-tried", send: "ok" },
    });
  });

  it("tells a wrong token, an address without a playground and one that is not on this machine apart", async () => {
    const wrong = await connector().prepare(answers({ token: "some-other-token-0000" }), soon());
    expect(wrong).toMatchObject({ ok: false, need: "token", fault: "wrong-secret" });
    expect(!wrong.ok && wrong.says).toMatch(/does not know this token/);
    const gone = await connector().prepare(answers({ baseUrl: "http://127.0.0.1:9" }), soon());
    expect(gone).toMatchObject({ ok: false, need: "baseUrl", fault: "unreachable" });
    for (const baseUrl of ["http://169.254.169.254", "http://10.0.0.1:3900", "https://playground.example"])
      expect(await connector().prepare(answers({ baseUrl }), soon())).toMatchObject({ fault: "private-address" });
    for (const baseUrl of ["ftp://localhost", "localhost", ""])
      expect(await connector().prepare(answers({ baseUrl }), soon())).toMatchObject({ need: "baseUrl" });
    expect(halves(await look({ access: { secret: { token: "x".repeat(20) } } }))["sign-in"]).toBe("wrong-secret");
  });

  it("has a sentence of its own for a token that ran out, one that may not write, and one that may not read", async () => {
    await company({ tokenExpiresAt: new Date(town.clock.now() + MINUTE).toISOString() });
    expect((await look()).find((one) => one.half === "sign-in")?.expiresAt).toBe(town.clock.now() + MINUTE);
    await company({ tokenExpiresAt: new Date(town.clock.now() - 1).toISOString() });
    const expired = await look();
    expect(halves(expired)["sign-in"]).toBe("expired-token");
    expect(saying(expired, "sign-in")).toMatch(/has run out/);
    expect(await connector().prepare(answers(), soon())).toMatchObject({ need: "token", fault: "expired-token" });
    await company({ tokenExpiresAt: null, scopes: ["read"] });
    const readOnly = await look();
    expect(halves(readOnly)).toMatchObject({ "sign-in": "ok", receive: "ok", send: "wrong-scope" });
    expect(saying(readOnly, "send")).toMatch(/may not write/);
    await company({ scopes: ["write"] });
    expect(halves(await look()).receive).toBe("wrong-scope");
    await company({ scopes: null });
    expect(halves(await look()).send).toBe("ok");
  });

  it("sees the half of the subscription that is missing, that cannot be reached, and that is signed with another secret", async () => {
    const missing = await look({ hookUrl });
    expect(halves(missing)).toMatchObject({ "sign-in": "ok", subscription: "missing-half" });
    expect(saying(missing, "subscription")).toMatch(/Set it up again/);
    const where = { hookUrl, now: town.clock.now() };
    await connector().subscribe!(access, where, createRateBudget(), soon());
    await connector().subscribe!(access, where, createRateBudget(), soon());
    expect(halves(await look({ hookUrl })).subscription).toBe("ok");
    await town.sim("POST", "/sim/v1/posts", { text: "hello" }, "carla");
    await expect
      .poll(async () => halves(await look({ hookUrl })).subscription, { timeout: 5_000 })
      .toBe("missing-half");
    expect(saying(await look({ hookUrl }), "subscription")).toMatch(/cannot push to this desk/);
    await connector().leave!(access, where, createRateBudget(), soon());
    expect(halves(await look({ hookUrl })).subscription).toBe("missing-half");
  });

  it("says by how much the clocks differ", async () => {
    const ahead = await look({ now: town.clock.now() + 10 * MINUTE });
    expect(halves(ahead)).toMatchObject({ "sign-in": "ok", clock: "clock-off" });
    expect(saying(ahead, "clock")).toMatch(/10 minutes ahead/);
    expect(saying(await look({ now: town.clock.now() - 10 * MINUTE }), "clock")).toMatch(/10 minutes behind/);
    expect(halves(await look({ now: town.clock.now() + 4 * MINUTE })).clock).toBe("ok");
  });
});

describe("Bluesky's connector, against a network that keeps the protocol", () => {
  let town: AtprotoTown;
  let us: Person;
  let access: ChannelAccess;
  beforeAll(async () => {
    town = await openAtprotoTown();
    us = await town.net.person("northwind.example");
    const made = await connector().prepare(answers(), soon());
    if (!made.ok) throw new Error(made.says);
    access = { channelId: "c1", ...made.made };
  });
  afterAll(() => town.close());
  const connector = () => networkAdapters(town.clock).bluesky!.connect!;
  const answers = (change: Record<string, string> = {}) => ({
    ...{ handle: "@northwind.example", appPassword: us.password, service: town.net.url, plc: town.net.url },
    ...{ firehose: town.net.firehoseUrl, keywords: "Northwind Mobile\nnwm", privateNetwork: "true", ...change },
  });
  const look = (change: Partial<ChannelAccess> = {}, now = town.clock.now()) =>
    connector().check({ ...access, ...change }, { hookUrl: "", now }, createRateBudget(), soon());

  it("says who we are, looks at each half, and writes nothing while it tries to write", async () => {
    expect(access).toMatchObject({ externalId: us.did, handle: "northwind.example" });
    expect(access.config).toMatchObject({ keywords: ["Northwind Mobile", "nwm"], service: town.net.url });
    expect(JSON.stringify(access.config)).not.toContain(us.password);
    expect(halves(await look())).toEqual({
      ...{ "sign-in": "ok", clock: "ok", receive: "ok", subscription: "ok", send: "ok" },
    });
    expect(town.net.methods.accepted).toEqual([]);
    expect(connector().answersOf!(access)).toMatchObject({
      handle: us.did,
      service: town.net.url,
      privateNetwork: "true",
    });
  });

  it("tells a wrong app password, a service that is none and one in the private network apart", async () => {
    expect(await connector().prepare(answers({ appPassword: "not-the-word" }), soon())).toMatchObject({
      ...{
        ok: false,
        need: "appPassword",
        fault: "wrong-secret",
        says: expect.stringMatching(/make a new app password/),
      },
    });
    expect(await connector().prepare(answers({ service: "http://127.0.0.1:9" }), soon())).toMatchObject({
      ...{ need: "service", fault: "unreachable" },
    });
    expect(await connector().prepare(answers({ privateNetwork: "false" }), soon())).toMatchObject({
      fault: "private-address",
    });
    town.net.fault({ on: "describeServer", how: "garbage" });
    expect(halves(await look())).toMatchObject({ "sign-in": "unreachable", send: "not-tried" });
  });

  it("has a sentence of its own for a sign-in that ran out and cannot be renewed", async () => {
    const kept = us.password;
    us.password = "changed-meanwhile";
    town.net.methods.tokens.access.clear();
    town.net.methods.tokens.refresh.clear();
    const found = await look();
    us.password = kept;
    expect(halves(found)).toMatchObject({ "sign-in": "expired-token", receive: "not-tried" });
    expect(saying(found, "sign-in")).toMatch(/does not take its app password any more/);
    // With the app password in force it renews itself.
    expect(halves(await look())["sign-in"]).toBe("ok");
  });

  it("sees a sign-in that may read and not write, and a token of a narrower kind", async () => {
    town.net.methods.readOnly.add(us.did);
    const found = await look();
    town.net.methods.readOnly.delete(us.did);
    expect(halves(found)).toMatchObject({ "sign-in": "ok", receive: "ok", send: "wrong-scope" });
    expect(saying(found, "send")).toMatch(/read but not write/);
    const claims = Buffer.from(JSON.stringify({ scope: "com.atproto.signupQueued" })).toString("base64url");
    const accessJwt = `x.${claims}.x`;
    town.net.methods.tokens.access.set(accessJwt, us.did);
    expect(halves(await look({ secret: { ...access.secret, accessJwt } }))["sign-in"]).toBe("wrong-scope");
  });

  it("sees that the stream or the notifications are missing while the rest works", async () => {
    town.net.firehose.refuse = 503;
    const found = await look();
    town.net.firehose.refuse = 0;
    expect(halves(found)).toMatchObject({ "sign-in": "ok", subscription: "missing-half", send: "ok" });
    expect(saying(found, "subscription")).toMatch(/cannot be opened/);
    town.net.fault({ on: "listNotifications", how: "garbage" });
    const silent = await look();
    expect(halves(silent)).toMatchObject({ "sign-in": "ok", receive: "missing-half", send: "ok" });
    expect(saying(silent, "receive")).toMatch(/passes on no notifications/);
    town.net.fault({ on: "listNotifications", how: "500" });
    expect(halves(await look()).receive).toBe("unreachable");
  });

  it("says by how much the clocks differ", async () => {
    expect(saying(await look({}, town.clock.now() + 10 * MINUTE), "clock")).toMatch(/10 minutes ahead/);
    expect(halves(await look({}, town.clock.now() - 10 * MINUTE)).clock).toBe("clock-off");
  });
});
