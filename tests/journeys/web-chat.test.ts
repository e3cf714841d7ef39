import { createHmac, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { addCalendar } from "../../server/modules/company/index.ts";
import { MINUTE } from "../../server/platform/clock.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { ChatClient } from "../support/chat-client.ts";
import { answerTo, connectChat, conversationWith as deskOn, IDENTITY_SECRET } from "../support/chat-story.ts";
import { eventually } from "../support/eventually.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf, type Story, storyOf } from "../support/story.ts";

const KEY = "web-chat-of-northwind-000001";
let desk: Desk;
let priya: ApiClient;
let channelId: string;
let story: Story;

beforeAll(async () => {
  desk = await openDesk();
  priya = await desk.as("priya");
  story = storyOf(desk);
  await desk.presence("priya", "available");
  channelId = await connectChat(desk, KEY);
});
afterAll(() => desk?.stop());
afterEach(() => story.clear());

const visitor = () => new ChatClient(desk.url, KEY);

const conversationWith = (text: string) => deskOn(desk, text);
const answer = (text: string, words: string) => answerTo(desk, text, words);

describe("web chat", () => {
  it("brings a visitor's words to the desk, and the answer back, once and in order", async () => {
    const carla = visitor();
    const session = await carla.open();
    expect(session).toMatchObject({ resumed: false, messages: [], conversation: { lastSeq: 0, ended: false } });
    const window = await carla.connect();
    const clientMsgId = randomUUID();
    window.send({ type: "message", clientMsgId, text: "My parcel A55102 has not come" });
    window.send({ type: "message", clientMsgId, text: "My parcel A55102 has not come" });
    const echo = await window.heard("message");
    expect(echo).toMatchObject({ seq: 1, from: "visitor", clientMsgId, text: "My parcel A55102 has not come" });
    await answer("My parcel A55102 has not come", "It is on its way.");
    const said = await window.heard("message", (f) => f.from === "agent");
    expect(said).toMatchObject({ seq: 2, name: "Priya Nair" });
    expect(said.text).toContain("It is on its way.");
    expect(await window.heard("receipt", (f) => f.status === "read")).toMatchObject({ upTo: 1 });
    await desk.quiet();
    const view = await conversationWith("My parcel A55102 has not come");
    expect(messagesOf(view).map((m: Json) => m.direction)).toEqual(["in", "out"]);
    window.send({ type: "read", upTo: 2 });
    await eventually("the answer is read", async () => {
      const [part] = await desk.database.query<{ receipt: string }>(
        "select receipt from delivery_part p join delivery d on d.account_id = p.account_id and d.id = p.delivery_id where d.channel_id = $1",
        [channelId],
      );
      return part?.receipt === "read";
    });
    await window.close();
  });

  it("goes on where it was after a drop, and two windows of one visitor show one log", async () => {
    const visit = visitor();
    await visit.open();
    const first = await visit.connect();
    for (const text of ["one", "two", "three"]) await visit.say(`${text} of the drop`);
    await first.heard("message", (f) => f.seq === 3);
    await first.close();
    await visit.say("four of the drop");
    const again = new ChatClient(desk.url, KEY);
    again.token = visit.token;
    const session = await again.open();
    expect(session.resumed).toBe(true);
    expect(session.messages.map((m) => m.text.split(" ")[0])).toEqual(["one", "two", "three", "four"]);
    const [second, third] = [await visit.connect(3), await again.connect(0)];
    await second.heard("message", (f) => f.seq === 4);
    await third.heard("message", (f) => f.seq === 4);
    expect(second.lines().map((l) => l.seq)).toEqual([4]);
    expect(third.lines().map((l) => l.seq)).toEqual([1, 2, 3, 4]);
    third.send({ type: "message", clientMsgId: randomUUID(), text: "five of the drop" });
    await second.heard("message", (f) => f.seq === 5);
    await Promise.all([second.close(), third.close()]);
  });

  it("is one message however often and by whichever road it is sent", async () => {
    const visit = visitor();
    await visit.open();
    const window = await visit.connect();
    const clientMsgId = randomUUID();
    const body = { clientMsgId, text: "once of many tries", files: [] };
    const answers = await Promise.all(Array.from({ length: 12 }, () => visit.post("messages", body)));
    window.send({ type: "message", ...body });
    expect(new Set(answers.map((a) => a.body.seq))).toEqual(new Set([1]));
    await desk.quiet();
    const rows = await desk.database.query("select 1 from message where text = 'once of many tries'");
    expect(rows).toHaveLength(1);
    await window.close();
  });

  it("serves by long poll what a socket would", async () => {
    const visit = visitor();
    await visit.open();
    const waiting = visit.ask("events?after=0&wait=10000");
    await visit.say("heard by a poll");
    const { body } = await waiting;
    expect(body.frames.filter((f: Json) => f.type === "message")).toMatchObject([{ seq: 1, text: "heard by a poll" }]);
    const more = await visit.ask(`events?after=${body.lastSeq}&wait=0`);
    expect(more.body.frames.filter((f: Json) => f.type === "message")).toEqual([]);
  });

  it("shows each side that the other one types, and that an agent has read", async () => {
    const visit = visitor();
    await visit.open();
    const window = await visit.connect();
    await visit.say("typing goes both ways");
    await desk.quiet();
    const { id } = await conversationWith("typing goes both ways");
    expect(await priya.get(`/api/desk/conversations/${id}/typing`)).toEqual({ typing: false });
    window.send({ type: "typing", on: true });
    await eventually("the desk sees it", async () => (await priya.get(`/api/desk/conversations/${id}/typing`)).typing);
    await priya.do("POST", `/api/desk/conversations/${id}/typing`, { on: true });
    expect(await window.heard("typing")).toMatchObject({ on: true, name: "Priya Nair" });
    expect(await window.heard("receipt", (f) => f.status === "read")).toMatchObject({ upTo: 1 });
    await window.close();
  });

  it("brings files both ways", async () => {
    const visit = visitor();
    await visit.open();
    const window = await visit.connect();
    const png = Buffer.from(ONE_POINT, "base64");
    const { body: file } = await visit.ask("files?name=broken.png", {
      ...{ method: "POST", headers: { "content-type": "image/png" }, body: png },
    });
    expect(file).toMatchObject({ name: "broken.png", mime: "image/png", image: true, bytes: png.length });
    await visit.say("this is what it looks like", { files: [file.id] });
    const shown = await eventually("the picture is on the desk", async () => {
      const [message] = messagesOf(await conversationWith("this is what it looks like"));
      return message.attachments[0]?.state === "here" && message.attachments[0];
    });
    expect(shown).toMatchObject({ name: "broken.png", mime: expect.stringMatching(/^image\//) });
    await window.close();
  });

  it("tells who waits where they stand, until somebody takes it", async () => {
    const visit = visitor();
    await visit.open();
    const window = await visit.connect();
    for (const who of ["priya", "dana", "marek"] as const) await desk.presence(who, "offline");
    try {
      await visit.say("I would like to know where I stand, my order is late");
      expect(await window.heard("place", (f) => f.position !== null)).toMatchObject({ position: expect.any(Number) });
      expect(await window.heard("receipt", (f) => f.status === "delivered")).toMatchObject({ upTo: 1 });
    } finally {
      await desk.presence("priya", "available");
    }
    await answer("I would like to know where I stand, my order is late", "You are next.");
    await window.heard("place", (f) => f.position === null);
    await window.close();
  });

  it("keeps what was said when the server stops between the words and the answer", async () => {
    const visit = visitor();
    await visit.open();
    await visit.say("said before the restart");
    await desk.restart();
    const window = await visit.connect(1);
    await answer("said before the restart", "Answered after it.");
    expect((await window.heard("message", (f) => f.from === "agent")).seq).toBe(2);
    await desk.quiet();
    expect(window.lines().map((l) => l.seq)).toEqual([2]);
    await window.close();
  });

  it("believes the host site's signature: one person on every device, and with the address that was verified", async () => {
    const [phone, laptop] = [visitor(), visitor()];
    await phone.open();
    await phone.say("nameless on the phone");
    const identity = sign({ sub: "customer-7", name: "Carla Ruiz", email: "carla@example.com" });
    await laptop.open({ identity });
    await laptop.say("signed in on the laptop");
    const again = await phone.open({ identity });
    expect(again.visitor).toEqual({ name: "Carla Ruiz", email: "c…@example.com", verified: true });
    expect(again.messages.map((m) => m.text)).toEqual(["signed in on the laptop"]);
    await phone.say("and now on the phone, too");
    await desk.quiet();
    const customers = await desk.database.query<{ customer_id: string; network: string }>(
      `select h.customer_id, h.network from handle h join handle s on s.account_id = h.account_id and s.customer_id = h.customer_id
       where s.network = 'email' and s.external_id = 'carla@example.com' order by h.network`,
    );
    expect(customers.map((c) => c.network)).toEqual(["email", "webchat", "webchat"]);
    expect(new Set(customers.map((c) => c.customer_id)).size).toBe(1);
    // The token of a signed visit shows nothing without the signature.
    const thief = visitor();
    thief.token = laptop.token;
    expect((await thief.open()).messages).toEqual([]);
  });

  it("joins what an invited customer says to the conversation he was invited from", async () => {
    const who = "guest_of_the_chat";
    await desk.network.people([{ handle: who, name: "Carla Public", followers: 12 }]);
    await desk.network.post(who, "@northwind my line has been down for a week, what now?");
    await desk.quiet();
    const { id, timeline } = await conversationWith("@northwind my line has been down for a week, what now?");
    const made = await priya.do("POST", `/api/desk/conversations/${id}/invites`, {
      ...{ destination: "chat", answersMessageId: timeline.find((e: Json) => e.type === "message").id },
    });
    const page = await fetch(`${desk.url}${new URL(made.link).pathname}`, { headers: { "user-agent": "Mozilla/5.0" } });
    const href = /href="(\/chat\/[^"]+)"/.exec(await page.text())?.[1]?.replaceAll("&amp;", "&");
    expect(href).toBe(`/chat/${KEY}?invite=${made.code}`);
    const visit = visitor();
    await visit.open({ invite: new URL(href!, desk.url).searchParams.get("invite")! });
    const line = await visit.say("I am the one with the line");
    expect(line.text).toBe("I am the one with the line");
    await desk.quiet();
    const view = await priya.get(`/api/desk/conversations/${id}`);
    expect(messagesOf(view).at(-1)).toMatchObject({
      direction: "in",
      text: `I am the one with the line\n\n${made.code}`,
    });
    const { invites } = await priya.get(`/api/desk/conversations/${id}/invites`);
    expect(invites).toMatchObject([{ state: "returned", returnedBy: "chat" }]);
  });

  it("is looked after by whoever manages channels: settings field by field, hours, and a secret that is exchanged", async () => {
    const marek = await desk.as("marek");
    const calendarId = await desk.db.withAccount(desk.company.accountId, (tx) =>
      addCalendar(tx, "Nights", [{ from: "2020-01-01", zone: "UTC", week: { 2: [["20:00", "23:00"]] }, holidays: [] }]),
    );
    const key = "web-chat-that-is-looked-after";
    const id = await connectChat(desk, key);
    const path = `/api/channels/${id}/webchat`;
    const before = await marek.get(path);
    expect(before.snippet).toContain(`/widget/widget.js" data-chat="${key}" async></script>`);
    expect((await priya.ask(path)).status).toBe(403);
    for (const [field, wrong] of [
      ["origins", ["https://shop.example/path"]],
      ["origins", ["javascript:alert(1)"]],
      ["primary", "red"],
      ["greeting", [{ id: "g", text: "x".repeat(301), afterMs: 0, onPath: "", onlyWhenOpen: false }]],
      ["calendarId", randomUUID()],
      ["mailChannelId", id],
      ["files", { mime: [], maxBytes: 99_000_000, maxCount: 1 }],
    ] as const) {
      const settings = { ...before.settings, [field]: wrong };
      const answer = await marek.send("PUT", path, { settings, expectedVersion: before.version });
      expect(answer.status, `${field}: ${JSON.stringify(wrong)}`).toBe(400);
    }
    const settings = { ...before.settings, position: "left", calendarId };
    const after = await marek.do("PUT", path, { settings, expectedVersion: before.version });
    expect((await marek.send("PUT", path, { settings, expectedVersion: before.version })).status).toBe(409);
    const { identitySecret, version } = await marek.do("POST", `${path}/identity-secret`, {
      expectedVersion: after.version,
    });
    // Other nodes, and this one, heed a change within two seconds.
    desk.travel(3_000);
    const visit = new ChatClient(desk.url, key);
    const { config } = await visit.open({ identity: sign({ sub: "1" }, identitySecret) });
    expect(config).toMatchObject({ position: "left", hours: { open: false, opensAt: "2026-11-17T20:00:00.000Z" } });
    expect((await visit.open({ identity: sign({ sub: "1" }) })).visitor.verified).toBe(true);
    await marek.do("POST", `${path}/identity-secret`, { expectedVersion: version });
    desk.travel(3_000);
    expect((await visit.post("session", { identity: sign({ sub: "1" }) })).status).toBe(401);
    expect((await visit.post("session", { identity: sign({ sub: "1" }, identitySecret) })).status).toBe(200);
    const stored = await desk.database.query<Json>("select config::text from channel where id = $1", [id]);
    expect(JSON.stringify(stored)).not.toContain(identitySecret);
  });

  it("begins another thread after an end, and forgets who wants to be forgotten", async () => {
    const visit = visitor();
    await visit.open();
    const window = await visit.connect();
    await visit.say("before the end of it");
    await visit.post("end");
    expect(await window.heard("ended")).toEqual({ type: "ended", by: "visitor" });
    await visit.say("after the end of it");
    await desk.quiet();
    const rows = await desk.database.query<{ thread_key: string }>(
      "select thread_key from message where text in ('before the end of it', 'after the end of it')",
    );
    expect(new Set(rows.map((r) => r.thread_key)).size).toBe(2);
    expect((await visit.post("erase")).status).toBe(200);
    expect(await window.closed()).toBe(1001);
    await desk.quiet();
    const left = await desk.database.query(
      "select 1 from message where text like '%the end of it' union all select 1 from webchat_line where body like '%the end of it'",
    );
    expect(left).toEqual([]);
    expect((await visit.post("messages", { clientMsgId: randomUUID(), text: "still here?" })).status).toBe(401);
    expect((await visit.open()).messages).toEqual([]);
  });
});

/** A PNG of one white point. */
const ONE_POINT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==";

function sign(claims: Json, secret = IDENTITY_SECRET, head: Json = { alg: "HS256", typ: "JWT" }): string {
  const part = (value: Json) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const body = `${part(head)}.${part({ exp: Math.floor((desk.clock.now() + 10 * MINUTE) / 1_000), ...claims })}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}
