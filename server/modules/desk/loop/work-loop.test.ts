import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ApiClient, Json } from "../../../../tests/support/api-client.ts";
import { eventually } from "../../../../tests/support/eventually.ts";
import { type Desk, openDesk } from "../../../../tests/support/server.ts";
import { messagesOf, type Story, storyOf } from "../../../../tests/support/story.ts";

let desk: Desk;
let story: Story;
let priya: ApiClient;
let marek: ApiClient;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  priya = await desk.as("priya");
  marek = await desk.as("marek");
});
afterAll(() => desk?.stop());
beforeEach(() => desk.presence("priya", "available"));
afterEach(async () => {
  await desk.presence("dana", "offline");
  await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 0 });
  await story.clear();
});

const HOUR = 3_600_000;
const at = (id: string, rest: string) => `/api/desk/conversations/${id}/${rest}`;
const inMs = (ms: number) => new Date(desk.clock.now() + ms).toISOString();
const act = async (id: string, rest: string, body: Json, as = priya): Promise<string> => {
  const view = await as.get(`/api/desk/conversations/${id}`);
  return (await as.do("POST", at(id, rest), { ...body, expectedVersion: view.work.version })).actId;
};
const undo = (actId: string, as = priya) => as.send("POST", `/api/desk/acts/${actId}/undo`);
const board = (as = priya) => as.get("/api/desk/later");

describe("an act on work is taken back", () => {
  it("snoozed work is its owner's again, and the act is gone from the list", async () => {
    const { conversationId } = await story.taken();
    const actId = await act(conversationId, "snooze", { until: inMs(HOUR) });
    expect((await story.view(conversationId)).work).toMatchObject({ state: "parked" });
    expect((await priya.get("/api/desk/acts")).acts[0]).toMatchObject({ id: actId, kind: "snooze", conversationId });
    expect((await undo(actId)).status).toBe(200);
    expect((await story.view(conversationId)).work).toMatchObject({ state: "active", wakesAt: null });
    expect((await priya.get("/api/desk/acts")).acts.map((one: Json) => one.id)).not.toContain(actId);
    // Twice is once.
    expect((await undo(actId)).status).toBe(200);
  });

  it("a second snooze goes back to the first, and not once it woke", async () => {
    const { conversationId } = await story.taken();
    const first = inMs(2 * HOUR);
    const firstId = await act(conversationId, "snooze", { until: first });
    const actId = await act(conversationId, "snooze", { until: inMs(5 * HOUR) });
    await undo(actId);
    expect((await story.view(conversationId)).work).toMatchObject({ state: "parked", wakesAt: first });
    await undo(firstId);
    const again = await act(conversationId, "snooze", { until: inMs(60_000) });
    desk.travel(61_000);
    await eventually("it is awake", async () => (await story.view(conversationId)).work.state === "active");
    expect((await undo(again)).body).toMatchObject({
      code: "not-now",
      detail: "It was woken or put away otherwise since.",
    });
  });

  it("what was given away comes back, unless somebody went on with it; nobody takes another's act back", async () => {
    const { conversationId } = await story.taken();
    await desk.presence("dana", "available");
    const danas = { to: { kind: "agent", agentId: desk.company.agents.dana }, note: "" };
    const actId = await act(conversationId, "assign", danas);
    expect((await undo(actId, marek)).status).toBe(404);
    expect((await undo(actId)).status).toBe(200);
    expect((await story.view(conversationId)).work.owner.id).toBe(desk.company.agents.priya);
    const second = await act(conversationId, "assign", danas);
    await act(conversationId, "assign", { to: { kind: "agent", agentId: desk.company.agents.marek }, note: "" }, marek);
    expect((await undo(second)).body).toMatchObject({ code: "not-now", detail: "Somebody has gone on with it since." });
  });

  it("what was resolved too soon goes on as a new episode; before the reply left it simply goes on", async () => {
    const { conversationId } = await story.taken();
    const actId = await act(conversationId, "resolve", { outcome: "answered" });
    await desk.quiet();
    expect((await undo(actId)).status).toBe(200);
    const episodes = await eventually("a new episode is open", async () => {
      const all = (await story.view(conversationId)).episodes;
      return all.length === 2 && all;
    });
    expect(episodes.map((one: Json) => one.state)).toEqual(expect.arrayContaining(["done", "open"]));

    await story.clear();
    await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 30_000 });
    const other = await story.taken();
    await story.reply(other.conversationId, "It works again by noon.");
    const early = await act(other.conversationId, "resolve", { outcome: "answered" });
    await undo(early);
    desk.travel(31_000);
    await desk.quiet();
    expect((await story.view(other.conversationId)).episodes).toMatchObject([{ state: "open" }]);
  });

  it("what a supervisor resolved otherwise since, or worked through once more, stays so", async () => {
    await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 30_000 });
    const { conversationId } = await story.taken();
    await story.reply(conversationId, "It works again by noon.");
    const mine = await act(conversationId, "resolve", { outcome: "answered" });
    await act(conversationId, "resolve", { outcome: "no-answer-needed" }, marek);
    expect((await undo(mine)).body).toMatchObject({ code: "not-now", detail: "Somebody has gone on with it since." });
    desk.travel(31_000);
    await desk.quiet();
    expect((await story.view(conversationId)).episodes).toMatchObject([{ state: "done", outcome: "no-answer-needed" }]);

    const other = await story.taken();
    const early = await act(other.conversationId, "resolve", { outcome: "answered" });
    desk.travel(1_000);
    await marek.do("POST", at(other.conversationId, "open"), { reason: "Look again" });
    await eventually("it is offered", async () => (await story.view(other.conversationId)).work?.state === "offered");
    await desk.quiet();
    await act(other.conversationId, "resolve", { outcome: "no-answer-needed" }, marek);
    expect((await undo(early)).body).toMatchObject({ detail: "Somebody has gone on with it since." });
  });

  it("what was moved to another queue is back in its own", async () => {
    const [calendar] = await desk.database.query<Json>("select calendar_id as id from queue where id = $1", [
      desk.company.queueId,
    ]);
    const other = await desk.db.withAccount(desk.company.accountId, async (tx) => {
      const { addQueue } = await import("#modules/routing");
      const targets = { urgent: HOUR, high: HOUR, normal: HOUR, low: HOUR };
      const named = { name: "Bills", position: 1, teamId: desk.company.teamId, calendarId: calendar!.id, targets };
      return addQueue(tx, named);
    });
    await desk.presence("priya", "available");
    const { conversationId } = await story.taken();
    await desk.presence("priya", "busy");
    const actId = await act(conversationId, "assign", { to: { kind: "queue", queueId: other }, note: "" }, marek);
    expect((await undo(actId, marek)).status).toBe(200);
    const [item] = await desk.database.query<Json>(
      "select queue_id, owner_id from work_item where conversation_id = $1",
      [conversationId],
    );
    expect(item).toEqual({ queue_id: desk.company.queueId, owner_id: desk.company.agents.priya });
  });

  it("not after an hour", async () => {
    const { conversationId } = await story.taken();
    const actId = await act(conversationId, "snooze", { until: inMs(20 * HOUR) });
    desk.travel(HOUR + 1);
    expect((await undo(actId)).body.detail).toBe("This was too long ago to be taken back.");
    expect((await priya.get("/api/desk/acts")).acts).toEqual([]);
  });
});

