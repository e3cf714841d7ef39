import { afterAll, describe, expect, test } from "vitest";
import { HOUR, MINUTE } from "#platform/clock";
import { sql } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { alice, openTowns, type Town } from "../../../../tests/support/conversation-town.ts";
import { TEST_START } from "../../../../tests/support/database.ts";
import { type Line, messageId } from "../../../../tests/support/messages.ts";
import { finishEpisode } from "../conversations.ts";
import { dryRun, setPolicy } from "../policies.ts";
import { conversationsOfCustomer } from "../read.ts";
import type { Understood } from "./gather-drafts.ts";
import { placeMessages } from "./place-messages.ts";

const { db, clock, found, say, read, hear, journal, placesOf, lastEpisode } = openTowns();
afterAll(() => db.close());

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

test("our own names are no evidence: who only names us in both speaks of two matters, and nobody is asked", async () => {
  const t = await found();
  await db.withAccount(t.accountId, (tx) =>
    sql`update brand set name = 'Northwind Mobile', names = array['northwind', 'north wind'] where account_id = ${tx.accountId}`.execute(
      tx.tables(),
    ),
  );
  const lines: Line[] = [
    { ext: "n1", from: "nora", text: "Northwind has charged twice for roaming", at: 0 },
    { ext: "n2", from: "nora", text: "is the Northwind shop open on Sunday", at: 2 * HOUR },
    { ext: "n3", from: "nora", text: "Northwind roaming is a joke", at: 3 * HOUR },
  ];
  await hear(t, lines);
  const places = await placesOf(t, lines);
  const said = (ext: string) => {
    const { evidence, alternatives } = places.get(ext)!;
    return [...evidence, ...alternatives].map((one) => one.text).join(" ");
  };
  expect(places.get("n2")!.conversationId).not.toBe(places.get("n1")!.conversationId);
  expect(said("n2")).not.toMatch(/word|same/i);
  expect(said("n3")).toMatch(/roam/);
  expect(said("n3")).not.toMatch(/northwind/);
});

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
    const episode = (await lastEpisode(t, before.conversationId!))!;
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

/** What `MessageUnderstood` says of lines, handed to a worker without its reader. */
const understood = (t: Town, lines: readonly Line[]): Understood[] =>
  lines.map((l) => ({
    messageId: messageId(t.accountId, l),
    brandId: t.brandId,
    backfilled: false,
    language: "en",
    noise: false,
    addressed: "mention",
    intent: "complaint",
    sentiment: "neutral",
    risks: [],
    gratitude: false,
    thanksOnly: false,
  }));

test("workers with the same customer at the same moment open one conversation, whether they know him or not", async () => {
  const t = await found();
  const line = (i: number): Line => ({
    ext: `m${i}`,
    from: "alice",
    text: `@northwind parcel A55102 ${i}`,
    at: i * MINUTE,
  });
  for (const round of [0, 8]) {
    const lines = Array.from({ length: 8 }, (_, i) => line(round + i));
    await say(t, lines);
    const work = (some: Line[]) => db.withAccount(t.accountId, (tx) => placeMessages(tx, understood(t, some)));
    await Promise.all([work(lines.slice(0, 4)), work(lines.slice(4)), work(lines.slice(2, 3))]);
    const places = await placesOf(t, lines);
    expect(places.size).toBe(8);
    expect(new Set([...places.values()].map((p) => p.conversationId)).size).toBe(1);
  }
  const customerId = (await placesOf(t, [line(0)])).get("m0")!.customerId!;
  expect(await db.withAccount(t.accountId, (tx) => conversationsOfCustomer(tx, customerId))).toHaveLength(1);
  expect(await journal(t, "EpisodeOpened")).toHaveLength(1);
});

