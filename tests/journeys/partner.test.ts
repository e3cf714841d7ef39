import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { type LiveStream, listen } from "../support/live-client.ts";
import { operationsOf } from "../support/openapi.ts";
import {
  conversationOf,
  FRENCH,
  GERMAN,
  idsAbout,
  type Nights,
  openNights,
  type Role,
  rightsFor,
  roleWith,
} from "../support/roles.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf, OUTAGE, type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
let nights: Nights;
/** Another company's agent: a few rights on one queue, and nothing else. */
let petra: Role;
const RIGHTS = [
  ...["work.read", "work.take", "work.assign", "work.over-capacity", "conversation.read", "reply.public"],
];
beforeAll(async () => {
  desk = await openDesk({ config: { heartbeatMs: 60 } });
  story = storyOf(desk);
  nights = await openNights(desk);
  petra = await roleWith(desk, "Petra", rightsFor("queue", nights.queueId, ...RIGHTS), { teamIds: [nights.teamId] });
  await desk.quiet();
});
afterAll(() => desk?.stop());

/** Work that waits in a queue, by who wrote it. */
async function waits(text: string): Promise<Json> {
  const marek = await desk.as("marek");
  const who = await story.newcomer();
  const post = await desk.network.post(who, text);
  const row = await eventually(`work of @${who}`, () => conversationOf(marek, who));
  await desk.quiet();
  return { who, post, ...(await conversationOf(marek, who)), queued: row };
}
const path = (id: string, rest = "") => `/api/desk/conversations/${id}${rest}`;
const head = async () =>
  (await desk.database.query<{ n: number }>("select position::int as n from journal_head"))[0]!.n;
/** The stream has told everything that happened until now. */
async function told(stream: LiveStream): Promise<void> {
  await desk.quiet();
  const now = await head();
  await eventually("the stream is there", () => stream.beats.some((b) => Number(/^hb (\d+)/.exec(b)?.[1]) >= now));
}

