import { createHmac, randomUUID } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatTokens, connectChannel, startWebchat } from "../../server/modules/channels/index.ts";
import { createHttp } from "../../server/platform/http/server.ts";
import { silentLog } from "../../server/platform/log.ts";
import type { Json } from "../support/api-client.ts";
import { ChatClient, openSocket } from "../support/chat-client.ts";
import { makeAccount } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { type Desk, MASTER_KEY, openDesk } from "../support/server.ts";

const KEY = "web-chat-that-is-attacked-01";
const OTHER = "web-chat-of-another-company-1";
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
  const { accountId, brandId } = desk.company;
  const chat = (key: string, more: Json = {}) => ({
    ...{ network: "webchat", name: "Chat", externalId: key, handle: "northwind.example" },
    ...{
      secret: { identitySecret: "a-secret-of-the-host-site-with-43-signs-000" },
      config: { origins: ["https://shop.example"], ...more },
    },
  });
  await desk.db.withAccount(accountId, (tx) => connectChannel(tx, { brandId, ...chat(KEY) }));
  await desk.db.withAccount(accountId, (tx) =>
    connectChannel(tx, {
      ...{
        brandId,
        ...chat(`${KEY}-consent`, { consent: { required: true, version: "2", text: "We keep what you write." } }),
      },
    }),
  );
  const other = await makeAccount(desk.db, "Southwind");
  await desk.db.withAccount(other.accountId, (tx) => connectChannel(tx, { brandId: other.brandId, ...chat(OTHER) }));
});
afterAll(() => desk?.stop());

const visitor = (key = KEY) => new ChatClient(desk.url, key);
const said = (text: string, more: Json = {}) => ({ clientMsgId: randomUUID(), text, ...more });
const count = async (text: string) =>
  (await desk.database.query("select 1 from webchat_line where body like $1", [`%${text}%`])).length;

