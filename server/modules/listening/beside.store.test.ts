import { afterAll, beforeAll, expect, test } from "vitest";
import type { ThingView } from "#contracts/things";
import { settingOf } from "#modules/company";
import { MINUTE } from "#platform/clock";
import { type Database, sql } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { makeAccount, openTestDatabase, TEST_START } from "../../../tests/support/database.ts";
import { type Line, makeChannel, messageId, storeMessages } from "../../../tests/support/messages.ts";
import { labelsOfMessages, markLabel, understandingOf, understandMessages } from "./listening.ts";
import { forgetWords } from "./store/understanding-store.ts";
import { lookBackForThings, thingsSetting, writeThings } from "./things/things.ts";

let db: Database;
beforeAll(() => {
  ({ db } = openTestDatabase());
});
afterAll(() => db.close());

const ids = { lumo: uuidv7(TEST_START), leeds: uuidv7(TEST_START + 1), other: uuidv7(TEST_START + 2) };
const LIST: ThingView[] = [
  { id: ids.lumo, kind: "product", name: "Lumo Mini", synonyms: ["mini lamp"], brandId: null },
  { id: ids.leeds, kind: "place", name: "Leeds", synonyms: [], brandId: null },
];
async function town() {
  const { accountId, brandId } = await makeAccount(db);
  const channelId = await db.withAccount(accountId, (tx) => makeChannel(tx, brandId));
  const hear = async (lines: Line[]) => {
    const found = new Map(lines.map((l) => [messageId(accountId, l), {}]));
    await db.withAccount(accountId, async (tx) => {
      await storeMessages(tx, channelId, lines);
      await understandMessages(tx, found);
    });
    return [...found.keys()];
  };
  const labels = (of: readonly string[]) => db.withAccount(accountId, (tx) => labelsOfMessages(tx, of));
  const details = (of: readonly string[]) => db.withAccount(accountId, (tx) => understandingOf(tx, of));
  return { accountId, brandId, hear, labels, details };
}

test("products and places of the list stand at a message, in what is said of it, and only new ones are named unless somebody looks back", async () => {
  const { accountId, hear, labels, details } = await town();
  const [before] = await hear([{ ext: "a", from: "ann", text: "@northwind my mini lamp broke in Leeds", at: 0 }]);
  expect((await labels([before!])).get(before!)?.things).toEqual([]);
  await db.withAccount(accountId, (tx) => writeThings(tx, LIST, 0, null));
  const [after, none] = await hear([
    { ext: "b", from: "bob", text: "@northwind the LUMO MINI flickers", at: MINUTE },
    { ext: "c", from: "cy", text: "@northwind where is my parcel", at: 2 * MINUTE },
  ]);
  const rows = await labels([after!, none!]);
  expect(rows.get(after!)?.things).toEqual([ids.lumo]);
  expect(rows.get(none!)?.things).toEqual([]);
  expect((await details([after!])).get(after!)?.detail.things).toMatchObject([
    { name: "Lumo Mini", kind: "product", words: [{ text: "LUMO MINI" }] },
  ]);
  const said = await db.withAccount(accountId, (tx) =>
    sql<{
      things: string[] | null;
    }>`select payload->'things' as things from event where account_id = ${accountId} and type = 'MessageUnderstood' order by ord`.execute(
      tx.tables(),
    ),
  );
  expect(said.rows.map((r) => r.things)).toEqual([null, [ids.lumo], null]);
  expect(await db.withAccount(accountId, lookBackForThings)).toEqual({ looked: 3, named: 2 });
  expect(new Set((await labels([before!])).get(before!)?.things)).toEqual(new Set([ids.lumo, ids.leeds]));
  // Everything else of the label stays.
  expect((await details([before!])).get(before!)?.detail.sentiment?.words.length).toBeGreaterThan(0);
  await db.withAccount(accountId, async (tx) => {
    const { version } = await settingOf(tx, thingsSetting);
    await writeThings(tx, [], version, null);
    await lookBackForThings(tx);
  });
  expect((await labels([before!, after!])).get(after!)?.things).toEqual([]);
});

test("a list that cannot work is refused with a sentence", async () => {
  const { accountId } = await town();
  const write = (list: typeof LIST, version = 0) =>
    db.withAccount(accountId, (tx) => writeThings(tx, list, version, null));
  await expect(write([LIST[0]!, { ...LIST[1]!, name: "LUMO MINI" }])).rejects.toMatchObject({
    message: expect.stringContaining("two called"),
  });
  await expect(write([{ ...LIST[0]!, synonyms: ["*"] }])).rejects.toMatchObject({
    message: expect.stringContaining("cannot be looked for"),
  });
  await expect(write([{ ...LIST[0]!, brandId: ids.other }])).rejects.toMatchObject({
    message: expect.stringContaining("brand that is not there"),
  });
  await expect(write([LIST[0]!, LIST[0]!])).rejects.toMatchObject({ message: expect.stringContaining("twice") });
  await write(LIST);
  await expect(write(LIST, 0)).rejects.toMatchObject({ code: "version-conflict" });
});

