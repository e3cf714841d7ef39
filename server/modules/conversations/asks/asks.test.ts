import { afterAll, expect, test } from "vitest";
import { HOUR, MINUTE } from "#platform/clock";
import { uuidv7 } from "#platform/ids";
import { openTowns, type Town } from "../../../../tests/support/conversation-town.ts";
import { type Line, messageId } from "../../../../tests/support/messages.ts";
import { saveAsks } from "../store/ask-store.ts";
import { answerAsk, asksAfter, asksOf, askToAnswer } from "./asks.ts";

const { db, found, hear, journal, placesOf } = openTowns();
afterAll(() => db.close());

const post: Line = { ext: "a1", from: "mo_lamp", text: "@northwind my lamp A55102 is dark since monday", at: 0 };
const other: Line = {
  ext: "b1",
  from: "mo.example",
  text: "@northwind still dark, the lamp A55102, any news?",
  at: 2 * HOUR,
};
const open = (t: Town) => db.withAccount(t.accountId, (tx) => asksAfter(tx, null, 10));

test("a close call is asked about in both conversations, once answered never again, and the answer is evidence", async () => {
  const t = await found();
  await hear(t, [post]);
  await hear(t, [other]);
  const places = await placesOf(t, [post, other]);
  const [one, two] = [places.get("a1")!, places.get("b1")!];
  const [ask] = await open(t);
  expect(ask).toMatchObject({
    messageId: two.messageId,
    conversationId: two.conversationId,
    otherId: one.conversationId,
    begins: true,
  });
  for (const p of [one, two])
    expect(await db.withAccount(t.accountId, (tx) => asksOf(tx, p.conversationId!))).toEqual([ask]);
  const by = uuidv7(0);
  await db.withAccount(t.accountId, async (tx) =>
    answerAsk(tx, (await askToAnswer(tx, two.messageId))!, { answer: "here", by, says: "Ann said so.", actId: null }),
  );
  expect(await open(t)).toEqual([]);
  expect((await placesOf(t, [other])).get("b1")!.evidence).toMatchObject([
    { code: "agent", text: "Ann said so." },
    { code: "first" },
  ]);
  expect((await journal(t, "AskAnswered")).map((e) => e.about).sort()).toEqual(
    [one.conversationId, two.conversationId].sort(),
  );
  // Whoever decides it again asks in vain, and what comes late moves it no more: it would have gone on from that.
  await db.withAccount(t.accountId, (tx) => saveAsks(tx, [{ ...ask!, brandId: t.brandId }]));
  const late: Line = { ...other, ext: "b0", text: "@northwind my lamp A55102 is dark", at: HOUR, late: 3 * HOUR };
  await hear(t, [late]);
  expect((await open(t)).map((a) => a.messageId)).not.toContain(two.messageId);
  const after = await placesOf(t, [late, other]);
  expect(after.get("b1")!.conversationId).toBe(two.conversationId);
  expect(after.get("b0")!.conversationId).not.toBe(two.conversationId);
});

test("what becomes clear is not asked any more: a number that turns out to be public", async () => {
  const t = await found();
  await hear(t, [post]);
  await hear(t, [other]);
  expect(await open(t)).toHaveLength(1);
  const early = (ext: string, from: string, at: number): Line => ({
    ...{ ext, from, at, late: 3 * HOUR },
    text: "@northwind and A55102?",
  });
  await hear(t, [early("z1", "zoe", 10 * MINUTE), early("d1", "dan", 20 * MINUTE)]);
  expect((await open(t)).map((a) => a.messageId)).not.toContain(messageId(t.accountId, other));
});

test("of history nobody is asked; of what comes now somebody is", async () => {
  const t = await found();
  await hear(t, [post]);
  await hear(t, [{ ...other, backfilled: true }]);
  expect(await open(t)).toEqual([]);
  const gone: Line = { ...other, ext: "c1", from: "zoe", at: 4 * HOUR + MINUTE, text: "@northwind and A55102?" };
  await hear(t, [gone]);
  const [ask] = await open(t);
  expect(ask?.messageId).toBe(messageId(t.accountId, gone));
});
