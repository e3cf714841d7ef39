import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MINUTE } from "../../server/platform/clock.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf, OUTAGE, type Story, storyOf } from "../support/story.ts";

const DISCLOSURE = "— Priya Nair, Northwind Mobile";

let desk: Desk;
let story: Story;
let priya: ApiClient;
beforeAll(async () => {
  desk = await openDesk({ config: { sendTimeoutMs: 500 } });
  story = storyOf(desk);
  priya = await desk.as("priya");
});
afterAll(() => desk?.stop());
beforeEach(() => desk.presence("priya", "available"));
afterEach(() => story.clear());

describe("a public post", () => {
  it("is heard, offered, answered once under the agent's name, thanked for, resolved and counted", async () => {
    const began = new Date(desk.clock.now()).toISOString();
    const { who, post, offer, conversationId } = await story.asked();
    expect(offer.reasons.length).toBeGreaterThan(0);
    expect(offer.skills).toContainEqual({ name: "English", needed: expect.any(Number), have: 100 });
    expect(offer.row).toMatchObject({ subject: expect.stringContaining("internet"), language: "en", state: "offered" });
    const { startedAt, dueAt, state, what } = offer.row.clock;
    const target = { urgent: 15, high: 30, normal: 60, low: 240 }[offer.row.priority as "high"];
    expect([state, what, Date.parse(dueAt) - Date.parse(startedAt)]).toEqual([
      "running",
      "first-response",
      target * MINUTE,
    ]);

    const moved = await priya.do("POST", `/api/offers/${offer.offerId}/accept`);
    expect(moved).toMatchObject({ conversationId, state: "active", ownerId: desk.company.agents.priya });
    const view = await story.view(conversationId);
    const [said] = messagesOf(view);
    expect(said).toMatchObject({ text: OUTAGE, direction: "in", role: "customer", actionable: true });
    expect(said.why.length).toBeGreaterThan(0);
    expect(said.labels.addressed.value).toBe("mention");
    expect(view.customer.handles).toMatchObject([{ handle: who, followers: 1240 }]);
    expect(
      view.timeline
        .filter((e: Json) => e.type === "line")
        .map((l: Json) => l.text)
        .join(" "),
    ).toContain("Priya");

    const answer = "Sorry Carla. The line in your street is cut; it works again by noon.";
    const made = await story.reply(conversationId, answer);
    expect(made.status).toBe(201);
    await story.replyState(made.body.replyId, "sent");
    await desk.quiet();
    expect(await story.acceptedFor({ who, post })).toMatchObject([
      { op: "post.create", parentId: post.id, text: `${answer} ${DISCLOSURE}` },
    ]);
    const answered = await story.view(conversationId);
    expect(messagesOf(answered)).toMatchObject([
      { direction: "in" },
      {
        direction: "out",
        author: { name: "Priya Nair", agentId: desk.company.agents.priya },
        permalink: expect.any(String),
      },
    ]);
    expect(answered.timeline.some((e: Json) => e.type === "reply")).toBe(false);
    expect(answered.work.clock.state).not.toBe("running");

    const [ours] = await story.acceptedFor({ who, post });
    await desk.network.post(who, "Thank you so much, that was quick!", ours!.objectId);
    await desk.quiet();
    const thanked = await story.view(conversationId);
    expect(messagesOf(thanked)).toHaveLength(3);
    expect(thanked.episodes).toHaveLength(1);
    expect(thanked.work.clock.state).not.toBe("running");
    expect((await priya.get("/api/offers")).offers).toEqual([]);

    await story.resolve(conversationId);
    await desk.quiet();
    const done = await story.view(conversationId);
    expect(done).toMatchObject({ state: "quiet", work: null, episodes: [{ state: "done", outcome: "solved" }] });
    const ended = await desk.database.query(
      "select payload from event where type = 'EpisodeDone' and payload->>'conversationId' = $1",
      [conversationId],
    );
    expect(ended).toHaveLength(1);

    const span = `from=${began}&to=${new Date(desk.clock.now() + 1).toISOString()}`;
    const { figures } = await priya.get(`/api/insights/figures?${span}`);
    const value = (key: string) => figures.find((f: Json) => f.key === key);
    const [episode] = done.episodes;
    const firstResponse = Date.parse(episode.firstReplyAt) - Date.parse(startedAt);
    expect(value("messages-in")).toMatchObject({ value: 2, unit: "messages", rows: 2 });
    expect(value("episodes-opened")).toMatchObject({ value: 1, unit: "episodes" });
    expect(value("conversations-worked").value).toBe(1);
    expect(value("customers-served").value).toBe(1);
    expect(value("backlog").value).toBe(0);
    expect(value("first-response")).toMatchObject({ value: firstResponse, rows: 1, parts: { n: 1, inTarget: 1 } });
    expect(value("next-response").rows).toBe(0);
    expect(value("resolution").value).toBe(Date.parse(episode.doneAt) - Date.parse(startedAt));
    expect(value("settled-share")).toMatchObject({ value: 1, settled: false });
    for (const figure of figures) {
      const { items, next } = await priya.get(`/api/insights/rows?${span}&key=${figure.key}`);
      expect([figure.key, items.length, next]).toEqual([figure.key, figure.rows, null]);
      for (const row of items) if (row.episodeId) expect(row.episodeId).toBe(episode.id);
    }
  });

  it("keeps its customer's words and mood in the list, whoever else speaks in its thread", async () => {
    const { who, post, conversationId } = await story.taken();
    const made = await story.reply(conversationId, "Sorry Carla, we look into it.");
    await story.replyState(made.body.replyId, "sent");
    await desk.quiet();
    const [ours] = await story.acceptedFor({ who, post });
    const lina = await story.newcomer("Lina Berg");
    const wellWish = () =>
      desk.network.post(lina, `@${who} I love this network, they are always kind. Good luck!`, ours!.objectId);
    const listed = async () => {
      const { items } = await priya.get("/api/desk/work?view=mine");
      const { work } = await story.view(conversationId);
      expect(items).toEqual([work]);
      return work;
    };
    await wellWish();
    await desk.quiet();
    expect(messagesOf(await story.view(conversationId)).at(-1)).toMatchObject({
      ...{ role: "bystander", text: expect.stringContaining("Good luck") },
      labels: { sentiment: { value: "positive" } },
    });
    expect(await listed()).toMatchObject({
      ...{ snippet: expect.stringContaining("Sorry Carla"), snippetBy: "us", sentiment: "negative" },
    });

    const still = "Nothing works here, this is a disgrace. I am furious.";
    await desk.network.post(who, still, ours!.objectId);
    await wellWish();
    await desk.quiet();
    expect(messagesOf(await story.view(conversationId)).map((m) => m.role)).toEqual([
      ...["customer", "us", "bystander", "customer", "bystander"],
    ]);
    expect(await listed()).toMatchObject({ snippet: still, snippetBy: "customer", sentiment: "negative" });
  });

  it("and the private message that follows it are one conversation, and the private answer stays private", async () => {
    const { who, post, conversationId } = await story.taken();
    const asked = await story.reply(conversationId, "Please send us your postcode in a private message.");
    await story.replyState(asked.body.replyId, "sent");
    await desk.network.dm(who, "Here I am, as you asked. My postcode is near Leeds, what happens now?");
    await desk.quiet();
    const view = await story.view(conversationId);
    expect(messagesOf(view).map((m) => [m.direction, m.mark.audience])).toEqual([
      ["in", "public"],
      ["out", "public"],
      ["in", "private"],
    ]);
    expect(view.customer.conversations).toHaveLength(1);
    expect(view.bursts.length).toBeGreaterThan(1);
    expect(view.composer.first).toBe("private");
    const made = await story.reply(conversationId, "Thank you. Your line is mended at four.", { audience: "private" });
    await story.replyState(made.body.replyId, "sent");
    await desk.quiet();
    expect(await story.acceptedFor({ who, post })).toMatchObject([
      { op: "post.create", parentId: post.id },
      { op: "dm.create", to: who, text: "Thank you. Your line is mended at four." },
    ]);
  });

  it("can be answered by a private message that nobody else sees", async () => {
    const { who, post, conversationId } = await story.taken();
    const made = await story.reply(conversationId, "We looked your line up: it is mended at four.", {
      audience: "private",
    });
    expect(made.status).toBe(201);
    await story.replyState(made.body.replyId, "sent");
    await desk.quiet();
    expect(await story.acceptedFor({ who, post })).toMatchObject([{ op: "dm.create", to: who }]);
    expect(messagesOf(await story.view(conversationId)).at(-1)).toMatchObject({
      direction: "out",
      mark: { audience: "private" },
    });
  });

  it("does not draw a bystander into the customer", async () => {
    const { post, conversationId, who } = await story.taken();
    const bystander = await story.newcomer("Bob Stone");
    await desk.network.post(bystander, `@${who} hang in there, they mended mine last week.`, post.id);
    await desk.quiet();
    const view = await story.view(conversationId);
    expect(view.customer.handles.map((h: Json) => h.handle)).toEqual([who]);
    expect(
      messagesOf(view)
        .filter((m) => m.author.handle === bystander)
        .map((m) => m.role),
    ).not.toContain("customer");
    expect(messagesOf(view)[0].author.handle).toBe(who);
    expect((await priya.get("/api/offers")).offers).toEqual([]);
    expect(view.composer.public.door.answersMessageId).toBe(messagesOf(view)[0].id);
  });

  it("is not answered with what the customer said in private", async () => {
    const { who, conversationId, post } = await story.taken();
    await desk.network.dm(who, "My account number is 48213377, can you look at it?");
    await desk.quiet();
    const before = await story.view(conversationId);
    expect(messagesOf(before)).toHaveLength(2);
    const refused = await story.reply(conversationId, "We looked at account 4821 3377: it is blocked.");
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: "preflight-refused", errors: [{ code: "private-fact" }] });
    await desk.quiet();
    expect(await story.acceptedFor({ who, post })).toEqual([]);
    expect((await story.view(conversationId)).work.version).toBe(before.work.version);
  });

  it("shows what was edited, and is not answered once it is deleted", async () => {
    const { who, post, conversationId, view } = await story.taken();
    await desk.network.edit(who, post.id, `${OUTAGE} It is in Leeds.`);
    await desk.quiet();
    const [edited] = messagesOf(await story.view(conversationId));
    expect(edited).toMatchObject({ edited: true, text: `${OUTAGE} It is in Leeds.`, revisions: [{ text: OUTAGE }] });
    await desk.network.remove(who, post.id);
    await desk.quiet();
    const gone = await story.view(conversationId);
    expect(messagesOf(gone)).toMatchObject([{ state: "tombstone", text: "", revisions: [] }]);
    expect(gone.composer.public).toMatchObject({ door: null, reason: expect.any(String) });
    expect(JSON.stringify(gone)).not.toContain("Leeds");
    const refused = await priya.send("POST", `/api/desk/conversations/${conversationId}/replies`, {
      ...{ audience: "public", text: "It works again.", answersMessageId: messagesOf(view)[0].id },
      expectedVersion: gone.work.version,
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0].code).toBe("target-deleted");
    await desk.quiet();
    expect(await story.acceptedFor({ who, post })).toEqual([]);
  });

  it("of a customer who comes back inside the window is a new episode that reopens the last", async () => {
    const { who, post, conversationId } = await story.taken();
    const began = new Date(desk.clock.now()).toISOString();
    await story.reply(conversationId, "It works again since noon.", { resolveWith: "solved" });
    await eventually("it is resolved", async () => (await story.view(conversationId)).work === null);
    desk.travel(30 * MINUTE);
    const [ours] = await story.acceptedFor({ who, post });
    await desk.network.post(who, "@northwind it is down again! Why does nobody mend this for good?", ours!.objectId);
    const offer = await story.offerFor("priya", who);
    expect(offer.row).toMatchObject({ conversationId, episodeOrdinal: 2 });
    const { episodes } = await story.view(conversationId);
    const [first, second] = [...episodes].sort((a: Json, b: Json) => a.ordinal - b.ordinal);
    expect([first.state, first.reopens, second.state, second.reopens]).toEqual(["done", null, "open", first.id]);
    await desk.quiet();
    const to = new Date(desk.clock.now() + 1).toISOString();
    const { figures } = await priya.get(`/api/insights/figures?from=${began}&to=${to}`);
    expect(figures.find((f: Json) => f.key === "settled-share").value).toBe(0);
  });
});