test("abuse and personal data are told by kind, and what they are stands nowhere", async () => {
  const { accountId, hear, labels, details } = await town();
  const [id] = await hear([
    {
      ext: "a",
      from: "ann",
      text: "you are all idiots, call me on +44 20 7946 0958 or ann@example.com",
      at: 0,
      private: true,
    },
  ]);
  expect((await labels([id!])).get(id!)?.signals).toEqual(expect.arrayContaining(["insult", "personal_data"]));
  const { detail } = (await details([id!])).get(id!)!;
  expect(detail.abuse).toMatchObject([{ value: "insult", words: [{ text: "idiots" }] }]);
  expect(detail.personal?.map((p) => p.value)).toEqual(["phone", "email"]);
  expect(JSON.stringify(detail.personal)).not.toMatch(/ann@|7946/);
  const said = await db.withAccount(accountId, (tx) =>
    sql<{
      payload: object;
    }>`select payload from event where account_id = ${accountId} and type = 'MessageUnderstood'`.execute(tx.tables()),
  );
  expect(said.rows[0]?.payload).toMatchObject({ signals: expect.arrayContaining(["insult", "personal_data"]) });
  expect(JSON.stringify(said.rows)).not.toMatch(/ann@example|7946/);
});

test("what many pass round in nearly the same words is told from the third person on, and the first one stays the first", async () => {
  const { hear, labels, details } = await town();
  const words = "good morning to all who follow the old river path with me through the quiet town today";
  const line = (n: number, more: Partial<Line> = {}): Line => ({
    ...{ ext: `p${n}`, from: `guest${n}`, text: `${words} ${"!".repeat(n)} https://x.example/${n}`, at: n * MINUTE },
    ...more,
  });
  const first = await hear([line(1), line(2), line(3), line(4)]);
  const [called] = await hear([line(5, { text: `@northwind ${words}` })]);
  const [later] = await hear([line(6)]);
  const rows = await labels([...first, called!, later!]);
  const copy = (id: string) => rows.get(id)!.signals.includes("near_copy");
  expect(first.map(copy)).toEqual([false, false, true, true]);
  expect([copy(called!), copy(later!)]).toEqual([true, true]);
  const detail = await details([first[0]!, first[3]!]);
  expect([detail.get(first[0]!)?.detail.alike, detail.get(first[3]!)?.detail.alike]).toEqual([undefined, 3]);
  // Said again of the first one (an edit, a mark), it is still the first.
  const [again] = await hear([line(1)]);
  expect((await labels([again!])).get(again!)?.signals).not.toContain("near_copy");
});

test("where more say the same than are read, late ones crowd out none of those before, nor one who repeats himself the others", async () => {
  const { hear, labels } = await town();
  const words = "the old bridge by the mill is closed for all of next week says the town on its board";
  const line = (n: number, from: string): Line => ({ ext: `p${n}`, from, text: words, at: n * MINUTE });
  const bot = Array.from({ length: 35 }, (_, n) => line(n + 1, "bot"));
  await hear(bot);
  await hear([line(50, "ann"), line(51, "bob")]);
  // History that comes late: of it, only the first two have nobody before them.
  await hear(Array.from({ length: 35 }, (_, n) => line(100 + n, `guest${n}`)));
  const [late] = await hear([line(60, "cy")]);
  expect((await labels([late!])).get(late!)?.signals).toContain("near_copy");
});

test("an edited post is no copy of what it said before; a mark changes nothing of it", async () => {
  const { accountId, hear, labels } = await town();
  const words = "three new lamps stand in the window of the corner shop and all of them shine in blue";
  const line = (n: number): Line => ({ ext: `p${n}`, from: `guest${n}`, text: words, at: n * MINUTE });
  const before = await hear([line(1), line(2)]);
  for (const messageId of before)
    await db.withAccount(accountId, (tx) =>
      markLabel(tx, { messageId, task: "sentiment", value: "neutral", agentId: ids.other }),
    );
  const [marked] = await hear([line(3)]);
  expect((await labels([marked!])).get(marked!)?.signals).toContain("near_copy");
  await db.withAccount(accountId, async (tx) => {
    await sql`update message set text = 'Sorry, the wrong account' where account_id = ${accountId} and id = any(${[...before, marked!]}::uuid[])`.execute(
      tx.tables(),
    );
    await understandMessages(tx, new Map([...before, marked!].map((id) => [id, {}])));
  });
  const [next] = await hear([line(4)]);
  const rows = await labels([marked!, next!]);
  expect([...rows.values()].flatMap((row) => row.signals)).not.toContain("near_copy");
});

test("what is gone on its network is compared with nothing any more", async () => {
  const { accountId, hear } = await town();
  const words = "a text that is long enough to be compared with what others say about it today";
  const [id] = await hear([{ ext: "a", from: "ann", text: words, at: 0 }]);
  const key = () =>
    db.withAccount(accountId, async (tx) => {
      const found = await sql<{ key: string | null; by: string | null }>`
        select copy_key::text as key, copy_by::text as by from understanding where account_id = ${accountId} and message_id = ${id}`.execute(
        tx.tables(),
      );
      return found.rows[0];
    });
  expect((await key())?.key).toMatch(/^-?\d+$/);
  await db.withAccount(accountId, (tx) => forgetWords(tx, [id!]));
  expect(await key()).toEqual({ key: null, by: null });
});
