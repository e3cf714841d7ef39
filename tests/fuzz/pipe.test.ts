import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { storable } from "../../server/platform/storable.ts";
import { eventually } from "../support/eventually.ts";
import { hostileEvents } from "../support/hostile-feed.ts";
import { deepJson, hostileBytes, seeded } from "../support/hostile-text.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { OUTAGE } from "../support/story.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.stop());

/** As the network does, which comes again with what could not be made durable in time (a machine that is busy elsewhere). */
const push = (body: Uint8Array, options: { secret?: string } = {}): Promise<number> =>
  eventually("an answer that is not 503", async () => {
    const status = await pushOnce(body, options);
    return status !== 503 && status;
  });

/** Signs and pushes as the network does; whoever knows the secret may still write what they like. */
async function pushOnce(body: Uint8Array, { secret = desk.network.appSecret }): Promise<number> {
  const t = Math.floor(desk.clock.now() / 1_000);
  const v1 = createHmac("sha256", secret).update(`${t}.`).update(body).digest("hex");
  const answer = await fetch(`${desk.url}/hooks/${desk.company.hookId}`, {
    ...{ method: "POST", body: Buffer.from(body) },
    headers: { "content-type": "application/json", "x-playground-signature": `t=${t},v1=${v1}` },
  });
  await answer.text();
  return answer.status;
}

const count = async (statement: string, values: unknown[] = []) =>
  (await desk.database.query<{ n: number }>(statement, values))[0]!.n;

let made = 0;
/** A customer who only wants help, among all the rest. */
function plea() {
  const n = ++made;
  const author = { id: `pr_good${n}`, handle: `good${n}`, name: `Good ${n}`, followers: 10, url: "http://p/@x" };
  const post = {
    ...{ id: `po_good${n}`, rootId: `po_good${n}`, parentId: null, author, text: OUTAGE, language: "en", revision: 1 },
    ...{ createdAt: new Date(desk.clock.now()).toISOString(), url: `http://p/posts/${n}` },
    mentions: [{ handle: "northwind", profileId: desk.network.profileId }],
  };
  return { seq: n, id: `ev_good${n}`, type: "post.created", at: post.createdAt, post };
}
const feed = (events: readonly unknown[]) =>
  Buffer.from(JSON.stringify({ network: "nw_1", webhook: "wh", company: "x", events }));

/** All that was acknowledged is done with, none of the good was lost, and no reader stumbled. */
async function allWell(): Promise<void> {
  await eventually(
    "nothing waits to be parsed",
    async () => (await count("select count(*)::int as n from raw_inbox where state = 'new'")) === 0,
    60_000,
  );
  await desk.quiet();
  expect(await desk.database.query("select reader, tries, error from parked_event")).toEqual([]);
  expect(await desk.database.query("select reader, tries, error from reader_try")).toEqual([]);
  expect(await count("select count(*)::int as n from message where external_id like 'po\\_good%'")).toBe(made);
  expect(
    await count(
      "select count(*)::int as n from message m where m.direction = 'in' and m.state = 'live' and not exists (select from placement p where p.account_id = m.account_id and p.message_id = m.id)",
    ),
  ).toBe(0);
  expect(
    await count("select count(*)::int as n from raw_inbox where state = 'quarantined' and coalesce(error, '') = ''"),
  ).toBe(0);
  expect((await desk.nobody().ask("/healthz")).status).toBe(200);
}

/** Letters that no compression makes short, always the same. */
function noise(length: number): string {
  let text = "";
  for (let n = 0; text.length < length; n++) text += createHash("sha512").update(String(n)).digest("base64url");
  return text.slice(0, length);
}
const MEGABYTE = noise(1_000_000);
const LONG = noise(9_000);