describe("a reply", () => {
  it("that is taken back in time never leaves, and its words return", async () => {
    const marek = await desk.as("marek");
    await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 8_000 });
    const { who, post, conversationId } = await story.taken();
    const made = await story.reply(conversationId, "It works again by noon.");
    expect(made.body.state).toBe("undoable");
    const undone = await priya.do("POST", `/api/desk/replies/${made.body.replyId}/undo`);
    expect(undone.state).toBe("withdrawn");
    desk.travel(MINUTE);
    await desk.quiet();
    expect(await story.acceptedFor({ who, post })).toEqual([]);
    const view = await story.view(conversationId);
    expect(view.draft).toMatchObject({ audience: "public", text: "It works again by noon." });
    expect(view.work.clock.state).toBe("running");
    await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 0 });
  });

  it("waits while everything outbound is stopped, and goes after the release; new ones are refused meanwhile", async () => {
    const marek = await desk.as("marek");
    await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 5_000 });
    const { who, post, conversationId } = await story.taken();
    const made = await story.reply(conversationId, "It works again by noon.");
    await marek.do("PUT", "/api/stop-switch", { scope: "all", on: true, reason: "A crisis" });
    desk.travel(6_000);
    await eventually("it is held", async () => {
      const [row] = await desk.database.query("select state from delivery where id = $1", [made.body.deliveryId]);
      return row!.state === "held";
    });
    await desk.quiet();
    const refused = await story.reply(conversationId, "And once more.");
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, "stopped"]);
    expect(await story.acceptedFor({ who, post })).toEqual([]);
    expect((await marek.get("/api/channels")).stopped).toMatchObject([{ scope: "all", reason: "A crisis" }]);
    await marek.do("PUT", "/api/stop-switch", { scope: "all", on: false });
    await story.replyState(made.body.replyId, "sent");
    await desk.quiet();
    expect(await story.acceptedFor({ who, post })).toHaveLength(1);
    await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 0 });
  });

  it.each(["api-500-after-write", "api-hang", "api-reset-after-write"])(
    "whose fate is unknown (%s) is looked for and found, and was posted once",
    async (kind) => {
      const { who, post, conversationId } = await story.taken();
      await desk.network.fault({ kind, next: 1 });
      const made = await story.reply(conversationId, "It works again by noon.", { resolveWith: "solved" });
      await story.replyState(made.body.replyId, "unknown");
      // The network's own echo of the post is here before anybody has asked after it.
      await desk.quiet();
      desk.travel(5_000);
      await story.replyState(made.body.replyId, "sent");
      await desk.quiet();
      expect(await story.view(conversationId)).toMatchObject({ work: null, episodes: [{ outcome: "solved" }] });
      expect(await story.acceptedFor({ who, post })).toHaveLength(1);
      expect(messagesOf(await story.view(conversationId)).filter((m) => m.direction === "out")).toHaveLength(1);
    },
  );

  it.each(["api-503", "api-429"])("that the network turned away (%s) goes at the next try, once", async (kind) => {
    const { who, post, conversationId } = await story.taken();
    await desk.network.fault({ kind, next: 1 });
    const made = await story.reply(conversationId, "It works again by noon.");
    await eventually("it was tried", async () => (await desk.network.admin("GET", "/faults")).faults.length === 0);
    desk.travel(10_000);
    await story.replyState(made.body.replyId, "sent");
    await desk.quiet();
    expect(await story.acceptedFor({ who, post })).toHaveLength(1);
  });
});