test("what another worker placed while this one waited for the customer stays in the conversation he opened", async () => {
  const t = await found();
  const lines = [0, 1, 2, 3].map(
    (i): Line => ({ ext: `m${i}`, from: "alice", text: `@northwind parcel A55102 ${i}`, at: i * MINUTE }),
  );
  await say(t, lines);
  const first = Promise.withResolvers<void>();
  const second = db.withAccount(t.accountId, async (tx) => {
    await placeMessages(tx, understood(t, [lines[2]!]));
    first.resolve();
    // It commits when the other worker has looked what is placed and waits for the customer.
    const begun = performance.now();
    while (performance.now() - begun < 20_000) {
      const waiting = await sql<{ n: number }>`select count(*)::int as n from pg_locks l
        where not l.granted and pg_backend_pid() = any(pg_blocking_pids(l.pid))`.execute(tx.tables());
      if (waiting.rows[0]!.n > 0) return;
    }
    throw new Error("nobody came to wait for the customer");
  });
  await first.promise;
  await Promise.all([second, db.withAccount(t.accountId, (tx) => placeMessages(tx, understood(t, lines)))]);
  const places = await placesOf(t, lines);
  expect(new Set([...places.values()].map((p) => p.conversationId)).size).toBe(1);
});

test("a run costs a number of statements that does not grow with it", async () => {
  const count = async (n: number) => {
    const t = await found();
    const lines = Array.from(
      { length: n },
      (_, i): Line => ({
        ext: `m${i}`,
        from: `p${i % Math.ceil(n / 2)}`,
        text: `@northwind my lamp ${i} flickers`,
        at: i * MINUTE,
      }),
    );
    await say(t, lines);
    let statements = 0;
    await db.withAccount(t.accountId, async (tx) => {
      const counted = tx.tables().withPlugin({
        transformQuery(asked) {
          statements++;
          return asked.node;
        },
        transformResult: async (got) => got.result,
      });
      await placeMessages({ ...tx, tables: () => counted as never }, understood(t, lines));
    });
    expect((await placesOf(t, lines)).size).toBe(n);
    return statements;
  };
  const few = await count(4);
  expect(await count(60)).toBe(few);
  expect(few).toBeLessThanOrEqual(21);
});

describe("an episode of very many messages", () => {
  /** A private talk: the customer says two things, we answer one, and so on; at the end she waits. */
  const talk = Array.from({ length: 100 }, (_, i): Line => {
    const ours = i % 3 === 2;
    return {
      ...{ ext: `t${i}`, from: ours ? "us" : "alice", private: true, thread: "dm/alice", at: i * MINUTE },
      text: ours ? "We look into it." : `my lamp hums, part ${i}`,
    };
  });
  const clockAfter = async (batches: Line[][]) => {
    const t = await found();
    for (const batch of batches) await hear(t, batch);
    const places = await placesOf(t, talk);
    expect(new Set([...places.values()].map((p) => p.episodeId)).size).toBe(1);
    const e = (await lastEpisode(t, places.get("t0")!.conversationId!))!;
    const [first] = (await journal(t, "EpisodeAnswered")).map((a) => a.first);
    return { since: e.unansweredSince, first: e.firstReplyAt, last: e.lastReplyAt, firstToldOnce: first };
  };
  const inBatches = (size: number, lines: Line[]) =>
    Array.from({ length: Math.ceil(lines.length / size) }, (_, i) => lines.slice(i * size, (i + 1) * size));

  test("has the clock of all of them, however they came, and what comes late counts, too", async () => {
    const all = await clockAfter([talk]);
    expect(all.since).toBe(TEST_START + 99 * MINUTE);
    expect(await clockAfter(inBatches(9, talk))).toEqual(all);
    const late = talk.filter((l) => l.ext !== "t4" && l.ext !== "t2");
    const after = await clockAfter([...inBatches(9, late), talk.filter((l) => l.ext === "t2" || l.ext === "t4")]);
    expect({ ...after, since: 0 }).toEqual({ ...all, since: 0 });
  }, 60_000);
});