describe("reminders", () => {
  it("come due once, are mine alone, and are done with", async () => {
    const { conversationId } = await story.taken();
    const made = await priya.do("POST", at(conversationId, "reminders"), { dueAt: inMs(60_000), text: "Ring Ines" });
    expect(made).toMatchObject({ state: "open", text: "Ring Ines", conversationId });
    desk.travel(61_000);
    await eventually("it is due", async () => (await board()).reminders[0]?.state === "due");
    expect((await board(marek)).reminders).toEqual([]);
    expect((await marek.send("POST", `/api/desk/reminders/${made.id}/done`)).status).toBe(404);
    await priya.do("POST", `/api/desk/reminders/${made.id}/done`);
    expect((await board()).reminders).toEqual([]);
    const past = await priya.send("POST", at(conversationId, "reminders"), { dueAt: inMs(-1), text: "" });
    expect(past.body).toMatchObject({ code: "invalid-request", detail: "Choose a time ahead of now." });
  });
});

describe("a reply for later", () => {
  const later = async (conversationId: string, change: Json = {}) => {
    const view = await story.view(conversationId);
    return priya.send("POST", at(conversationId, "later"), {
      ...{ audience: "public", text: "Good morning. It works again.", sendAt: inMs(2 * HOUR), copies: null },
      ...{ answersMessageId: messagesOf(view)[0].id, resolveWith: null, expectedVersion: view.work.version },
      ...change,
    });
  };

  it("leaves at its time, with disclosure, and ends what it was to end", async () => {
    const { who, post, conversationId } = await story.taken();
    expect((await later(conversationId, { resolveWith: "solved" })).status).toBe(201);
    expect(await story.acceptedFor({ who, post })).toEqual([]);
    expect((await later(conversationId)).body.code).toBe("not-now");
    desk.travel(2 * HOUR + 1);
    await eventually("it is done", async () => (await story.view(conversationId)).episodes[0].state === "done");
    const [sent] = await story.acceptedFor({ who, post });
    expect(sent!.text).toMatch(/^Good morning\. It works again\..*Priya/s);
    expect((await board()).replies).toEqual([]);
  });

  it("is held as soon as the customer writes, and its words are in the draft", async () => {
    const { who, post, conversationId } = await story.taken();
    await later(conversationId);
    desk.travel(1_000);
    await desk.network.post(who, "@northwind now the phone is dead as well!", post.id);
    const [held] = await eventually("it is held", async () => {
      const { replies } = await board();
      return replies[0]?.state === "held" && replies;
    });
    expect(held).toMatchObject({ why: expect.stringMatching(/^The customer wrote meanwhile/), conversationId });
    expect((await story.view(conversationId)).draft).toMatchObject({
      text: "Good morning. It works again.",
      audience: "public",
    });
    desk.travel(3 * HOUR);
    await desk.quiet();
    expect(await story.acceptedFor({ who, post })).toEqual([]);
    await priya.do("POST", `/api/desk/later/${held.id}/cancel`);
    expect((await board()).replies).toEqual([]);
  });

  it("is held when it may not leave at its time: somebody else has the work, or nothing may go out", async () => {
    const { who, post, conversationId } = await story.taken();
    await later(conversationId);
    await act(conversationId, "assign", { to: { kind: "agent", agentId: desk.company.agents.marek }, note: "" }, marek);
    desk.travel(2 * HOUR + 1);
    const [held] = await eventually("it is held", async () => {
      const { replies } = await board();
      return replies[0]?.state === "held" && replies;
    });
    expect(held.why).toMatch(/^Another agent has this work/);
    expect(await story.acceptedFor({ who, post })).toEqual([]);
  });

  it("is held when a colleague has answered and ended it, or when what it answers became another question", async () => {
    const { who, post, conversationId } = await story.taken();
    await later(conversationId);
    desk.travel(1_000);
    await act(conversationId, "assign", { to: { kind: "agent", agentId: desk.company.agents.marek }, note: "" }, marek);
    const sent = await story.reply(conversationId, "It works since noon.", { as: "marek", resolveWith: "solved" });
    expect(sent.status, sent.text).toBe(201);
    await eventually("it is done", async () => (await story.view(conversationId)).episodes[0].state === "done");
    const second = await story.taken();
    expect((await later(second.conversationId)).status).toBe(201);
    desk.travel(1_000);
    await desk.network.edit(second.who, second.post.id, "@northwind do you steal from your customers?");
    await desk.quiet();
    desk.travel(2 * HOUR + 1);
    const held = await eventually("both are held", async () => {
      const { replies } = await board();
      const of = (id: string) => replies.find((one: Json) => one.conversationId === id && one.state === "held");
      return of(conversationId) && of(second.conversationId) && [of(conversationId).why, of(second.conversationId).why];
    });
    expect(held).toEqual([
      expect.stringMatching(/^A colleague answered meanwhile/),
      expect.stringMatching(/^What you answer was changed meanwhile/),
    ]);
    expect((await story.acceptedFor({ who, post })).map((one) => one.text)).toEqual([
      expect.stringContaining("It works since noon."),
    ]);
    expect(await story.acceptedFor(second)).toEqual([]);
  });

  it("is taken back by its author alone, and what cannot leave then is refused now", async () => {
    const { conversationId } = await story.taken();
    const made = (await later(conversationId)).body;
    expect((await marek.send("POST", `/api/desk/later/${made.id}/cancel`)).status).toBe(404);
    await priya.do("POST", `/api/desk/later/${made.id}/cancel`);
    expect((await story.view(conversationId)).draft).toMatchObject({ text: "Good morning. It works again." });
    const long = await later(conversationId, { text: "x".repeat(20_000) });
    expect([long.status, long.body.code]).toEqual([422, "preflight-refused"]);
    expect((await board()).replies.filter((one: Json) => one.conversationId === conversationId)).toEqual([]);
    const [replies] = await desk.database.query<{ n: number }>(
      "select count(*)::int as n from reply where conversation_id = $1",
      [conversationId],
    );
    expect(replies!.n).toBe(0);
  });
});