describe("whose turn it is", () => {
  beforeEach(() => desk.presence("dana", "available"));
  afterEach(() => desk.presence("dana", "offline"));

  it("passes on when the agent declines", async () => {
    await desk.presence("dana", "offline");
    const { who, offer } = await story.asked();
    await desk.presence("dana", "available");
    const declined = await priya.send("POST", `/api/offers/${offer.offerId}/decline`, { reason: "conflict" });
    expect(declined.status).toBe(200);
    const next = await story.offerFor("dana", who);
    expect(next.row.workItemId).toBe(offer.row.workItemId);
    expect(next.row.clock.dueAt).toBe(offer.row.clock.dueAt);
    expect((await priya.get("/api/offers")).offers).toEqual([]);
    const late = await priya.send("POST", `/api/offers/${offer.offerId}/accept`);
    expect([late.status, late.body.code]).toEqual([409, "not-now"]);
  });

  it("passes on when the offer runs out, and who let it run out is not asked again", async () => {
    await desk.presence("dana", "offline");
    const { who, offer } = await story.asked();
    await desk.presence("dana", "available");
    desk.travel(181_000);
    const next = await story.offerFor("dana", who);
    expect(next.row.workItemId).toBe(offer.row.workItemId);
    const { agents } = await priya.get("/api/presence");
    expect(agents.find((a: Json) => a.agentId === desk.company.agents.priya).state).toBe("not-responding");
  });

  it("is one agent's when two reach for it at once", async () => {
    const dana = await desk.as("dana");
    await desk.presence("dana", "busy");
    for (let round = 0; round < 3; round++) {
      const { offer, conversationId } = await story.asked();
      const answers = await Promise.all([
        priya.send("POST", `/api/offers/${offer.offerId}/accept`),
        dana.send("POST", `/api/desk/conversations/${conversationId}/take`, { expectedVersion: offer.row.version }),
      ]);
      expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
      const winner = answers[0].status === 200 ? "priya" : "dana";
      expect((await story.view(conversationId)).work.owner.id).toBe(desk.company.agents[winner]);
      await story.clear();
    }
  });
});

it("who has no rights finds nothing", async () => {
  const { conversationId, offer } = await story.taken();
  const noor = await desk.as("noor");
  const seen = await noor.ask(`/api/desk/conversations/${conversationId}`);
  expect([seen.status, seen.body.code]).toEqual([404, "not-found"]);
  expect((await noor.ask("/api/desk/work")).status).toBe(403);
  expect((await noor.send("POST", `/api/offers/${offer.offerId}/accept`)).status).toBe(403);
});
