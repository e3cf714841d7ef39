import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, ApiClient, Json } from "../../../../tests/support/api-client.ts";
import { eventually } from "../../../../tests/support/eventually.ts";
import { type Desk, MASTER_KEY, openDesk } from "../../../../tests/support/server.ts";
import { type Story, storyOf } from "../../../../tests/support/story.ts";
import { silentLog } from "../../../platform/log.ts";
import { sideLinks } from "./side-links.ts";
import { startSideMail } from "./side-mail.ts";

let desk: Desk;
let story: Story;
let priya: ApiClient;
let dana: ApiClient;
let marek: ApiClient;
let noor: ApiClient;
/** Priya's, throughout. */
let conversationId: string;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  [priya, dana, marek, noor] = await Promise.all([
    ...[desk.as("priya"), desk.as("dana"), desk.as("marek"), desk.as("noor")],
  ] as const);
  await desk.presence("dana", "offline");
  ({ conversationId } = await story.taken());
});
afterAll(() => desk?.stop());

const at = (id: string, rest: string) => `/api/desk/conversations/${id}/${rest}`;
const inMs = (ms: number) => new Date(desk.clock.now() + ms).toISOString();
const forMe = async (of: ApiClient, id: string, ...kinds: string[]): Promise<Json[]> =>
  (await of.get("/api/desk/for-me")).items.filter((one: Json) => one.conversationId === id && kinds.includes(one.kind));
const note = (conversationId: string, text: string) => priya.do("POST", at(conversationId, "notes"), { text });
const together = (conversationId: string, of = priya): Promise<Json> => of.get(at(conversationId, "together"));
const HOUR = 3_600_000;

describe("a note that names colleagues", () => {
  it("calls who may read it, says whom it could not call, and is seen by looking", async () => {
    const made = await note(conversationId, "@@dana please look, @@Priya too, @@Noor Haddad, @@Nobody");
    expect(made.told).toEqual([{ id: desk.company.agents.dana, name: "Dana Okafor" }]);
    expect(made.notTold).toEqual([
      { text: "Noor Haddad", why: "cannot-read" },
      { text: "Nobody", why: "unknown" },
    ]);
    const entry = (await story.view(conversationId)).timeline.findLast((one: Json) => one.type === "note");
    expect(entry.mentions.map((one: Json) => entry.text.slice(one.start, one.end))).toEqual(["@@dana", "@@Priya"]);
    expect(await forMe(dana, conversationId, "mention")).toMatchObject([
      { kind: "mention", by: "Priya Nair", unread: true, text: expect.stringContaining("please look") },
    ]);
    expect(await forMe(priya, conversationId, "mention")).toEqual([]);
    expect((await dana.get("/api/desk/for-me")).unread).toBe(1);
    await dana.do("POST", "/api/desk/for-me/read", { conversationId });
    expect(await forMe(dana, conversationId, "mention")).toMatchObject([{ unread: false }]);
    const names = (await priya.get(at(conversationId, "colleagues"))).colleagues.map((one: Json) => one.callName);
    expect(names.toSorted()).toEqual(["Dana Okafor", "Marek Wolski"]);
  });

  it("who gets it handed over has it before them, with the note; who is asked in, too", async () => {
    const view = await story.view(conversationId);
    await desk.presence("dana", "available");
    const guest = { agentId: desk.company.agents.dana, kind: "consult", note: "What do you think?" };
    await priya.do("POST", at(conversationId, "guests"), { ...guest, expectedVersion: view.work.version });
    const { work } = await story.view(conversationId);
    await priya.do("POST", at(conversationId, `guests/${guest.agentId}/hand-over`), {
      ...{ note: "She waits for a call at noon.", expectedVersion: work.version },
    });
    expect(await forMe(dana, conversationId, "handed", "asked-in")).toMatchObject([
      { kind: "handed", by: "Priya Nair", text: "She waits for a call at noon." },
      { kind: "asked-in", by: "Priya Nair", text: "What do you think?" },
    ]);
    const now = await story.view(conversationId);
    expect(now.work.owner.id).toBe(desk.company.agents.dana);
    await marek.do("POST", at(conversationId, "assign"), {
      to: { kind: "agent", agentId: desk.company.agents.priya },
      ...{ note: "", expectedVersion: now.work.version },
    });
    expect(await forMe(priya, conversationId, "handed")).toMatchObject([
      { kind: "handed", by: "Marek Wolski", text: "" },
    ]);
    await desk.presence("dana", "offline");
  });
});

