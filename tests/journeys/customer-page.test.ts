import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../server/platform/db.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { statementsOf } from "../support/explained.ts";
import { listen } from "../support/live-client.ts";
import { conversationOf, GERMAN, type Nights, openNights, type Role, rightsFor, roleWith } from "../support/roles.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { type Story, storyOf } from "../support/story.ts";

/** What one look at a customer may cost: rounds of reads, who asks, and the mark that he looked. */
const MOST_STATEMENTS = 5;

let desk: Desk;
let story: Story;
let nights: Nights;
let petra: Role;
let marek: ApiClient;
let priya: ApiClient;
beforeAll(async () => {
  desk = await openDesk({ config: { heartbeatMs: 60 } });
  story = storyOf(desk);
  nights = await openNights(desk);
  petra = await roleWith(
    desk,
    "Petra",
    rightsFor("queue", nights.queueId, "work.read", "work.take", "conversation.read"),
    { teamIds: [nights.teamId] },
  );
  marek = await desk.as("marek");
  priya = await desk.as("priya");
  const all = { subjectKind: "agent", scope: "account", scopeId: null };
  for (const subjectId of [desk.company.agents.priya, desk.company.agents.marek])
    await marek.do("POST", "/api/grants", { ...all, subjectId, verb: "customer.write" });
  await desk.quiet();
});
afterAll(() => desk?.stop());

const page = (id: string, rest = "") => `/api/customers/${id}${rest}`;

/** Somebody who asked in public, was answered, went on in private, was answered there, and is done. */
async function played(): Promise<{ customerId: string; conversationId: string; who: string }> {
  const { conversationId, who, view } = await story.taken();
  const made = await story.reply(conversationId, "We look at it. Please tell us your street in private.");
  await story.replyState(made.body.replyId, "sent");
  await desk.quiet();
  await desk.network.dm(who, "It is 4 Mill Lane");
  await desk.quiet();
  const again = await story.reply(conversationId, "Thank you, it works again.", { audience: "private" });
  await story.replyState(again.body.replyId, "sent");
  await desk.quiet();
  await story.resolve(conversationId);
  await desk.quiet();
  return { customerId: view.customer.id, conversationId, who };
}