describe("the course of a customer's mood", () => {
  test("is a fact for rules, with what was said before in the conversation, in one run or in several", async () => {
    const rules = [
      {
        ...{ id: "worse", says: "They lose patience.", verdict: "work" as const, priority: "urgent" as const },
        when: [{ on: "course" as const, is: ["worse" as const] }],
      },
      { id: "rest", says: "The rest.", verdict: "work" as const, priority: "normal" as const, when: [] },
    ];
    const said = (n: number, sentiment: string): Line => ({
      ...{ ext: `m${n}`, from: "mia", private: true, text: `my order ${n}`, at: n * HOUR, labels: { sentiment } },
    });
    const lines = [said(1, "neutral"), said(2, "neutral"), said(3, "negative"), said(4, "negative")];
    for (const batches of [lines.map((l) => [l]), [lines]]) {
      const t = await found();
      await db.withAccount(t.accountId, (tx) =>
        setPolicy(tx, t.brandId, { text: "", rules, expectedVersion: 0 }, null),
      );
      for (const batch of batches) {
        await say(t, batch);
        // As sure as the models are of plain words.
        await db.withAccount(t.accountId, (tx) =>
          sql`update understanding set detail = detail || '{"sentiment": {"score": 0.97}}' where account_id = ${t.accountId}`.execute(
            tx.tables(),
          ),
        );
        await read(t);
      }
      const places = await placesOf(t, lines);
      expect(lines.map((l) => places.get(l.ext)?.rule)).toEqual(["rest", "rest", "worse", "worse"]);
      expect(places.get("m3")?.reasons).toEqual([{ code: "course", text: "The customer's mood got worse." }]);
      const again = await db.withAccount(t.accountId, (tx) => dryRun(tx, t.brandId, [rules[0]!], 10));
      expect([again.looked, again.work]).toEqual([4, 2]);
    }
  });

  test("opens work whichever of them comes first; what an older policy decided stays", async () => {
    const rules = [
      {
        ...{ id: "worse", says: "They lose patience.", verdict: "work" as const, priority: "urgent" as const },
        when: [{ on: "course" as const, is: ["worse" as const] }],
      },
      { id: "rest", says: "The rest.", verdict: "leave" as const, priority: "normal" as const, when: [] },
    ];
    const said = (n: number, sentiment: string): Line => ({
      ...{ ext: `m${n}`, from: "mia", private: true, text: `my order ${n}`, at: n * HOUR, labels: { sentiment } },
    });
    const [one, two, three, four] = [
      ...[said(1, "neutral"), said(2, "neutral")],
      ...[said(3, "negative"), said(4, "negative")],
    ] as [Line, Line, Line, Line];
    const lines = [one, two, three, four];
    async function come(batches: Line[][], changed = false) {
      const t = await found();
      const write = (expectedVersion: number) =>
        db.withAccount(t.accountId, (tx) => setPolicy(tx, t.brandId, { text: "", rules, expectedVersion }, null));
      await write(0);
      for (const [n, batch] of batches.entries()) {
        if (changed && n === 2) await write(1);
        await say(t, batch);
        await db.withAccount(t.accountId, (tx) =>
          sql`update understanding set detail = detail || '{"sentiment": {"score": 0.97}}' where account_id = ${t.accountId}`.execute(
            tx.tables(),
          ),
        );
        await read(t);
      }
      const places = await placesOf(t, lines);
      const ids = new Set([...places.values()].map((p) => p.conversationId!));
      const last = await lastEpisode(t, [...ids][0]!);
      return {
        ...{ conversations: ids.size, work: lines.filter((l) => places.get(l.ext)?.actionable).map((l) => l.ext) },
        ...{ state: last?.state, since: last?.unansweredSince },
      };
    }
    const inOrder = await come(lines.map((l) => [l]));
    expect(inOrder).toMatchObject({ conversations: 1, work: ["m3", "m4"], state: "open" });
    for (const batches of [
      [[three], [four], [one], [two]],
      [[four], [one], [two], [three]],
      [
        [three, four],
        [one, two],
      ],
    ])
      expect(await come(batches)).toEqual(inOrder);
    expect((await come([[three], [four], [one], [two]], true)).work).toEqual([]);
  });
});
