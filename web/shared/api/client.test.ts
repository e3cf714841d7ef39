import { describe, expect, test } from "vitest";
import { type ClientParts, createApi, withQuery } from "./client.ts";
import { readCookie } from "./cookie.ts";
import type { Problem } from "./problem.ts";

type Sent = { url: string; init: RequestInit };

function answer(status: number, body?: unknown, headers: Record<string, string> = {}): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { "content-type": status < 400 ? "application/json" : "application/problem+json", ...headers },
  });
}

function build(answers: (() => Response)[], over: Partial<ClientParts> = {}) {
  const sent: Sent[] = [];
  const signedOut: Problem[] = [];
  let ids = 0;
  const api = createApi({
    fetch: async (url, init) => {
      sent.push({ url: String(url), init: init ?? {} });
      const next = answers.shift();
      if (!next) throw new Error("more calls than answers");
      return next();
    },
    cookies: () => "theme=x; hubbub_csrf=tok%20en",
    online: () => true,
    newId: () => `id-${++ids}`,
    now: () => 0,
    wait: async () => {},
    onSignedOut: (problem) => signedOut.push(problem),
    ...over,
  });
  return { api, sent, signedOut };
}

const noLine = () => {
  throw new TypeError("Failed to fetch");
};
const header = (sent: Sent | undefined, name: string) => new Headers(sent?.init.headers).get(name);

async function problemOf(call: Promise<unknown>): Promise<Problem> {
  return call.then(
    () => {
      throw new Error("expected a problem");
    },
    (problem) => problem,
  );
}

describe("reading", () => {
  test("sends no key and no token, and gives the body back", async () => {
    const { api, sent } = build([() => answer(200, { items: [] })]);
    expect(await api.get("/api/queue", { cursor: "a b", team: undefined, tag: ["x", "y"] })).toEqual({ items: [] });
    expect(sent[0]?.url).toBe("/api/queue?cursor=a+b&tag=x&tag=y");
    expect(sent[0]?.init.credentials).toBe("same-origin");
    expect(header(sent[0], "idempotency-key")).toBeNull();
  });

  test("no line is offline, not an unknown outcome, and is not tried again here", async () => {
    const { api, sent } = build([noLine]);
    expect((await problemOf(api.get("/api/queue"))).kind).toBe("offline");
    expect(sent).toHaveLength(1);
  });
});

describe("commands", () => {
  test("carry token, key and expected version", async () => {
    const { api, sent } = build([() => answer(200, { ok: true })]);
    await api.post("/api/offers/1/accept", { why: "mine" }, { expectedVersion: 3 });
    expect(header(sent[0], "x-csrf-token")).toBe("tok en");
    expect(header(sent[0], "idempotency-key")).toBe("id-1");
    expect(JSON.parse(String(sent[0]?.init.body))).toEqual({ why: "mine", expectedVersion: 3 });
  });

  test("a lost answer is asked for again under the same key", async () => {
    const { api, sent } = build([noLine, () => answer(503, { title: "starting" }), () => answer(200, { done: 1 })]);
    expect(await api.post("/api/replies", {})).toEqual({ done: 1 });
    expect(sent.map((one) => header(one, "idempotency-key"))).toEqual(["id-1", "id-1", "id-1"]);
  });

  test("after three tries without an answer the outcome is unknown", async () => {
    const { api, sent } = build([noLine, noLine, noLine]);
    expect((await problemOf(api.post("/api/replies", {}))).kind).toBe("unknown");
    expect(sent).toHaveLength(3);
  });

  test("a browser that knows it is offline did not send it", async () => {
    const { api, sent } = build([noLine], { online: () => false });
    expect((await problemOf(api.post("/api/replies", {}))).kind).toBe("offline");
    expect(sent).toHaveLength(1);
  });

  test("a refusal is final and keeps its words", async () => {
    const refusal = {
      type: "https://hubbub.example/errors/too-long",
      title: "Too long",
      code: "too-long",
      detail: "38 characters over.",
      errors: [{ path: "body.text", message: "At most 300." }],
    };
    const { api, sent } = build([() => answer(422, refusal)]);
    const problem = await problemOf(api.post("/api/replies", {}));
    expect(problem).toMatchObject({ kind: "refused", code: "too-long", detail: "38 characters over.", status: 422 });
    expect(problem.faultOf("text")).toEqual({ path: "body.text", message: "At most 300." });
    expect(sent).toHaveLength(1);
  });

  test("409 brings the present state", async () => {
    const { api } = build([() => answer(409, { title: "Taken", code: "version-conflict", present: { version: 4 } })]);
    expect(await problemOf(api.post("/api/offers/1/accept"))).toMatchObject({
      kind: "conflict",
      present: { version: 4 },
    });
  });

  test("401 tells the application once", async () => {
    const { api, signedOut } = build([() => answer(401, { title: "Sign in", code: "signed-out" })]);
    expect((await problemOf(api.post("/api/replies"))).kind).toBe("signed-out");
    expect(signedOut).toHaveLength(1);
  });

  test("a proxy's page without JSON is still a readable problem, with the wait it names", async () => {
    const page = () =>
      new Response("<h1>no</h1>", { status: 429, headers: { "content-type": "text/html", "retry-after": "7" } });
    const { api } = build([page]);
    expect(await problemOf(api.post("/api/session"))).toMatchObject({
      kind: "refused",
      code: "http-429",
      retryAfter: 7,
    });
  });

  test("204 is an answer without a body", async () => {
    const { api } = build([() => new Response(null, { status: 204 })]);
    expect(await api.delete("/api/session")).toBeNull();
  });
});

test.each([
  ["a=1; b=2", "b", "2"],
  ["ab=1", "b", null],
  ["b=%E0%A4%A", "b", "%E0%A4%A"],
  ["", "b", null],
])("cookie %j", (cookies, name, value) => {
  expect(readCookie(cookies, name)).toBe(value);
});

test("withQuery keeps a query that is there", () => {
  expect(withQuery("/a?b=1", { c: 2 })).toBe("/a?b=1&c=2");
  expect(withQuery("/a", {})).toBe("/a");
});
