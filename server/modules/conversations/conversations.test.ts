import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MessageDeleted } from "#events/channels";
import { DAY, HOUR, ManualClock, MINUTE } from "#platform/clock";
import { type Database, sql } from "#platform/db";
import { type AccountId, uuidv7 } from "#platform/ids";
import type { JournalEvent } from "#platform/journal/event";
import { readOnce } from "#platform/journal/reader";
import { type Sequencer, startSequencer } from "#platform/journal/sequencer";
import { silentLog } from "#platform/log";
import { makeAccount, openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { type Line, makeChannel, messageId, sayUnderstood, storeMessages } from "../../../tests/support/messages.ts";
import { finishEpisode, openEpisodeByHand } from "./conversations.ts";
import { reader } from "./index.ts";
import { dryRun, policyOf, setPolicy } from "./policies.ts";
import {
  conversationsById,
  conversationsOfCustomer,
  episodesOf,
  monthsOfCustomer,
  placementsOfMessages,
  threadsOf,
} from "./read.ts";

let db: Database;
let clock: ManualClock;
let sequencer: Sequencer;
beforeAll(() => {
  ({ db, clock } = openTestDatabase(new ManualClock(TEST_START)));
  sequencer = startSequencer(db, clock, silentLog, "test", () => {});
});
afterAll(async () => {
  await sequencer.close();
  await db.close();
});

interface Town {
  accountId: AccountId;
  brandId: string;
  channelId: string;
}
async function found(): Promise<Town> {
  const { accountId, brandId } = await makeAccount(db);
  const channelId = await db.withAccount(accountId, (tx) => makeChannel(tx, brandId));
  return { accountId, brandId, channelId };
}

/** Lets messages arrive and the reader read them; the clock stands a second after the last one. */
async function hear(t: Town, lines: Line[]): Promise<void> {
  clock.set(Math.max(clock.now(), TEST_START + Math.max(...lines.map((l) => l.at)) + 1_000));
  await db.withAccount(t.accountId, async (tx) => {
    await storeMessages(tx, t.channelId, lines);
    await sayUnderstood(tx, t.channelId, t.brandId, lines);
  });
  await read(t);
}
async function read(t: Town): Promise<void> {
  await sequencer.drain();
  while (await readOnce(db, reader, t.accountId, clock, silentLog)) {}
  const parked = await db.withAccount(t.accountId, (tx) =>
    sql`select error from parked_event where account_id = ${t.accountId}`.execute(tx.tables()),
  );
  expect(parked.rows).toEqual([]);
}
async function journal(t: Town, type: string): Promise<Pick<JournalEvent<Record<string, unknown>>, "payload">[]> {
  return db.withAccount(
    t.accountId,
    async (tx) =>
      (
        await sql<{
          payload: Record<string, unknown>;
        }>`select payload from event where account_id = ${t.accountId} and type = ${type} order by ord`.execute(
          tx.tables(),
        )
      ).rows,
  );
}
async function placesOf(t: Town, lines: Line[]) {
  const ids = lines.map((l) => messageId(t.accountId, l));
  const found = await db.withAccount(t.accountId, (tx) => placementsOfMessages(tx, ids));
  return new Map(lines.map((l) => [l.ext, found.get(messageId(t.accountId, l))!]));
}
const openEpisodeOf = async (t: Town, conversationId: string) =>
  (await db.withAccount(t.accountId, (tx) => episodesOf(tx, [conversationId]))).get(conversationId)?.at(-1);

const alice: Line = { ext: "a1", from: "alice", text: "@northwind my parcel A55102 has not come", at: 0 };

describe("a message becomes work", () => {
  test("conversation, number, subject, episode, clock and events", async () => {
    const t = await found();
    await hear(t, [alice]);
    const place = (await placesOf(t, [alice])).get("a1")!;
    const [conversation] = [
      ...(await db.withAccount(t.accountId, (tx) => conversationsById(tx, [place.conversationId!]))).values(),
    ];
    expect(conversation).toMatchObject({
      number: "C-20001",
      subject: "my parcel A55102 has not come",
      state: "open",
      version: 1,
    });
    expect(place).toMatchObject({ role: "customer", actionable: true, rule: "asked", policyVersion: 0, outside: null });
    expect(place.reasons.map((r) => r.code)).toEqual(["addressed", "intent"]);
    const [opened] = await journal(t, "EpisodeOpened");
    expect(opened!.payload).toMatchObject({
      conversationId: conversation!.id,
      t0: "2026-11-17T09:00:00.000Z",
      priority: "normal",
      reopens: null,
      rule: "asked",
      medium: "public",
    });
    const [placed] = await journal(t, "MessagePlaced");
    expect(placed!.payload).toMatchObject({
      messageId: place.messageId,
      episodeId: place.episodeId,
      actionable: true,
      outside: null,
    });
    const threads = await db.withAccount(t.accountId, (tx) => threadsOf(tx, conversation!.id));
    expect(threads.map((x) => x.threadKey)).toEqual(["a1"]);
  });

  test("reading the same events again changes nothing", async () => {
    const t = await found();
    await hear(t, [alice]);
    await hear(t, [alice]);
    await db.withAccount(t.accountId, (tx) =>
      sql`update reader_cursor set position = 0 where account_id = ${t.accountId} and reader = 'conversations'`.execute(
        tx.tables(),
      ),
    );
    await read(t);
    expect(await journal(t, "MessagePlaced")).toHaveLength(1);
    expect(await journal(t, "EpisodeOpened")).toHaveLength(1);
  });

  test("what is outside has its reason, and history opens nothing", async () => {
    const t = await found();
    const lines: Line[] = [
      { ext: "n", from: "spammer", text: "WIN", at: 0, labels: { noise: true } },
      { ext: "o", from: "otto", text: "northwind were late", at: 1, labels: { addressed: "about" } },
      { ext: "own", from: "us", text: "Our new lamp", at: 2 },
      { ext: "h", from: "hanna", text: "@northwind help", at: 3, backfilled: true },
    ];
    await hear(t, lines);
    const places = await placesOf(t, lines);
    expect([...places.values()].map((p) => p.outside)).toEqual(["noise", "not-addressed", "own-post", null]);
    expect(places.get("h")).toMatchObject({ actionable: true, episodeId: null });
    expect(await journal(t, "EpisodeOpened")).toHaveLength(0);
  });
});

describe("the clock of an episode", () => {
  test("our reply answers, thanks do not wait, and 'done' with a return inside the window reopens", async () => {
    const t = await found();
    const lines: Line[] = [
      alice,
      { ext: "r1", from: "us", to: "a1", thread: "a1", text: "Sorry! Please DM us.", at: 40 * MINUTE },
      { ext: "d1", from: "alice", private: true, text: "12 High Street", at: 60 * MINUTE, labels: { intent: "other" } },
      {
        ext: "r2",
        from: "us",
        private: true,
        thread: "dm/alice",
        text: "Thank you, it goes out today.",
        at: 65 * MINUTE,
      },
      {
        ext: "t1",
        from: "alice",
        private: true,
        text: "thank you",
        at: 70 * MINUTE,
        labels: { thanksOnly: true, intent: "praise" },
      },
    ];
    for (const line of lines) await hear(t, [line]);
    const places = await placesOf(t, lines);
    const conversationId = places.get("a1")!.conversationId!;
    expect(new Set([...places.values()].map((p) => p.conversationId))).toEqual(new Set([conversationId]));
    expect(
      (await journal(t, "EpisodeAnswered")).map((e) => [e.payload.first, e.payload.askedAt, e.payload.answeredAt]),
    ).toEqual([
      [true, "2026-11-17T09:00:00.000Z", "2026-11-17T09:40:00.000Z"],
      [false, "2026-11-17T10:00:00.000Z", "2026-11-17T10:05:00.000Z"],
    ]);
    expect((await journal(t, "EpisodeContinued")).map((e) => [e.payload.waits, e.payload.t0])).toEqual([
      [true, "2026-11-17T10:00:00.000Z"],
      [false, "2026-11-17T10:10:00.000Z"],
    ]);
    const episode = (await openEpisodeOf(t, conversationId))!;
    const by = uuidv7(TEST_START);
    const end = { episodeId: episode.id, outcome: "solved", by, at: TEST_START + 2 * HOUR };
    expect(await db.withAccount(t.accountId, (tx) => finishEpisode(tx, end))).toMatchObject({ ok: true });
    expect(await db.withAccount(t.accountId, (tx) => finishEpisode(tx, end))).toMatchObject({
      ok: false,
      why: "already-done",
    });
    expect((await journal(t, "EpisodeDone"))[0]!.payload).toMatchObject({
      outcome: "solved",
      by,
      windowUntil: "2026-12-17T11:00:00.000Z",
    });

    await hear(t, [
      {
        ext: "t2",
        from: "alice",
        thread: "a1",
        text: "@northwind thanks!",
        at: 26 * HOUR,
        labels: { thanksOnly: true },
      },
    ]);
    expect(await journal(t, "EpisodeOpened")).toHaveLength(1);
    await hear(t, [{ ext: "a2", from: "alice", thread: "a1", text: "@northwind A55102 came broken", at: 5 * DAY }]);
    const opened = await journal(t, "EpisodeOpened");
    expect(opened[1]!.payload).toMatchObject({ conversationId, reopens: episode.id, lastOwnerId: by });
    expect(await openEpisodeOf(t, conversationId)).toMatchObject({ ordinal: 2, reopens: episode.id });
    const months = await db.withAccount(t.accountId, (tx) => monthsOfCustomer(tx, places.get("a1")!.customerId!));
    expect(months).toEqual([{ month: "2026-11", public: 3, private: 2 }]);
  });

  test("a message deleted before its answer stops waiting, and keeps its place", async () => {
    const t = await found();
    await hear(t, [alice]);
    const place = (await placesOf(t, [alice])).get("a1")!;
    await db.withAccount(t.accountId, async (tx) => {
      tx.announce(MessageDeleted, {
        key: place.conversationId!,
        entity: "message",
        entityId: place.messageId,
        entityVersion: 2,
        payload: { messageId: place.messageId, channelId: t.channelId, by: "author" },
      });
    });
    await read(t);
    expect((await journal(t, "EpisodeContinued"))[0]!.payload).toMatchObject({ waits: false });
    const after = (await placesOf(t, [alice])).get("a1")!;
    expect(after).toMatchObject({ conversationId: place.conversationId, deletedAt: expect.any(Number) });
    expect(after.reasons.at(-1)!.code).toBe("deleted");
  });

  test("an edit that makes a trouble of a greeting opens work; the place stays", async () => {
    const t = await found();
    const hello: Line = {
      ext: "a1",
      from: "alice",
      text: "hello @northwind",
      at: 0,
      labels: { intent: "praise", sentiment: "positive" },
    };
    await hear(t, [hello]);
    expect(await journal(t, "EpisodeOpened")).toHaveLength(0);
    const before = (await placesOf(t, [hello])).get("a1")!;
    await hear(t, [{ ...hello, labels: { intent: "complaint", sentiment: "negative" } }]);
    expect(await journal(t, "EpisodeOpened")).toHaveLength(1);
    expect((await placesOf(t, [hello])).get("a1")).toMatchObject({
      conversationId: before.conversationId,
      actionable: true,
      version: 2,
    });
  });

  test("by hand: an agent opens what the policy left", async () => {
    const t = await found();
    const praise: Line = {
      ext: "p",
      from: "petra",
      text: "@northwind lovely lamp",
      at: 0,
      labels: { intent: "praise", sentiment: "positive" },
    };
    await hear(t, [praise]);
    const { conversationId } = (await placesOf(t, [praise])).get("p")!;
    const by = uuidv7(TEST_START);
    const ask = { conversationId: conversationId!, by, reason: "She is a famous designer." };
    await db.withAccount(t.accountId, (tx) => openEpisodeByHand(tx, ask));
    await expect(db.withAccount(t.accountId, (tx) => openEpisodeByHand(tx, ask))).rejects.toThrow(/open already/);
    expect((await journal(t, "EpisodeOpened"))[0]!.payload).toMatchObject({
      rule: "by-hand",
      says: ask.reason,
      lastOwnerId: by,
    });
    await hear(t, [
      { ext: "p2", from: "us", to: "p", thread: "p", text: "Thank you, Petra!", at: clock.now() - TEST_START + HOUR },
    ]);
    expect((await journal(t, "EpisodeAnswered"))[0]!.payload).toMatchObject({
      first: true,
      askedMessageId: messageId(t.accountId, praise),
    });
  });
});

/** A day in a small town: threads, replies, a bystander, DMs, thanks, a second matter. */
const day: Line[] = [
  alice,
  { ext: "a2", from: "alice", text: "@northwind still no parcel", at: 3 * HOUR },
  { ext: "a3", from: "alice", private: true, text: "it is A55102", at: 4 * HOUR },
  {
    ext: "a4",
    from: "alice",
    text: "@northwind is the shop open on Sunday",
    at: 5 * HOUR,
    labels: { intent: "question" },
  },
  { ext: "u1", from: "us", to: "a1", thread: "a1", text: "Please DM us", at: HOUR },
  { ext: "b1", from: "bob", to: "u1", thread: "a1", text: "same here, lost", at: 2 * HOUR },
  {
    ext: "b2",
    from: "bob",
    to: "a1",
    thread: "a1",
    text: "@alice good luck",
    at: 6 * HOUR,
    labels: { addressed: "bystander", intent: "other" },
  },
  {
    ext: "c1",
    from: "carla",
    to: "a2",
    thread: "a2",
    text: "@alice try the depot",
    at: 3.5 * HOUR,
    labels: { addressed: "bystander", intent: "other" },
  },
  {
    ext: "a5",
    from: "alice",
    text: "@northwind thank you",
    at: 30 * HOUR,
    labels: { thanksOnly: true, intent: "praise" },
  },
];

describe("the order of arrival", () => {
  test("does not matter while nobody has acted: the same towns stand in the end", async () => {
    const partition = async (orders: Line[][]) => {
      const t = await found();
      for (const batch of orders) await hear(t, batch);
      const groups = new Map<string, string[]>();
      for (const [ext, p] of await placesOf(t, day)) {
        const key = p.conversationId ?? `outside ${p.outside}`;
        groups.set(key, [...(groups.get(key) ?? []), `${ext} ${p.role}`]);
      }
      return [...groups.values()].map(String).sort();
    };
    const inOrder = await partition([day.toSorted((a, b) => a.at - b.at)]);
    expect(inOrder).toEqual([
      "a1 customer,a2 customer,a3 customer,u1 us,c1 bystander,a5 customer",
      "a4 customer",
      "b1 customer,b2 customer",
    ]);
    expect(await partition(day.toSorted((a, b) => b.at - a.at).map((l) => [l]))).toEqual(inOrder);
    expect(
      await partition([[day[8]!, day[3]!], [day[6]!, day[2]!, day[1]!], [day[7]!], [day[0]!, day[5]!], [day[4]!]]),
    ).toEqual(inOrder);
  });

  test("a late arrival after a person acted moves nothing and is a suggestion", async () => {
    const t = await found();
    const later: Line = { ext: "x2", from: "alice", text: "@northwind still no parcel", at: 3 * HOUR };
    await hear(t, [later]);
    const before = (await placesOf(t, [later])).get("x2")!;
    const episode = (await openEpisodeOf(t, before.conversationId!))!;
    await db.withAccount(t.accountId, (tx) =>
      finishEpisode(tx, { episodeId: episode.id, outcome: "solved", by: uuidv7(TEST_START), at: clock.now() }),
    );
    await hear(t, [alice]);
    const places = await placesOf(t, [later, alice]);
    expect(places.get("x2")).toMatchObject({ conversationId: before.conversationId, version: before.version });
    expect(places.get("a1")!.conversationId).not.toBe(before.conversationId);
    expect(places.get("a1")!.alternatives.map((a) => a.conversationId)).toContain(before.conversationId);
  });
});

test("two workers with the same customer open one conversation", async () => {
  const t = await found();
  const lines: Line[] = Array.from({ length: 8 }, (_, i) => ({
    ext: `m${i}`,
    from: "alice",
    text: `@northwind parcel A55102 ${i}`,
    at: i * MINUTE,
  }));
  clock.set(Math.max(clock.now(), TEST_START + HOUR));
  await db.withAccount(t.accountId, (tx) => storeMessages(tx, t.channelId, lines));
  const { placeMessages } = await import("./placing/place-messages.ts");
  const labels = {
    language: "en",
    noise: false,
    addressed: "mention",
    intent: "complaint",
    sentiment: "neutral",
    risks: [],
    gratitude: false,
    thanksOnly: false,
    backfilled: false,
  };
  await db.withAccount(t.accountId, (tx) => sayUnderstood(tx, t.channelId, t.brandId, lines));
  const place = (some: Line[]) =>
    db.withAccount(t.accountId, (tx) =>
      placeMessages(
        tx,
        some.map((l) => ({ ...labels, brandId: t.brandId, messageId: messageId(t.accountId, l) })),
      ),
    );
  await Promise.all([place(lines.slice(0, 4)), place(lines.slice(4)), place(lines.slice(2, 3))]);
  const places = await placesOf(t, lines);
  expect(new Set([...places.values()].map((p) => p.conversationId)).size).toBe(1);
  const of = await db.withAccount(t.accountId, (tx) => conversationsOfCustomer(tx, places.get("m0")!.customerId!));
  expect(of).toHaveLength(1);
  expect(await journal(t, "EpisodeOpened")).toHaveLength(1);
});

test("a run costs a number of statements that does not grow with it", async () => {
  const count = async (n: number) => {
    const t = await found();
    const lines: Line[] = Array.from({ length: n }, (_, i) => ({
      ext: `m${i}`,
      from: `p${i % Math.ceil(n / 2)}`,
      text: `@northwind my lamp ${i} flickers`,
      at: i * MINUTE,
    }));
    clock.set(Math.max(clock.now(), TEST_START + n * MINUTE + HOUR));
    await db.withAccount(t.accountId, async (tx) => {
      await storeMessages(tx, t.channelId, lines);
      await sayUnderstood(tx, t.channelId, t.brandId, lines);
    });
    const { placeMessages } = await import("./placing/place-messages.ts");
    let statements = 0;
    await db.withAccount(t.accountId, async (tx) => {
      const counted = tx.tables().withPlugin({
        transformQuery(asked) {
          statements++;
          return asked.node;
        },
        transformResult: async (got) => got.result,
      });
      const labels = {
        language: "en",
        noise: false,
        addressed: "mention",
        intent: "complaint",
        sentiment: "neutral",
        risks: [],
        gratitude: false,
        thanksOnly: false,
        backfilled: false,
      };
      await placeMessages(
        { ...tx, tables: () => counted as never },
        lines.map((l) => ({ ...labels, brandId: t.brandId, messageId: messageId(t.accountId, l) })),
      );
    });
    expect([...(await placesOf(t, lines)).values()].every((p) => p.conversationId !== null)).toBe(true);
    return statements;
  };
  const few = await count(4);
  const many = await count(60);
  expect(many).toBe(few);
  expect(many).toBeLessThanOrEqual(20);
});

describe("the written policy", () => {
  const only = { id: "all", says: "Everything is work.", when: [], verdict: "work" as const, priority: "low" as const };

  test("versions, conflicts, and a dry run that changes nothing", async () => {
    const t = await found();
    const praise: Line = {
      ext: "p",
      from: "petra",
      text: "@northwind lovely lamp",
      at: 0,
      labels: { intent: "praise", sentiment: "positive" },
    };
    await hear(t, [alice, praise]);
    const before = await journal(t, "MessagePlaced");
    const run = await db.withAccount(t.accountId, (tx) => dryRun(tx, t.brandId, [only], 100));
    expect(run).toMatchObject({ looked: 2, work: 2, leave: 0 });
    expect(run.changed).toEqual([
      {
        messageId: messageId(t.accountId, praise),
        text: praise.text,
        was: false,
        would: true,
        says: "Everything is work.",
      },
    ]);
    expect(await journal(t, "MessagePlaced")).toEqual(before);
    expect((await db.withAccount(t.accountId, (tx) => policyOf(tx, t.brandId))).version).toBe(0);

    const written = { text: "All.", rules: [only], expectedVersion: 0 };
    expect((await db.withAccount(t.accountId, (tx) => setPolicy(tx, t.brandId, written, null))).version).toBe(1);
    await expect(db.withAccount(t.accountId, (tx) => setPolicy(tx, t.brandId, written, null))).rejects.toMatchObject({
      code: "version-conflict",
    });
    await hear(t, [{ ...praise, ext: "p2", from: "paul", at: HOUR }]);
    expect((await journal(t, "EpisodeOpened")).at(-1)!.payload).toMatchObject({
      rule: "all",
      says: "Everything is work.",
      priority: "low",
    });
  });
});

test("another account sees none of it", async () => {
  const t = await found();
  await hear(t, [alice]);
  const other = await found();
  const id = (await placesOf(t, [alice])).get("a1")!.conversationId!;
  expect((await db.withAccount(other.accountId, (tx) => conversationsById(tx, [id]))).size).toBe(0);
});
