import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { manyMessages } from "../support/many-messages.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf, type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
let priya: ApiClient;
let marek: ApiClient;
const talk = (id: string, rest = "") => `/api/desk/conversations/${id}${rest}`;

beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  priya = await desk.as("priya");
  marek = await desk.as("marek");
}, 60_000);
afterAll(() => desk?.stop());

/** Until an act about a message stands as it is to. */
const acted = (messageId: string, actId: string, state: string): Promise<Json> =>
  eventually(`the act is ${state}`, async () => {
    const { acts } = await marek.get(`/api/desk/messages/${messageId}/moderation`);
    return acts.find((one: Json) => one.id === actId && one.state === state);
  });

it("a message is reported, its author blocked and let in again, and our own answer deleted: each once, told in the conversation", async () => {
  const { conversationId: id, view } = await story.taken();
  const messageId = messagesOf(view)[0].id;
  const path = `/api/desk/messages/${messageId}/moderation`;
  const refused = await priya.send("POST", path, { verb: "block", reason: "abuse" });
  expect([refused.status, refused.body.code]).toEqual([403, "not-permitted"]);
  const board = await marek.get(path);
  expect(board.verbs.map((one: Json) => [one.verb, one.refusal === null])).toEqual([
    ["hide", false],
    ["delete", false],
    ["block", true],
    ["report", true],
  ]);
  const blocked = await marek.do("POST", path, { verb: "block", reason: "abuse", note: "Threatens Priya." });
  expect(await acted(messageId, blocked.id, "done")).toMatchObject({
    ...{ undo: "unblock", by: { name: expect.stringMatching(/Marek/) } },
    snapshot: { text: expect.stringContaining("internet has been down") },
  });
  expect((await marek.send("POST", path, { verb: "block", reason: "abuse" })).status).toBe(409);
  const back = await marek.do("POST", `/api/desk/moderation/${blocked.id}/undo`, { note: "" });
  await acted(messageId, back.id, "done");

  const reply = await story.reply(id, "We look at it.");
  await story.replyState(reply.body.replyId, "sent");
  await desk.quiet();
  const own = messagesOf(await story.view(id)).find((one: Json) => one.direction === "out");
  const gone = await marek.do("POST", `/api/desk/messages/${own.id}/moderation`, { verb: "delete", reason: "mistake" });
  await acted(own.id, gone.id, "done");
  await desk.quiet();
  const { timeline } = await story.view(id);
  const now = timeline.find((one: Json) => one.id === own.id);
  expect([now.state, now.text]).toEqual(["tombstone", ""]);
  const lines = timeline.filter((one: Json) => one.kind === "moderated").map((one: Json) => one.text);
  expect(lines).toEqual([
    expect.stringMatching(/^Marek.* blocked guest_/),
    expect.stringMatching(/^Marek.* let guest_.* in again/),
    expect.stringMatching(/^Marek.* deleted a post of ours/),
  ]);
  const done = await desk.database.query<{ act: string }>(
    "select act from audit where entity = 'message' and act like 'message.%' order by id",
  );
  expect(done.map((row) => row.act)).toEqual(["message.block", "message.moderation-undone", "message.delete"]);
  await story.clear();
}, 60_000);

it("what came since somebody looked is counted for him, and where he stood is kept", async () => {
  const { conversationId: id, view } = await story.taken();
  const newest = messagesOf(view).at(-1).id;
  expect(await priya.get(talk(id, "/news"))).toMatchObject({ since: null, first: null });
  await priya.do("PUT", talk(id, "/position"), { newest, entryId: newest });
  expect(await priya.get(talk(id, "/news"))).toMatchObject({ first: null, entryId: newest, messages: 0, notes: 0 });
  await marek.do("POST", talk(id, "/notes"), { text: "I know this customer." });
  await priya.do("POST", talk(id, "/notes"), { text: "My own words are no news." });
  const news = await priya.get(talk(id, "/news"));
  expect(news).toMatchObject({ notes: 1, messages: 0, replies: 0 });
  const { timeline } = await story.view(id);
  expect(timeline.find((one: Json) => one.id === news.first)).toMatchObject({ type: "note" });
  await priya.do("PUT", talk(id, "/position"), { newest, entryId: null });
  expect(await priya.get(talk(id, "/news"))).toMatchObject({ first: null, notes: 0, entryId: null });
  // Received before he looked, and put into this conversation after it: he has not seen it.
  await desk.database.query("update placement set at = $2, version = 1 where message_id = $1", [
    ...[newest, new Date(desk.clock.now() + 1)],
  ]);
  expect(await priya.get(talk(id, "/news"))).toMatchObject({ first: newest, messages: 1 });
  await story.clear();
}, 60_000);

it("a conversation of 50,000 messages opens at its end, its beginning and in between with as many reads as a short one", async () => {
  const { conversationId: id, view } = await story.taken();
  const first = messagesOf(view)[0];
  const begin = await manyMessages(desk, first, 50_000);
  await desk.database.query("analyze placement");
  const words = async (query: string) => {
    const page = await priya.get(`${talk(id)}${query}`);
    return { page, said: messagesOf(page).map((one: Json) => one.text) };
  };
  const end = await words("");
  expect([end.said.length, end.said[0], end.page.later]).toEqual([120, "Line 49881", null]);
  const before = await words(`?before=${end.page.earlier}`);
  expect([before.said.at(-1), before.said.length]).toEqual(["Line 49880", 120]);
  const start = await words(`?from=${new Date(0).toISOString()}`);
  expect([start.said[0], start.said.length, start.page.earlier]).toEqual(["Line 0", 120, null]);
  const next = await words(`?after=${start.page.later}`);
  expect([next.said[0], next.said.at(-1)]).toEqual(["Line 120", "Line 239"]);
  const day = await words(`?from=${new Date(begin + 25_000 * 60_000).toISOString()}`);
  expect([day.said[0], day.page.earlier !== null, day.page.later !== null]).toEqual(["Line 25000", true, true]);
  const back = await words(`?before=${day.page.earlier}`);
  expect(back.said.at(-1)).toBe("Line 24999");
  expect(end.page.timeline.length).toBeLessThan(140);

  // Rows that are read, and not milliseconds, tell that the length does not matter.
  for (const [order, edge] of [
    ["desc", `and message_id < '${day.page.earlier}'`],
    ["asc", `and message_id > '${day.page.later}'`],
    ["desc", ""],
  ]) {
    const plan = await desk.database.query<Json>(
      `explain (analyze, timing off, format json) select * from placement where account_id = $1 and conversation_id = $2 ${edge} order by message_id ${order} limit 121`,
      [desk.company.accountId, id],
    );
    expect(rowsRead(plan[0]["QUERY PLAN"][0].Plan), JSON.stringify(plan[0])).toBeLessThanOrEqual(300);
  }
}, 60_000);

/** The most rows that one node of a plan touched. */
function rowsRead(node: Json): number {
  const own = (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];
  return Math.max(own, ...(node.Plans ?? []).map(rowsRead));
}
