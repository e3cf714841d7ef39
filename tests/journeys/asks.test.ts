import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { openNights, rightsFor, roleWith } from "../support/roles.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf } from "../support/story.ts";

let desk: Desk;
let marek: ApiClient;
beforeAll(async () => {
  desk = await openDesk();
  marek = await desk.as("marek");
});
afterAll(() => desk?.stop());

const path = (id: string, rest = "") => `/api/desk/conversations/${id}${rest}`;
let people = 0;
/** Somebody names another customer's order number and nothing else: the one question that is open. */
async function asked(number: string): Promise<Json> {
  const [one, two] = [`ann_${++people}`, `ben_${people}`];
  await desk.network.people([one, two].map((handle) => ({ handle, name: handle, followers: 10 })));
  await desk.network.post(one, `@northwind my parcel of order ${number} has not come for a week, where is it?`);
  await desk.quiet();
  await desk.network.post(two, `@northwind nobody answers! Where is order ${number}?`);
  return eventually("it is asked about", async () => {
    await desk.quiet();
    const { items } = await marek.get("/api/desk/asks");
    return items.find((a: Json) => a.text.includes(number));
  });
}
const answer = (who: ApiClient, ask: Json, says: string, expected = ask.expected) =>
  who.send("POST", `/api/desk/asks/${ask.messageId}/answer`, { answer: says, expected });

describe("a message that names another customer's number and nothing else", () => {
  it("begins its own conversation, and a person is asked in both", async () => {
    const ask = await asked("A771001");
    expect(ask).toMatchObject({
      other: { number: expect.stringMatching(/^C-\d+$/u) },
      why: expect.stringContaining("a771001"),
    });
    expect(ask.afterMs).toBeGreaterThanOrEqual(0);
    expect(ask.conversation.id).not.toBe(ask.other.id);
    for (const id of [ask.conversation.id, ask.other.id])
      expect((await marek.get(path(id, "/asks"))).asks).toEqual([ask]);
    // Who may not read the conversations is not asked, and may not answer.
    const { queueId } = await openNights(desk);
    const { browser: night } = await roleWith(
      desk,
      "Nils",
      rightsFor("queue", queueId, "work.read", "conversation.read", "work.take"),
    );
    expect((await night.get("/api/desk/asks")).items).toEqual([]);
    expect((await night.send("GET", path(ask.conversation.id, "/asks"))).status).toBe(404);
    expect((await answer(night, ask, "here")).status).toBe(404);
  });

  it("joins the other when a person says so; that can be taken back and is not asked again", async () => {
    const ask = await asked("A771002");
    const stale = Object.fromEntries(Object.keys(ask.expected).map((id) => [id, 999]));
    expect((await answer(marek, ask, "there", stale)).status).toBe(409);
    const done = await answer(marek, ask, "there");
    expect(done.body).toMatchObject({ answer: "there", conversationId: ask.other.id, act: { kind: "merge" } });
    await desk.quiet();
    expect(messagesOf(await marek.get(path(ask.other.id)))).toHaveLength(2);
    const why = await marek.get(`/api/desk/messages/${ask.messageId}/why`);
    expect(why.evidence[0]).toMatchObject({
      code: "agent",
      text: expect.stringContaining("said that it belongs here"),
    });
    expect(why.evidence.map((e: Json) => e.code)).not.toContain("ask");
    await marek.do("POST", `/api/desk/joins/${done.body.act.id}/undo`);
    await desk.quiet();
    expect((await marek.get("/api/desk/asks")).items.map((a: Json) => a.messageId)).not.toContain(ask.messageId);
    const again = await answer(marek, ask, "here");
    expect(again).toMatchObject({ status: 409, body: { detail: expect.stringContaining("decided this already") } });
  });

  it("stays when a person says so: as evidence, for good, and everybody who looks on is told", async () => {
    const ask = await asked("A771003");
    expect((await answer(marek, ask, "here", { [ask.conversation.id]: 999 })).status).toBe(409);
    expect((await answer(marek, ask, "here")).body).toEqual({
      ...{ answer: "here", conversationId: ask.conversation.id, act: null },
    });
    await desk.quiet();
    for (const id of [ask.conversation.id, ask.other.id]) expect((await marek.get(path(id, "/asks"))).asks).toEqual([]);
    const why = await marek.get(`/api/desk/messages/${ask.messageId}/why`);
    expect(why).toMatchObject({
      conversationId: ask.conversation.id,
      evidence: [{ code: "agent" }, { code: "first" }],
    });
    expect(
      (await marek.send("POST", `/api/desk/asks/${ask.conversation.id}/answer`, { answer: "here", expected: {} }))
        .status,
    ).toBe(404);
  });

  it("is no question any more when somebody has merged the two by hand", async () => {
    const ask = await asked("A771004");
    const both = { kind: "merge", otherId: ask.conversation.id, expected: ask.expected };
    await marek.do("POST", path(ask.other.id, "/joins"), both);
    await desk.quiet();
    expect((await marek.get(path(ask.other.id, "/asks"))).asks).toEqual([]);
  });
});

describe("the list of what is to be decided", () => {
  it("is read page by page, newest first; a cursor of another list is refused", async () => {
    await asked("A771005");
    await asked("A771006");
    const all = (await marek.get("/api/desk/asks")).items.map((a: Json) => a.messageId);
    expect(all.length).toBeGreaterThanOrEqual(2);
    const paged: string[] = [];
    for (let cursor = ""; ; ) {
      const page: Json = await marek.get(`/api/desk/asks?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      paged.push(...page.items.map((a: Json) => a.messageId));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(paged).toEqual(all);
    expect((await marek.send("GET", "/api/desk/asks?cursor=nonsense")).status).toBe(400);
  });
});