describe("the page of a customer", () => {
  it("shows all media on one line of time, with bursts, episodes and what came of them", async () => {
    const { customerId, conversationId, who } = await played();
    await priya.do("POST", `/api/desk/conversations/${conversationId}/notes`, { text: "She bakes for a living" });
    const seen = await priya.get(page(customerId));
    expect(seen).toMatchObject({ id: customerId, state: "live", name: "Carla Ruiz", conversationsHidden: 0 });
    expect(seen.handles.map((h: Json) => h.handle)).toEqual([who]);
    expect(seen.influence).toContainEqual(
      expect.objectContaining({ part: "reach", handle: who, value: 1240, at: expect.any(String) }),
    );
    expect(seen.influence).toContainEqual(expect.objectContaining({ part: "spoke-public", value: 1 }));
    expect(seen.influence.map((p: Json) => p.part)).not.toContain("score");
    expect(seen.languages[0].language).toBe("en");
    expect(seen.conversations).toHaveLength(1);
    expect(seen.conversations[0].episodes).toMatchObject([
      { ordinal: 1, state: "done", outcome: "Solved", reopens: null },
    ]);
    expect(Date.parse(seen.conversations[0].episodes[0].provisionalUntil)).toBeGreaterThan(desk.clock.now());
    // Newest first: private, then public.
    expect(seen.bursts.map((b: Json) => b.mark.audience)).toEqual(["private", "public"]);
    expect(seen.bursts.flatMap((b: Json) => b.messages.map((m: Json) => m.role))).toEqual([
      ...["customer", "us", "customer", "us"],
    ]);
    expect(seen.conversationNotes).toMatchObject([{ text: "She bakes for a living", agent: { name: "Priya Nair" } }]);
    expect(seen.earlier).toBeNull();
  });

  it("takes the account's own fields, organisations, consents and notes, keeps who did it, and shows them beside the reply", async () => {
    const { customerId, conversationId } = await played();
    const field = (key: string, value: string | null, expectedVersion: number) =>
      priya.send("PUT", page(customerId, `/fields/${key}`), { value, expectedVersion });
    expect((await field("value-a-year", "2340.0", 0)).body).toEqual({ version: 1 });
    expect((await field("value-a-year", "2400", 1)).body).toEqual({ version: 2 });
    const late = await field("value-a-year", "1", 1);
    expect([late.status, late.body.code, late.body.present.value]).toEqual([409, "version-conflict", "2400"]);
    const wrong = await field("value-a-year", "a lot", 2);
    expect([wrong.status, wrong.body.detail]).toEqual([400, expect.stringContaining("number")]);
    expect((await field("no-such-field", "x", 0)).status).toBe(404);
    const made = await priya.do("POST", page(customerId, "/organisations"), { name: "Rocha Bakes Ltd", role: "Owner" });
    const same = await priya.do("POST", page(customerId, "/organisations"), { name: "ROCHA BAKES LTD", role: "Baker" });
    expect(same.organisationId).toBe(made.organisationId);
    await priya.do("POST", page(customerId, "/consents"), {
      purpose: "survey",
      given: true,
      source: "Said so on the phone",
    });
    desk.travel(60_000);
    await priya.do("POST", page(customerId, "/consents"), {
      purpose: "survey",
      given: false,
      source: "Wrote: no more",
    });
    expect(
      (await priya.send("POST", page(customerId, "/consents"), { purpose: "x", given: true, source: "y" })).status,
    ).toBe(404);
    const note = await priya.do("POST", page(customerId, "/notes"), { text: "Prefers Portuguese <b>always</b>" });

    const { facts } = await priya.get(page(customerId));
    expect(facts.fields.find((f: Json) => f.key === "value-a-year")).toMatchObject({
      ...{ value: "2400", version: 2, by: { name: "Priya Nair" } },
    });
    expect(facts.fields.find((f: Json) => f.key === "plan")).toMatchObject({ value: null, version: 0, by: null });
    expect(facts.organisations).toMatchObject([{ name: "Rocha Bakes Ltd", role: "Baker" }]);
    expect(facts.consents.find((c: Json) => c.purpose === "survey")).toMatchObject({
      given: false,
      source: "Wrote: no more",
    });
    expect(facts.consents.find((c: Json) => c.purpose === "recording")).toMatchObject({ given: null, at: null });
    expect(facts.notes).toMatchObject([{ id: note.id, text: "Prefers Portuguese <b>always</b>" }]);
    // The same facts stand beside the reply.
    const beside = await priya.get(`/api/desk/conversations/${conversationId}`);
    expect(beside.customer).toMatchObject({ facts, mayWrite: true });

    await priya.do("DELETE", page(customerId, `/notes/${note.id}`));
    await priya.do("DELETE", page(customerId, `/organisations/${made.organisationId}`));
    await field("value-a-year", null, 2);
    const after = (await priya.get(page(customerId))).facts;
    expect(after).toMatchObject({ notes: [], organisations: [] });
    expect(after.fields.find((f: Json) => f.key === "value-a-year")).toMatchObject({ value: null, version: 3 });
    expect((await priya.send("DELETE", page(customerId, `/notes/${note.id}`))).status).toBe(404);
    const acts = await desk.database.query<{ act: string; detail: Json }>(
      "select act, detail from audit where entity = 'customer' and entity_id = $1 order by at, id",
      [customerId],
    );
    expect(acts.map((a) => a.act)).toEqual(
      expect.arrayContaining([
        "customer.opened",
        "customer.field-set",
        "customer.consent-recorded",
        "customer.note-dropped",
      ]),
    );
    // The log is never erased: what was written about somebody is not in it.
    expect(JSON.stringify(acts)).not.toMatch(/2400|Portuguese|Said so/);
  });

  it("keeps who looked, once an hour", async () => {
    const { customerId } = await played();
    const looks = async () =>
      (
        await desk.database.query<{ n: number }>(
          "select count(*)::int as n from audit where act = 'customer.opened' and entity_id = $1",
          [customerId],
        )
      )[0]!.n;
    await priya.get(page(customerId));
    await priya.get(page(customerId));
    expect(await looks()).toBe(1);
    await marek.get(page(customerId));
    expect(await looks()).toBe(2);
    desk.travel(3_700_000);
    await (await desk.as("priya")).get(page(customerId));
    expect(await looks()).toBe(3);
  });

  it(`costs at most ${MOST_STATEMENTS} statements, whatever there is to show`, async () => {
    const { customerId } = await played();
    await priya.do("POST", page(customerId, "/notes"), { text: "One" });
    // Each of them for the first time: to look is kept with it. What was never asked before is learnt by another one's look.
    await marek.get(page((await played()).customerId));
    const asked = await statementsOf(() => priya.get(page(customerId)));
    expect(asked.filter((s) => /insert into audit/i.test(s.text))).toHaveLength(1);
    expect(asked.map((s) => s.text).filter((text) => /select/i.test(text)).length).toBeGreaterThan(2);
    expect(asked.length, asked.map((s) => s.text.slice(0, 300)).join("\n---\n")).toBeLessThanOrEqual(MOST_STATEMENTS);
  });

  it("pages backwards without losing or repeating a message", async () => {
    const { customerId, conversationId, who } = await played();
    const { accountId } = desk.company;
    // Long talk in the conversation: the same message many times, each with a place of its own.
    await desk.db.withAccount(accountId, async (tx) => {
      await sql`insert into placement select (jsonb_populate_record(p, jsonb_build_object('message_id', gen_random_uuid(), 'external_id', 'copy-' || n))).*
        from placement p, generate_series(1, 70) n where p.account_id = ${accountId} and p.conversation_id = ${conversationId} and p.role = 'customer' and p.medium = 'public'`.execute(
        tx.tables(),
      );
      await sql`insert into message select (jsonb_populate_record(m, jsonb_build_object('id', p.message_id, 'external_id', p.external_id))).*
        from placement p join placement o on o.account_id = p.account_id and o.conversation_id = p.conversation_id and o.external_id not like 'copy-%' and o.role = 'customer' and o.medium = 'public'
        join message m on m.account_id = o.account_id and m.id = o.message_id
        where p.account_id = ${accountId} and p.conversation_id = ${conversationId} and p.external_id like 'copy-%'`.execute(
        tx.tables(),
      );
    });
    const seen: string[] = [];
    for (let before = ""; ; ) {
      const one = await priya.get(page(customerId, before));
      seen.push(...one.bursts.flatMap((b: Json) => b.messages.map((m: Json) => m.id)));
      if (one.earlier === null) break;
      before = `?before=${one.earlier}`;
    }
    expect(who).toBeTruthy();
    expect(seen.length).toBe(74);
    expect(new Set(seen).size).toBe(74);
  });
});