describe("the door of web chat", () => {
  it("is shut for whoever has no token, a forged one, or one of another chat", async () => {
    const [mine, theirs] = [visitor(), visitor(OTHER)];
    await mine.open();
    await theirs.open();
    const [id, kind, at] = mine.token.split(".");
    for (const token of ["", "x".repeat(60), theirs.token, `${id}.${kind}.${at}.${"A".repeat(43)}`, `${mine.token}x`]) {
      const thief = visitor();
      thief.token = token;
      for (const [path, body] of [
        ["messages", said("stolen")],
        ["read", { upTo: 1 }],
        ["typing", { on: true }],
        ["end", {}],
        ["erase", {}],
      ] as const)
        expect(await thief.post(path, body), `${path} ${token.slice(0, 20)}`).toMatchObject({
          status: 401,
          body: { code: "chat-token-refused" },
        });
      expect((await thief.ask("events?after=0&wait=0")).status).toBe(401);
      await expect(thief.connect()).rejects.toMatchObject({ status: 401 });
    }
    expect(await count("stolen")).toBe(0);
  });

  it("is not there for a key that nobody has, nor for a key of another network", async () => {
    for (const key of ["nobody-has-this-key-at-all-00", desk.company.hookId, "short", "..%2F..%2Fapi"]) {
      const answer = await fetch(`${desk.url}/chat/${key}/session`, {
        ...{ method: "POST", headers: { "content-type": "application/json" }, body: "{}" },
      });
      expect(answer.status, key).toBe(404);
    }
  });

  it("believes no identity that it cannot read, and then gives no session", async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const none = `${part({ alg: "none" })}.${part({ sub: "admin", exp: 4_000_000_000 })}.`;
    expect(await visitor().post("session", { identity: none })).toMatchObject({
      ...{ status: 401, body: { code: "chat-identity-refused", detail: expect.stringContaining("HS256") } },
    });
  });

  it("takes no form and no text that another site could make a browser send", async () => {
    const mine = visitor();
    await mine.open();
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
      expect((await mine.post("messages", said("by a form"), { "content-type": type })).status, type).toBe(415);
    // Cookies prove nothing here.
    const { status } = await fetch(`${desk.url}/chat/${KEY}/messages`, {
      ...{ method: "POST", body: JSON.stringify(said("by a cookie")) },
      headers: { "content-type": "application/json", cookie: `token=${mine.token}; visitorToken=${mine.token}` },
    });
    expect(status).toBe(401);
    await expect(
      openSocket(`${desk.url.replace("http", "ws")}/chat/${KEY}/socket?token=${mine.token}`, {
        origin: "https://evil.example",
      }),
    ).rejects.toMatchObject({ status: 403 });
    expect(await count("by a ")).toBe(0);
  });

  it("refuses what is too long, half a letter, or no message, and keeps what only looks dangerous", async () => {
    const mine = visitor();
    await mine.open();
    expect((await mine.post("messages", said("x".repeat(4_001)))).status).toBe(400);
    expect((await mine.post("messages", said("x".repeat(5_000_000)))).status).toBe(413);
    expect((await mine.post("messages", said("a\u0000b"))).status).toBe(400);
    expect((await mine.post("messages", said("  \n "))).status).toBe(400);
    expect((await mine.post("messages", { ...said("x"), clientMsgId: "1" })).status).toBe(400);
    const evil = '<img src=x onerror=alert(1)> {"__proto__":{"x":1}} \u202Egnp.exe Z̷͎a̷l̶g̷o̵';
    expect((await mine.say(evil)).text).toBe(evil);
    const window = await mine.connect();
    await window.heard("message");
    for (const frame of [
      "{",
      "null",
      "[]",
      '"message"',
      '{"type":"message"}',
      '{"type":"__proto__"}',
      `{"type":"read","upTo":-1}`,
    ])
      window.send(frame);
    await eventually("each is refused", async () => window.frames.filter((f) => f.type === "refused").length === 7);
    window.send(
      JSON.stringify({ type: "message", clientMsgId: randomUUID(), text: "half \ud800 a letter and \u0000" }),
    );
    expect((await window.heard("message", (f) => f.text.startsWith("half"))).text).toBe(
      "half \ufffd a letter and \ufffd",
    );
    window.send(`{"type":"message","text":"${"x".repeat(40_000)}"}`);
    expect(await window.closed()).toBe(1009);
  });

  it("takes card numbers out before a line stands anywhere", async () => {
    const mine = visitor();
    await mine.open();
    const line = await mine.say("my card is 4111 1111 1111 1111, please hurry");
    expect(line.text).not.toContain("4111 1111");
    await desk.quiet();
    expect(await count("4111 1111")).toBe(0);
    expect(await desk.database.query("select 1 from message where text like '%4111 1111%'")).toEqual([]);
  });

  it("waits for consent where it is asked for, and keeps which words were agreed to", async () => {
    const mine = visitor(`${KEY}-consent`);
    expect((await mine.open()).config.consent).toEqual({
      required: true,
      version: "2",
      text: "We keep what you write.",
    });
    expect(await mine.post("messages", said("unasked"))).toMatchObject({
      status: 403,
      body: { code: "chat-consent-needed" },
    });
    expect((await mine.post("consent", { version: "1", given: true })).status).toBe(409);
    expect((await mine.post("consent", { version: "2", given: true })).status).toBe(200);
    await mine.say("asked and agreed");
    const rows = await desk.database.query<Json>("select version, given, words, at from webchat_consent");
    expect(rows).toMatchObject([
      { version: "2", given: true, words: "We keep what you write.", at: expect.anything() },
    ]);
    await mine.post("consent", { version: "2", given: false });
    expect((await mine.post("messages", said("taken back"))).status).toBe(403);
  });

  it("looks at what files are and not at what they are called", async () => {
    const mine = visitor();
    await mine.open();
    const upload = (name: string, content: string | Uint8Array) =>
      mine.ask(`files?name=${encodeURIComponent(name)}`, {
        ...{ method: "POST", headers: { "content-type": "image/png" }, body: content as BodyInit },
      });
    for (const [name, content] of [
      ["cat.png", "MZ\u0000\u0001 this is a program"],
      ["cat.png", "<!doctype html><script>alert(1)</script>"],
      ["cat.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"],
      ["a.txt", new Uint8Array([0xff, 0xfe, 0x00, 0x41])],
      ["nothing.txt", ""],
    ] as const)
      expect((await upload(name, content)).status, String(name)).toBe(400);
    expect((await upload("big.txt", "x".repeat(10_000_001))).status).toBe(413);
    const { status, body } = await upload("../../etc/pass\u202Ewd.txt", "only words");
    expect({ status, name: body.name, mime: body.mime }).toEqual({
      status: 200,
      name: "pass wd.txt",
      mime: "text/plain",
    });
    const line = await mine.say("here it is", { files: [body.id] });
    expect(line.files).toMatchObject([{ id: body.id, bytes: 10 }]);
    expect((await mine.post("messages", said("again", { files: [body.id] }))).status).toBe(400);
    const thief = visitor();
    await thief.open();
    expect((await thief.post("messages", said("not mine", { files: [body.id] }))).status).toBe(400);
    const got = await fetch(desk.url + line.files[0]!.url);
    expect(await got.text()).toBe("only words");
    expect(got.headers.get("content-disposition")).toContain("attachment");
    expect((await fetch(desk.url + line.files[0]!.url.replace(/s=.{4}/, "s=AAAA"))).status).toBe(404);
  });

  it("takes in no byte of a file from whoever may not send one", async () => {
    const { hostname, port } = new URL(desk.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asked = request({
        ...{ hostname, port, method: "POST", path: `/chat/${KEY}/files?name=big.txt` },
        headers: {
          authorization: `Bearer ${"x".repeat(60)}`,
          "content-type": "text/plain",
          "content-length": 9_000_000,
        },
      });
      asked.on("error", reject);
      asked.on("response", (answer) => {
        resolve(answer.statusCode);
        asked.destroy();
      });
      // Nothing follows: the answer does not wait for the file.
      asked.flushHeaders();
    });
    expect(status).toBe(401);
  });

  it("shows nothing of a signed-in visitor to a token from before the sign-in", async () => {
    const [kiosk, before] = [visitor(), visitor()];
    await kiosk.open();
    await kiosk.say("not signed in yet");
    before.token = kiosk.token;
    const window = await before.connect();
    await window.heard("message");
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = `${part({ alg: "HS256" })}.${part({ sub: "customer-at-a-kiosk", exp: Math.floor(desk.clock.now() / 1_000) + 600 })}`;
    const signature = createHmac("sha256", "a-secret-of-the-host-site-with-43-signs-000")
      .update(claims)
      .digest("base64url");
    await kiosk.open({ identity: `${claims}.${signature}` });
    await kiosk.say("my contract number is 4711");
    await window.closed();
    expect(JSON.stringify(window.frames)).not.toContain("4711");
    expect(JSON.stringify((await before.ask("events?after=0&wait=0")).body)).not.toContain("4711");
    expect((await kiosk.ask("events?after=0&wait=0")).body.frames.map((f: Json) => f.text)).toContain(
      "my contract number is 4711",
    );
  });

  it("holds back whoever floods it, and lets the others through", async () => {
    const [flood, calm] = [visitor(), visitor()];
    await flood.open();
    await calm.open();
    const answers = [];
    for (let i = 0; i < 40; i++) answers.push(await flood.post("messages", said(`flood ${i}`)));
    expect(answers.filter((a) => a.status === 200)).toHaveLength(30);
    expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: "too-many-requests" } });
    expect((await calm.say("a calm word")).seq).toBe(1);
  });

  it("opens no thousand sockets for one address, whoever is named in front of it", async () => {
    const tokens: string[] = [];
    for (let i = 0; i < 11; i++) {
      const one = visitor();
      await one.open();
      tokens.push(one.token);
    }
    const { hostname, port } = new URL(desk.url);
    const statuses = await Promise.all(
      Array.from({ length: 1_000 }, (_, i) => upgrade(hostname, Number(port), tokens[i % tokens.length]!)),
    );
    const opened = statuses.filter((s) => s.status === 101);
    expect(opened.length).toBeGreaterThan(10);
    expect(opened.length).toBeLessThanOrEqual(100);
    expect(new Set(statuses.map((s) => s.status))).toEqual(new Set([101, 429]));
    for (const s of statuses) s.close();
    const calm = visitor();
    await calm.open();
    const window = await eventually("there is room again", () => calm.connect().catch(() => null));
    await window.close();
  });

  it("leaves whoever offers another protocol on the one he speaks", async () => {
    const { hostname, port } = new URL(desk.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          `GET /api/docs HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n`,
        ),
      );
      socket.once("data", (data) => resolve(String(data).split("\r\n")[0]!));
      socket.on("error", reject);
    });
    expect(answer).toBe("HTTP/1.1 200 OK");
  });

  it("may be framed by the sites of its channel alone", async () => {
    const page = await fetch(`${desk.url}/widget/frame?chat=${KEY}`);
    // Whether the window is built here or not, its rules go with it.
    if (page.status === 200) {
      const rules = page.headers.get("content-security-policy")!;
      expect(rules).toContain("frame-ancestors 'self' https://shop.example");
      expect(page.headers.get("x-frame-options")).toBeNull();
      expect(rules).toContain("default-src 'none'");
    } else expect(page.status).toBe(503);
    expect((await fetch(`${desk.url}/widget/frame?chat=nobody-has-this-key-at-all-00`)).status).toBe(404);
    expect((await fetch(`${desk.url}/api/health`)).headers.get("content-security-policy")).toContain(
      "frame-ancestors 'none'",
    );
  });
});