describe("a partner's agent with rights on one queue", () => {
  it("takes, reads, answers, resolves, and reads again what is done", async () => {
    const { who, post, conversationId, version } = await waits(GERMAN);
    await petra.browser.do("POST", path(conversationId, "/take"), { expectedVersion: version });
    const view = await petra.browser.get(path(conversationId));
    expect(view.work.owner.id).toBe(petra.id);
    expect((await petra.browser.get("/api/desk/work")).items.map((i: Json) => i.conversationId)).toEqual([
      conversationId,
    ]);
    // Who the customer is beyond this conversation is not hers to know.
    expect(view.customer).toMatchObject({
      conversationsHidden: null,
      months: [],
      conversations: [{ id: conversationId }],
    });
    const answer = { text: "Es geht wieder.", answersMessageId: messagesOf(view)[0].id };
    const made = await petra.browser.do("POST", path(conversationId, "/replies"), {
      ...{ audience: "public", ...answer, expectedVersion: view.work.version },
    });
    await story.replyState(made.replyId, "sent");
    await desk.quiet();
    const { work } = await petra.browser.get(path(conversationId));
    await petra.browser.do("POST", path(conversationId, "/resolve"), {
      ...{ outcome: "solved", expectedVersion: work.version },
    });
    await desk.quiet();
    const done = await petra.browser.get(path(conversationId));
    expect(done).toMatchObject({ work: null, state: "quiet", episodes: [{ state: "done", outcome: "solved" }] });
    expect(await story.acceptedFor({ who, post })).toHaveLength(1);
    // A late reply is a reply, with the same right in the same place.
    const late = await petra.browser.do("POST", path(conversationId, "/replies"), {
      ...{ audience: "public", ...answer, text: "Noch etwas: alles gut?", expectedVersion: done.version },
    });
    await story.replyState(late.replyId, "sent");
    const refused = await petra.browser.send("POST", path(conversationId, "/replies"), {
      ...{ audience: "private", ...answer, expectedVersion: (await petra.browser.get(path(conversationId))).version },
    });
    expect([refused.status, refused.body.code]).toEqual([403, "not-permitted"]);
    expect((await petra.browser.send("POST", path(conversationId, "/notes"), { text: "x" })).status).toBe(403);
    await petra.browser.do("POST", path(conversationId, "/open"), { reason: "They called" });
    await desk.quiet();
    await story.clear();
    const looked = await desk.database.query<{ n: number }>(
      "select count(*)::int as n from audit where act = 'conversation.opened' and actor_id = $1 and detail->>'conversationId' = $2",
      [petra.id, conversationId],
    );
    expect(looked[0]!.n).toBe(1);
  });

  it("is told of no other conversation, and may do nothing with it, open or done", async () => {
    const stream = await listen(petra.browser);
    const [priya, marek] = [await desk.as("priya"), await desk.as("marek")];
    const foreign = await story.taken(OUTAGE);
    const id = foreign.conversationId;
    await priya.do("POST", path(id, "/notes"), { text: "For the team" });
    const made = await story.reply(id, "It works again.");
    await story.replyState(made.body.replyId, "sent");
    await desk.quiet();
    const message = messagesOf(foreign.view)[0].id;
    const asked = await priya.do("POST", path(id, "/approvals"), {
      ...{ audience: "public", text: "May I say more?", answersMessageId: message, resolveWith: null },
      expectedVersion: (await story.view(id)).work.version,
    });
    const approval = (act: string) => `/api/desk/approvals/${asked.id}${act}`;
    const offers = await desk.database.query<{ id: string }>("select id from offer where agent_id = $1", [
      desk.company.agents.priya,
    ]);
    const version = async () => (await story.view(id)).work?.version ?? (await story.view(id)).version;
    const other = await waits(OUTAGE);
    const { invite } = await priya.do("POST", path(id, "/invites"), { destination: "dm", answersMessageId: message });
    const link = { kind: "link", otherId: other.conversationId };
    const seen = await story.view(other.conversationId);
    const { act } = await marek.do("POST", path(id, "/joins"), {
      ...{ ...link, expected: { [id]: (await story.view(id)).version, [other.conversationId]: seen.version } },
    });
    const { number } = await story.view(id);
    const report = { verb: "report", reason: "spam" };
    const moderated = await marek.do("POST", `/api/desk/messages/${message}/moderation`, report);
    const file = (
      await priya.ask("/api/desk/files", {
        ...{ method: "POST", raw: "what we charged" },
        headers: { ...priya.csrf, "content-type": "text/plain", "x-file-name": "bill.txt" },
      })
    ).body.id;
    const inAnHour = new Date(desk.clock.now() + 3_600_000).toISOString();
    const reminder = await priya.do("POST", path(id, "/reminders"), { dueAt: inAnHour, text: "For me alone" });
    const snoozed = (await priya.do("POST", path(id, "/snooze"), { until: inAnHour, expectedVersion: await version() }))
      .actId;
    const list = { name: "Mine", scope: "all", filter: "is:late", teamId: null, position: 0 };
    const followUp = await priya.do("POST", path(id, "/follow-ups"), { text: "x", dueAt: inAnHour });
    const question = { to: { kind: "outside", name: "Ada", email: null }, question: "x" };
    const aside = await priya.do("POST", path(id, "/questions"), question);
    const view = await priya.do("POST", "/api/desk/views", list);
    const tried = async () => {
      const expectedVersion = await version();
      const join = { ...link, expected: { [id]: expectedVersion, [other.conversationId]: seen.version } };
      const until = new Date(desk.clock.now() + 3_600_000).toISOString();
      const requests: Record<string, [string, Json?]> = {
        "GET /api/desk/conversations/{id}": [path(id)],
        "PUT /api/desk/conversations/{id}/draft": [
          path(id, "/draft"),
          { audience: "public", text: "x", answersMessageId: null, expectedVersion: 0 },
        ],
        "DELETE /api/desk/conversations/{id}/draft": [path(id, "/draft")],
        "POST /api/desk/conversations/{id}/replies": [
          path(id, "/replies"),
          { audience: "public", text: "x", answersMessageId: message, expectedVersion },
        ],
        "POST /api/desk/replies/{id}/undo": [`/api/desk/replies/${made.body.replyId}/undo`],
        "POST /api/desk/replies/{id}/settle": [
          `/api/desk/replies/${made.body.replyId}/settle`,
          { expectedVersion: 1, as: "give-up" },
        ],
        "POST /api/desk/conversations/{id}/notes": [path(id, "/notes"), { text: "x" }],
        "POST /api/desk/conversations/{id}/resolve": [path(id, "/resolve"), { outcome: "solved", expectedVersion }],
        "POST /api/desk/conversations/{id}/take": [path(id, "/take"), { expectedVersion }],
        "POST /api/desk/conversations/{id}/assign": [
          path(id, "/assign"),
          { to: { kind: "agent", agentId: petra.id }, note: "", expectedVersion },
        ],
        "POST /api/desk/conversations/{id}/snooze": [path(id, "/snooze"), { until, expectedVersion }],
        "POST /api/desk/conversations/{id}/release": [path(id, "/release"), { expectedVersion }],
        "POST /api/desk/conversations/{id}/open": [path(id, "/open"), { reason: "x" }],
        "POST /api/desk/messages/{id}/mark": [`/api/desk/messages/${message}/mark`, { task: "noise", value: "noise" }],
        "GET /api/desk/messages/{id}/why": [`/api/desk/messages/${message}/why`],
        "GET /api/desk/conversations/{id}/news": [path(id, "/news")],
        "PUT /api/desk/conversations/{id}/position": [path(id, "/position"), { newest: message, entryId: null }],
        "GET /api/desk/messages/{id}/moderation": [`/api/desk/messages/${message}/moderation`],
        "POST /api/desk/messages/{id}/moderation": [
          `/api/desk/messages/${message}/moderation`,
          { verb: "block", reason: "abuse" },
        ],
        "POST /api/desk/moderation/{id}/undo": [`/api/desk/moderation/${moderated.id}/undo`, { note: "" }],
        "POST /api/desk/moderation/{id}/settle": [
          `/api/desk/moderation/${moderated.id}/settle`,
          { as: "give-up", expectedVersion: 1 },
        ],
        "GET /api/desk/numbers/{number}": [`/api/desk/numbers/${number}`],
        "GET /api/desk/conversations/{id}/invites": [path(id, "/invites")],
        "POST /api/desk/conversations/{id}/invites": [
          path(id, "/invites"),
          { destination: "dm", answersMessageId: message },
        ],
        "POST /api/desk/invites/{id}/withdraw": [`/api/desk/invites/${invite.id}/withdraw`, { expectedVersion: 1 }],
        "POST /api/desk/conversations/{id}/approvals": [
          path(id, "/approvals"),
          { audience: "public", text: "x", answersMessageId: message, resolveWith: null, expectedVersion },
        ],
        "GET /api/desk/approvals/{id}": [approval("")],
        "POST /api/desk/approvals/{id}/approve": [approval("/approve"), { expectedVersion: 1 }],
        "POST /api/desk/approvals/{id}/return": [approval("/return"), { reason: "x", expectedVersion: 1 }],
        "POST /api/desk/approvals/{id}/withdraw": [approval("/withdraw"), { expectedVersion: 1 }],
        "POST /api/desk/approvals/{id}/confirm": [approval("/confirm"), { expectedVersion: 1 }],
        "POST /api/desk/approvals/{id}/comments": [approval("/comments"), { says: "x" }],
        "POST /api/desk/conversations/{id}/hand-offs": [
          path(id, "/hand-offs"),
          {
            ...{ answersMessageId: message, outcome: "answered", text: "x", permalink: null, reason: "" },
            expectedVersion,
          },
        ],
        "POST /api/desk/conversations/{id}/calls": [
          path(id, "/calls"),
          { direction: "out", startedAt: until, durationMs: 60_000, text: "x" },
        ],
        "GET /api/desk/conversations/{id}/asks": [path(id, "/asks")],
        "POST /api/desk/asks/{id}/answer": [
          `/api/desk/asks/${message}/answer`,
          { answer: "here", expected: { [id]: expectedVersion } },
        ],
        "POST /api/desk/conversations/{id}/guests": [
          path(id, "/guests"),
          { agentId: desk.company.agents.noor, kind: "consult", expectedVersion },
        ],
        "DELETE /api/desk/conversations/{id}/guests/{agentId}": [path(id, `/guests/${desk.company.agents.noor}`)],
        "POST /api/desk/conversations/{id}/guests/{agentId}/hand-over": [
          path(id, `/guests/${desk.company.agents.noor}/hand-over`),
          { expectedVersion },
        ],
        "POST /api/desk/conversations/{id}/wrap-up": [path(id, "/wrap-up"), { act: "finish", expectedVersion }],
        "PUT /api/desk/conversations/{id}/barred/{agentId}": [
          path(id, `/barred/${desk.company.agents.noor}`),
          { reason: "x", expectedVersion },
        ],
        "DELETE /api/desk/conversations/{id}/barred/{agentId}": [path(id, `/barred/${desk.company.agents.noor}`)],
        "GET /api/desk/conversations/{id}/visit": [path(id, "/visit")],
        "GET /api/desk/conversations/{id}/routing": [path(id, "/routing")],
        "GET /api/desk/conversations/{id}/voice": [path(id, "/voice")],
        "GET /api/desk/conversations/{id}/typing": [path(id, "/typing")],
        "POST /api/desk/conversations/{id}/typing": [path(id, "/typing"), { on: true }],
        "GET /api/desk/files/{id}": [`/api/desk/files/${file}`],
        "DELETE /api/desk/files/{id}": [`/api/desk/files/${file}`],
        "GET /api/desk/conversations/{id}/joins": [path(id, "/joins")],
        "POST /api/desk/conversations/{id}/joins/preview": [path(id, "/joins/preview"), link],
        "POST /api/desk/conversations/{id}/joins": [path(id, "/joins"), join],
        "POST /api/desk/joins/{id}/undo": [`/api/desk/joins/${act.id}/undo`],
        "GET /api/desk/conversations/{id}/together": [path(id, "/together")],
        "GET /api/desk/conversations/{id}/colleagues": [path(id, "/colleagues")],
        "PUT /api/desk/conversations/{id}/following": [path(id, "/following"), { following: true }],
        "POST /api/desk/conversations/{id}/follow-ups": [path(id, "/follow-ups"), { text: "x", dueAt: until }],
        "POST /api/desk/follow-ups/{id}": [`/api/desk/follow-ups/${followUp.id}`, { done: true, expectedVersion: 1 }],
        "POST /api/desk/conversations/{id}/questions": [path(id, "/questions"), question],
        "POST /api/desk/questions/{id}/answer": [
          `/api/desk/questions/${aside.id}/answer`,
          { answer: "x", expectedVersion: 1 },
        ],
        "POST /api/desk/questions/{id}/withdraw": [`/api/desk/questions/${aside.id}/withdraw`, { expectedVersion: 1 }],
        "POST /api/desk/conversations/{id}/reminders": [path(id, "/reminders"), { dueAt: until, text: "x" }],
        "POST /api/desk/reminders/{id}/done": [`/api/desk/reminders/${reminder.id}/done`],
        "POST /api/desk/conversations/{id}/later": [
          path(id, "/later"),
          {
            ...{ audience: "public", text: "x", answersMessageId: message, resolveWith: null },
            ...{ sendAt: until, expectedVersion },
          },
        ],
        "POST /api/desk/later/{id}/cancel": [`/api/desk/later/${reminder.id}/cancel`],
        "POST /api/desk/acts/{id}/undo": [`/api/desk/acts/${snoozed}/undo`],
        "PUT /api/desk/views/{id}": [`/api/desk/views/${view.id}`, { ...list, expectedVersion: 1 }],
        "DELETE /api/desk/views/{id}": [`/api/desk/views/${view.id}`],
        "POST /api/offers/{id}/accept": [`/api/offers/${offers[0]!.id}/accept`],
        "POST /api/offers/{id}/decline": [`/api/offers/${offers[0]!.id}/decline`, { reason: "busy", note: "x" }],
      };
      const known = (await operationsOf(desk.nobody())).map((o) => o.name);
      const named = known.filter((name) => /\/api\/(desk|offers)\/.*\{/.test(name));
      expect(Object.keys(requests).sort(), "every operation on one thing of the desk is tried").toEqual(named.sort());
      const before = await head();
      for (const [name, [url, body]] of Object.entries(requests)) {
        const [method = ""] = name.split(" ");
        const answer = method === "GET" ? await petra.browser.ask(url) : await petra.browser.send(method, url, body);
        expect([name, answer.status, answer.body?.code]).toEqual([name, 404, "not-found"]);
        for (const one of await idsAbout(desk, id)) if (!url.includes(one)) expect(answer.text).not.toContain(one);
      }
      expect(await head()).toBe(before);
    };
    await tried();
    await story.resolve(id);
    await desk.quiet();
    await tried();

    for (const [url, status] of [
      ["/api/insights/figures?from=2026-11-01T00:00:00.000Z&to=2026-12-01T00:00:00.000Z", 403],
      ["/api/insights/rows?key=backlog&from=2026-11-01T00:00:00.000Z&to=2026-12-01T00:00:00.000Z", 403],
      ["/api/channels", 403],
      ["/api/settings", 403],
      ["/api/audit", 403],
      ["/api/grants", 403],
      ["/api/api-keys", 403],
      [`/api/policies/${desk.company.brandId}`, 403],
    ] as const)
      expect([url, (await petra.browser.ask(url)).status]).toEqual([url, status]);
    const queues = (await petra.browser.get("/api/queues")).queues;
    expect(queues.map((q: Json) => q.id)).toEqual([nights.queueId]);
    const presence = (await petra.browser.get("/api/presence")).agents;
    expect(presence.map((a: Json) => a.agentId)).toEqual([petra.id]);
    for (const list of ["view=all", "view=team", "view=mine", `view=all&queueId=${desk.company.queueId}`])
      expect((await petra.browser.get(`/api/desk/work?${list}`)).items).toEqual([]);

    await told(stream);
    const foreignIds = new Set([...(await idsAbout(desk, id)), ...(await idsAbout(desk, other.conversationId))]);
    expect(foreignIds.size).toBeGreaterThan(8);
    const heard = stream.heard.flatMap((h) => [h.data.id, h.data.conversationId]);
    expect(heard.filter((one) => foreignIds.has(one))).toEqual([]);
    expect((await petra.browser.send("POST", "/api/work/next")).status).toBe(409);
    expect((await marek.get(path(id))).id).toBe(id);
    stream.cut();
    await story.clear();
  }, 60_000);

  it("hears that work left for another queue, and nothing of it from then on", async () => {
    const { conversationId, version } = await waits(GERMAN);
    const marek = await desk.as("marek");
    const stream = await listen(petra.browser);
    await marek.do("POST", path(conversationId, "/notes"), { text: "Before" });
    await told(stream);
    expect(stream.heard.map((h) => h.data.kind)).toContain("note");
    await marek.do("POST", path(conversationId, "/assign"), {
      ...{ to: { kind: "queue", queueId: desk.company.queueId }, note: "", expectedVersion: version },
    });
    await told(stream);
    expect(stream.heard.at(-1)!.data).toMatchObject({ kind: "work", conversationId });
    expect((await petra.browser.ask(path(conversationId))).status).toBe(404);
    expect((await petra.browser.get("/api/desk/work?view=all")).items).toEqual([]);
    const before = stream.heard.length;
    await marek.do("POST", path(conversationId, "/notes"), { text: "After" });
    await story.clear();
    await told(stream);
    expect(stream.heard.slice(before).filter((h) => h.data.conversationId === conversationId)).toEqual([]);
    stream.cut();
  });

  it("loses and gets a right in the middle of a stream: at the next notice it counts, and the screen is fetched afresh", async () => {
    const { conversationId } = await waits(GERMAN);
    const marek = await desk.as("marek");
    const stream = await listen(petra.browser);
    const note = () => marek.do("POST", path(conversationId, "/notes"), { text: randomUUID() });
    const notes = () => stream.heard.filter((h) => h.data.kind === "note").length;
    await note();
    await told(stream);
    expect(notes()).toBe(1);
    await marek.do("DELETE", `/api/grants/${petra.grantIds.get("conversation.read")}`);
    await note();
    await told(stream);
    expect(notes()).toBe(1);
    expect(stream.heard.filter((h) => h.event === "reset")).toHaveLength(1);
    const [right] = rightsFor("queue", nights.queueId, "conversation.read");
    // The right comes by the team this time.
    const given = await marek.do("POST", "/api/grants", { subjectKind: "team", subjectId: nights.teamId, ...right });
    await note();
    await told(stream);
    expect(stream.heard.filter((h) => h.event === "reset")).toHaveLength(2);
    expect(notes()).toBe(2);
    // What changed while nobody listened is learnt when the stream is resumed.
    const last = stream.heard.at(-1)!.id;
    stream.cut();
    await marek.do("DELETE", `/api/grants/${given.id}`);
    await note();
    const resumed = await listen(petra.browser, last);
    await told(resumed);
    expect(resumed.heard.map((h) => h.event)).toContain("reset");
    expect(resumed.heard.filter((h) => h.data.kind === "note")).toEqual([]);
    resumed.cut();
    const back = await marek.do("POST", "/api/grants", { subjectKind: "agent", subjectId: petra.id, ...right });
    petra.grantIds.set("conversation.read", back.id);
    await story.clear();
  });

  it("with the right to know customers sees of their other conversations only how many they are", async () => {
    const { conversationId } = await waits(GERMAN);
    const marek = await desk.as("marek");
    const [elsewhere] = await desk.database.query<{ id: string }>(
      `insert into conversation select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'number', c.number + 100000, 'subject', 'A matter of others'))).*
       from conversation c where id = $1 returning id`,
      [conversationId],
    );
    const right = rightsFor("queue", nights.queueId, "customer.read")[0];
    const given = await marek.do("POST", "/api/grants", { subjectKind: "agent", subjectId: petra.id, ...right });
    const seen = await petra.browser.get(path(conversationId));
    expect(seen.customer).toMatchObject({
      conversationsHidden: 1,
      months: [],
      conversations: [{ id: conversationId }],
    });
    expect(JSON.stringify(seen)).not.toContain("A matter of others");
    expect((await petra.browser.ask(path(elsewhere!.id))).status).toBe(404);
    const all = await marek.get(path(conversationId));
    expect(all.customer.conversationsHidden).toBe(0);
    expect(all.customer.conversations.map((c: Json) => c.subject)).toContain("A matter of others");
    await marek.do("DELETE", `/api/grants/${given.id}`);
    await story.clear();
  });

  it("is held out no work of a queue that the right to take does not cover, though the team serves it", async () => {
    const other = await openNights(desk, "fr", nights.teamId);
    const both = await roleWith(
      desk,
      "Bo",
      [
        ...rightsFor("queue", nights.queueId, "work.take"),
        ...rightsFor("account", null, "work.read", "conversation.read"),
      ],
      { teamIds: [nights.teamId], here: true },
    );
    const french = await waits(FRENCH);
    expect((await (await desk.as("marek")).get(`/api/desk/work?view=all&queueId=${other.queueId}`)).items).toHaveLength(
      1,
    );
    const german = await waits(GERMAN);
    const held = await eventually("the German one is held out", async () => {
      const { offers } = await both.browser.get("/api/offers");
      return offers.length > 0 && offers;
    });
    expect(held.map((o: Json) => o.row.conversationId)).toEqual([german.conversationId]);
    expect((await both.browser.do("POST", "/api/work/next")).conversationId).toBe(german.conversationId);
    const refused = await both.browser.send("POST", path(french.conversationId, "/take"), {
      expectedVersion: french.version,
    });
    expect([refused.status, refused.body.code]).toEqual([403, "not-permitted"]);
    await story.clear();

    // The right goes while something is held out: that goes to the queue, and the agent is not found silent.
    const another = await waits(GERMAN);
    await eventually("it is held out", async () => (await both.browser.get("/api/offers")).offers.length > 0);
    await (await desk.as("marek")).do("DELETE", `/api/grants/${both.grantIds.get("work.take")}`);
    expect((await both.browser.get("/api/offers")).offers).toEqual([]);
    await eventually("it waits in the queue", async () => {
      const { items } = await both.browser.get("/api/desk/work?view=all");
      return items.find((i: Json) => i.conversationId === another.conversationId)?.state === "queued";
    });
    await story.clear();
  }, 60_000);
});