/** Of the right shape, so that they go all the way; each with one thing that nobody sends. */
const strange: readonly (readonly [string, (n: number) => Record<string, unknown>])[] = [
  ["NUL in the text", () => ({ text: "help\u0000me \u0000" })],
  ["half a character", () => ({ text: "a\ud800b \udc00" })],
  ["only marks", () => ({ text: "\u0301".repeat(50_000) })],
  ["five megabytes", () => ({ text: `@northwind help ${"word ".repeat(1_000_000)}` })],
  ["a link behind what is kept", () => ({ text: `${"word ".repeat(41_000)} https://a.example/x` })],
  ["links to the end", () => ({ text: "https://a.example/x ".repeat(20_000) })],
  ["more people than live", (n) => ({ author: author(n, { followers: Number.MAX_SAFE_INTEGER }) })],
  ["fewer than none", (n) => ({ author: author(n, { followers: -1 }) })],
  ["names of a megabyte", (n) => ({ author: author(n, { name: MEGABYTE, handle: MEGABYTE }) })],
  ["an author's id of a megabyte", (n) => ({ author: author(n, { id: MEGABYTE }) })],
  ["NUL in every name", (n) => ({ author: author(n, { handle: "\u0000", name: "\ud800" }) })],
  ["NUL in an author's id", (n) => ({ author: author(n, { id: "pr\u0000x" }) })],
  ["a prototype as author", (n) => ({ author: author(n, { id: "__proto__", handle: "constructor" }) })],
  ["no language", () => ({ language: "__proto__" })],
  ["a language of a megabyte", () => ({ language: MEGABYTE })],
  ["NUL as language", () => ({ language: "e\u0000n" })],
  ["a script as address", () => ({ url: "javascript:alert(1)" })],
  ["an address of a megabyte", () => ({ url: `http://x/${MEGABYTE}` })],
  ["itself as parent", (n) => ({ parentId: `po_strange${n}` })],
  ["an id of nine kilobytes", () => ({ id: LONG })],
  ["an id with NUL", () => ({ id: "po_\u0000x" })],
  ["a thread of nine kilobytes", () => ({ rootId: LONG })],
  ["a parent of nine kilobytes", () => ({ parentId: LONG })],
  [
    "ten thousand mentions",
    () => ({
      mentions: Array.from({ length: 10_000 }, (_, i) => ({ handle: "h", profileId: `${LONG.slice(0, 300)}${i}` })),
    }),
  ],
  ["said in the year 1", () => ({ createdAt: "0001-01-01T00:00:00.000Z" })],
  ["said at the end of time", () => ({ createdAt: "+275760-09-13T00:00:00.000Z" })],
  ["edited before it was said", () => ({ editedAt: "1970-01-01T00:00:00.000Z" })],
  ["edited at the end of time", () => ({ editedAt: "+275760-09-13T00:00:00.000Z" })],
  ["a version beyond all", () => ({ revision: Number.MAX_SAFE_INTEGER })],
  ["deleted in the year 1", () => ({ deletedAt: "0001-01-01T00:00:00.000Z" })],
  ["a card number over all scripts", () => ({ text: "٤١١١ 1111 １１１１ 𝟏𝟏𝟏𝟏 cvv 123" })],
];
const author = (n: number, change: object) => ({ id: `pr_s${n}`, handle: "s", name: "S", followers: 1, ...change });
/** Names that no network gives; all else is a message. */
const PUT_ASIDE = [
  "an author's id of a megabyte",
  "NUL in an author's id",
  "an id of nine kilobytes",
  "an id with NUL",
  "a thread of nine kilobytes",
  "a parent of nine kilobytes",
];

it("posts with one strange thing in them are kept or put aside with a reason, and the next one is served", async () => {
  const odd = strange.map(([what, change], n) => {
    const post = {
      ...plea().post,
      id: `po_strange${n}`,
      rootId: `po_strange${n}`,
      author: author(n, {}),
      ...change(n),
    };
    made -= 1;
    return { what, post: post as { id: string } };
  });
  for (const { what, post } of odd) {
    const at = new Date(desk.clock.now()).toISOString();
    expect([what, await push(feed([plea(), { id: "e", type: "post.created", at, post }, plea()]))]).toEqual([
      what,
      200,
    ]);
  }
  await allWell();
  const kept = await desk.database.query<{ external_id: string }>("select external_id from message");
  const known = new Set(kept.map((row) => row.external_id));
  const missing = odd.filter(({ post }) => !known.has(storable(post.id)));
  expect(missing.map(({ what }) => what)).toEqual(PUT_ASIDE);
  expect(await count("select count(*)::int as n from raw_inbox where state = 'quarantined'")).toBe(PUT_ASIDE.length);
  const texts = await desk.database.query<{ text: string; entities: { end: number }[] }>(
    "select text, entities from message",
  );
  for (const { text, entities } of texts) {
    expect(text.length).toBeLessThanOrEqual(200_000);
    for (const { end } of entities) expect(end).toBeLessThanOrEqual(text.length);
  }
}, 120_000);

it("feeds of anything are taken whole or refused whole, and nothing stays behind", async () => {
  const { seed, numRuns } = seeded(60);
  const bodies = [
    ...fc
      .sample(hostileEvents, { seed, numRuns })
      .map((events) => feed([plea(), ...(Array.isArray(events) ? events : [events]), plea()])),
    ...fc.sample(hostileBytes, { seed, numRuns: 20 }).map((b) => Buffer.from(b)),
    Buffer.from(`{"events":${deepJson(50_000)}}`),
    Buffer.from(`{"events":[{"type":"post.created","post":{"text":${deepJson(20_000)}}}]}`),
  ];
  const answers = await Promise.all(bodies.map((body) => push(body)));
  expect(answers.filter((status) => status !== 200)).toEqual([]);
  await allWell();
  const before = await count("select count(*)::int as n from raw_inbox");
  for (const body of bodies.slice(0, 10)) expect(await push(body, { secret: "another" })).toBe(401);
  expect(await count("select count(*)::int as n from raw_inbox")).toBe(before);
}, 120_000);