it("shows on another node what was said on this one", async () => {
  const second = await createHttp(silentLog, (await import("node:http")).createServer(), desk.clock);
  const chat = await startWebchat({
    ...{ db: desk.db, clock: desk.clock, log: silentLog, blobs: {} as never },
    ...{ tokens: chatTokens(Buffer.from(MASTER_KEY, "hex")), places: async () => new Map(), stored: () => {} },
  });
  chat.routes(second.fastify, { frameFile: "", publicUrl: desk.url });
  await second.fastify.ready();
  second.fastify.server.on("request", second.handler);
  await new Promise<void>((done) => second.fastify.server.listen(0, "127.0.0.1", done));
  const { port } = second.fastify.server.address() as { port: number };
  try {
    const here = visitor();
    await here.open();
    const there = new ChatClient(`http://127.0.0.1:${port}`, KEY);
    there.token = here.token;
    await there.open();
    const window = await there.connect();
    await here.say("from the one node to the other");
    expect(await window.heard("message")).toMatchObject({ seq: 1 });
    window.send({ type: "message", clientMsgId: randomUUID(), text: "and back" });
    const back = await here.ask("events?after=1&wait=5000");
    expect(back.body.frames).toContainEqual(expect.objectContaining({ seq: 2, text: "and back" }));
    // A chat that is disconnected takes nothing more from windows that were open.
    await desk.database.query("update channel set state = 'archive' where external_id = $1", [KEY]);
    desk.clock.jump(3_000);
    await chat.settle();
    expect(await window.closed()).toBe(1001);
  } finally {
    await chat.close();
    await new Promise((done) => {
      second.fastify.server.close(done);
      second.fastify.server.closeAllConnections();
    });
  }
});

/** A bare handshake; the socket stays open until it is closed. */
function upgrade(host: string, port: number, token: string): Promise<{ status: number; close(): void }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () =>
      socket.write(
        `GET /chat/${KEY}/socket?token=${token} HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.from(token.slice(0, 16)).toString("base64")}\r\n\r\n`,
      ),
    );
    socket.once("data", (data) =>
      resolve({ status: Number(String(data).split(" ")[1]), close: () => socket.destroy() }),
    );
    socket.on("error", reject);
  });
}