describe("who may see a customer", () => {
  it("nobody without the right, and only what stands where the right covers it", async () => {
    const who = await story.newcomer();
    await desk.network.post(who, GERMAN);
    const row = await eventually("the work of the night", () => conversationOf(marek, who));
    await desk.quiet();
    const { customerId } = (
      await desk.database.query<{ customerId: string }>(
        `select customer_id as "customerId" from conversation where id = $1`,
        [row.conversationId],
      )
    )[0]!;
    const writes: [string, string, Json][] = [
      ["PUT", "/fields/plan", { value: "x", expectedVersion: 0 }],
      ["POST", "/organisations", { name: "x" }],
      ["DELETE", `/organisations/${customerId}`, undefined],
      ["POST", "/consents", { purpose: "survey", given: true, source: "x" }],
      ["POST", "/notes", { text: "x" }],
      ["DELETE", `/notes/${customerId}`, undefined],
    ];
    const statuses = async () => [
      (await petra.browser.ask(page(customerId))).status,
      ...(await Promise.all(
        writes.map(async ([m, rest, body]) => (await petra.browser.send(m, page(customerId, rest), body)).status),
      )),
    ];
    expect(await statuses()).toEqual([404, 404, 404, 404, 404, 404, 404]);
    const given = async (verb: string) =>
      marek.do("POST", "/api/grants", {
        subjectKind: "agent",
        subjectId: petra.id,
        ...rightsFor("queue", nights.queueId, verb)[0],
      });
    await given("customer.read");
    expect(await statuses()).toEqual([200, 403, 403, 403, 403, 403, 403]);
    await given("customer.write");
    expect(await statuses()).toEqual([200, 200, 201, 404, 201, 201, 404]);

    // Another matter of hers, elsewhere: counted, never shown.
    await desk.database.query(
      `insert into conversation select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'number', c.number + 200000, 'subject', 'A matter of others'))).* from conversation c where id = $1`,
      [row.conversationId],
    );
    const seen = await petra.browser.get(page(customerId));
    expect(seen).toMatchObject({ conversationsHidden: 1, months: [], conversations: [{ id: row.conversationId }] });
    expect(seen.influence.map((p: Json) => p.part)).not.toContain("spoke-public");
    expect(JSON.stringify(seen)).not.toContain("A matter of others");
    const other = await played();
    expect((await petra.browser.ask(page(other.customerId))).status).toBe(404);
    expect((await priya.ask(page(desk.company.brandId))).status).toBe(404);
  });

  it("hears of what is noted where he may see the customer, and nowhere else", async () => {
    const { customerId } = await played();
    const [sees, blind] = [await listen(priya), await listen(petra.browser)];
    await marek.do("POST", page(customerId, "/notes"), { text: "Heard?" });
    await eventually("the note is told", () =>
      sees.heard.some((h) => h.data.kind === "customer" && h.data.id === customerId),
    );
    await desk.quiet();
    expect(blind.heard.filter((h) => h.data.id === customerId)).toEqual([]);
    sees.cut();
    blind.cut();
  });
});

