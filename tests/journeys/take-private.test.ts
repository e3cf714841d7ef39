import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { importRows } from "../../server/app/import/import-rows.ts";
import { HOUR, MINUTE } from "../../server/platform/clock.ts";
import type { Answer, ApiClient, Json } from "../support/api-client.ts";
import { emailOf, PASSWORD } from "../support/company.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf, type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
let priya: ApiClient;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  priya = await desk.as("priya");
});
afterAll(() => desk?.stop());
beforeEach(() => desk.presence("priya", "available"));
afterEach(() => story.clear());

const BROWSER = { "user-agent": "Mozilla/5.0 (X11; Linux x64) Firefox/140.0" };
const FORM = { ...BROWSER, "content-type": "application/x-www-form-urlencoded" };
const board = (id: string): Promise<Json> => priya.get(`/api/desk/conversations/${id}/invites`);
const pathOf = (link: string) => new URL(link).pathname;
const stranger = (path: string, ask: Parameters<ApiClient["ask"]>[1] = {}): Promise<Answer> =>
  desk.nobody().ask(path, { ...ask, headers: { ...BROWSER, ...ask.headers } });

/** So far that everybody has to sign in again. */
async function travelFar(by: number): Promise<void> {
  desk.travel(by);
  for (const who of ["priya", "marek", "noor"] as const) await (await desk.as(who)).signIn(emailOf(who), PASSWORD);
}

/** A customer in public, and an invitation for her that stands in our public reply. */
async function invited(destination = "dm") {
  const matter = await story.taken();
  const before = await board(matter.conversationId);
  const made = await priya.do("POST", `/api/desk/conversations/${matter.conversationId}/invites`, {
    ...{ destination, answersMessageId: before.answersMessageId },
  });
  const sent = await story.reply(matter.conversationId, `Sorry, Carla! ${made.text}`);
  expect(sent.status).toBe(201);
  await story.replyState(sent.body.replyId, "sent");
  await desk.quiet();
  return { ...matter, before, made, path: pathOf(made.link) };
}