describe("a conversation that is followed", () => {
  it("tells of what others do, not of what the follower did or has seen", async () => {
    const { conversationId, who, post } = await story.taken();
    await dana.do("PUT", at(conversationId, "following"), { following: true });
    await priya.do("PUT", at(conversationId, "following"), { following: true });
    expect(await together(conversationId)).toMatchObject({
      following: true,
      followers: expect.arrayContaining([{ id: desk.company.agents.dana, name: "Dana Okafor" }]),
    });
    expect((await forMe(dana, conversationId, "followed")).filter((one) => one.unread)).toEqual([]);
    desk.travel(1_000);
    await desk.network.post(who, "Hello? Nobody there?", post.id);
    await eventually("it is told", async () => {
      const [one] = await forMe(dana, conversationId, "followed");
      return one?.unread && one.what === "wrote" && one.text === "Hello? Nobody there?";
    });
    desk.travel(1_000);
    await dana.do("POST", "/api/desk/for-me/read", { conversationId: null });
    expect(await forMe(dana, conversationId, "followed")).toMatchObject([{ kind: "followed", unread: false }]);
    desk.travel(1_000);
    await story.resolve(conversationId);
    expect(await forMe(dana, conversationId, "followed")).toMatchObject([
      { what: "done", by: "Priya Nair", unread: true },
    ]);
    expect((await forMe(priya, conversationId, "followed")).some((one) => one.what === "done")).toBe(false);
    await dana.do("PUT", at(conversationId, "following"), { following: false });
    expect(await forMe(dana, conversationId, "followed")).toEqual([]);
  });

  it("is not there for who may not read it", async () => {
    expect((await noor.send("PUT", at(conversationId, "following"), { following: true })).status).toBe(404);
    expect((await noor.ask(at(conversationId, "together"))).status).toBe(404);
    expect((await noor.ask(at(conversationId, "colleagues"))).status).toBe(404);
  });
});

describe("a task with a date", () => {
  it("comes due, is done, and is undone; a colleague's stands with the colleague", async () => {
    const asked = { text: "Ask whether it works", dueAt: inMs(HOUR), agentId: desk.company.agents.dana };
    const made = await priya.do("POST", at(conversationId, "follow-ups"), asked);
    expect(made).toMatchObject({ state: "open", agent: { name: "Dana Okafor" }, madeBy: { name: "Priya Nair" } });
    expect(await forMe(dana, conversationId, "follow-up")).toMatchObject([{ kind: "follow-up", unread: false }]);
    desk.travel(HOUR + 1_000);
    await eventually("it is due", async () => (await forMe(dana, conversationId, "follow-up"))[0]?.unread);
    const [{ followUp }] = (await forMe(dana, conversationId, "follow-up")) as [Json];
    const path = `/api/desk/follow-ups/${made.id}`;
    expect((await dana.send("POST", path, { done: true, expectedVersion: 1 })).body).toMatchObject({
      ...{ code: "version-conflict", present: { version: 2, state: "due" } },
    });
    const done = await dana.do("POST", path, { done: true, expectedVersion: followUp.version });
    expect(done).toMatchObject({ state: "done", doneAt: expect.any(String) });
    expect(await forMe(dana, conversationId, "follow-up")).toEqual([]);
    expect((await together(conversationId)).followUps).toMatchObject([{ state: "done" }]);
    expect(await priya.do("POST", path, { done: false, expectedVersion: done.version })).toMatchObject({
      state: "due",
    });
    expect((await noor.send("POST", path, { done: true, expectedVersion: 4 })).status).toBe(404);
    const noors = { ...asked, dueAt: inMs(HOUR), agentId: desk.company.agents.noor };
    expect((await priya.send("POST", at(conversationId, "follow-ups"), noors)).body.code).toBe("not-now");
    const past = await priya.send("POST", at(conversationId, "follow-ups"), { ...asked, dueAt: inMs(-1) });
    expect(past.body.detail).toMatch(/ahead/);
  });
});

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const page = (path: string, body?: string | URLSearchParams): Promise<Answer> =>
  desk.nobody().ask(path, body === undefined ? {} : { method: "POST", raw: String(body), headers: FORM });