describe("addresses of customers who are no more", () => {
  it("a joined one leads to whoever he is now, with what was noted of both; parted, each has his own", async () => {
    const [one, other] = [await played(), await played()];
    await priya.do("PUT", page(one.customerId, "/fields/plan"), { value: "Business 5", expectedVersion: 0 });
    await priya.do("PUT", page(other.customerId, "/fields/plan"), { value: "Home", expectedVersion: 0 });
    await priya.do("PUT", page(other.customerId, "/fields/customer-number"), { value: "77", expectedVersion: 0 });
    await priya.do("POST", page(other.customerId, "/notes"), { text: "Of the other" });
    const { accountId } = desk.company;
    const moveHandle = (to: string) =>
      desk.database.query("update handle set customer_id = $1 where account_id = $2 and home_customer_id = $3", [
        to,
        accountId,
        other.customerId,
      ]);
    await desk.database.query(
      "update handle set home_customer_id = customer_id where account_id = $1 and home_customer_id is null",
      [accountId],
    );
    await moveHandle(one.customerId);
    await desk.database.query("update customer set merged_into = $1 where id = $2", [one.customerId, other.customerId]);

    const seen = await priya.get(page(other.customerId));
    expect(seen.id).toBe(one.customerId);
    expect(seen.handles).toHaveLength(2);
    const value = (facts: Json, key: string) => facts.fields.find((f: Json) => f.key === key).value;
    expect([value(seen.facts, "plan"), value(seen.facts, "customer-number")]).toEqual(["Business 5", "77"]);
    expect(seen.facts.notes).toMatchObject([{ text: "Of the other" }]);
    // What is written at the old address is written of whoever he is now.
    await priya.do("POST", page(other.customerId, "/notes"), { text: "Of both" });

    await moveHandle(other.customerId);
    await desk.database.query("update customer set merged_into = null where id = $1", [other.customerId]);
    const back = await priya.get(page(other.customerId));
    expect([value(back.facts, "plan"), value(back.facts, "customer-number")]).toEqual(["Home", "77"]);
    expect(back.facts.notes.map((n: Json) => n.text)).toEqual(["Of the other"]);
    expect(value((await priya.get(page(one.customerId))).facts, "customer-number")).toBeNull();
  });

  it("of an erased one nothing is left but that he is", async () => {
    const { customerId } = await played();
    await priya.do("POST", page(customerId, "/notes"), { text: "Remember this" });
    await desk.database.query("update customer set state = 'erased', name = '' where id = $1", [customerId]);
    const seen = await priya.get(page(customerId));
    expect(seen).toMatchObject({ state: "erased", name: "", handles: [], bursts: [], mayWrite: false });
    expect(JSON.stringify(seen)).not.toContain("Remember");
  });
});
