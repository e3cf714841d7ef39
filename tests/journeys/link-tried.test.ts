import { afterAll, beforeAll, expect, it } from "vitest";
import type { Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
});
afterAll(() => desk?.stop());

it("a customer who comes back after a link we gave is a step of the conversation, and is told once", async () => {
  const priya = await desk.as("priya");
  await desk.presence("dana", "offline");
  const matter = await story.taken("@northwind my router keeps losing the line, what can I do?");
  const sent = await story.reply(
    matter.conversationId,
    "Sorry! These steps help most people: https://help.example/router",
  );
  expect(sent.status, sent.text).toBe(201);
  await story.replyState(sent.body.replyId, "sent");
  await desk.quiet();
  const [ours] = await story.acceptedFor(matter);
  const back = async (text: string, parent: string) => {
    const post = await desk.network.post(matter.who, text, parent);
    await desk.quiet();
    return post;
  };
  const post = await back("@northwind that worked, thanks for the quick help. How long will it last?", ours!.objectId);
  await back("@northwind it really worked", post.id);
  const steps = await eventually("the step is shown", async () => {
    const view = await priya.get(`/api/desk/conversations/${matter.conversationId}`);
    const found = view.timeline.filter((e: Json) => e.type === "line" && e.kind.startsWith("help-"));
    return found.length > 0 && found;
  });
  expect(steps).toMatchObject([
    { kind: "help-worked", text: "Came back after https://help.example/router: it worked." },
  ]);
  const told = await desk.database.query<{ payload: Json }>("select payload from event where type = 'LinkTried'");
  expect(told.map((e) => [e.payload.effect, e.payload.link])).toEqual([["worked", "https://help.example/router"]]);
});
