import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ApiClient, Json } from "../../../../tests/support/api-client.ts";
import { eventually } from "../../../../tests/support/eventually.ts";
import { type Desk, openDesk } from "../../../../tests/support/server.ts";
import { type Matter, messagesOf, type Story, storyOf } from "../../../../tests/support/story.ts";

let desk: Desk;
let story: Story;
let priya: ApiClient;
let marek: ApiClient;
let dana: ApiClient;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  [priya, marek, dana] = await Promise.all([desk.as("priya"), desk.as("marek"), desk.as("dana")]);
  await desk.presence("dana", "busy");
});
afterAll(() => desk?.stop());
beforeEach(() => rules([rule({ training: true })], [{ kind: "agent", id: desk.company.agents.priya }]));
afterEach(() => story.clear());

const agent = (who: "priya" | "dana" | "marek") => ({ kind: "agent", id: desk.company.agents[who] });
const rule = (over: Json = {}): Json => ({
  ...{ id: "starters", name: "New here", audience: "public", risks: [], intents: [], followersFrom: null },
  ...{ verified: false, fields: [], training: false, says: [] },
  tiers: [{ approvers: [agent("marek")], deputies: [], minutes: 10 }],
  ...over,
});
async function rules(all: Json[], training: Json[] = [], ownText = "never"): Promise<void> {
  const { version } = await marek.get("/api/approval-rules");
  await marek.do("PUT", "/api/approval-rules", {
    ...{ brandId: null, expectedVersion: version, from: null },
    rules: { rules: all, training: training.map((who) => ({ who, until: null })), ownText },
  });
}
const path = (id: string, rest = "") => `/api/desk/approvals/${id}${rest}`;
async function ask(m: Matter, text = "You get your money back.", change: Json = {}): Promise<Json> {
  const view = await story.view(m.conversationId);
  const words = { audience: "public", text, answersMessageId: messagesOf(view)[0].id, resolveWith: null };
  return priya.send("POST", `/api/desk/conversations/${m.conversationId}/approvals`, {
    ...{ ...words, expectedVersion: view.work?.version ?? view.version, ...change },
  });
}
const asked = async (m: Matter, text?: string, change?: Json): Promise<Json> => {
  const made = await ask(m, text, change);
  expect(made.status, made.text).toBe(201);
  return made.body;
};
const texts = async (m: Matter) => (await story.acceptedFor(m)).map((a) => a.text);
const approvals = async (m: Matter) => (await story.view(m.conversationId)).approvals ?? [];
const decided = async (id: string) => desk.database.query<Json>("select * from approval_request where id = $1", [id]);

/** An escalation whose rung names Dana as the one who releases what is said. */
async function escalated(m: Matter): Promise<string> {
  const { version, ladder } = await marek.get("/api/escalation-ladder");
  const rung = {
    ...{ id: "co", severity: 3, trigger: { kind: "by-hand" }, owner: agent("marek"), deputies: [], outOfHours: null },
    ...{ acknowledgeMinutes: 10, actMinutes: 30, approvers: [agent("dana")], holding: [], quietMinutes: 0 },
    standDownMinutes: null,
  };
  await marek.do("PUT", "/api/escalation-ladder", {
    ...{ brandId: null, ladder: { ...ladder, rungs: [rung] }, expectedVersion: version, from: null },
  });
  const raised = await priya.do("POST", "/api/escalations", {
    ...{ conversationId: m.conversationId, severity: 3, reason: "A fire" },
  });
  return (
    raised.id ??
    (await marek.get("/api/escalations?state=open")).items.find((e: Json) => e.conversation?.id === m.conversationId).id
  );
}