describe("filters and saved lists", () => {
  const listed = async (filter: string, as = marek): Promise<string[]> =>
    (await as.get(`/api/desk/work?view=all&filter=${encodeURIComponent(filter)}`)).items.map(
      (i: Json) => i.conversationId,
    );

  it("narrow the list by what stands on the work and by what its rows show", async () => {
    const mine = await story.taken();
    await desk.presence("priya", "busy");
    const who = await story.newcomer("Hamid Farouq");
    await desk.network.post(who, "@northwind why was I billed twice this month?");
    const other = await eventually("it waits", async () => (await listed("owner:none"))[0]);
    expect(await listed("owner:Priya")).toEqual([mine.conversationId]);
    expect(await listed("-owner:none")).toEqual([mine.conversationId]);
    expect(await listed("is:waiting queue:Care")).toEqual([other]);
    expect((await listed("network:playground is:public")).sort()).toEqual([mine.conversationId, other].sort());
    expect(await listed("is:private")).toEqual([]);
    expect(await listed("Farouq")).toEqual([other]);
    expect(await listed("-Farouq lang:en")).toEqual([mine.conversationId]);
    expect(await listed("waiting:>1h")).toEqual([]);
    desk.travel(2 * HOUR);
    expect((await listed("waiting:>1h")).length).toBe(2);
    const wrong = await marek.ask("/api/desk/work?view=all&filter=queue%3ANowhere");
    expect([wrong.status, wrong.body.detail]).toEqual([400, "There is no queue called Nowhere."]);
  });

  it("are saved, shared with a team, counted, and changed by their owner", async () => {
    const { conversationId } = await story.taken();
    const said = { name: "All of Care", scope: "all", filter: "queue:Care", teamId: null, position: 0 };
    const { id } = await priya.do("POST", "/api/desk/views", said);
    const view = async (as: ApiClient) => (await as.get("/api/desk/views")).views.find((one: Json) => one.id === id);
    expect(await view(priya)).toMatchObject({ count: 1, team: null, mayChange: true });
    const dana = await desk.as("dana");
    expect(await view(dana)).toBeUndefined();
    await priya.do("PUT", `/api/desk/views/${id}`, {
      ...said,
      teamId: desk.company.teamId,
      filter: "lang:en",
      expectedVersion: 1,
    });
    expect(await view(dana)).toMatchObject({ count: null, mayChange: false, owner: { name: "Priya Nair" } });
    const stale = await priya.send("PUT", `/api/desk/views/${id}`, { ...said, expectedVersion: 1 });
    expect(stale.body.code).toBe("version-conflict");
    expect((await dana.send("DELETE", `/api/desk/views/${id}`)).status).toBe(403);
    const wrong = await priya.send("POST", "/api/desk/views", { ...said, filter: "brand:Nobody" });
    expect(wrong.body.detail).toBe("There is no brand called Nobody.");
    await marek.do("DELETE", `/api/desk/views/${id}`);
    expect(await view(priya)).toBeUndefined();
    expect(conversationId).toBeTruthy();
  });
});

