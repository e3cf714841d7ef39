import { afterAll, describe, expect, test } from "vitest";
import { HOUR, MINUTE } from "#platform/clock";
import { sql } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { contentHash } from "../../server/app/content-hash.ts";
import { type Ask, join, previewJoin, undoJoin } from "../../server/modules/conversations/joins/joins.ts";
import { noteDeleted } from "../../server/modules/conversations/placing/note-deleted.ts";
import { conversationByNumber, conversationsById, episodesOf } from "../../server/modules/conversations/read.ts";
import { openTowns, type Town } from "../support/conversation-town.ts";
import { TEST_START } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { type Line, messageId } from "../support/messages.ts";

const { db, clock, found, hear, placesOf, journal, lastEpisode } = openTowns();
afterAll(() => db.close());
const by = uuidv7(TEST_START);

const story: Line[] = [
  { ext: "a1", from: "alice", text: "@northwind my parcel A55102 has not come", at: 0 },
  { ext: "b1", from: "bob", text: "@northwind no signal in Leith since noon", at: MINUTE },
  { ext: "r1", from: "us", to: "a1", thread: "a1", text: "Sorry! Which address?", at: 20 * MINUTE },
  { ext: "a2", from: "alice", to: "r1", thread: "a1", text: "12 High Street", at: 30 * MINUTE },
  { ext: "c1", from: "carol", text: "@northwind the invoice is wrong", at: 40 * MINUTE },
  { ext: "b2", from: "bob", to: "b1", thread: "b1", text: "@northwind and my bill is wrong too", at: 50 * MINUTE },
];

async function scene(): Promise<{ t: Town; of: (ext: string) => Promise<string>; ids: (exts: string[]) => string[] }> {
  const t = await found();
  for (const line of story) await hear(t, [line]);
  clock.advance(HOUR);
  const of = async (ext: string) => (await placesOf(t, story)).get(ext)!.conversationId!;
  return { t, of, ids: (exts) => exts.map((ext) => messageId(t.accountId, story.find((l) => l.ext === ext)!)) };
}

const versions = async (t: Town, ids: string[]) =>
  Object.fromEntries(
    [...(await db.withAccount(t.accountId, (tx) => conversationsById(tx, ids)))].map(([id, c]) => [id, c.version]),
  );
const act = (t: Town, ask: Partial<Ask> & Pick<Ask, "kind" | "sourceId">, expected: Record<string, number> = {}) =>
  db.withAccount(t.accountId, (tx) => join(tx, { targetId: null, messageIds: [], ...ask }, { by, expected }));
const done = async (of: ReturnType<typeof act>) => {
  const result = await of;
  if (!result.ok) throw new Error(result.why);
  return result.joined;
};
const undo = (t: Town, id: string) => db.withAccount(t.accountId, (tx) => undoJoin(tx, id, by));