const answer = (text: string) => new URLSearchParams({ answer: text });
async function askOutside(conversationId: string, change: Json = {}): Promise<Json> {
  const made = await priya.do("POST", at(conversationId, "questions"), {
    to: { kind: "outside", name: "Prof. <b>Ada</b>", email: null },
    ...{ question: "Is <script>alert(1)</script> harmful?", shown: "The lamp blinks\nred & green.", days: 3 },
    ...change,
  });
  return { ...made, path: new URL(made.link).pathname };
}

describe("a question to somebody outside", () => {
  it("shows the chosen words alone, takes one answer, and brings it back as a note", async () => {
    const asked = await askOutside(conversationId);
    expect(asked).toMatchObject({ state: "open", mail: "none", openedAt: null });
    const seen = await page(asked.path);
    expect(seen.status).toBe(200);
    expect(seen.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(seen.headers.get("cache-control")).toBe("no-store");
    expect(seen.text).toContain("Is &lt;script&gt;alert(1)&lt;/script&gt; harmful?");
    expect(seen.text).toContain("The lamp blinks\nred &amp; green.");
    expect(seen.text).toContain("Priya Nair of Northwind Mobile");
    for (const hidden of ["guest_", "internet has been down", "Carla", conversationId.slice(0, 8)])
      expect(seen.text.replaceAll(asked.path, "")).not.toContain(hidden);
    expect((await together(conversationId)).questions[0].openedAt).not.toBeNull();

    expect((await page(asked.path, answer("  \u0007\n "))).status).toBe(422);
    const long = await page(asked.path, answer("ä".repeat(8_001)));
    expect([long.status, long.text.includes("at most 8000")]).toEqual([422, true]);
    expect((await page(asked.path, answer(`<img src=x onerror=y>\r\nNo. @@Dana \u0007`))).status).toBe(200);
    const noted = (await story.view(conversationId)).timeline.findLast((one: Json) => one.type === "note");
    expect(noted).toMatchObject({
      ...{
        text: "<img src=x onerror=y>\nNo. @@Dana",
        saidBy: "Prof. <b>Ada</b>",
        about: expect.stringContaining("harmful"),
      },
      agent: { name: "Priya Nair" },
    });
    // What a stranger writes calls nobody but who asked.
    expect((await forMe(dana, conversationId, "mention")).filter((one) => one.unread)).toEqual([]);
    expect(await forMe(priya, conversationId, "side-answer")).toMatchObject([
      { kind: "side-answer", by: "Prof. <b>Ada</b>", unread: true, text: expect.stringContaining("No.") },
    ]);
    expect((await together(conversationId)).questions[0]).toMatchObject({ state: "answered", link: null });

    // Replayed: nothing is taken twice, and nothing of it is shown any more.
    const again = await page(asked.path, answer("Yes!"));
    expect([again.status, again.text.includes("answered")]).toEqual([410, true]);
    expect((await page(asked.path)).text).not.toContain("lamp");
    const last = (await story.view(conversationId)).timeline.findLast((one: Json) => one.type === "note");
    expect(last.id).toBe(noted.id);
    const acts = (await marek.get("/api/audit")).items.map((one: Json) => one.act);
    expect(acts).toEqual(expect.arrayContaining(["side-question.asked", "side-question.answered"]));
  });

  it("opens nothing for what we did not sign, what was taken back, and what is over", async () => {
    const asked = await askOutside(conversationId);
    const token = asked.path.slice("/ask/".length);
    const flip = (text: string, place: number) =>
      text.slice(0, place) + (text[place] === "a" ? "b" : "a") + text.slice(place + 1);
    const strange = sideLinks(Buffer.from("09".repeat(32), "hex"), desk.url);
    const forged = [
      ...[flip(token, 3), flip(token, token.length - 1), `${token}~x`, token.split("~").slice(0, 2).join("~")],
      ...["x", "~~", encodeURIComponent("../i"), token.replaceAll("~", "%00")],
      new URL(strange.linkOf({ accountId: desk.company.accountId, questionId: asked.id })).pathname.slice(5),
    ];
    for (const one of forged) expect([400, 404], one).toContain((await page(`/ask/${one}`)).status);
    for (const one of forged.slice(0, 2)) expect((await page(`/ask/${one}`, answer("x"))).status).toBe(404);
    const json = await desk.nobody().ask(asked.path, { method: "POST", body: { answer: "x" } });
    expect(json.status).toBe(415);
    const huge = await page(asked.path, answer("x".repeat(200_000)));
    expect(huge.status).toBe(413);
    // What no person sees is filled in: it is not taken, and a person whose browser did it finds the own words and sends them again.
    const filled = new URLSearchParams({ answer: "The mast is up again.", leave_empty: "https://spam.example" });
    const trap = await page(asked.path, filled);
    expect([trap.status, (await together(conversationId)).questions[0].state]).toEqual([422, "open"]);
    expect(trap.text).toMatch(/send it once more[^<]*<[\s\S]*name="leave_empty"(?![^>]*value)/);
    expect(trap.text).toContain("The mast is up again.</textarea>");

    const back = await dana.send("POST", `/api/desk/questions/${asked.id}/withdraw`, { expectedVersion: 1 });
    expect(back.status).toBe(403);
    await priya.do("POST", `/api/desk/questions/${asked.id}/withdraw`, { expectedVersion: 1 });
    expect((await page(asked.path)).status).toBe(410);
    expect((await page(asked.path, answer("Late"))).status).toBe(410);

    const short = await askOutside(conversationId, { days: 1 });
    // A day later everybody would have to sign in again.
    await desk.database.query("update side_question set expires_at = $2 where id = $1", [
      ...[short.id, new Date(desk.clock.now())],
    ]);
    const over = await page(short.path, answer("Too late"));
    expect([over.status, over.text.includes("time to answer is over")]).toEqual([410, true]);
    expect((await together(conversationId)).questions.slice(0, 2)).toMatchObject([
      { state: "ended", link: null },
      { state: "withdrawn" },
    ]);
  });

  it("is mailed where there is a way, tried again, and told when it cannot be", async () => {
    const outside = { kind: "outside", name: "Ada", email: "ada@lab.example" };
    const made = await askOutside(conversationId, { to: outside });
    expect(made.mail).toBe("none");
    // As a server with mail writes it down.
    await desk.database.query(`update side_question set mail = 'waiting', mail_next_at = $2 where id = $1`, [
      ...[made.id, new Date(desk.clock.now())],
    ]);
    const sent: { to: string; subject: string; text: string }[] = [];
    let fails = 1;
    const mailer = startSideMail(
      {
        ...{ db: desk.db, clock: desk.clock, log: silentLog },
        links: sideLinks(Buffer.from(MASTER_KEY, "hex"), desk.url),
        async mail(one) {
          if (fails-- > 0) throw new Error("451 try\r\nlater");
          sent.push(one);
        },
      },
      false,
    );
    expect(await mailer.drain()).toBe(1);
    expect((await together(conversationId)).questions[0]).toMatchObject({
      mail: "waiting",
      mailError: "451 try later",
    });
    expect(await mailer.drain()).toBe(0);
    desk.travel(11_000);
    expect([await mailer.drain(), await mailer.drain()]).toEqual([1, 0]);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      to: "ada@lab.example",
      subject: "Priya Nair (Northwind Mobile) asks you something",
    });
    expect(sent[0]!.text).toContain(made.path);
    expect(sent[0]!.text).not.toContain("lamp");
    expect((await together(conversationId)).questions[0]).toMatchObject({ mail: "sent", mailError: null });
    await mailer.close();
  });

  it("is mailed once, however long the mails before it take, with two processes", async () => {
    for (const name of ["eva", "ion"]) {
      const { id } = await askOutside(conversationId, { to: { kind: "outside", name, email: `${name}@lab.example` } });
      await desk.database.query(`update side_question set mail = 'waiting', mail_next_at = $2 where id = $1`, [
        ...[id, new Date(desk.clock.now())],
      ]);
    }
    const sent: string[] = [];
    const links = sideLinks(Buffer.from(MASTER_KEY, "hex"), desk.url);
    const mailer = (mail: (one: { to: string }) => Promise<void>) =>
      startSideMail({ ...{ db: desk.db, clock: desk.clock, log: silentLog, links }, mail }, false);
    const other = mailer(async ({ to }) => void sent.push(to));
    const slow = mailer(async ({ to }) => {
      sent.push(to);
      desk.travel(40_000);
      await other.drain();
    });
    await slow.drain();
    expect(sent.toSorted()).toEqual(["eva@lab.example", "ion@lab.example"]);
    await Promise.all([slow.close(), other.close()]);
  });

  it("is not asked where the brand does not allow it", async () => {
    await marek.do("PUT", "/api/settings/desk.ask-outside", { value: false });
    const asked = { to: { kind: "outside", name: "Ada", email: null }, question: "Why?" };
    expect((await priya.send("POST", at(conversationId, "questions"), asked)).status).toBe(403);
    expect((await together(conversationId)).mayAskOutside).toBe(false);
    await marek.do("PUT", "/api/settings/desk.ask-outside", { value: true });
  });
});