it("keys and habits go with the agent; what has another shape is refused", async () => {
  const keys = { singleKeys: false, changed: { "work.take": "x", "go.desk": null } };
  await priya.do("PUT", "/api/preferences", { keys });
  await priya.do("PUT", "/api/preferences", { play: { serves: false } });
  expect((await priya.get("/api/session")).preferences).toEqual({ keys, play: { serves: false } });
  expect((await marek.get("/api/session")).preferences).toEqual({});
  const notices = {
    kinds: { offer: { sound: true, desktop: false } },
    ...{ volume: 60, hideWords: true, hushUntil: null, graveRings: true },
    quiet: { days: [6, 7], from: "22:00", to: "07:00", zone: "Europe/London" },
  };
  await priya.do("PUT", "/api/preferences", { notices, language: "ar" });
  expect((await priya.get("/api/session")).preferences).toEqual({
    keys,
    play: { serves: false },
    notices,
    language: "ar",
  });
  const zone = { ...notices, quiet: { ...notices.quiet, zone: "Moon/Base" } };
  for (const body of [{ notices: zone }, { notices: { ...notices, volume: 101 } }, { language: "<i>" }, {}])
    expect((await priya.send("PUT", "/api/preferences", body)).status).toBe(400);
  const wrong = await priya.send("PUT", "/api/preferences", { keys: { singleKeys: true, changed: { "<b>": "x" } } });
  expect(wrong.status).toBe(400);
});
