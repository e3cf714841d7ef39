import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../server/platform/clock.ts";
import type { ApiClient, Json } from "../support/api-client.ts";
import { ChatClient } from "../support/chat-client.ts";
import { answerTo, connectChat, conversationWith, IDENTITY_SECRET } from "../support/chat-story.ts";
import { eventually } from "../support/eventually.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf, type Story, storyOf } from "../support/story.ts";

const KEY = "web-chat-with-its-pages-0001";
const NOTICE = { required: true, version: "1", text: "We see on which page you are.", texts: { de: "Wir sehen es." } };
let desk: Desk;
let priya: ApiClient;
let story: Story;
let channelId: string;

beforeAll(async () => {
  desk = await openDesk();
  priya = await desk.as("priya");
  story = storyOf(desk);
  await desk.presence("priya", "available");
  channelId = await connectChat(desk, KEY);
});
afterAll(() => desk?.stop());
beforeEach(() => story.clear());

const visitor = (key = KEY) => new ChatClient(desk.url, key);
const page = (path: string, more: Json = {}) => ({
  ...{ url: `https://shop.example/${path}`, title: `Page ${path}`, referrer: "https://search.example/?q=secret" },
  ...more,
});
const visitOf = async (text: string) => {
  const { id } = await conversationWith(desk, text);
  return (await priya.get(`/api/desk/conversations/${id}/visit`)).visit;
};
const rows = (columns: string) =>
  desk.database.query<Json>(`select ${columns} from webchat_visitor where channel_id = $1 and visit_at is not null`, [
    channelId,
  ]);
const sign = (claims: Json) => {
  const part = (value: Json) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const body = `${part({ alg: "HS256" })}.${part({ exp: Math.floor((desk.clock.now() + 10 * MINUTE) / 1_000), ...claims })}`;
  return `${body}.${createHmac("sha256", IDENTITY_SECRET).update(body).digest("base64url")}`;
};

it("keeps no page before consent, none where the chat shows none, and the query only where it is wanted", async () => {
  const [asks, dark, whole] = await Promise.all([
    connectChat(desk, `${KEY}-asks`, { consent: NOTICE }),
    connectChat(desk, `${KEY}-dark`, { visit: { show: false, query: false } }),
    connectChat(desk, `${KEY}-query`, { visit: { show: true, query: true } }),
  ]);
  const kept = async (id: string) =>
    (
      await desk.database.query<Json>("select page ->> 'url' as url from webchat_visitor where channel_id = $1", [id])
    ).map((row) => row.url ?? "");
  const shy = visitor(`${KEY}-asks`);
  expect((await shy.open({ locale: "de-AT", page: page("a"), identity: sign({ sub: "shy" }) })).config).toMatchObject({
    consent: { text: "Wir sehen es." },
    pages: { shown: true, query: false },
  });
  await shy.post("page", { page: page("a") });
  expect(await kept(asks)).toEqual([""]);
  await shy.post("consent", { version: "1", given: true, locale: "de-AT" });
  await shy.post("page", { page: page("a") });
  expect(await kept(asks)).toEqual(["https://shop.example/a"]);
  const words = await desk.database.query<Json>("select words from webchat_consent where channel_id = $1", [asks]);
  expect(words).toEqual([{ words: "Wir sehen es." }]);
  for (const [key, id, url] of [
    ["dark", dark, ""],
    ["query", whole, "https://shop.example/a?plan=7"],
  ] as const) {
    const one = visitor(`${KEY}-${key}`);
    await one.open();
    await one.say(`I am on a page of ${key}`);
    await one.post("page", { page: page("a?plan=7#x") });
    expect(await kept(id), key).toEqual([url]);
  }
});

it("tells who set the chat up which sites have shown it", async () => {
  const marek = await desk.as("marek");
  const id = await connectChat(desk, `${KEY}-sites`, { origins: ["https://a.example", "https://b.example"] });
  const before = await marek.get(`/api/channels/${id}/webchat`);
  expect(before.sites.map((one: Json) => one.helloAt)).toEqual([null, null]);
  expect(before.policy).toEqual(
    [`script-src ${new URL(desk.url).origin}`, `frame-src ${new URL(desk.url).origin}`].map((line) =>
      expect.stringMatching(line.split(" ")[0]!),
    ),
  );
  for (const url of ["https://b.example/x?y", "https://c.example/", "nonsense", ""])
    await visitor(`${KEY}-sites`).open({ page: page("", { url }) });
  const { sites } = await marek.get(`/api/channels/${id}/webchat`);
  expect(sites).toEqual([
    { origin: "https://a.example", helloAt: null },
    { origin: "https://b.example", helloAt: expect.stringMatching(/^2026-/) },
  ]);
  const stored = await desk.database.query<Json>("select origin from webchat_site where channel_id = $1", [id]);
  expect(stored).toEqual([{ origin: "https://b.example" }]);
});