describe("a conversation that is taken private", () => {
  it("goes on where the invited customer writes the code, verified, and is counted", { timeout: 120_000 }, async () => {
    const began = new Date(desk.clock.now() - 1).toISOString();
    const { who, post, conversationId, before, made, path } = await invited();
    expect(before).toMatchObject({ invites: [], answersMessageId: expect.any(String), closing: null });
    expect(before.places.map((p: Json) => p.destination)).toEqual(["dm", "callback"]);
    expect(made.text).toContain(made.link);
    expect(made.text).toContain(made.code);
    const [ours] = await story.acceptedFor({ who, post });
    expect(ours!.text).toContain(made.link);
    expect(ours!.text).toMatch(/— Priya Nair, Northwind Mobile$/);
    expect((await board(conversationId)).invites).toMatchObject([{ state: "sent", agent: { name: "Priya Nair" } }]);

    const page = await stranger(path);
    expect(page.status).toBe(200);
    expect(page.text).toContain("Northwind Mobile");
    expect(page.text).toContain("Priya Nair");
    expect(page.text).toContain(`/messages/northwind?text=${made.code}`);
    expect((await board(conversationId)).invites).toMatchObject([{ state: "opened", returnedAt: null }]);

    // The page of the network, with the code filled in.
    const open = /href="([^"]+messages[^"]+)"/.exec(page.text)![1]!.replaceAll("&amp;", "&");
    expect((await fetch(open, { redirect: "manual" })).status).toBeLessThan(500);
    await travelFar(40 * HOUR);
    await desk.network.dm(who, `${made.code} hello, I am on the train now and would like to talk about it`);
    await desk.quiet();
    const view = await story.view(conversationId);
    expect(messagesOf(view).map((m) => [m.direction, m.mark.audience])).toEqual([
      ["in", "public"],
      ["out", "public"],
      ["in", "private"],
    ]);
    expect(view.composer.first).toBe("private");
    const [invite] = (await board(conversationId)).invites;
    expect(invite).toMatchObject({
      ...{ state: "returned", returnedBy: "dm", proof: "invited-handle", refused: 0 },
      ...{ sentMessageId: messagesOf(view)[1].id, returnedMessageId: messagesOf(view)[2].id },
    });

    // We answer in private; then those who read along hear how it ended, by the ordinary reply.
    await story.reply(conversationId, "Your line is mended at four.", { audience: "private" });
    await desk.quiet();
    const { closing } = await board(conversationId);
    expect(closing).toMatchObject({
      text: expect.stringContaining("private"),
      answersMessageId: messagesOf(view)[0].id,
    });
    const closed = await story.reply(conversationId, closing.text);
    await story.replyState(closed.body.replyId, "sent");
    await desk.quiet();
    expect((await board(conversationId)).closing).toBeNull();
    await story.resolve(conversationId);
    await desk.quiet();

    const span = `from=${began}&to=${new Date(desk.clock.now() + 1).toISOString()}`;
    const { rows } = await priya.get(`/api/insights/moves?${span}`);
    expect(rows).toEqual([
      {
        destination: "dm",
        sent: 1,
        opened: 1,
        returned: 1,
        elsewhere: 0,
        ended: 0,
        outcomes: [{ outcome: "solved", count: 1 }],
      },
    ]);
    const { figures } = await priya.get(`/api/insights/figures?${span}`);
    const figure = (key: string) => figures.find((f: Json) => f.key === key);
    expect(figure("invites-sent")).toMatchObject({ value: 1, unit: "invitations", rows: 1 });
    expect(figure("invites-returned").value).toBe(1);
    const drill = await priya.get(`/api/insights/rows?${span}&key=invites-returned`);
    expect(drill.items).toMatchObject([{ conversationId, note: "dm", agent: "Priya Nair", value: 1 }]);
    const acts = await desk.database.query("select act from audit where act like 'invite.%' and entity_id = $1", [
      conversationId,
    ]);
    expect(acts).toEqual([{ act: "invite.made" }]);

    const used = await stranger(path);
    expect([used.status, used.text.includes(made.code)]).toEqual([410, false]);
  });

  it("stays as it is when somebody else writes the code, or opens the link", async () => {
    const { conversationId, made, path } = await invited();
    for (let i = 0; i < 3; i++) expect((await stranger(path)).status).toBe(200);
    const eve = await story.newcomer("Carla Ruiz");
    await desk.network.dm(eve, `It is me, Carla, I forgot my password. ${made.code}`);
    await desk.quiet();
    expect(messagesOf(await story.view(conversationId))).toHaveLength(2);
    expect((await board(conversationId)).invites).toMatchObject([{ state: "opened", returnedAt: null, refused: 1 }]);
  });

  it("goes on by a call-back that was asked for on the page, once, and by a call that is written down", async () => {
    const { conversationId, path, who } = await invited("callback");
    const form = new URLSearchParams({
      name: "Carla Ruiz",
      number: "+44 7700 900123",
      wish: "after four",
      about: "",
      consent: "yes",
    });
    const send = (body: URLSearchParams | string) =>
      stranger(`${path}/call`, { method: "POST", raw: String(body), headers: FORM });
    const bare = await send("name=&number=12&wish=%3Cb%3E");
    expect(bare.status).toBe(422);
    expect(bare.text).toContain("aria-invalid");
    expect(bare.text).not.toContain("<b>");
    // What no person sees is filled in: it is not taken, and whoever's browser did it finds the own words and sends them again.
    const trapped = await send(`${form}&leave_empty=x`);
    expect(trapped.status).toBe(422);
    expect(trapped.text).toContain("send it once more");
    expect(trapped.text).toContain("after four");
    const thanks = await send(form);
    expect(thanks.status).toBe(200);
    expect(thanks.text).toContain("+447700900123");
    await desk.quiet();
    const view = await story.view(conversationId);
    const asked = messagesOf(view).at(-1);
    expect(asked).toMatchObject({ role: "customer", mark: { network: "phone", audience: "private" } });
    expect(asked.text).toContain("after four");
    expect(view.customer.handles.map((h: Json) => h.network).sort()).toEqual(["phone", "playground"]);
    expect(view.work.clock.state).toBe("running");
    expect((await board(conversationId)).invites).toMatchObject([{ returnedBy: "callback", proof: "other-network" }]);
    expect((await send(form)).status).toBe(410);

    const called = await priya.send("POST", `/api/desk/conversations/${conversationId}/calls`, {
      ...{ direction: "out", startedAt: new Date(desk.clock.now() - 4 * MINUTE).toISOString(), durationMs: 4 * MINUTE },
      ...{ number: "+44 7700 900123", text: "Told her when the line is mended." },
    });
    expect(called.status).toBe(201);
    await desk.quiet();
    const after = await story.view(conversationId);
    expect(messagesOf(after).at(-1)).toMatchObject({
      ...{ id: called.body.messageId, role: "us", author: { agentId: desk.company.agents.priya } },
    });
    expect(after.work.clock.state).not.toBe("running");
    expect(after.customer.handles.map((h: Json) => h.handle)).toContain(who);
  });

  it("goes on by e-mail; until a mailbox is connected that is played through the import", async () => {
    const marek = await desk.as("marek");
    const { settings } = await marek.get(`/api/settings?brandId=${desk.company.brandId}`);
    const { value } = settings.find((one: Json) => one.key === "conversations.invites");
    await marek.do("PUT", "/api/settings/conversations.invites", {
      value: { ...value, email: "help@northwind.example" },
    });
    const { conversationId, made, path, view } = await invited("email");
    expect((await stranger(path)).text).toContain(`mailto:help@northwind.example?subject=${made.code}`);
    const result = await importRows(desk.db, {
      accountId: desk.company.accountId,
      ...{ name: "mail", clock: desk.clock, wait: () => desk.quiet() },
      rows: [
        {
          ...{ id: "mail-1", at: new Date(desk.clock.now()).toISOString(), channel: "email", by: "customer" },
          ...{ from: "carla@post.example", subject: `Re: ${made.code}`, text: "As you asked, here is my address." },
        },
      ] as never,
    });
    expect(result).toBeTruthy();
    await desk.quiet();
    const after = await story.view(conversationId);
    expect(messagesOf(after).at(-1)).toMatchObject({
      role: "customer",
      mark: { network: "email", audience: "private" },
    });
    expect((await board(conversationId)).invites).toMatchObject([{ returnedBy: "email", proof: "other-network" }]);
    expect(after.customer.id).toBe(view.customer.id);
    expect(after.customer.handles.map((h: Json) => h.network).sort()).toEqual(["email", "playground"]);
  });

  it("ends by itself when nobody comes, and can be taken back", async () => {
    const { conversationId, path, made } = await invited();
    const again = await priya.do("POST", `/api/desk/conversations/${conversationId}/invites`, {
      ...{ destination: "dm", answersMessageId: (await board(conversationId)).answersMessageId },
    });
    const back = await priya.do("POST", `/api/desk/invites/${again.invite.id}/withdraw`, { expectedVersion: 1 });
    expect(back).toMatchObject({ state: "ended", endedWhy: "withdrawn" });
    expect((await stranger(pathOf(again.link))).status).toBe(410);
    const refused = await story.reply(conversationId, `Please come: ${again.link}`);
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, "invite-ended"]);
    await travelFar(73 * HOUR);
    await desk.quiet();
    expect((await board(conversationId)).invites.find((i: Json) => i.id === made.invite.id)).toMatchObject({
      ...{ state: "ended", endedWhy: "time" },
    });
    const gone = await stranger(path);
    expect([gone.status, gone.text.includes(made.code)]).toEqual([410, false]);
  });

  it("is done by those who may answer in public, and seen by those who may read it", async () => {
    const { conversationId, made } = await invited();
    const noor = await desk.as("noor");
    for (const [method, path, body] of [
      ["GET", `/api/desk/conversations/${conversationId}/invites`, undefined],
      [
        "POST",
        `/api/desk/conversations/${conversationId}/invites`,
        { destination: "dm", answersMessageId: made.invite.id },
      ],
      ["POST", `/api/desk/invites/${made.invite.id}/withdraw`, { expectedVersion: 2 }],
      [
        "POST",
        `/api/desk/conversations/${conversationId}/calls`,
        { direction: "in", startedAt: new Date(desk.clock.now()).toISOString(), durationMs: 0, text: "x" },
      ],
    ] as const) {
      const answer = method === "GET" ? await noor.ask(path) : await noor.send(method, path, body);
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect(
      (await priya.send("POST", `/api/desk/invites/${conversationId}/withdraw`, { expectedVersion: 1 })).status,
    ).toBe(404);
  });
});

