import { afterAll, describe, expect, it } from "vitest";
import { brandsOf } from "#modules/company";
import { activeAgents } from "#modules/people";
import { setPresence } from "#modules/workforce";
import { makeAccount, openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { ask, readersOf } from "../../../tests/support/import-house.ts";
import { type Line, pastStory, shuffled } from "../../../tests/support/past-story.ts";
import { sql } from "../../platform/db.ts";
import type { AccountId } from "../../platform/ids.ts";
import { makeCompany } from "../cli/make-company.ts";
import { contentHash } from "../content-hash.ts";
import type { LineOptions, RefusedLine } from "./import-options.ts";
import { importLines, importRows } from "./import-rows.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

const FROM = TEST_START - 90 * 86_400_000;
const at = (minutes: number) => new Date(FROM + minutes * 60_000).toISOString();
const say = (id: string, minutes: number, from: string, text: string, more: Line = {}): Line => ({
  ...{ id, at: at(minutes), channel: "x", from, text },
  ...{ by: from === "northwind" ? "company" : "customer", ...more },
});
const dm = { private: true };
const story: Line[] = [
  say("1", 0, "@carla", "@northwind my line is down since noon, order A55102"),
  say("2", 10, "northwind", "So sorry! Please send us a DM. ^PN", { to: "@carla", reply_to: "1" }),
  say("3", 20, "@carla", "Hello, it is about order A55102, still down", dm),
  say("4", 45, "northwind", "It works again.", { to: "@carla", ...dm }),
  { type: "outcome", message: "4", channel: "x", at: at(50), outcome: "resolved" },
  say("5", 60, "@carla", "Thank you so much!", dm),
  say("6", 90, "bob@post.example", "Where is my bill? I need it by tomorrow.", { channel: "email" }),
];

async function bring(accountId: AccountId, rows: readonly unknown[], name = "story", more: Partial<LineOptions> = {}) {
  const read = readersOf(db, clock, accountId);
  const result = await importRows(db, { accountId, name, rows: rows as never, clock, wait: read, ...more });
  await read();
  return result;
}
/** A company that would work: a queue, and an agent who is here and takes what is offered. */
async function office(): Promise<{ accountId: AccountId; brandId: string }> {
  const { accountId } = await makeCompany(
    db,
    {
      ...{ name: "Northwind", brand: "Northwind", email: `priya${Math.abs(seat++)}.${process.pid}@northwind.example` },
      ...{ agent: "Priya Nair", zone: "UTC", language: "en" },
    },
    "a long enough password",
  );
  const brandId = await db.withAccount(accountId, async (tx) => {
    const [agent] = await activeAgents(tx);
    await setPresence(tx, { agentId: agent!.id, state: "available", until: null, reason: "", by: null });
    return (await brandsOf(tx))[0]!.id;
  });
  return { accountId, brandId };
}
let seat = 0;
const account = async () => (await makeAccount(db)).accountId;
const hashOf = async (accountId: AccountId) => contentHash(db, accountId);
const count = async (accountId: AccountId, table: string) =>
  (
    await ask<{ n: number }>(
      db,
      accountId,
      () => sql`select count(*)::int as n from ${sql.table(table)} where account_id = ${accountId}`,
    )
  )[0]!.n;
const announced = async (accountId: AccountId) =>
  (
    await ask<{ type: string }>(
      db,
      accountId,
      () => sql`select distinct type from event where account_id = ${accountId} order by 1`,
    )
  ).map((e) => e.type);

describe("importRows", () => {
  it("labels, stitches and tells the episodes of the past; it opens no work and sends nothing", async () => {
    const { accountId } = await office();
    await readersOf(db, clock, accountId)();
    const [before, clocks] = [await announced(accountId), await count(accountId, "timer")];
    expect(await bring(accountId, story)).toMatchObject({ stored: 6, outcomes: 1, refused: 0, parked: 0, episodes: 2 });
    const episodes = await ask<Record<string, unknown>>(
      db,
      accountId,
      () =>
        sql`select medium, state, outcome, opened_at, first_reply_at, done_at, ordinal from episode where account_id = ${accountId} order by opened_at`,
    );
    const time = (minutes: number) => FROM + minutes * 60_000;
    expect(episodes).toEqual([
      {
        ...{ medium: "public", state: "done", outcome: "resolved", ordinal: 1 },
        ...{ opened_at: time(0), first_reply_at: time(10), done_at: time(50) },
      },
      {
        ...{ medium: "email", state: "done", outcome: "imported", ordinal: 1 },
        ...{ opened_at: time(90), first_reply_at: null, done_at: time(90) },
      },
    ]);
    const answers = await ask(
      db,
      accountId,
      () =>
        sql`select asked_at, answered_at, first from response_fact where account_id = ${accountId} order by asked_at`,
    );
    expect(answers).toEqual([
      { asked_at: time(0), answered_at: time(10), first: true },
      { asked_at: time(20), answered_at: time(45), first: false },
    ]);
    expect((await announced(accountId)).filter((type) => !before.includes(type))).toEqual(
      ["ChannelChanged", "EpisodeRecalled", "FiguresChanged", "HandleMet"].concat([
        "MessagePlaced",
        "MessageReceived",
        "MessageUnderstood",
      ]),
    );
    expect(await count(accountId, "timer")).toBe(clocks);
    for (const table of ["work_item", "offer", "delivery", "parked_event", "import_row"])
      expect([table, await count(accountId, table)]).toEqual([table, 0]);
    const open = await ask(
      db,
      accountId,
      () => sql`select 1 from conversation where account_id = ${accountId} and state = 'open'`,
    );
    expect(open).toEqual([]);
  });

  it("brings nothing new the second time, by the same name or another", async () => {
    const accountId = await account();
    await bring(accountId, story);
    const [hash, events] = [await hashOf(accountId), await count(accountId, "event")];
    expect(await bring(accountId, story)).toMatchObject({ before: true, stored: 6 });
    expect(await bring(accountId, story, "again")).toMatchObject({ stored: 0, known: 6, outcomes: 0, refused: 0 });
    expect(await count(accountId, "event")).toBe(events);
    expect(await hashOf(accountId)).toEqual(hash);
  });

  it("comes to the same whatever the order of the lines and the size of the batches", async () => {
    const rows = pastStory("order", 40, FROM);
    const first = await account();
    await bring(first, rows);
    const hash = await hashOf(first);
    expect(hash.parts["episode facts"]!.count).toBeGreaterThan(20);
    for (const seed of ["a", "b"]) {
      const other = await account();
      await bring(other, shuffled(rows, seed), "story", { batchLines: 37, ahead: 23 });
      expect((await hashOf(other)).parts).toEqual(hash.parts);
    }
  }, 120_000);

  it("comes to the same whether they are told at once or each when the one before has its place", async () => {
    const rows = [...story, say("7", 15, "@gerd", "try the depot, they helped me", { reply_to: "1" })];
    rows.push(...pastStory("told", 4, FROM));
    const [atOnce, oneByOne] = [await account(), await account()];
    await bring(atOnce, rows, "told");
    await bring(oneByOne, rows, "told", { ahead: 1 });
    expect((await hashOf(oneByOne)).parts).toEqual((await hashOf(atOnce)).parts);
    // Who speaks in a thread of ours is known from what was said in it before.
    for (const accountId of [atOnce, oneByOne]) {
      const [gerd] = await ask(
        db,
        accountId,
        () => sql<{
          addressed: string;
        }>`select u.addressed from understanding u join message m on m.account_id = u.account_id and m.id = u.message_id
          where u.account_id = ${accountId} and m.external_id = '7'`,
      );
      expect(gerd).toEqual({ addressed: "bystander" });
    }
  }, 120_000);

  it("stops when a batch cannot be stored, and goes on from what is committed", async () => {
    const accountId = await account();
    const lines = [...story, { id: "bad" }, ...story.map((line) => ({ ...line, id: `${line.id}-2` }))];
    const options = { batchLines: 2, ...{ accountId, name: "full", clock, wait: readersOf(db, clock, accountId) } };
    let taken = 0;
    async function* given() {
      for (const value of lines) {
        taken++;
        yield { value };
      }
    }
    const refuses = () => Promise.reject(new Error("the disk is full"));
    await expect(importLines(db, { ...options, lines: given(), onRefused: refuses })).rejects.toThrow(
      "the disk is full",
    );
    // Read ahead by a batch and no more, and what was read ahead is read again.
    expect(taken).toBeLessThan(lines.length);
    const refused: RefusedLine[] = [];
    const result = await importLines(db, {
      ...options,
      lines: lines.map((value) => ({ value })),
      onRefused: (more) => void refused.push(...more),
    });
    expect(result).toMatchObject({ lines: lines.length, refused: 1, stored: 12 });
    expect(refused.map((r) => r.line)).toEqual([story.length + 1]);
  });

  it("finds the thread of an answer that stands before what it answers, and of answers in a ring", async () => {
    const accountId = await account();
    await bring(accountId, [
      say("c", 20, "@carla", "third", { reply_to: "b" }),
      say("b", 10, "@bob", "second", { reply_to: "a" }),
      say("a", 0, "@carla", "@northwind first", {}),
      say("r1", 30, "@carla", "round", { reply_to: "r2" }),
      say("r2", 31, "@bob", "and round", { reply_to: "r1" }),
      say("lost", 32, "@bob", "answers what is not here", { reply_to: "nowhere" }),
    ]);
    const threads = await ask<{ id: string; thread: string; root: string }>(
      db,
      accountId,
      () =>
        sql`select external_id as id, thread_key as thread, root_external_id as root from message where account_id = ${accountId} order by 1`,
    );
    expect(Object.fromEntries(threads.map((t) => [t.id, t.thread]))).toEqual({
      ...{ a: "a", b: "a", c: "a", r1: "r1", r2: "r1", lost: "nowhere" },
    });
  });

  it("lets words of ours that name only their hearer answer the last words before them", async () => {
    const accountId = await account();
    await bring(accountId, [
      say("n1", 5, "northwind", "We look into it.", { to: "@carla" }),
      say("q2", 9, "@carla", "@northwind and another thing"),
      say("q1", 0, "@carla", "@northwind it is broken"),
      say("m2", 20, "northwind", "Your bill is attached.", { channel: "email", to: "bob@post.example" }),
      say("m1", 10, "bob@post.example", "Where is my bill?", { channel: "email" }),
    ]);
    const parents = await ask<{ id: string; parent: string; thread: string }>(
      db,
      accountId,
      () =>
        sql`select external_id as id, parent_external_id as parent, thread_key as thread from message where account_id = ${accountId} and direction = 'out' order by 1`,
    );
    expect(parents).toEqual([
      { id: "m2", parent: "m1", thread: "email/bob@post.example" },
      { id: "n1", parent: "q1", thread: "q1" },
    ]);
  });

  it("keeps edits as revisions and of what was deleted nothing", async () => {
    const accountId = await account();
    await bring(accountId, [
      say("1", 0, "@carla", "@northwind it is brken", { edits: [{ at: at(2), text: "@northwind it is broken" }] }),
      say("2", 5, "@bob", "@northwind secret words", { deleted_at: at(6) }),
    ]);
    const messages = await ask(
      db,
      accountId,
      () =>
        sql`select external_id as id, text, state, revision from message where account_id = ${accountId} order by 1`,
    );
    expect(messages).toEqual([
      { id: "1", text: "@northwind it is broken", state: "live", revision: String(FROM + 120_000) },
      { id: "2", text: "", state: "tombstone", revision: "" },
    ]);
    expect(
      await ask(db, accountId, () => sql`select text from message_revision where account_id = ${accountId}`),
    ).toEqual([{ text: "@northwind it is brken" }]);
    // A later export knows more of the same message.
    const later = [say("1", 0, "@carla", "@northwind it is brken", { deleted_at: at(9) })];
    expect(await bring(accountId, later, "later")).toMatchObject({ stored: 0, known: 1, refused: 0 });
    expect(
      await ask(
        db,
        accountId,
        () => sql`select text, state from message where account_id = ${accountId} and external_id = '1'`,
      ),
    ).toEqual([{ text: "", state: "tombstone" }]);
    expect(await count(accountId, "work_item")).toBe(0);
  });

  it("takes card numbers out, also one that is spread over messages in whatever order the lines stand", async () => {
    const rows = [
      say("1", 0, "@carla", "my card 4111 1111 1111 1111", dm),
      say("2", 1, "@bob", "it is 4111 1111", dm),
      say("3", 2, "@bob", "1111 1111", dm),
    ];
    const texts = [];
    for (const order of [rows, rows.toReversed()]) {
      const accountId = await account();
      await bring(accountId, order, "cards", { batchLines: 1 });
      const found = await ask<{ text: string }>(
        db,
        accountId,
        () => sql`select text from message where account_id = ${accountId} order by external_id`,
      );
      texts.push(found.map((m) => m.text));
    }
    expect(texts[0]).toEqual(texts[1]);
    expect(texts[0]!.join(" ")).not.toMatch(/4111|1111 1111/);
  });

  it("lets a live message in an imported conversation open work, as the return it is", async () => {
    const { accountId, brandId } = await office();
    const recent = (minutes: number) => new Date(TEST_START - 86_400_000 + minutes * 60_000).toISOString();
    await bring(accountId, [
      { ...say("1", 0, "@carla", "Where is my order A55102?", dm), at: recent(0) },
      { ...say("2", 0, "northwind", "It comes tomorrow.", { to: "@carla", ...dm }), at: recent(5) },
      { type: "outcome", message: "2", channel: "x", at: recent(6), outcome: "resolved" },
    ]);
    await db.withAccount(accountId, async (tx) => {
      const { hearLive } = await import("../../../tests/support/hear-live.ts");
      await hearLive(tx, {
        brandId,
        network: "x",
        from: "carla",
        thread: "x/carla",
        text: "order A55102 is still not here",
      });
    });
    await readersOf(db, clock, accountId)();
    const episodes = await ask<Record<string, unknown>>(
      db,
      accountId,
      () =>
        sql`select e.ordinal, e.state, e.past, b.outcome as reopens from episode e left join episode b on b.account_id = e.account_id and b.id = e.reopens
        where e.account_id = ${accountId} order by e.ordinal`,
    );
    expect(episodes).toEqual([
      { ordinal: 1, state: "done", past: true, reopens: null },
      { ordinal: 2, state: "open", past: false, reopens: "resolved" },
    ]);
    expect(await count(accountId, "work_item")).toBe(1);
    // More of the history comes to light: the past is told anew before what is work now.
    await bring(
      accountId,
      [
        { ...say("0", 0, "@carla", "Where is order A55102?", dm), at: recent(-9_000) },
        { type: "outcome", message: "0", channel: "x", at: recent(-8_990), outcome: "no answer" },
      ],
      "more",
    );
    const ordinals = await ask<Record<string, unknown>>(
      db,
      accountId,
      () => sql`select ordinal, past from episode where account_id = ${accountId} order by ordinal`,
    );
    expect(ordinals).toEqual([
      { ordinal: 1, past: true },
      { ordinal: 2, past: true },
      { ordinal: 3, past: false },
    ]);
  });

  it("sets bad lines aside with number and reason and goes on", async () => {
    const accountId = await account();
    const refused: RefusedLine[] = [];
    const bad: unknown[] = [
      null,
      [],
      { ...story[0], id: undefined },
      { ...story[0], id: "t", at: "yesterday" },
      { ...story[0], id: "n", text: "a\u0000b" },
      { ...story[0], id: "s", text: "half \ud800" },
      JSON.parse(
        '{"__proto__":{"id":"x"},"id":"p","at":"2026-01-01","channel":"x","by":"customer","from":"a","text":"t"}',
      ),
      { ...story[0], id: "b", brand: "Nobody's" },
    ];
    const lines = [...bad.map((value) => ({ value })), { fault: "is no JSON." }, ...story.map((value) => ({ value }))];
    const result = await importLines(db, {
      ...{ accountId, name: "bad", lines, clock, wait: readersOf(db, clock, accountId) },
      onRefused: (more) => void refused.push(...more),
    });
    expect(result).toMatchObject({ stored: 6, refused: 9, lines: 16 });
    expect(refused.map((r) => r.line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { why } of refused) expect(why).toMatch(/^(is|has|names) .*\.$/s);
  });

  it("refuses another message under the same id", async () => {
    const accountId = await account();
    const refused: RefusedLine[] = [];
    await importLines(db, {
      ...{ accountId, name: "twins", clock, wait: readersOf(db, clock, accountId) },
      lines: [story[0], say("1", 3, "@dora", "somebody else"), story[0]].map((value) => ({ value })),
      onRefused: (more) => void refused.push(...more),
    });
    expect(refused).toEqual([{ line: 2, why: expect.stringContaining("has an id that another message of x has") }]);
  });
});