it("greets in the visitor's language, and falls back by itself", async () => {
  const greeting = {
    id: "g",
    text: "Hello?",
    texts: { de: "Hallo?", ar: "مرحبا؟" },
    afterMs: 0,
    onPath: "",
    onlyWhenOpen: false,
  };
  await connectChat(desk, `${KEY}-greets`, { greeting: [greeting] });
  for (const [locale, text] of [
    ["de-CH", "Hallo?"],
    ["ar", "مرحبا؟"],
    ["fr", "Hello?"],
    ["en-GB", "Hello?"],
  ] as const)
    expect((await visitor(`${KEY}-greets`).open({ locale })).config.greeting, locale).toEqual([
      { id: "g", text, afterMs: 0, onPath: "", onlyWhenOpen: false },
    ]);
});

it("answers whoever asked without a name and then signed in as somebody known, and nobody else", async () => {
  const [laptop, phone] = [visitor(), visitor()];
  await laptop.open({ identity: sign({ sub: "customer-9", name: "Ines Rocha" }) });
  await laptop.say("asked on the laptop once");
  await phone.open();
  await phone.say("asked without a name on the phone");
  const nameless = visitor();
  nameless.token = phone.token;
  const old = await nameless.connect();
  await old.heard("message");
  await phone.open({ identity: sign({ sub: "customer-9", name: "Ines Rocha" }) });
  const [here, there] = [await phone.connect(), await laptop.connect()];
  await answerTo(desk, "asked without a name on the phone", "Here is your answer.");
  for (const window of [here, there])
    expect((await window.heard("message", (f) => f.from === "agent")).text).toContain("Here is your answer.");
  await desk.quiet();
  const view = await conversationWith(desk, "asked without a name on the phone");
  expect(messagesOf(view).at(-1)).toMatchObject({ direction: "out" });
  expect(here.lines().filter((line) => line.from === "agent")).toHaveLength(1);
  // The token from before opens nothing more: whoever is left with it reads nothing, writes nothing, and is nobody known.
  await old.closed();
  expect(JSON.stringify(old.frames)).not.toContain("Here is your answer.");
  expect(JSON.stringify((await nameless.ask("events?after=0&wait=0")).body)).not.toContain("answer");
  expect((await nameless.post("messages", { clientMsgId: crypto.randomUUID(), text: "and I?" })).status).toBe(401);
  const left = nameless.token;
  expect((await nameless.open()).messages).toEqual([]);
  // Somebody else who signs in where that token lies takes nothing over.
  const second = visitor();
  second.token = left;
  const other = await second.open({ identity: sign({ sub: "customer-10", name: "Somebody Else" }) });
  expect(other.messages).toEqual([]);
  await answerTo(desk, "asked without a name on the phone", "One thing more.");
  await here.heard("message", (f) => f.text.includes("One thing more."));
  expect(JSON.stringify((await second.ask("events?after=0&wait=0")).body)).not.toContain("One thing more.");
  await Promise.all([here.close(), there.close()]);
});

it("shows the agent where the visitor is, as it changes, and forgets it a day after the visit", async () => {
  const visit = visitor();
  await visit.open({ page: page("prices") });
  await visit.say("Which of these two plans is for me?");
  await desk.quiet();
  expect(await visitOf("Which of these two plans is for me?")).toBeNull();
  const before = Array.from({ length: 10 }, (_, i) => page(`earlier-${i}?token=${i}#x`));
  before[3] = page("", { url: "https://elsewhere.example/mine" });
  before[4] = page("", { url: "javascript:alert(1)" });
  expect((await visit.post("page", { page: page("prices?session=geheim#here"), before })).status).toBe(200);
  const seen = await visitOf("Which of these two plans is for me?");
  expect(seen).toMatchObject({
    here: true,
    page: { url: "https://shop.example/prices", title: "Page prices?session=geheim#here" },
  });
  expect(seen.before.map((one: Json) => one.url)).toEqual(
    [0, 1, 2, 5, 6, 7, 8, 9].map((i) => `https://shop.example/earlier-${i}`),
  );
  const window = await visit.connect();
  window.send({ type: "page", page: page("basket"), before: [page("prices")] });
  await eventually("the desk sees the basket", async () =>
    (await visitOf("Which of these two plans is for me?"))?.page.url.endsWith("/basket"),
  );
  // A page of nobody's is none.
  await visit.post("page", { page: page("", { url: "https://evil.example/" }), before: [] });
  expect((await visitOf("Which of these two plans is for me?")).page.url).toBe("https://shop.example/basket");
  await visit
    .post("page", { page: page("x"), before: Array.from({ length: 11 }, () => page("y")) })
    .then(({ status }) => expect(status).toBe(400));
  const stored = JSON.stringify(await rows("page, visit"));
  expect(stored).not.toMatch(/geheim|token=|secret|evil|elsewhere/);
  await window.close();
  desk.travel(MINUTE);
  expect((await visitOf("Which of these two plans is for me?")).here).toBe(false);
  desk.travel(DAY + 2 * HOUR);
  await eventually("it is forgotten", async () => (await rows("id")).length === 0);
  const left = await desk.database.query("select 1 from webchat_visitor where page::text like '%shop.example%'");
  expect(left).toEqual([]);
});
