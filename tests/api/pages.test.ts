import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../server/platform/clock.ts";
import { ApiClient } from "../support/api-client.ts";
import { emailOf, PASSWORD } from "../support/company.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { faultOf } from "./sceptics-desk.ts";

let desk: Desk;
beforeAll(async () => {
  // With a port of its own the desk believes the address it is told: from the restart on it is reached by https.
  desk = await openDesk({ config: { publicUrl: "https://desk.example" } });
});
afterAll(() => desk?.stop());

const priya = { email: emailOf("priya"), password: PASSWORD };
const signIn = (body: object, client = desk.nobody()) => client.ask("/api/session", { method: "POST", body });

describe("every answer", () => {
  it.each([
    "/",
    "/api/docs",
    "/api/docs/style.css",
    "/api/openapi.json",
    "/healthz",
    "/metrics",
    "/api/session",
    "/nowhere",
  ])("carries the headers that keep a browser safe (%s)", async (path) => {
    const { headers } = await desk.nobody().ask(path, { headers: { accept: "text/html" } });
    const csp = Object.fromEntries(
      (headers.get("content-security-policy") ?? "").split(";").map((part) => part.trim().split(/ (.*)/s)),
    );
    expect(csp).toMatchObject({
      ...{ "default-src": "'self'", "object-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'" },
      "form-action": "'self'",
    });
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("x-trace-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
  it("has no script in the page that reads the API out", async () => {
    const { text } = await desk.nobody().ask("/api/docs");
    expect(/<script|\sstyle="|\son[a-z]+="/i.exec(text)).toBeNull();
    expect(text).toContain("/api/desk/work");
  });
});

describe("the session", () => {
  it("is a cookie no script can read, and a token that a script repeats", async () => {
    const { headers, status, text } = await signIn(priya);
    expect(status).toBe(200);
    const [session, csrf] = ["hubbub_session", "hubbub_csrf"].map(
      (name) => headers.getSetCookie().find((line) => line.startsWith(`${name}=`)) ?? "",
    );
    for (const line of [session, csrf]) expect(line).toMatch(/; Path=\/;? ?.*SameSite=Lax/);
    expect(session).toContain("HttpOnly");
    expect(csrf).not.toContain("HttpOnly");
    expect(session).not.toContain("Secure");
    const token = /hubbub_session=([^;]+)/.exec(session!)![1]!;
    expect(text).not.toContain(token);
    const rows = await desk.database.query("select session::text as row from session");
    for (const { row } of rows) expect(row).not.toContain(token);
  });
  it("is sent by https only where the desk is reached by it", async () => {
    await desk.restart();
    const { headers } = await signIn(priya);
    expect(headers.getSetCookie()).toHaveLength(2);
    for (const line of headers.getSetCookie()) expect(line).toContain("Secure");
  });
  it("ends with sign-out, with half a day of rest, and for a suspended agent", async () => {
    const [left, rested, suspended] = await Promise.all(
      ["dana", "dana", "noor"].map((who) => new ApiClient(desk.url).signIn(emailOf(who as "dana"), PASSWORD)),
    );
    const stolen = new Map(left!.cookies);
    expect((await left!.send("DELETE", "/api/session")).status).toBe(200);
    expect(left!.cookies.size).toBe(0);
    for (const [name, value] of stolen) left!.cookies.set(name, value);
    expect((await left!.ask("/api/session")).status).toBe(401);
    expect((await rested!.ask("/api/session")).status).toBe(200);

    const marek = await desk.as("marek");
    const noor = (await marek.get("/api/agents")).agents.find((a: { id: string }) => a.id === desk.company.agents.noor);
    await marek.do("PATCH", `/api/agents/${noor.id}`, { state: "suspended", expectedVersion: noor.version });
    expect((await suspended!.ask("/api/session")).status).toBe(401);
    expect((await signIn({ email: emailOf("noor"), password: PASSWORD })).status).toBe(401);

    desk.travel(13 * HOUR);
    expect((await rested!.ask("/api/session")).status).toBe(401);
  });
  it("is refused for a while after wrong tries, right or wrong, known or unknown", async () => {
    for (const email of [emailOf("priya"), "nobody@northwind.example"]) {
      for (let tries = 0; tries < 6; tries++) {
        const wrong = await signIn({ email, password: "guess" });
        expect([wrong.status, wrong.body.code]).toEqual([401, "wrong-credentials"]);
      }
      const refused = await signIn({ email, password: PASSWORD });
      expect([refused.status, refused.body.code]).toEqual([429, "too-many-requests"]);
      expect(faultOf(refused)).toBeNull();
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);
    }
    expect((await signIn({ email: emailOf("dana"), password: PASSWORD })).status).toBe(200);
    desk.travel(16 * MINUTE);
    expect((await signIn(priya)).status).toBe(200);
  });
  it("is no matter of the address: forty colleagues may come in from one office, thirty wrong guesses may not", async () => {
    desk.travel(16 * MINUTE);
    for (let n = 0; n < 40; n++) expect((await signIn(priya)).status).toBe(200);
    for (let n = 0; n < 30; n++)
      expect((await signIn({ email: `guess${n}@x.example`, password: "guess" })).status).toBe(401);
    expect((await signIn(priya)).status).toBe(429);
    desk.travel(16 * MINUTE);
  });
  it("of the demo is not given out where there is none", async () => {
    expect((await desk.nobody().get("/api/session/demo")).accounts).toEqual([]);
    const answer = await desk.nobody().ask("/api/session/demo", { method: "POST", body: { email: emailOf("marek") } });
    expect([answer.status, answer.body.code]).toEqual([404, "not-found"]);
  });
});

describe("an API key", () => {
  it("may do what it was given, needs no CSRF token, and nothing once it is revoked", async () => {
    const marek = await new ApiClient(desk.url).signIn(emailOf("marek"), PASSWORD);
    const { id, secret } = await marek.do("POST", "/api/api-keys", { name: "reports" });
    const program = new ApiClient(desk.url);
    program.bearer = secret;
    expect((await program.ask("/api/queues")).status).toBe(403);
    await marek.do("POST", "/api/grants", {
      ...{ subjectKind: "api-key", subjectId: id, verb: "work.read", scope: "account", scopeId: null },
    });
    expect((await program.get("/api/queues")).queues).toHaveLength(1);
    expect((await program.ask("/api/session")).status).toBe(403);
    const take = await program.send("POST", "/api/work/next");
    expect([take.status, take.body.code]).toEqual([403, "not-permitted"]);
    expect((await marek.ask("/api/api-keys")).text).not.toContain(secret);
    await marek.do("DELETE", `/api/api-keys/${id}`);
    expect((await program.ask("/api/queues")).status).toBe(401);
  });
});

describe("what an operator asks", () => {
  it("/metrics can be read by Prometheus and names nobody", async () => {
    const { text, headers, status } = await desk.nobody().ask("/metrics");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^text\/plain; version=/);
    const line =
      /^(#( HELP | TYPE ).*|[a-zA-Z_:][\w:]*(\{([a-zA-Z_]\w*="([^"\\]|\\.)*",?)*\})? (-?[\d.e+-]+|NaN|[+-]Inf))$/;
    for (const one of text.split("\n").filter((l) => l !== "")) expect(one).toMatch(line);
    for (const name of [
      "hubbub_http_requests_total",
      "hubbub_http_seconds_bucket",
      "hubbub_journal_unread",
      "hubbub_live_streams",
    ])
      expect(text).toContain(name);
    for (const word of [desk.company.accountId, ...Object.values(desk.company.agents), "northwind", "priya"])
      expect(text).not.toContain(word);
  });
  it("/healthz says that it is well", async () => {
    const answer = await desk.nobody().ask("/healthz");
    expect([answer.status, answer.body, answer.headers.get("cache-control")]).toEqual([
      200,
      { ready: true, reasons: [] },
      "no-store",
    ]);
  });
});