describe("a reply that needs other eyes", () => {
  it("is refused when it is sent, waits when it is asked for, and leaves once when it is passed, in the words of the approver", async () => {
    const m = await story.taken();
    const ahead = (await story.view(m.conversationId)).composer;
    expect(ahead.public.door.approval).toMatchObject({
      who: ["Marek Wolski"],
      because: [{ text: "New here: written in training" }],
    });
    const refused = await story.reply(m.conversationId, "You get your money back.");
    expect([refused.status, refused.body.code]).toEqual([422, "approval-needed"]);
    expect(refused.body.detail).toContain("Marek Wolski has to pass this before it leaves");
    const made = await asked(m, "You get your money back.", { resolveWith: "solved" });
    expect(made).toMatchObject({ state: "waiting", mine: true, mayDecide: false, stage: "approvers" });
    await desk.quiet();
    expect(await texts(m)).toEqual([]);
    const list = await marek.get("/api/desk/approvals?view=open");
    expect(list).toMatchObject({
      asked: 1,
      items: [{ id: made.id, mayDecide: true, text: "You get your money back." }],
    });
    desk.travel(240_000);
    const seen = list.items[0];
    const done = await marek.do("POST", path(made.id, "/approve"), {
      ...{ expectedVersion: seen.version, text: "You get one of the two payments back." },
    });
    expect(done).toMatchObject({ state: "approved", edited: true, firstText: "You get your money back." });
    await desk.quiet();
    expect(await texts(m)).toEqual(["You get one of the two payments back. — Priya Nair, Northwind Mobile"]);
    const view = await story.view(m.conversationId);
    expect(view.episodes).toMatchObject([{ state: "done", outcome: "solved" }]);
    const lines = view.timeline.filter((e: Json) => e.type === "line").map((e: Json) => e.text);
    expect(lines).toEqual(
      expect.arrayContaining(["Priya Nair asked for approval", "Marek Wolski passed it after 4 min, with changes"]),
    );
    const [ended] = await desk.database.query<Json>(
      "select payload from event where type = 'ApprovalEnded' and payload->>'requestId' = $1",
      [made.id],
    );
    expect(ended.payload).toMatchObject({ how: "approved", edited: true, by: desk.company.agents.marek });
    expect(ended.payload.waitedMs).toBeGreaterThanOrEqual(240_000);
    const span = `from=${new Date(desk.clock.now() - 3_600_000).toISOString()}&to=${new Date(desk.clock.now() + 3_600_000).toISOString()}`;
    const { figures } = await eventually("it is counted", async () => {
      const seen = await marek.get(`/api/insights/figures?${span}`);
      return seen.figures.some((f: Json) => f.key === "approval-time" && f.rows > 0) && seen;
    });
    expect(figures.find((f: Json) => f.key === "approval-time")).toMatchObject({
      ...{ unit: "replies", rows: 1, value: ended.payload.waitedMs },
    });
    expect(figures.find((f: Json) => f.key === "approval-returned")).toMatchObject({ value: 0, rows: 1 });
    const again = await marek.send("POST", path(made.id, "/approve"), { expectedVersion: done.version, text: null });
    expect([again.status, again.body.code]).toEqual([409, "not-now"]);
    expect(await texts(m)).toHaveLength(1);
  });

  it("comes back as a draft with the reason, and nothing of it is lost; its author can take it back himself", async () => {
    const m = await story.taken();
    const made = await asked(m);
    const twice = await ask(m, "Another one");
    expect([twice.status, twice.body.code]).toEqual([409, "not-now"]);
    await priya.do("PUT", `/api/desk/conversations/${m.conversationId}/draft`, {
      ...{ audience: "public", text: "And a voucher.", answersMessageId: null, expectedVersion: 0 },
    });
    await marek.do("POST", path(made.id, "/return"), { expectedVersion: made.version, reason: "Say when." });
    const view = await story.view(m.conversationId);
    expect(view.draft.text).toBe("You get your money back.\n\nAnd a voucher.");
    expect(view.approvals).toMatchObject([{ state: "returned", steps: [{}, { act: "returned", says: "Say when." }] }]);
    const next = await asked(m, "You get it back by Friday.");
    expect((await approvals(m)).map((a: Json) => a.state)).toEqual(["waiting"]);
    expect((await marek.send("POST", path(next.id, "/withdraw"), { expectedVersion: 1 })).status).toBe(404);
    await priya.do("POST", path(next.id, "/withdraw"), { expectedVersion: next.version });
    expect((await story.view(m.conversationId)).draft.text).toBe("You get it back by Friday.");
    expect(await texts(m)).toEqual([]);
  });

  it("is passed by nobody but those who are asked, and never by its author", async () => {
    await rules([rule({ tiers: [{ approvers: [agent("priya"), agent("marek")], deputies: [], minutes: 10 }] })]);
    const m = await story.taken();
    const made = await asked(m);
    expect(made.asked.map((a: Json) => a.name)).toEqual(["Marek Wolski"]);
    const own = await priya.send("POST", path(made.id, "/approve"), { expectedVersion: 1, text: null });
    expect([own.status, own.body.code]).toEqual([403, "not-permitted"]);
    expect((await dana.send("POST", path(made.id, "/approve"), { expectedVersion: 1, text: null })).status).toBe(403);
    const noor = await desk.as("noor");
    expect((await noor.ask(path(made.id))).status).toBe(404);
    expect((await noor.get("/api/desk/approvals?view=open")).items).toEqual([]);
    const stale = await marek.send("POST", path(made.id, "/approve"), { expectedVersion: 2, text: null });
    expect([stale.status, stale.body.code]).toEqual([409, "version-conflict"]);
    const long = await marek.send("POST", path(made.id, "/approve"), {
      expectedVersion: 1,
      text: `${"x".repeat(30_000)}`,
    });
    expect(long.status).toBe(400);
    expect(await texts(m)).toEqual([]);
  });

  it("is doubtful when the customer writes again, and leaves only when somebody has confirmed it", async () => {
    const m = await story.taken();
    const made = await asked(m);
    desk.travel(1_000);
    await desk.network.post(m.who, "@northwind never mind, it is solved", m.post.id);
    const seen = await eventually("it is marked", async () => {
      const now = await marek.get(path(made.id));
      return now.staleAt !== null && now;
    });
    const refused = await marek.send("POST", path(made.id, "/approve"), { expectedVersion: seen.version, text: null });
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      expect.stringContaining("confirm that the text still fits"),
    ]);
    const sure = await priya.do("POST", path(made.id, "/confirm"), { expectedVersion: seen.version });
    expect(sure.staleAt).toBeNull();
    await marek.do("POST", path(made.id, "/approve"), { expectedVersion: sure.version, text: null });
    await desk.quiet();
    expect(await texts(m)).toHaveLength(1);
  });

  it("is passed on by silence to deputies and supervisors, and then everybody hears; silence publishes nothing", async () => {
    await rules([rule({ tiers: [{ approvers: [agent("dana")], deputies: [], minutes: 10 }] })]);
    await desk.db.withAccount(desk.company.accountId, async (tx) => {
      const { grant } = await import("#modules/people");
      await grant(tx, {
        ...{ subjectKind: "agent", subjectId: desk.company.agents.dana, verb: "reply.approve", scope: "account" },
        scopeId: null,
      });
    });
    const m = await story.taken();
    const made = await asked(m);
    expect(made.asked.map((a: Json) => a.name)).toEqual(["Dana Okafor"]);
    const early = await marek.send("POST", path(made.id, "/approve"), { expectedVersion: 1, text: null });
    expect(early.status).toBe(403);
    desk.travel(600_000);
    const late = await eventually("supervisors are asked", async () => {
      const now = await marek.get(path(made.id));
      return now.stage === "supervisors" && now;
    });
    expect(late).toMatchObject({ state: "waiting", mayDecide: true });
    desk.travel(600_000);
    await eventually("it is alarmed about", async () => (await marek.get(path(made.id))).alarmedAt);
    const { items } = await marek.get("/api/escalations?state=open");
    expect(items.map((e: Json) => e.says)).toContainEqual(
      expect.stringContaining("nobody who was asked has passed it"),
    );
    expect(await texts(m)).toEqual([]);
    const { version } = await marek.get(path(made.id));
    await marek.do("POST", path(made.id, "/approve"), { expectedVersion: version, text: null });
    await desk.quiet();
    expect(await texts(m)).toHaveLength(1);
  });

  it("needs one of the approvers of what is escalated, until that is stood down", async () => {
    await rules([]);
    const m = await story.taken();
    const id = await escalated(m);
    const refused = await story.reply(m.conversationId, "We look into it.");
    expect([refused.status, refused.body.code]).toEqual([422, "approval-needed"]);
    expect(refused.body.present).toMatchObject({ who: ["Dana Okafor"] });
    const open = await marek.get(`/api/escalations/${id}`);
    await marek.do("POST", `/api/escalations/${id}/stand-down`, {
      ...{ expectedVersion: open.escalation.version, reason: "Out" },
    });
    const sent = await story.reply(m.conversationId, "It is out.");
    expect(sent.status, sent.text).toBe(201);
    await story.replyState(sent.body.replyId, "sent");
  });

  it("passes several looks in their order, and the last one sends it", async () => {
    const looks = [
      { approvers: [agent("dana")], deputies: [], minutes: 10 },
      { approvers: [agent("marek")], deputies: [], minutes: 10 },
    ];
    await rules([rule({ says: ["money"], tiers: looks })]);
    const m = await story.taken();
    const made = await asked(m, "You will get 25 € back.");
    const first = await dana.do("POST", path(made.id, "/approve"), {
      expectedVersion: made.version,
      text: "Half of it.",
    });
    expect(first).toMatchObject({ state: "waiting", tier: 2, text: "Half of it.", asked: [{ name: "Marek Wolski" }] });
    await desk.quiet();
    expect(await texts(m)).toEqual([]);
    await marek.do("POST", path(made.id, "/comments"), { says: "Half is right." });
    const { version } = await marek.get(path(made.id));
    await marek.do("POST", path(made.id, "/approve"), { expectedVersion: version, text: null });
    await desk.quiet();
    expect(await texts(m)).toEqual([expect.stringContaining("Half of it.")]);
  });
});