describe("a question to a colleague", () => {
  it("is answered by them alone, who see nothing else of the conversation", async () => {
    const { number } = await story.view(conversationId);
    const made = await priya.do("POST", at(conversationId, "questions"), {
      ...{ to: { kind: "colleague", agentId: desk.company.agents.dana }, question: "Which fuse?", shown: "" },
    });
    expect(made.link).toBeNull();
    const [mine] = (await dana.get("/api/desk/for-me")).items.filter((one: Json) => one.kind === "side-question");
    expect(mine).toMatchObject({ unread: true, number: "", customer: "", question: { question: "Which fuse?" } });
    expect(JSON.stringify(mine)).not.toContain(number);
    const body = { answer: "The second.", expectedVersion: 1 };
    expect((await marek.send("POST", `/api/desk/questions/${made.id}/answer`, body)).status).toBe(404);
    await dana.do("POST", `/api/desk/questions/${made.id}/answer`, body);
    expect((await dana.send("POST", `/api/desk/questions/${made.id}/answer`, body)).body.code).toBe("not-now");
    const noted = (await story.view(conversationId)).timeline.findLast((one: Json) => one.type === "note");
    expect(noted).toMatchObject({ text: "The second.", about: "Which fuse?", agent: { name: "Dana Okafor" } });
    expect((await forMe(priya, conversationId, "side-answer"))[0]).toMatchObject({ by: "Dana Okafor" });
  });
});

