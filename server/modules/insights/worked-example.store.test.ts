import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationsById, finishEpisode, join, undoJoin } from "#modules/conversations";
import { DAY, HOUR, MINUTE } from "#platform/clock";
import { sql } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { readOnce } from "#platform/journal/reader";
import { silentLog } from "#platform/log";
import { openTowns, type Town } from "../../../tests/support/conversation-town.ts";
import { TEST_START } from "../../../tests/support/database.ts";
import { type Line, makeChannel, sayUnderstood, storeMessages } from "../../../tests/support/messages.ts";
import type { FigureKey } from "./domain/figures.ts";
import { figuresOf } from "./insights.ts";
import { reader } from "./reactions/fold-facts.ts";
import { rows } from "./store/figure-store.ts";

/**
 * The worked example of operations reference §3.1 through the whole pipeline: messages are placed, episodes opened, continued and
 * ended, and figures made of what the journal says. The story is that of `conversations/domain/worked-example.test.ts`.
 */
const { db, clock, found, hear, say, read, placesOf, lastEpisode } = openTowns();
const by = uuidv7(TEST_START);
let t: Town;
let voice: string;
let merged: string;
afterAll(() => db.close());

const post: Line = { ext: "post", from: "ines", text: "@northwind my lamp B20418 came without its bulb", at: 0 };
const answer: Line = { ext: "answer", from: "us", to: "post", text: "Sorry! DM us your street.", at: 40 * MINUTE };
const dm: Line = { ext: "dm", from: "ines", private: true, text: "Mill Lane 4, order B20418", at: HOUR };
const dmAnswer: Line = {
  ext: "dm-answer",
  from: "us",
  private: true,
  thread: "dm/ines",
  text: "A bulb leaves today",
  at: HOUR + 5 * MINUTE,
};
const call: Line = {
  ext: "call",
  from: "ines-phone",
  private: true,
  text: "Asks whether the bulb fits",
  at: 23 * HOUR,
};
const thanks: Line = {
  ext: "thanks",
  from: "ines",
  thread: "post",
  to: "answer",
  text: "@northwind thank you, it shines",
  at: 26 * HOUR,
  labels: { thanksOnly: true },
};
const complaint: Line = {
  ext: "complaint",
  from: "ines",
  thread: "post",
  to: "answer",
  text: "@northwind B20418: the bulb is dead again",
  at: 5 * DAY,
};
const before = [post, answer, dm, dmAnswer];
const DONE = TEST_START + 23 * HOUR + 10 * MINUTE;

const span = { from: TEST_START - DAY, to: TEST_START + 40 * DAY, brandId: null, queueId: null, network: null };
async function figures() {
  await read(t);
  while (await readOnce(db, reader, t.accountId, clock, silentLog)) {}
  return db.withAccount(t.accountId, async (tx) => {
    const all = new Map((await figuresOf(tx, span)).figures.map((f) => [f.key, f]));
    return (key: FigureKey) => all.get(key)!;
  });
}
const rowsOf = (key: FigureKey) => db.withAccount(t.accountId, (tx) => rows(tx, key, span, null, 50));

/** Somebody calls, whom nobody knows; the agent who took the call puts it to the matter it is about. Returns the act. */
async function hearCall(matterId: string): Promise<string> {
  clock.set(TEST_START + call.at + 1_000);
  await db.withAccount(t.accountId, async (tx) => {
    await storeMessages(tx, voice, [call]);
    await sql`update message set network = 'voice', kind = 'call' where account_id = ${t.accountId} and channel_id = ${voice}`.execute(
      tx.tables(),
    );
    await sayUnderstood(tx, voice, t.brandId, [call]);
  });
  await read(t);
  const own = (await placesOf(t, [call])).get("call")!.conversationId!;
  expect(own).not.toBe(matterId);
  const done = await db.withAccount(t.accountId, async (tx) => {
    const found = await conversationsById(tx, [own, matterId]);
    const expected = Object.fromEntries([...found].map(([id, c]) => [id, c.version]));
    return join(tx, { kind: "merge", sourceId: own, targetId: matterId, messageIds: [] }, { by, expected });
  });
  if (!done.ok) throw new Error(`the call was not put to its matter: ${done.why}`);
  await read(t);
  return done.joined.act!.id;
}

