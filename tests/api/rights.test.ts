import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ApiClient, type Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { conversationOf, GERMAN, type Nights, openNights, rightsFor, roleWith } from "../support/roles.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { OUTAGE, type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
let nights: Nights;
let marek: ApiClient;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  nights = await openNights(desk);
  marek = await desk.as("marek");
  await desk.presence("priya", "offline");
  await desk.presence("dana", "offline");
});
afterAll(() => desk?.stop());

const give = (right: Json) => marek.send("POST", "/api/grants", { subjectKind: "agent", ...right });

describe("a right", () => {
  const nowhere = randomUUID();
  it.each<[string, string, string, () => string | null, string]>([
    ["a queue that is not here", "work.read", "queue", () => nowhere, "no-such-scope"],
    ["a brand that is not here", "conversation.read", "brand", () => nowhere, "no-such-scope"],
    ["a team that is not here", "insights.read", "team", () => nowhere, "no-such-scope"],
    ["a brand by the id of a queue", "channel.read", "brand", () => nights.queueId, "no-such-scope"],
    ["a queue by the id of its team", "work.take", "queue", () => nights.teamId, "no-such-scope"],
    ["a queue, though it is about people", "people.manage", "queue", () => nights.queueId, "scope-does-not-fit"],
    [
      "a brand, though work is handed out by queue",
      "work.read",
      "brand",
      () => desk.company.brandId,
      "scope-does-not-fit",
    ],
    ["own figures", "insights.read", "own", () => null, "scope-does-not-fit"],
    ["a queue, though channels are of brands", "channel.manage", "queue", () => nights.queueId, "scope-does-not-fit"],
    ["a queue without saying which", "work.read", "queue", () => null, "invalid-request"],
    ["everywhere and one queue at once", "work.read", "account", () => nights.queueId, "invalid-request"],
    ["what is no right", "__proto__", "account", () => null, "invalid-request"],
  ])("for %s is refused", async (_, verb, scope, scopeId, code) => {
    const refused = await give({ subjectId: desk.company.agents.noor, verb, scope, scopeId: scopeId() });
    expect([refused.status, refused.body.code]).toEqual([400, code]);
    const { grants } = await marek.get("/api/grants");
    expect(grants.filter((g: Json) => g.subjectId === desk.company.agents.noor)).toEqual([]);
  });

  it.each(["agent", "team", "api-key"])("for nobody (%s) is refused", async (subjectKind) => {
    const refused = await give({ subjectKind, subjectId: nowhere, verb: "work.read", scope: "account", scopeId: null });
    expect([refused.status, refused.body.code]).toEqual([400, "no-such-subject"]);
  });

  it("is listed with the kinds of place it can be given for, and can be given for each of them", async () => {
    const { verbs } = await marek.get("/api/grants");
    const places: Record<string, string | null> = {
      ...{ account: null, own: null, queue: nights.queueId, team: nights.teamId, brand: desk.company.brandId },
    };
    expect(verbs.find((v: Json) => v.verb === "people.manage").scopes).toEqual(["account"]);
    const { id } = await roleWith(desk, "Everywhere", []);
    for (const { verb, scopes } of verbs)
      for (const scope of Object.keys(places)) {
        const answer = await give({ subjectId: id, verb, scope, scopeId: places[scope] });
        expect([verb, scope, answer.status]).toEqual([verb, scope, scopes.includes(scope) ? 201 : 400]);
      }
  });
});