describe("why it ended so", () => {
  const OUTCOMES = [
    {
      ...{ key: "solved", name: "Solved" },
      reasons: [
        { key: "net", name: "Network", below: [{ key: "mast", name: "Mast down" }] },
        { key: "bill", name: "Bill" },
      ],
    },
    { key: "no-answer-needed", name: "No answer needed" },
  ];

  it("is kept with the episode, and asked where the queue wants it", async () => {
    await marek.do("PUT", "/api/settings/desk.outcomes", { value: OUTCOMES });
    await marek.do("PUT", "/api/settings/desk.reason-needed", { value: [desk.company.queueId] });
    const { conversationId, view } = await story.taken();
    expect(view).toMatchObject({ reasonNeeded: true, outcomes: OUTCOMES });
    const resolve = (closing?: Json) =>
      priya.send("POST", at(conversationId, "resolve"), {
        ...{ outcome: "solved", expectedVersion: view.work.version },
        ...(closing && { closing }),
      });
    for (const [closing, says] of [
      [undefined, /choose a reason for “Solved”.*net, bill/],
      [{ reason: ["net"] }, /more exactly.*mast/],
      [{ reason: ["net", "x"] }, /no reason x/],
      [{ reason: ["__proto__"] }, /no reason __proto__/],
      [{ reason: ["bill", "x"] }, /none/],
    ] as const) {
      const refused = await resolve(closing);
      expect([refused.status, refused.body.code]).toEqual([422, "reason-needed"]);
      expect(refused.body.detail).toMatch(says);
    }
    // A reply that would end it without one stays where it is.
    const sent = await story.reply(conversationId, "It works again.", { resolveWith: "solved" });
    expect(sent.body.code).toBe("reason-needed");
    const closing = { reason: ["net", "mast"], feedback: "The map shows no masts.", lead: true };
    expect((await resolve(closing)).status).toBe(200);
    const line = (await story.view(conversationId)).timeline.find((one: Json) => one.kind === "closing");
    expect(line.text).toBe(
      "Solved; reason: Network: Mast down; marked as a lead; feedback on the product: The map shows no masts. (Priya Nair)",
    );
    await marek.do("PUT", "/api/settings/desk.reason-needed", { value: [] });
  });
});