describe("merge", () => {
  test("one conversation, one open episode with both clocks, redirects, and all of it back", async () => {
    const { t, of } = await scene();
    const [a, b] = [await of("a1"), await of("b1")];
    const before = await contentHash(db, t.accountId);
    const preview = await db.withAccount(t.accountId, (tx) =>
      previewJoin(tx, { kind: "merge", sourceId: b, targetId: a, messageIds: [] }),
    );
    expect(preview).toMatchObject({ ok: true });
    expect(await contentHash(db, t.accountId)).toEqual(before);
    const { act: made, moved } = await done(
      act(t, { kind: "merge", sourceId: b, targetId: a }, await versions(t, [a, b])),
    );
    expect(moved).toHaveLength(2);
    expect(await of("b2")).toBe(a);
    const open = (await lastEpisode(t, a))!;
    expect(open).toMatchObject({ state: "open", ordinal: 1, unansweredSince: TEST_START + 30 * MINUTE });
    const facts = await db.withAccount(t.accountId, (tx) => conversationsById(tx, [a, b]));
    expect(facts.get(b)).toMatchObject({ mergedInto: a, state: "quiet" });
    const number = facts.get(b)!.number;
    expect((await db.withAccount(t.accountId, (tx) => conversationByNumber(tx, number)))?.id).toBe(a);
    expect(await journal(t, "ConversationsMerged")).toMatchObject([
      { actId: made!.id, conversationId: a, otherId: b, about: a, messages: 2 },
      { about: b },
    ]);
    expect(await undo(t, made!.id)).toMatchObject({ ok: true });
    expect(await contentHash(db, t.accountId)).toEqual(before);
    expect((await db.withAccount(t.accountId, (tx) => conversationByNumber(tx, number)))?.id).toBe(b);
    expect(await undo(t, made!.id)).toMatchObject({ ok: false, why: "undone-already" });
  });

  test("what the customer says later in the old thread comes to where the thread is now", async () => {
    const { t, of } = await scene();
    const [a, b] = [await of("a1"), await of("b1")];
    const { act: made } = await done(act(t, { kind: "merge", sourceId: b, targetId: a }));
    const later: Line = { ext: "b3", from: "bob", to: "b1", thread: "b1", text: "@northwind hello?", at: 3 * HOUR };
    await hear(t, [later]);
    expect((await placesOf(t, [later])).get("b3")).toMatchObject({ conversationId: a });
    await undo(t, made!.id);
    // It came to A by itself, so it stays; what the act moved is back.
    expect((await placesOf(t, [later])).get("b3")).toMatchObject({ conversationId: a });
    expect(await of("b1")).toBe(b);
    expect(await lastEpisode(t, b)).toMatchObject({ state: "open" });
    expect(await lastEpisode(t, a)).toMatchObject({ state: "open" });
  });

  test("two agents at once, in crossing directions: one result, and the other sees why", async () => {
    for (const crossing of [false, true]) {
      const { t, of } = await scene();
      const [a, b] = [await of("a1"), await of("b1")];
      const seen = await versions(t, [a, b]);
      const second = crossing ? { sourceId: a, targetId: b } : { sourceId: b, targetId: a };
      const results = await Promise.all([
        act(t, { kind: "merge", sourceId: b, targetId: a }, seen),
        act(t, { kind: "merge", ...second }, seen),
      ]);
      expect(results.map((r) => r.ok).sort()).toEqual([false, true]);
      const [winner, loser] = results[0]!.ok ? results : results.toReversed();
      if (!winner?.ok || loser?.ok) throw new Error("one wins");
      expect(loser).toMatchObject({ why: "changed", last: { id: winner.joined.act!.id, kind: "merge", byAgent: by } });
      const open = await db.withAccount(t.accountId, (tx) => episodesOf(tx, [a, b]));
      expect([...open.values()].flat().filter((e) => e.state === "open")).toHaveLength(1);
    }
  });

  test("refused: itself, another brand, what is not here", async () => {
    const { t, of } = await scene();
    const [a, b] = [await of("a1"), await of("b1")];
    expect(await act(t, { kind: "merge", sourceId: a, targetId: a })).toMatchObject({ ok: false, why: "same" });
    expect(await act(t, { kind: "merge", sourceId: a, targetId: uuidv7(TEST_START) })).toMatchObject({
      why: "unknown",
    });
    await done(act(t, { kind: "merge", sourceId: b, targetId: a }));
    expect(await act(t, { kind: "merge", sourceId: a, targetId: b })).toMatchObject({ ok: false, why: "same" });
    const other = await scene();
    expect(await act(t, { kind: "merge", sourceId: a, targetId: await other.of("a1") })).toMatchObject({
      why: "unknown",
    });
    await db.withAccount(t.accountId, (tx) =>
      sql`update conversation set brand_id = ${uuidv7(TEST_START)} where account_id = ${t.accountId} and id = ${a}`.execute(
        tx.tables(),
      ),
    );
    const c = await of("c1");
    expect(await act(t, { kind: "merge", sourceId: c, targetId: a })).toMatchObject({ why: "other-brand" });
  });
});

describe("while messages come", () => {
  /** Runs `meanwhile` until it waits for the merge, which then commits. */
  async function duringMerge(t: Town, a: string, b: string, meanwhile: () => Promise<unknown>): Promise<void> {
    let commit = () => {};
    const gate = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let merged = () => {};
    const done = new Promise<void>((resolve) => {
      merged = resolve;
    });
    const merge = db.withAccount(t.accountId, async (tx) => {
      await join(tx, { kind: "merge", sourceId: b, targetId: a, messageIds: [] }, { by, expected: {} });
      merged();
      await gate;
    });
    await done;
    const other = meanwhile();
    try {
      await eventually("the other waits for what the merge holds", async () => {
        const waits = await db.withAccount(t.accountId, (tx) =>
          sql`select 1 from pg_locks where not granted`.execute(tx.tables()),
        );
        return waits.rows.length > 0;
      });
    } finally {
      commit();
    }
    await Promise.all([merge, other]);
  }

  test("a deletion that was being noted does not put its message back", async () => {
    const { t, of, ids } = await scene();
    const [a, b] = [await of("a1"), await of("b1")];
    await duringMerge(t, a, b, () => db.withAccount(t.accountId, (tx) => noteDeleted(tx, ids(["b2"]))));
    const place = (await placesOf(t, story)).get("b2")!;
    expect(place).toMatchObject({ conversationId: a });
    expect(place.deletedAt).not.toBeNull();
  });

  test("a message that was being placed in what became part of another one is placed there", async () => {
    const { t, of } = await scene();
    const [a, b] = [await of("a1"), await of("b1")];
    const later: Line = { ext: "b3", from: "bob", to: "b1", thread: "b1", text: "@northwind hello?", at: 3 * HOUR };
    await duringMerge(t, a, b, () => hear(t, [later]));
    expect((await placesOf(t, [later])).get("b3")).toMatchObject({ conversationId: a, role: "customer" });
    expect(await lastEpisode(t, a)).toMatchObject({ state: "open" });
  });
});