describe("the page of an invitation", () => {
  it("tells nothing of the customer or the conversation, and is kept by nobody", async () => {
    const { conversationId, path, who, post } = await invited();
    const page = await stranger(path);
    for (const secret of [who, post.id, conversationId, "Carla", "internet"]) expect(page.text).not.toContain(secret);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      ...{
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex, nofollow, noarchive",
      },
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
    expect(page.headers.getSetCookie()).toEqual([]);
    expect(Buffer.byteLength(page.text)).toBeLessThan(15_000);
    expect(page.text).not.toMatch(/<script|style="/);
    const german = await stranger(path, { headers: { "accept-language": "de-AT,en;q=0.5" } });
    expect(german.text).toContain('lang="de"');
    expect((await stranger("/i/style.css")).headers.get("content-type")).toContain("text/css");
  });

  it("is not opened by programs that only look", async () => {
    const { conversationId, path } = await invited();
    await stranger(path, { headers: { "user-agent": "Mozilla/5.0 (compatible; PreviewBot/1.0)" } });
    await stranger(path, { headers: { "sec-purpose": "prefetch" } });
    await stranger(path, { method: "HEAD" });
    expect((await board(conversationId)).invites).toMatchObject([{ state: "sent", openedAt: null }]);
  });

  it("leads nowhere for every address nobody made, and joins nothing whatever is sent to it", {
    timeout: 120_000,
  }, async () => {
    const { conversationId, path, made } = await invited();
    const [code] = path.split("/").at(-1)!.split(".");
    // Each run of tries is a minute of its own: more in one is too many.
    const wrong = fc.oneof(
      fc.webPath().map((p) => p.slice(1) || "x"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 60 }).filter((s) => s.isWellFormed() && s !== "style.css"),
      fc.constantFrom(
        code!,
        `${code}.`,
        `${code}.AAAAAAAAAAAA`,
        "000000000000.AAAAAAAAAAAA",
        "../api/session",
        "%00",
        "__proto__",
      ),
    );
    await fc.assert(
      fc.asyncProperty(wrong, fc.string(), async (token, query) => {
        desk.travel(MINUTE);
        const answer = await stranger(`/i/${encodeURIComponent(token)}?${encodeURIComponent(query)}`);
        expect([400, 404, 410]).toContain(answer.status);
        expect(answer.text).not.toContain(made.code);
      }),
      { numRuns: 60 },
    );
    const hostile = fc.dictionary(
      fc.constantFrom("name", "number", "wish", "about", "consent", "leave_empty", "__proto__", "constructor"),
      fc.string({ unit: "binary" }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (fields) => {
        const body = Object.entries(fields)
          .map(([k, v]) => `${k}=${encodeURIComponent(v.toWellFormed())}`)
          .join("&");
        const answer = await stranger(`${path}/call`, { method: "POST", raw: body, headers: FORM });
        expect([200, 400, 422]).toContain(answer.status);
        expect(answer.text).not.toMatch(/<script|[^\P{Cc}\n]/u);
      }),
      { numRuns: 40 },
    );
    const large = await stranger(`${path}/call`, { method: "POST", raw: `name=${"x".repeat(20_000)}`, headers: FORM });
    expect(large.status).toBe(413);
    expect(
      (await stranger(`${path}/call`, { method: "POST", raw: "{}", headers: { "content-type": "application/json" } }))
        .status,
    ).toBe(415);
    await desk.quiet();
    expect(messagesOf(await story.view(conversationId))).toHaveLength(2);
    expect((await board(conversationId)).invites[0].returnedAt).toBeNull();
  });

  it("brakes whoever tries addresses", async () => {
    desk.travel(MINUTE);
    const tries: number[] = [];
    for (let i = 0; i < 25; i++) tries.push((await stranger(`/i/guess-${i}`)).status);
    expect(tries.slice(0, 20)).toEqual(Array(20).fill(404));
    expect(tries.at(-1)).toBe(429);
    desk.travel(MINUTE);
    expect((await stranger("/i/guess")).status).toBe(404);
  });
});
