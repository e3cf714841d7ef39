import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ApiClient, Json } from "../../../tests/support/api-client.ts";
import { type Desk, openDesk } from "../../../tests/support/server.ts";
import { type Story, storyOf } from "../../../tests/support/story.ts";

let desk: Desk;
let story: Story;
let priya: ApiClient;
let marek: ApiClient;
beforeAll(async () => {
  desk = await openDesk({ config: { sendTimeoutMs: 500 } });
  story = storyOf(desk);
  priya = await desk.as("priya");
  marek = await desk.as("marek");
});
afterAll(() => desk?.stop());
beforeEach(async () => {
  await desk.presence("priya", "available");
  await undoTime(8_000);
});
afterEach(async () => {
  await undoTime(0);
  await story.clear();
});
const undoTime = (ms: number) => marek.do("PUT", "/api/settings/desk.undo-ms", { value: ms });
const episodesOf = async (id: string): Promise<Json[]> => (await story.view(id)).episodes;
const listed = async (): Promise<string[]> =>
  (await marek.get("/api/desk/work?view=all&limit=100")).items.map((i: Json) => i.conversationId);

describe("an episode that a reply is to end", () => {
  it("goes on when the customer wrote more before the reply left: nobody has read that", async () => {
    const { who, post, conversationId } = await story.taken();
    const made = await story.reply(conversationId, "It works again by noon.", { resolveWith: "solved" });
    desk.travel(2_000);
    await desk.network.post(who, "@northwind and now the phone is dead as well, what do I do?", post.id);
    await desk.quiet();
    desk.travel(7_000);
    await story.replyState(made.body.replyId, "sent");
    await desk.quiet();
    const view = await story.view(conversationId);
    expect(view.episodes).toMatchObject([{ state: "open" }]);
    expect(view.work).toMatchObject({ clock: { state: "running" } });
    expect(await listed()).toContain(conversationId);
  });

  it("and waits on for the second message when the reply was to end nothing", async () => {
    const { who, post, conversationId } = await story.taken();
    const made = await story.reply(conversationId, "It works again by noon.");
    desk.travel(2_000);
    await desk.network.post(who, "@northwind and now the phone is dead as well, what do I do?", post.id);
    await desk.quiet();
    desk.travel(7_000);
    await story.replyState(made.body.replyId, "sent");
    await desk.quiet();
    expect((await story.view(conversationId)).work).toMatchObject({ clock: { state: "running" } });
  });

  it("is not over while a part of the reply has not left", async () => {
    const { conversationId } = await story.taken();
    const long = `${"The line in your street is cut and we mend it. ".repeat(11)}It works by noon.`;
    const made = await story.reply(conversationId, long, { resolveWith: "solved" });
    expect(made.status, made.text).toBe(201);
    const [parts] = await desk.database.query<{ n: number }>(
      "select count(*)::int as n from delivery_part where delivery_id = $1",
      [made.body.deliveryId],
    );
    expect(parts!.n).toBeGreaterThan(1);
    // The first goes through, the second is refused.
    await desk.database.query("update delivery_part set text = repeat('x', 5000) where delivery_id = $1 and idx = 1", [
      made.body.deliveryId,
    ]);
    desk.travel(9_000);
    await story.replyState(made.body.replyId, "failed");
    await desk.quiet();
    expect(await episodesOf(conversationId)).toMatchObject([{ state: "open" }]);
  });

  it("goes on when the reply is taken back after the agent had pressed resolve", async () => {
    const { conversationId } = await story.taken();
    const made = await story.reply(conversationId, "It works again by noon.");
    await story.resolve(conversationId);
    expect(await listed()).not.toContain(conversationId);
    await priya.do("POST", `/api/desk/replies/${made.body.replyId}/undo`);
    desk.travel(60_000);
    await desk.quiet();
    expect(await episodesOf(conversationId)).toMatchObject([{ state: "open" }]);
    expect(await listed()).toContain(conversationId);
  });

  it("loses no words when the agent has begun to write others before it is taken back", async () => {
    const { conversationId } = await story.taken();
    const made = await story.reply(conversationId, "It works again by noon.");
    const answersMessageId = null;
    const newer = { audience: "note", text: "Ask the night shift first.", answersMessageId, expectedVersion: 0 };
    const saved = await priya.send("PUT", `/api/desk/conversations/${conversationId}/draft`, newer);
    expect(saved.status).toBe(200);
    await priya.do("POST", `/api/desk/replies/${made.body.replyId}/undo`);
    expect((await story.view(conversationId)).draft).toMatchObject({
      audience: "note",
      text: "It works again by noon.\n\nAsk the night shift first.",
    });
  });

  it("is back in the list when the reply is held back, so that nobody forgets what waits behind it", async () => {
    const { conversationId } = await story.taken();
    const made = await story.reply(conversationId, "It works again by noon.", { resolveWith: "solved" });
    await marek.do("PUT", "/api/stop-switch", { scope: "all", on: true, reason: "A crisis" });
    expect(await listed()).not.toContain(conversationId);
    desk.travel(120_000);
    await desk.quiet();
    expect(await listed()).toContain(conversationId);
    await marek.do("PUT", "/api/stop-switch", { scope: "all", on: false });
    await story.replyState(made.body.replyId, "sent");
    await desk.quiet();
    expect(await episodesOf(conversationId)).toMatchObject([{ state: "done" }]);
  });

  it("is in no list between the moment its reply is out and its end, and shown again should the end not come", async () => {
    const { conversationId } = await story.taken();
    const made = await story.reply(conversationId, "It works again by noon.");
    desk.travel(9_000);
    await story.replyState(made.body.replyId, "sent");
    await desk.quiet();
    expect(await listed()).toContain(conversationId);
    // As it stands in between: out, to be ended, and not ended yet.
    await desk.database.query("update reply set resolve_outcome = 'answered', sent_at = $2 where id = $1", [
      ...[made.body.replyId, new Date(desk.clock.now())],
    ]);
    expect(await listed()).not.toContain(conversationId);
    desk.travel(11_000);
    expect(await listed()).toContain(conversationId);
  });

  it("is not ended by who has not read the customer's last words", async () => {
    const { who, post, conversationId, view } = await story.taken();
    await desk.network.post(who, "@northwind and now the phone is dead as well, what do I do?", post.id);
    await desk.quiet();
    const done = await priya.send("POST", `/api/desk/conversations/${conversationId}/resolve`, {
      ...{ outcome: "solved", expectedVersion: view.work.version },
    });
    expect(done.status).toBe(409);
  });
});

describe("the permit of a reply", () => {
  const urgencyOf = async (deliveryId: string) =>
    (
      await desk.database.query<{ urgency: string | null }>(
        "select permit ->> 'urgency' as urgency from delivery where id = $1",
        [deliveryId],
      )
    )[0]!.urgency;

  it("says that it answers somebody in danger, and of no other that it does", async () => {
    const calm = await story.taken();
    const usual = await story.reply(calm.conversationId, "It works again by noon.");
    expect(await urgencyOf(usual.body.deliveryId)).toBeNull();
    const { conversationId } = await story.taken();
    await desk.database.query("update work_item set crisis = true where conversation_id = $1", [conversationId]);
    const urgent = await story.reply(conversationId, "Unplug it, and leave the room.");
    expect(urgent.status, urgent.text).toBe(201);
    expect(await urgencyOf(urgent.body.deliveryId)).toBe("crisis");
  });
});
