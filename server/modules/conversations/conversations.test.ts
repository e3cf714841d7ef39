import { afterAll, describe, expect, test } from "vitest";
import { MessageDeleted } from "#events/channels";
import { DAY, HOUR, MINUTE } from "#platform/clock";
import { sql } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { alice, openTowns } from "../../../tests/support/conversation-town.ts";
import { TEST_START } from "../../../tests/support/database.ts";
import { type Line, messageId } from "../../../tests/support/messages.ts";
import { finishEpisode, openEpisodeByHand } from "./conversations.ts";
import { dryRun, policyOf, setPolicy } from "./policies.ts";
import { conversationsById, monthsOfCustomer, threadsOf } from "./read.ts";

const { db, clock, found, hear, read, journal, placesOf, lastEpisode } = openTowns();
afterAll(() => db.close());

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
    expect(opened).toMatchObject({
      conversationId: conversation!.id,
      t0: "2026-11-17T09:00:00.000Z",
      priority: "normal",
      reopens: null,
      rule: "asked",
      medium: "public",
    });
    const [placed] = await journal(t, "MessagePlaced");
    expect(placed).toMatchObject({
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
    expect((await journal(t, "EpisodeAnswered")).map((e) => [e.first, e.askedAt, e.answeredAt])).toEqual([
      [true, "2026-11-17T09:00:00.000Z", "2026-11-17T09:40:00.000Z"],
      [false, "2026-11-17T10:00:00.000Z", "2026-11-17T10:05:00.000Z"],
    ]);
    expect((await journal(t, "EpisodeContinued")).map((e) => [e.waits, e.t0])).toEqual([
      [true, "2026-11-17T10:00:00.000Z"],
      [false, "2026-11-17T10:10:00.000Z"],
    ]);
    const episode = (await lastEpisode(t, conversationId))!;
    const by = uuidv7(TEST_START);
    const end = { episodeId: episode.id, outcome: "solved", by, at: TEST_START + 2 * HOUR };
    expect(await db.withAccount(t.accountId, (tx) => finishEpisode(tx, end))).toMatchObject({ ok: true });
    expect(await db.withAccount(t.accountId, (tx) => finishEpisode(tx, end))).toMatchObject({
      ok: false,
      why: "already-done",
    });
    expect((await journal(t, "EpisodeDone"))[0]!).toMatchObject({
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
    expect(opened[1]!).toMatchObject({ conversationId, reopens: episode.id, lastOwnerId: by });
    expect(await lastEpisode(t, conversationId)).toMatchObject({ ordinal: 2, reopens: episode.id });
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
    expect((await journal(t, "EpisodeContinued"))[0]!).toMatchObject({ waits: false });
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
    expect((await journal(t, "EpisodeOpened"))[0]!).toMatchObject({
      rule: "by-hand",
      says: ask.reason,
      lastOwnerId: by,
    });
    await hear(t, [
      { ext: "p2", from: "us", to: "p", thread: "p", text: "Thank you, Petra!", at: clock.now() - TEST_START + HOUR },
    ]);
    expect((await journal(t, "EpisodeAnswered"))[0]!).toMatchObject({
      first: true,
      askedMessageId: messageId(t.accountId, praise),
    });
  });
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
    expect((await journal(t, "EpisodeOpened")).at(-1)!).toMatchObject({
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