describe("split and move", () => {
  test("a question put apart is work of its own, with its clock; undone, nothing is left of it", async () => {
    const { t, of, ids } = await scene();
    const b = await of("b1");
    const before = await contentHash(db, t.accountId);
    const { act: made } = await done(act(t, { kind: "split", sourceId: b, messageIds: ids(["b2"]) }));
    const own = await of("b2");
    expect(own).not.toBe(b);
    const [conversation] = [...(await db.withAccount(t.accountId, (tx) => conversationsById(tx, [own]))).values()];
    expect(conversation).toMatchObject({ subject: "and my bill is wrong too", state: "open", mergedInto: null });
    expect(await lastEpisode(t, own)).toMatchObject({ state: "open", unansweredSince: TEST_START + 50 * MINUTE });
    expect((await journal(t, "EpisodeOpened")).at(-1)).toMatchObject({
      conversationId: own,
      rule: "parted",
      lastOwnerId: by,
    });
    await undo(t, made!.id);
    expect(await of("b2")).toBe(b);
    expect(await contentHash(db, t.accountId)).toEqual(before);
    expect((await journal(t, "EpisodeDone")).at(-1)).toMatchObject({
      conversationId: own,
      outcome: "merged",
      by: null,
    });
    const now = await db.withAccount(t.accountId, (tx) => conversationByNumber(tx, conversation!.number));
    expect(now?.id).toBe(b);
  });

  test("an answer goes with what it answers, and a reply to a moved message lands where that is", async () => {
    const { t, of, ids } = await scene();
    const [a, c] = [await of("a1"), await of("c1")];
    await done(act(t, { kind: "move", sourceId: a, targetId: c, messageIds: ids(["a1"]) }));
    expect([await of("a1"), await of("r1"), await of("a2")]).toEqual([c, c, a]);
    const later: Line = { ext: "a3", from: "alice", to: "a1", thread: "a1", text: "@northwind anyone?", at: 4 * HOUR };
    await hear(t, [later]);
    expect((await placesOf(t, [later])).get("a3")).toMatchObject({ conversationId: c });
  });

  test("refused: everything of it, what is not in it, an old picture", async () => {
    const { t, of, ids } = await scene();
    const [a, c] = [await of("a1"), await of("c1")];
    expect(await act(t, { kind: "split", sourceId: c, messageIds: ids(["c1"]) })).toMatchObject({ why: "everything" });
    expect(await act(t, { kind: "split", sourceId: c, messageIds: ids(["a1"]) })).toMatchObject({ why: "not-in-it" });
    expect(await act(t, { kind: "split", sourceId: a, messageIds: ids(["a1"]) }, { [a]: 1 })).toMatchObject({
      why: "changed",
    });
  });
});

/** A small chance of its own, so that a seed tells the whole run. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

test.each([
  { seed: 7, steps: 200 },
  { seed: 2_024, steps: 60 },
])(
  "$steps random acts of two agents, all undone in any order, leave the house as it was (seed $seed)",
  async ({ seed, steps }) => {
    const { t } = await scene();
    const before = await contentHash(db, t.accountId);
    const draw = chance(seed);
    const agents = [by, uuidv7(TEST_START)];
    const acts: string[] = [];
    let made = 0;
    for (let i = 0; i < steps; i++) {
      clock.advance(1_000);
      const places = [...(await placesOf(t, story)).values()];
      const living = [...new Set(places.map((p) => p.conversationId!))].sort();
      const [sourceId, other] = [living[draw(living.length)]!, living[draw(living.length)]!];
      const inside = places.filter((p) => p.conversationId === sourceId).map((p) => p.messageId);
      const messageIds = inside.filter(() => draw(2) === 0);
      const kind = (["merge", "split", "move", "link", "undo"] as const)[draw(5)]!;
      const who = { by: agents[draw(2)]!, expected: {} };
      if (kind === "undo") {
        const id = acts.splice(draw(Math.max(1, acts.length)), 1)[0];
        if (id) expect(await db.withAccount(t.accountId, (tx) => undoJoin(tx, id, who.by))).toMatchObject({ ok: true });
        continue;
      }
      const targetId = kind === "split" ? null : other;
      const done = await db.withAccount(t.accountId, (tx) => join(tx, { kind, sourceId, targetId, messageIds }, who));
      if (!done.ok) continue;
      acts.push(done.joined.act!.id);
      made++;
      const state = await db.withAccount(t.accountId, (tx) => episodesOf(tx, living));
      for (const episodes of state.values()) expect(episodes.filter((e) => e.state === "open").length).toBeLessThan(2);
    }
    expect(made).toBeGreaterThan(steps / 6);
    while (acts.length > 0) {
      const [id] = acts.splice(draw(acts.length), 1);
      expect(await undo(t, id!)).toMatchObject({ ok: true });
    }
    expect(await contentHash(db, t.accountId)).toEqual(before);
    const left = await db.withAccount(t.accountId, (tx) =>
      sql`select 1 from placement where account_id = ${t.accountId} and (home_id is not null or stands_id is not null)
      union all select 1 from episode where account_id = ${t.accountId} and (absorbed_by is not null or own_priority is not null or made_by_act is not null or home_id is not null)`.execute(
        tx.tables(),
      ),
    );
    expect(left.rows).toEqual([]);
  },
  120_000,
);
