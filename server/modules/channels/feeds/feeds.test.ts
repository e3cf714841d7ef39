import { createHmac, randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import Fastify, { type FastifyInstance } from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { makeAccount, openTestDatabase, TEST_START } from "../../../../tests/support/database.ts";
import { type FeedSite, feedOf, openFeedSite } from "../../../../tests/support/feed-site.ts";
import type { ManualClock } from "../../../platform/clock.ts";
import { type Database, sql } from "../../../platform/db.ts";
import { problemHandler } from "../../../platform/http/problem.ts";
import type { AccountId } from "../../../platform/ids.ts";
import { silentLog } from "../../../platform/log.ts";
import { useKeyRing } from "../../company/index.ts";
import {
  type Channel,
  channelOf,
  connectChannel,
  hooks,
  messagesOfThread,
  networkAdapters,
  type RunningChannels,
  reparseChannel,
  startBackfill,
  startChannels,
} from "../index.ts";

const DAY = 86_400_000;

let db: Database;
let clock: ManualClock;
let site: FeedSite;
let accountId: AccountId;
let channelId: string;
let running: RunningChannels;
let app: FastifyInstance;
let hookId: string;

beforeAll(() => {
  useKeyRing(new Uint8Array(32).fill(7));
  ({ db, clock } = openTestDatabase());
});
afterAll(() => db.close());
afterEach(async () => {
  await running.close();
  await app.close();
  await new Promise((done) => site.server.close(done));
});
beforeEach(async () => {
  site = await openFeedSite();
  const made = await makeAccount(db, `Feeds ${randomUUID().slice(0, 8)}`);
  accountId = made.accountId;
  running = startChannels({
    ...{ db, clock, log: silentLog, adapters: networkAdapters(clock), publicUrl: "http://127.0.0.1:9" },
    ...{ accounts: [accountId], watch: false },
  });
  app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setErrorHandler(problemHandler(silentLog));
  hooks({ app } as never, running);
  site.posts = [{ id: "p1", title: "Old", text: "was here before", at: TEST_START - 4 * DAY }];
});

async function connect(): Promise<void> {
  const connector = networkAdapters(clock).feed!.connect!;
  const done = await connector.prepare(
    { address: `${site.url}/feed`, privateNetwork: "true" },
    AbortSignal.timeout(10_000),
  );
  if (!done.ok) throw new Error(done.says);
  ({ channelId, hookId } = await db.withAccount(accountId, async (tx) => {
    const brand = await sql<{ id: string }>`select id from brand where account_id = ${accountId}`.execute(tx.tables());
    return connectChannel(tx, {
      ...{ brandId: brand.rows[0]!.id, network: "feed", name: "Harbour", externalId: done.made.externalId },
      ...{ handle: done.made.handle, config: done.made.config, secret: done.made.secret },
    });
  }));
}
/** Half an hour later the feed is due. */
async function look(): Promise<void> {
  clock.advance(30 * 60_000);
  await running.reconcile(channelId);
  await running.drainInbound();
}
const said = () =>
  db.withAccount(accountId, async (tx) => {
    const found = await sql<{
      text: string;
      state: string;
    }>`select text, state from message where account_id = ${accountId} order by text`.execute(tx.tables());
    return found.rows.map((r) => r.text);
  });
const gaps = () =>
  db.withAccount(
    accountId,
    async (tx) =>
      (
        await sql<{ reason: string }>`select reason from channel_gap where account_id = ${accountId}`.execute(
          tx.tables(),
        )
      ).rows,
  );
const channel = (): Promise<Channel> => db.withAccount(accountId, (tx) => channelOf(tx, channelId));

test("what stood there before is history; what comes is heard once, what changes is an edit, and conditions are kept", async () => {
  await connect();
  await look();
  expect(await said()).toEqual([]);
  site.posts.unshift({ id: "p2", title: "New", text: "no signal again", at: clock.now() });
  await look();
  expect(await said()).toEqual(["New\n\nno signal again"]);
  const before = site.requests.length;
  await look();
  expect(site.requests.length).toBe(before + 1);
  expect(site.requests.at(-1)!.headers["if-none-match"]).toMatch(/^"/);
  site.posts[0]!.text = "signal is back";
  await look();
  expect(await said()).toEqual(["New\n\nsignal is back"]);
  const revisions = await db.withAccount(accountId, (tx) =>
    sql<{ text: string }>`select text from message_revision where account_id = ${accountId}`.execute(tx.tables()),
  );
  expect(revisions.rows.map((r) => r.text)).toEqual(["New\n\nno signal again"]);
  await db.withAccount(accountId, (tx) => startBackfill(tx, channelId));
  await running.backfill(channelId);
  await running.drainInbound();
  expect(await said()).toEqual(["New\n\nsignal is back", "Old\n\nwas here before"]);
});

test("what is written after connecting opens work, however late the first look, whoever asks for history", async () => {
  await connect();
  site.posts.unshift({ id: "p2", title: "Early", text: "the first look failed", at: clock.now() + 60_000 });
  await look();
  site.posts.unshift({ id: "p3", title: "Late", text: "not looked at yet", at: clock.now() + 60_000 });
  await db.withAccount(accountId, (tx) => startBackfill(tx, channelId));
  await running.backfill(channelId);
  await look();
  const past = await db.withAccount(accountId, (tx) =>
    sql<{ text: string }>`select text from message where account_id = ${accountId} and backfilled`.execute(tx.tables()),
  );
  expect(past.rows.map((r) => r.text)).toEqual(["Old\n\nwas here before"]);
  expect(await said()).toHaveLength(3);
});

test("a feed is left alone for as long as it and we say", async () => {
  await connect();
  await look();
  const asked = site.requests.length;
  clock.advance(5 * 60_000);
  await running.reconcile(channelId);
  expect(site.requests.length).toBe(asked);
  site.next.push((_, answer) => answer.writeHead(200, { "cache-control": "max-age=3000" }).end(feedOf(site)));
  await look();
  clock.advance(40 * 60_000);
  await running.reconcile(channelId);
  expect(site.requests.length).toBe(asked + 1);
  clock.advance(11 * 60_000);
  await running.reconcile(channelId);
  expect(site.requests.length).toBe(asked + 2);
});

test("a permanent move is remembered, a passing one is not", async () => {
  await connect();
  await look();
  site.next.push((_, answer) => answer.writeHead(302, { location: "/elsewhere" }).end());
  await look();
  await look();
  expect(site.requests.at(-1)!.url).toBe("/feed");
  site.next.push((_, answer) => answer.writeHead(301, { location: "/moved" }).end());
  site.posts.unshift({ id: "p3", title: "Moved", text: "still here", at: clock.now() });
  await look();
  await look();
  expect(site.requests.at(-1)!.url).toBe("/moved");
  expect(await said()).toEqual(["Moved\n\nstill here"]);
});

test.each([
  ["gone", (a: ServerResponse) => a.writeHead(410).end(), /gone for good/],
  [
    "a page instead of a feed",
    (a: ServerResponse) => a.writeHead(200).end("<html>hello</html>"),
    /no RSS, Atom or JSON feed/,
  ],
  [
    "entities",
    (a: ServerResponse) => a.writeHead(200).end('<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"/>'),
    /declares entities/,
  ],
  ["nothing but a connection", (a: ServerResponse) => void a.destroy(), /cannot be reached/],
  ["too much", (a: ServerResponse) => void a.writeHead(200).end(Buffer.alloc(6 * 1_048_576, 60)), /more than 5 MB/],
  [
    "from address to address",
    (a: ServerResponse, s: FeedSite) => {
      for (let i = 0; i < 10; i += 1) s.next.push((_, b) => b.writeHead(302, { location: `/${i}` }).end());
      a.writeHead(302, { location: "/x" }).end();
    },
    /without an end/,
  ],
])("%s says what is wrong and loses nothing: what comes next is heard", async (_, answerWith, says) => {
  await connect();
  await look();
  site.posts.unshift({ id: "p4", title: "After", text: "the trouble", at: clock.now() });
  site.next.push((_request, answer) => answerWith(answer, site));
  await expect(look()).rejects.toThrow(says);
  site.next.length = 0;
  await look();
  expect(await said()).toEqual(["After\n\nthe trouble"]);
});

test("when all of a full feed is new, that is a gap that is shown", async () => {
  site.posts = Array.from({ length: 12 }, (_, i) => ({
    id: `a${i}`,
    title: `A${i}`,
    text: "first",
    at: TEST_START - DAY,
  }));
  await connect();
  await look();
  site.posts = Array.from({ length: 12 }, (_, i) => ({ id: `b${i}`, title: `B${i}`, text: "second", at: clock.now() }));
  await look();
  expect(await said()).toHaveLength(12);
  expect((await gaps()).map((g) => g.reason)).toEqual([expect.stringMatching(/came and left/)]);
});

test("a hub is asked, proves the address, and what it pushes is heard at once and once", async () => {
  site.withHub = true;
  await connect();
  await look();
  const form = site.forms.at(-1)!;
  expect(Object.fromEntries(form)).toMatchObject({
    ...{
      "hub.mode": "subscribe",
      "hub.topic": `${site.url}/feed`,
      "hub.callback": `http://127.0.0.1:9/hooks/${hookId}`,
    },
  });
  const prove = (topic: string) =>
    app.inject({
      url: `/hooks/${hookId}`,
      query: { "hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "c-17", "hub.lease_seconds": "9" },
    });
  expect(await prove(`${site.url}/feed`).then((a) => [a.statusCode, a.body])).toEqual([200, "c-17"]);
  expect((await prove("https://other.example/feed")).statusCode).toBe(404);
  site.posts.unshift({ id: "p5", title: "Pushed", text: "right now", at: clock.now() });
  const body = feedOf(site);
  const push = (signature: string, words = body) =>
    app.inject({
      method: "POST",
      url: `/hooks/${hookId}`,
      payload: words,
      headers: { "content-type": "application/rss+xml", "x-hub-signature": signature },
    });
  const signed = (method: string, words = body) =>
    `${method}=${createHmac(method, form.get("hub.secret")!).update(words).digest("hex")}`;
  for (const bad of [
    "",
    "sha256=00",
    `sha256=${"0".repeat(64)}`,
    signed("sha256").replace("sha256", "sha512"),
    signed("sha256", "other"),
  ])
    expect([bad, (await push(bad)).statusCode]).toEqual([bad, 401]);
  for (const method of ["sha256", "sha1", "sha256"]) expect((await push(signed(method))).statusCode).toBe(200);
  await running.drainInbound();
  // The push held the whole feed; what stood there before we came is history and opens no work.
  expect(await said()).toEqual(["Old\n\nwas here before", "Pushed\n\nright now"]);
  const past = await db.withAccount(accountId, (tx) =>
    sql<{ text: string }>`select text from message where account_id = ${accountId} and backfilled`.execute(tx.tables()),
  );
  expect(past.rows.map((r) => r.text)).toEqual(["Old\n\nwas here before"]);
  await look();
  expect(await said()).toHaveLength(2);
  const asked = site.forms.length;
  clock.advance(DAY);
  await running.reconcile(channelId);
  expect(site.forms.length).toBe(asked + 1);
});

test("an address of a page, a password, a private address: each its own sentence", async () => {
  const { connect: connector } = networkAdapters(clock).feed!;
  const ask = (answers: Record<string, string>) => connector!.prepare(answers, AbortSignal.timeout(10_000));
  site.next.push((_, answer) =>
    answer
      .writeHead(200)
      .end(`<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>`),
  );
  expect(await ask({ address: `${site.url}/about`, privateNetwork: "true" })).toMatchObject({
    ok: true,
    made: { externalId: `${site.url}/feed`, handle: "Harbour blog" },
  });
  expect(await ask({ address: `${site.url}/feed` })).toMatchObject({
    ok: false,
    need: "address",
    fault: "private-address",
  });
  site.next.push((_, answer) => answer.writeHead(401).end());
  expect(await ask({ address: `${site.url}/feed`, privateNetwork: "true" })).toMatchObject({
    ok: false,
    says: expect.stringMatching(/password/),
  });
  expect(await ask({ address: "ftp://x.example/feed" })).toMatchObject({ ok: false, fault: "refused" });
  expect(await ask({ address: "http://127.0.0.1:1/feed", privateNetwork: "true" })).toMatchObject({
    ok: false,
    fault: "unreachable",
  });
});

test("the check looks at each half: the feed, its clock, its hub", async () => {
  site.withHub = true;
  site.posts[0]!.at = TEST_START + 5 * DAY;
  await connect();
  const { connect: connector } = networkAdapters(clock).feed!;
  const config = {
    url: `${site.url}/feed`,
    privateNetwork: true,
    hub: { url: `${site.url}/hub`, topic: `${site.url}/feed` },
  };
  const access = { channelId, externalId: site.url, handle: "", config, secret: { hubSecret: "s" } };
  const check = (change: object = {}) =>
    connector!.check(
      { ...access, ...change },
      { hookUrl: "http://127.0.0.1:9/hooks/x", now: TEST_START },
      {} as never,
      AbortSignal.timeout(10_000),
    );
  const states = async (change?: object) =>
    Object.fromEntries((await check(change)).map((c) => [c.half, c.fault ?? c.state]));
  expect(await states()).toEqual({ receive: "ok", clock: "clock-off", subscription: "ok" });
  expect(await states({ config: { ...config, hub: { url: `${site.url}:1/no`, topic: "x" } } })).toMatchObject({
    subscription: "missing-half",
  });
  site.next.push((_, answer) => answer.writeHead(404).end());
  expect(await states({ config: { ...config, hub: undefined } })).toEqual({
    receive: "refused",
    subscription: "not-tried",
  });
  expect((await channel()).capabilities.kind).toBe("feed");
});

test("what was stored is read again without asking the site", async () => {
  await connect();
  await look();
  site.posts.unshift({ id: "p6", title: "Again", text: "and again", at: clock.now() });
  await look();
  const asked = site.requests.length;
  await db.withAccount(accountId, (tx) => reparseChannel(tx, channelId));
  await running.drainInbound();
  expect(await said()).toEqual(["Again\n\nand again"]);
  expect(site.requests.length).toBe(asked);
  const thread = await db.withAccount(accountId, (tx) => messagesOfThread(tx, channelId, "feed:p6", 10));
  expect(thread.map((m) => [m.permalink, m.visibility, m.why])).toEqual([
    [`${site.url}/p6`, "public", ["subscription"]],
  ]);
});