describe("rights in one place", () => {
  const waits = async (text: string): Promise<Json> => {
    const who = await story.newcomer();
    await desk.network.post(who, text);
    return eventually(`work of @${who}`, () => conversationOf(marek, who));
  };

  it("go with an API key as with an agent, and its looks are on record", async () => {
    const [german, english] = [await waits(GERMAN), await waits(OUTAGE)];
    const key = await marek.do("POST", "/api/api-keys", { name: "reports" });
    for (const right of rightsFor("queue", nights.queueId, "work.read", "conversation.read"))
      await marek.do("POST", "/api/grants", { subjectKind: "api-key", subjectId: key.id, ...right });
    const program = new ApiClient(desk.url);
    program.bearer = key.secret;
    const { items } = await program.get("/api/desk/work?view=all");
    expect(items.map((i: Json) => i.conversationId)).toEqual([german.conversationId]);
    expect((await program.get(`/api/desk/conversations/${german.conversationId}`)).id).toBe(german.conversationId);
    expect((await program.ask(`/api/desk/conversations/${english.conversationId}`)).status).toBe(404);
    const looked = await desk.database.query<{ kind: string; detail: Json }>(
      "select actor_kind as kind, detail from audit where act = 'conversation.opened' and actor_id = $1",
      [key.id],
    );
    expect(looked).toMatchObject([{ kind: "api-key", detail: { conversationId: german.conversationId } }]);
    await story.clear();
  });

  it("tell why work is where it is, and of the colleagues only to who sees the queue's work", async () => {
    const { conversationId } = await waits(OUTAGE);
    const path = `/api/desk/conversations/${conversationId}/routing`;
    const reads = rightsFor("queue", desk.company.queueId, "conversation.read");
    const { browser: rhea } = await roleWith(desk, "Rhea", reads);
    const { browser: nightly } = await roleWith(desk, "Nell", rightsFor("queue", nights.queueId, "conversation.read"));
    const names = ({ why }: Json) => why.now.map((other: Json) => other.name);
    expect(names(await marek.get(path))).toContain("Dana Okafor");
    const told = await rhea.get(path);
    expect([names(told), told.why.queue]).toEqual([[], "Care"]);
    expect((await nightly.ask(path)).status).toBe(404);
    await story.clear();
  });

  it("count only what happened there, and show only the rows that may be read", async () => {
    const from = new Date(desk.clock.now()).toISOString();
    await desk.quiet();
    const [german, english] = [await waits(GERMAN), await waits(OUTAGE)];
    await desk.quiet();
    const queueRights = rightsFor("queue", nights.queueId, "insights.read");
    const nightly = await roleWith(desk, "Nia", queueRights);
    const byTeam = await roleWith(desk, "Tess", [
      ...rightsFor("team", nights.teamId, "insights.read", "conversation.read"),
    ]);
    const span = () => `from=${from}&to=${new Date(desk.clock.now() + 1_000).toISOString()}`;
    const value = async (who: ApiClient, key: string, more = "") => {
      const { figures } = await who.get(`/api/insights/figures?${span()}${more}`);
      const { items } = await who.get(`/api/insights/rows?${span()}${more}&key=${key}`);
      const figure = figures.find((f: Json) => f.key === key);
      expect([key, items.length]).toEqual([key, figure.rows]);
      return [figure.value, items.map((i: Json) => i.conversationId)];
    };
    const [id, other] = [german.conversationId, english.conversationId];
    expect((await value(marek, "episodes-opened"))[0]).toBe(2);
    expect(await value(marek, "messages-in", `&queueId=${nights.queueId}`)).toEqual([1, [null]]);
    expect(await value(nightly.browser, "messages-in")).toEqual([1, [null]]);
    // It counts, but without the right to read it the row leads nowhere.
    expect(await value(nightly.browser, "episodes-opened")).toEqual([1, [null]]);
    expect(await value(byTeam.browser, "backlog")).toEqual([1, [id]]);
    expect(await value(byTeam.browser, "backlog", `&queueId=${desk.company.queueId}`)).toEqual([0, []]);
    // What is handed over counts where it went.
    const { work } = await marek.get(`/api/desk/conversations/${other}`);
    await marek.do("POST", `/api/desk/conversations/${other}/assign`, {
      ...{ to: { kind: "queue", queueId: nights.queueId }, note: "", expectedVersion: work.version },
    });
    await desk.quiet();
    const [now, ids] = await value(byTeam.browser, "backlog");
    expect([now, ids.sort()]).toEqual([2, [id, other].sort()]);
    await story.clear();
  });

  it("of an agent who may not read a conversation forbid to give it to them", async () => {
    const english = await waits(OUTAGE);
    const elsewhere = await roleWith(desk, "Elsa", rightsFor("queue", nights.queueId, "conversation.read"));
    const own = await roleWith(desk, "Omar", rightsFor("own", null, "conversation.read", "work.read"));
    const assign = async (agentId: string) => {
      const { work } = await marek.get(`/api/desk/conversations/${english.conversationId}`);
      return marek.send("POST", `/api/desk/conversations/${english.conversationId}/assign`, {
        ...{ to: { kind: "agent", agentId }, note: "", expectedVersion: work.version },
      });
    };
    expect(await assign(elsewhere.id)).toMatchObject({ status: 409, body: { code: "not-now" } });
    expect((await own.browser.ask(`/api/desk/conversations/${english.conversationId}`)).status).toBe(404);
    expect((await assign(own.id)).status).toBe(200);
    expect((await own.browser.get(`/api/desk/conversations/${english.conversationId}`)).work.owner.id).toBe(own.id);
    expect((await own.browser.get("/api/desk/work?view=mine")).items).toHaveLength(1);
    expect((await own.browser.get("/api/desk/work?view=all")).items).toEqual([]);
    await story.clear();
  });
});