describe("what would get round the approvers", () => {
  const pass = async (as: ApiClient, id: string, text: string | null = null) =>
    as.send("POST", path(id, "/approve"), { expectedVersion: (await marek.get(path(id))).version, text });
  const merge = async (part: Matter, into: Matter) => {
    const [a, b] = [await story.view(part.conversationId), await story.view(into.conversationId)];
    const expected = { [a.id]: a.version, [b.id]: b.version };
    await priya.do("POST", `/api/desk/conversations/${b.id}/joins`, { kind: "merge", otherId: a.id, expected });
  };
  const left = async (m: Matter) => {
    await desk.quiet();
    return (await texts(m)).length;
  };

  it("an escalation that begins while a reply waits asks its own approvers, too", async () => {
    const m = await story.taken();
    const made = await asked(m, "We look into it.");
    await escalated(m);
    expect((await pass(marek, made.id)).body).toMatchObject({ state: "waiting", asked: [{ name: "Dana Okafor" }] });
    expect(await left(m)).toBe(0);
    expect((await pass(dana, made.id)).body.state).toBe("approved");
    expect(await left(m)).toBe(1);
  });

  it("words changed at a later look, or into what a rule asks more for, are looked at by those as well", async () => {
    const looks = [agent("dana"), agent("marek")].map((who) => ({ approvers: [who], deputies: [], minutes: 10 }));
    await rules([rule({ training: true, tiers: looks })], [agent("priya")]);
    const m = await story.taken();
    const made = await asked(m, "We look into it.");
    expect((await pass(dana, made.id)).body.tier).toBe(2);
    const changed = await pass(marek, made.id, "We look into nothing.");
    expect(changed.body).toMatchObject({ state: "waiting", asked: [{ name: "Dana Okafor" }] });
    expect(await left(m)).toBe(0);
    expect((await pass(dana, made.id)).body.state).toBe("approved");
    expect(await left(m)).toBe(1);

    await rules(
      [rule({ training: true }), rule({ id: "money", name: "Money", says: ["money"], tiers: looks.slice(0, 1) })],
      [agent("priya")],
    );
    const other = await story.taken();
    const mild = await asked(other, "We look into it.");
    const rich = await pass(marek, mild.id, "You will get 25 € back.");
    expect(rich.body).toMatchObject({ state: "waiting", asked: [{ name: "Dana Okafor" }] });
    expect(rich.body.because.map((b: Json) => b.text)).toContain("Money: the text says money");
    expect(await left(other)).toBe(0);
    await priya.do("POST", path(mild.id, "/withdraw"), { expectedVersion: rich.body.version });
  });

  it("a team that is named passes nothing of its own where its people have no right to approve", async () => {
    const team = { kind: "team", id: desk.company.teamId };
    await rules([rule({ tiers: [{ approvers: [team, agent("marek")], deputies: [], minutes: 10 }] })], [], "approvers");
    const m = await story.taken();
    expect((await story.reply(m.conversationId, "We look into it.")).body.code).toBe("approval-needed");
  });

  it("two requests of one agent whose conversations become one: neither leaves over the customer's new words", async () => {
    const [m, other] = [await story.taken(), await story.taken()];
    const one = await asked(m, "First.");
    await asked(other, "Second.");
    await merge(m, other);
    desk.travel(1_000);
    await desk.network.post(other.who, "@northwind never mind, it is solved", other.post.id);
    await desk.quiet();
    expect((await pass(marek, one.id)).body.code).toBe("not-now");
    expect(await left(m)).toBe(0);
  });

  it("an escalated matter that is made part of another one", async () => {
    await rules([]);
    const [m, other] = [await story.taken(), await story.taken()];
    await escalated(m);
    await merge(m, other);
    expect((await story.reply(other.conversationId, "We look into it.")).body.code).toBe("approval-needed");
  });

  it("a post that is edited into another question after it was answered", async () => {
    const m = await story.taken();
    const made = await asked(m, "Yes, of course!");
    desk.travel(1_000);
    await desk.network.edit(m.who, m.post.id, "@northwind do you steal from your customers?");
    await desk.quiet();
    expect((await pass(marek, made.id)).body.code).toBe("not-now");
    expect(await left(m)).toBe(0);
  });

  it("work that is ended before the answer is written", async () => {
    const m = await story.taken();
    desk.travel(1_000);
    await desk.network.post(m.who, "@northwind thanks", m.post.id);
    await desk.quiet();
    const [first, second] = messagesOf(await story.view(m.conversationId)).map((one) => one.labels.intent.value);
    expect(first).toBeTruthy();
    expect(second).not.toBe(first);
    await rules([rule({ intents: [first] })]);
    await story.resolve(m.conversationId);
    await desk.quiet();
    expect((await story.reply(m.conversationId, "You are welcome.")).body.code).toBe("approval-needed");
  });

  it("a reply that failed is not sent again past what is escalated since", async () => {
    await rules([]);
    await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 8_000 });
    const m = await story.taken();
    const { replyId, deliveryId } = (await story.reply(m.conversationId, "We look into it.")).body;
    await desk.database.query("update delivery set permit = permit - 'policyVersion' where id = $1", [deliveryId]);
    await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 0 });
    desk.travel(9_000);
    await story.replyState(replyId, "failed");
    await escalated(m);
    const [row] = await desk.database.query<Json>("select version from reply where id = $1", [replyId]);
    const again = { expectedVersion: row.version, as: "it-was-not-sent-send-again" };
    const refused = await priya.send("POST", `/api/desk/replies/${replyId}/settle`, again);
    expect([refused.status, refused.body.code]).toEqual([422, "approval-needed"]);
  });
});

describe("the outbox", () => {
  it.each([
    [
      "other words",
      "update delivery set text = replace(text, 'money', 'gold') where id = $1",
      "update delivery_part set text = replace(text, 'money', 'gold') where delivery_id = $1",
    ],
    [
      "an approval that nobody gave",
      `update delivery set permit = jsonb_set(permit, '{approval,id}', '"0197f000-0000-7000-8000-000000000000"') where id = $1`,
    ],
  ])("believes no permit with %s", async (_, ...forge) => {
    await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 8_000 });
    const m = await story.taken();
    const made = await asked(m);
    await marek.do("POST", path(made.id, "/approve"), { expectedVersion: made.version, text: null });
    const [row] = await decided(made.id);
    for (const act of forge) await desk.database.query(act, [row.delivery_id]);
    await marek.do("PUT", "/api/settings/desk.undo-ms", { value: 0 });
    desk.travel(9_000);
    await story.replyState(row.reply_id, "failed");
    expect(await texts(m)).toEqual([]);
  });
});
