import { createHmac, randomUUID } from "node:crypto";
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
import { connectChannel, hooks, networkAdapters, type RunningChannels, startChannels } from "../index.ts";

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
test("an entry that is pushed and changed before the next look reads as it was changed, and the look adds nothing", async () => {
  site.withHub = true;
  await connect();
  await look();
  const secret = site.forms[0]!.get("hub.secret")!;
  const push = async () => {
    const payload = feedOf(site);
    const signature = `sha256=${createHmac("sha256", secret).update(payload).digest("hex")}`;
    const headers = { "content-type": "application/rss+xml", "x-hub-signature": signature };
    expect((await app.inject({ method: "POST", url: `/hooks/${hookId}`, payload, headers })).statusCode).toBe(200);
    await running.drainInbound();
  };
  const former = async () =>
    (
      await db.withAccount(accountId, (tx) =>
        sql<{ text: string }>`select text from message_revision where account_id = ${accountId}`.execute(tx.tables()),
      )
    ).rows.map((r) => r.text);
  site.posts.unshift({ id: "p6", title: "Outage", text: "we are looking", at: clock.now() });
  await push();
  clock.advance(60_000);
  site.posts[0]!.text = "it is mended";
  await push();
  expect(await said()).toContain("Outage\n\nit is mended");
  expect(await former()).toEqual(["Outage\n\nwe are looking"]);
  // The whole feed again for the sake of another entry, and the look an hour later: what says the same is no edit.
  clock.advance(60_000);
  site.posts.unshift({ id: "p7", title: "Next", text: "another one", at: clock.now() });
  await push();
  clock.advance(60 * 60_000);
  await look();
  expect(await former()).toEqual(["Outage\n\nwe are looking"]);
  expect(await said()).toHaveLength(3);
  site.posts[1]!.text = "it is mended for good";
  clock.advance(60 * 60_000);
  await look();
  expect(await said()).toContain("Outage\n\nit is mended for good");
});

test("a feed in a private network sends us to no other place there, and neither does its hub", async () => {
  const other = await openFeedSite();
  try {
    await connect();
    site.next.push((_, answer) => answer.writeHead(302, { location: `${other.url}/feed` }).end());
    site.posts.unshift({ id: "p8", title: "New", text: "not heard yet", at: clock.now() });
    await expect(look()).rejects.toThrow(/lies in a private network/);
    expect(other.requests).toEqual([]);
    expect(await said()).toEqual([]);
    // To another page of its own host it may.
    site.next.push((_, answer) => answer.writeHead(302, { location: `${site.url}/moved` }).end());
    const connector = networkAdapters(clock).feed!.connect!;
    const asked = await connector.prepare(
      { address: `${site.url}/feed`, privateNetwork: "true" },
      AbortSignal.timeout(10_000),
    );
    expect(asked.ok).toBe(true);
    const config = { url: `${site.url}/feed`, privateNetwork: true, hub: { url: `${other.url}/hub`, topic: "x" } };
    const access = { channelId, externalId: site.url, handle: "", config, secret: { hubSecret: "s" } };
    await connector.check(
      access,
      { hookUrl: "https://desk.example/h", now: clock.now() } as never,
      undefined as never,
      AbortSignal.timeout(10_000),
    );
    expect(other.forms).toEqual([]);
  } finally {
    await new Promise((done) => other.server.close(done));
  }
});
