import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { connectChannel, networkAdapters } from "../../server/modules/channels/index.ts";
import { MINUTE } from "../../server/platform/clock.ts";
import { sql } from "../../server/platform/db.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf, type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
let priya: ApiClient;
let site: Server;
let address: string;
const posts: { id: string; text: string; at: number }[] = [];

beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  priya = await desk.as("priya");
  site = createServer((_request, answer) => {
    const items = posts.map(
      (p) =>
        `<item><guid isPermaLink="false">${p.id}</guid><link>${address}/posts/${p.id}</link><title>Rant</title><description>${p.text}</description><pubDate>${new Date(p.at).toUTCString()}</pubDate><author>mara@blog.example (Mara ${p.id})</author></item>`,
    );
    answer
      .writeHead(200, { "content-type": "application/rss+xml" })
      .end(
        `<rss version="2.0"><channel><title>Harbour blog</title><link>${address}/</link>${items.join("")}</channel></rss>`,
      );
  });
  await new Promise<void>((done) => site.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const { connect } = networkAdapters(desk.clock).feed!;
  const prepared = await connect!.prepare(
    { address, privateNetwork: "true", everyMinutes: "1" },
    AbortSignal.timeout(10_000),
  );
  if (!prepared.ok) throw new Error(prepared.says);
  await desk.db.withAccount(desk.company.accountId, async (tx) => {
    const brand = await sql<{ id: string }>`select id from brand where account_id = ${tx.accountId} limit 1`.execute(
      tx.tables(),
    );
    await connectChannel(tx, {
      ...{ brandId: brand.rows[0]!.id, network: "feed", name: "Harbour blog", ...prepared.made },
      ...{ config: { ...prepared.made.config }, secret: { ...prepared.made.secret } },
    });
  });
  // The first look remembers what stands there.
  await eventually("the first look", async () => {
    const seen = await desk.db.withAccount(desk.company.accountId, (tx) =>
      sql`select 1 from channel_cursor where account_id = ${tx.accountId} and stream = 'feed'`.execute(tx.tables()),
    );
    return seen.rows.length === 1;
  });
}, 60_000);
afterAll(async () => {
  await desk?.stop();
  site?.close();
});
beforeEach(() => desk.presence("priya", "available"));
afterEach(() => story.clear());

const TEXT = "Northwind, my internet has been down since this morning. When will it work again?";

/** Somebody complains in the blog, and Priya takes it. */
async function heard(): Promise<Json> {
  const id = `p${posts.length + 1}`;
  posts.unshift({ id, text: `${TEXT} (${id})`, at: desk.clock.now() });
  desk.travel(2 * MINUTE);
  const offer = await story.offerFor("priya", `Mara ${id}`);
  await priya.do("POST", `/api/offers/${offer.offerId}/accept`);
  return story.view(offer.row.conversationId);
}
const handOff = (view: Json, more: Json = {}): Promise<Json> =>
  priya.send("POST", `/api/desk/conversations/${view.id}/hand-offs`, {
    ...{ answersMessageId: view.composer.public.handOff.answersMessageId, outcome: "answered", permalink: null },
    ...{ text: "Sorry, Mara! The line is being mended; it works again by noon.", reason: "" },
    ...{ expectedVersion: view.work.version, ...more },
  });

it("is offered where software may not answer, and what the agent wrote there answers the customer here", async () => {
  const view = await heard();
  expect(view.composer.public).toMatchObject({ door: null, handOff: { url: `${address}/posts/p1`, to: "Mara p1" } });
  desk.travel(5 * MINUTE);
  const done = await handOff(view, { permalink: `${address}/posts/p1#comment-4` });
  expect(done.status).toBe(201);
  await desk.quiet();
  const after = await story.view(view.id);
  expect(messagesOf(after).map((m) => [m.direction, m.mark.audience])).toEqual([
    ["in", "public"],
    ["out", "public"],
  ]);
  const ours = messagesOf(after)[1]!;
  expect(ours.text).toBe(
    "Sorry, Mara! The line is being mended; it works again by noon. — Priya Nair, Northwind Mobile",
  );
  expect(after.episodes.at(-1)).toMatchObject({ firstReplyAt: expect.any(String) });
  expect(after.work.version).toBeGreaterThan(view.work.version);
});

it("keeps the reason when nothing was written there, and the clock goes on", async () => {
  const view = await heard();
  const done = await handOff(view, { outcome: "not-answered", text: "", reason: "comments are closed" });
  expect([done.status, done.body]).toEqual([201, { messageId: null }]);
  await desk.quiet();
  const after = await story.view(view.id);
  expect(messagesOf(after)).toHaveLength(1);
  expect(after.timeline.filter((e: Json) => e.type === "note").map((n: Json) => n.text)).toEqual([
    expect.stringMatching(/^Not answered at 127\.0\.0\.1:\d+: comments are closed$/),
  ]);
});

it("is refused where it makes no sense, with what to do", async () => {
  const view = await heard();
  expect((await handOff(view, { text: "  " })).body.detail).toMatch(/Say what you wrote there/);
  expect((await handOff(view, { expectedVersion: view.work.version + 7 })).status).toBe(409);
  expect((await handOff(view, { permalink: "javascript:alert(1)" })).status).toBe(400);
  const other = await story.taken();
  const mine = await story.view(other.conversationId);
  const wrong = await priya.send("POST", `/api/desk/conversations/${mine.id}/hand-offs`, {
    ...{
      answersMessageId: mine.composer.public.door.answersMessageId,
      outcome: "answered",
      text: "x",
      permalink: null,
    },
    ...{ reason: "", expectedVersion: mine.work.version },
  });
  expect(wrong.body.detail).toMatch(/Send a reply instead/);
  const marek = await desk.as("marek");
  const stolen = await marek.send("POST", `/api/desk/conversations/${view.id}/hand-offs`, {
    ...{
      answersMessageId: view.composer.public.handOff.answersMessageId,
      outcome: "answered",
      text: "x",
      permalink: null,
    },
    ...{ reason: "", expectedVersion: view.work.version },
  });
  expect(stolen.body.detail).toMatch(/Take the work first/);
});