describe("the worked example", () => {
  beforeAll(async () => {
    t = await found();
    voice = await db.withAccount(t.accountId, (tx) => makeChannel(tx, t.brandId, "Telephone"));
    for (const line of before) await hear(t, [line]);
  });

  it("after two answers counts one episode that is open, 40 minutes and 5", async () => {
    const of = await figures();
    expect(of("messages-in").value).toBe(2);
    expect(of("episodes-opened").value).toBe(1);
    expect(of("backlog").value).toBe(1);
    expect(of("first-response")).toMatchObject({ value: 40 * MINUTE, n: 1 });
    expect(of("next-response")).toMatchObject({ value: 5 * MINUTE, n: 1 });
    expect(of("first-contact-resolution")).toMatchObject({ value: null, n: 0 });
  });

  it("after the call and the end is settled for the time being, at the first contact", async () => {
    const { conversationId } = (await placesOf(t, [post])).get("post")!;
    merged = await hearCall(conversationId!);
    expect((await placesOf(t, [call])).get("call")).toMatchObject({ conversationId, medium: "phone" });
    const episode = (await lastEpisode(t, conversationId!))!;
    clock.set(DONE);
    await db.withAccount(t.accountId, (tx) =>
      finishEpisode(tx, { episodeId: episode.id, outcome: "solved", by, at: DONE }),
    );
    const of = await figures();
    expect(of("messages-in").value).toBe(3);
    expect(of("settled-share")).toMatchObject({ value: 1, settled: false, provisionalUntil: DONE + 30 * DAY });
    expect(of("first-contact-resolution")).toMatchObject({
      value: 1,
      settled: false,
      provisionalUntil: DONE + 30 * DAY,
    });
    expect(of("media-shift-share")).toMatchObject({ value: 1, n: 1 });
    expect((await rowsOf("media-shift-share"))[0]!.note).toBe("public → dm → phone");
    expect(of("thanked-share")).toMatchObject({ value: 0, n: 1 });
  });

  it("is thanked, and the thanks open nothing", async () => {
    await hear(t, [thanks]);
    const of = await figures();
    expect((await placesOf(t, [thanks])).get("thanks")).toMatchObject({ episodeId: null });
    expect(of("episodes-opened").value).toBe(1);
    expect(of("thanked-share")).toMatchObject({ value: 1, n: 1 });
    expect((await rowsOf("media-shift-share"))[0]!.note).toBe("public → dm → phone");
  });

  it("counts by the book when the complaint came on day five", async () => {
    await hear(t, [complaint]);
    const of = await figures();
    const places = await placesOf(t, [...before, thanks, complaint]);
    expect(new Set([...places.values()].map((p) => p.conversationId)).size).toBe(1);
    const last = (await lastEpisode(t, places.get("post")!.conversationId!))!;
    expect(last).toMatchObject({ ordinal: 2, reopens: places.get("post")!.episodeId });
    expect(of("messages-in").value).toBe(5);
    expect(of("episodes-opened").value).toBe(2);
    expect(of("conversations-worked").value).toBe(1);
    expect(of("customers-served").value).toBe(1);
    expect(of("first-response")).toMatchObject({ value: 40 * MINUTE, n: 1 });
    expect(of("next-response")).toMatchObject({ value: 5 * MINUTE, n: 1 });
    expect(of("resolution")).toMatchObject({ value: DONE - TEST_START, n: 1 });
    expect(of("transfer-share")).toMatchObject({ value: 0, n: 1 });
    expect(of("thanked-share")).toMatchObject({ value: 1, n: 1 });
    expect(of("settled-share")).toMatchObject({ value: 0, n: 1 });
    expect(of("first-contact-resolution")).toMatchObject({ value: 0, n: 1 });
    // Two changes in the first episode; the second has said one thing only.
    expect((await rowsOf("media-shift-share")).map((r) => [r.value, r.note])).toEqual([[1, "public → dm → phone"]]);
  });

  it("taken apart again counts the call as a contact of its own, which nobody has ended", async () => {
    const done = await db.withAccount(t.accountId, (tx) => undoJoin(tx, merged, by));
    expect(done.ok).toBe(true);
    const of = await figures();
    expect(of("messages-in").value).toBe(5);
    expect(of("episodes-opened").value).toBe(3);
    expect(of("conversations-worked").value).toBe(2);
    expect(of("customers-served").value).toBe(2);
    expect(of("backlog").value).toBe(2);
    const ways = (await rowsOf("media-shift-share")).map((r) => [r.value, r.note]);
    expect(ways).toEqual([
      [1, "public → dm"],
      [0, "phone"],
    ]);
  });

  it("is the same when every event is read again", async () => {
    const once = await figures();
    await db.withAccount(t.accountId, (tx) =>
      sql`update reader_cursor set position = 0 where account_id = ${t.accountId} and reader = 'insights'`.execute(
        tx.tables(),
      ),
    );
    const again = await figures();
    for (const key of [
      "messages-in",
      "first-contact-resolution",
      "media-shift-share",
      "thanked-share",
      "transfer-share",
    ] as const)
      expect(again(key)).toEqual(once(key));
  });
});

describe("its figures without the way back", () => {
  it("solved at once in one place, thanked in advance: first contact, no change of medium, no thanks for the answer", async () => {
    t = await found();
    const lines: Line[] = [
      { ...post, labels: { gratitude: true } },
      { ...answer, text: "A bulb leaves today." },
    ];
    for (const line of lines) await hear(t, [line]);
    const episode = (await lastEpisode(t, (await placesOf(t, [post])).get("post")!.conversationId!))!;
    await db.withAccount(t.accountId, (tx) =>
      finishEpisode(tx, { episodeId: episode.id, outcome: "solved", by, at: clock.now() }),
    );
    const of = await figures();
    expect(of("first-contact-resolution")).toMatchObject({ value: 1, n: 1 });
    expect(of("media-shift-share")).toMatchObject({ value: 0, n: 1 });
    expect(of("thanked-share")).toMatchObject({ value: 0, n: 1 });
  });

  it("one handed over is not solved at the first contact, however often that is told", async () => {
    t = await found();
    await say(t, [post]);
    await read(t);
    const { conversationId } = (await placesOf(t, [post])).get("post")!;
    const episode = (await lastEpisode(t, conversationId!))!;
    const handed = { episodeId: episode.id, workItemId: uuidv7(TEST_START), version: 4 };
    const { putTransfers } = await import("./store/fact-store.ts");
    for (let i = 0; i < 2; i++) await db.withAccount(t.accountId, (tx) => putTransfers(tx, [handed]));
    await db.withAccount(t.accountId, (tx) =>
      finishEpisode(tx, { episodeId: episode.id, outcome: "solved", by, at: clock.now() }),
    );
    const of = await figures();
    expect(of("transfer-share")).toMatchObject({ value: 1, n: 1 });
    expect(of("first-contact-resolution")).toMatchObject({ value: 0, n: 1 });
  });
});
