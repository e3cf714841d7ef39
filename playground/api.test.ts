import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_MS } from "./domain/dms.ts";
import { type Json, type Kit, START, startKit, TOKEN } from "./test-support.ts";

let kit: Kit;
beforeAll(async () => {
  kit = await startKit({ limits: { write: { max: 10_000, windowMs: 60_000 } } });
});
afterAll(() => kit.close());

describe("idempotency", () => {
  test("fifty at once make one post, and a repeat shows it as it is now", async () => {
    const question = await kit.post("alice", "@acme where is my parcel?");
    const send = () =>
      kit.acme("POST", "/posts", { text: "On its way.", parentId: question.id }, { "idempotency-key": "k-50" });
    const replies = await Promise.all(Array.from({ length: 50 }, send));
    expect(new Set(replies.map((r) => r.body.id)).size).toBe(1);
    expect(replies.filter((r) => r.status === 201)).toHaveLength(1);
    const id = replies[0]?.body.id;
    await kit.acme("PATCH", `/posts/${id}`, { text: "On its way!" });
    const again = await send();
    expect(again).toMatchObject({ status: 200, body: { id, text: "On its way!", revision: 2 } });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const { accepted } = (await kit.admin("GET", "/accepted?idempotencyKey=k-50")).body;
    expect(accepted).toMatchObject([
      { op: "post.create", caller: "acme", objectId: id, parentId: question.id, text: "On its way." },
    ]);
    expect((await kit.acme("GET", "/me/posts?idempotencyKey=k-50")).body.posts).toMatchObject([{ id }]);
    expect((await kit.acme("GET", "/me/posts?idempotencyKey=never")).body.posts).toEqual([]);
  });

  test("the same key with another request is refused", async () => {
    const key = { "idempotency-key": "k-other" };
    expect((await kit.acme("POST", "/posts", { text: "one" }, key)).status).toBe(201);
    expect((await kit.acme("POST", "/posts", { text: "two" }, key)).body).toMatchObject({
      status: 422,
      code: "idempotency-mismatch",
    });
    await kit.as("alice", "POST", "/dms", { to: "acme", text: "hi" });
    expect((await kit.acme("POST", "/dms", { to: "alice", text: "one" }, key)).body.code).toBe("idempotency-mismatch");
    expect((await kit.as("alice", "POST", "/posts", { text: "mine" }, key)).status).toBe(201);
  });

  test("a refused request does not use its key up", async () => {
    const key = { "idempotency-key": "k-refused" };
    expect((await kit.acme("POST", "/posts", { text: "" }, key)).body.code).toBe("text-empty");
    expect((await kit.acme("POST", "/posts", { text: "ok" }, key)).status).toBe(201);
    expect((await kit.acme("POST", "/posts", { text: "x" }, { "idempotency-key": "a b" })).body.code).toBe(
      "bad-request",
    );
  });
});

describe("posts", () => {
  test("edits count revisions, deletes leave a tombstone, others may do neither", async () => {
    const post = await kit.post("alice", "first");
    expect((await kit.acme("PATCH", `/posts/${post.id}`, { text: "x" })).body.code).toBe("forbidden");
    expect((await kit.as("bob", "DELETE", `/posts/${post.id}`)).body.code).toBe("forbidden");
    const edit = (text: string, expectedRevision?: number) =>
      kit.as("alice", "PATCH", `/posts/${post.id}`, { text, expectedRevision });
    expect((await edit("second", 1)).body).toMatchObject({
      revision: 2,
      text: "second",
      editedAt: "2026-03-01T09:00:00.000Z",
    });
    expect((await edit("third", 1)).body).toMatchObject({ code: "stale-revision", revision: 2 });
    expect((await edit("second")).body.revision).toBe(2);
    const answer = (await kit.acme("POST", "/posts", { text: "hello", parentId: post.id })).body;
    expect(answer).toMatchObject({ rootId: post.id, parentId: post.id, depth: 1 });
    expect((await kit.as("alice", "DELETE", `/posts/${post.id}`)).body).toMatchObject({ text: null, revision: 2 });
    expect((await kit.as("alice", "DELETE", `/posts/${post.id}`)).status).toBe(200);
    expect((await edit("fourth")).body.code).toBe("deleted");
    expect((await kit.acme("POST", "/posts", { text: "late", parentId: post.id })).body).toMatchObject({
      status: 410,
      code: "deleted",
    });
    const thread = (await kit.acme("GET", `/posts/${answer.id}/thread`)).body;
    expect(thread.posts.map((p: Json) => p.id)).toEqual([post.id, answer.id]);
  });

  test("likes are counted once", async () => {
    const { id } = await kit.post("alice", "like me");
    await kit.acme("PUT", `/posts/${id}/like`);
    expect((await kit.acme("PUT", `/posts/${id}/like`)).body.likeCount).toBe(1);
    expect((await kit.acme("DELETE", `/posts/${id}/like`)).body.likeCount).toBe(0);
  });

  test("mentions and answers concern the company; search finds whole words", async () => {
    const since = (await kit.acme("GET", "/me/mentions?limit=200")).body.next;
    await kit.post("bob", "nothing to do with anybody, zanzibar");
    const asked = await kit.post("bob", "@acme zanzibar please");
    const answer = (await kit.acme("POST", "/posts", { text: "yes", parentId: asked.id })).body;
    const more = await kit.post("alice", "me too", { parentId: answer.id });
    const found = (await kit.acme("GET", `/me/mentions?since=${since}`)).body;
    expect(found.posts.map((p: Json) => p.id)).toEqual([asked.id, more.id]);
    expect((await kit.acme("GET", `/me/mentions?since=${found.next}`)).body.posts).toEqual([]);
    const search = async (q: string) =>
      (await kit.acme("GET", `/search/posts?q=${encodeURIComponent(q)}`)).body.posts.length;
    expect([
      await search("zanzibar"),
      await search("ZANZIBAR please"),
      await search("zanzi"),
      await search("from:bob zanzibar"),
      await search("from:alice zanzibar"),
    ]).toEqual([2, 1, 0, 2, 0]);
  });

  test("history may be told, the future may not", async () => {
    const old = await kit.post("alice", "long ago", { createdAt: "2025-01-01T00:00:00.000Z" });
    expect(old.createdAt).toBe("2025-01-01T00:00:00.000Z");
    expect((await kit.post("bob", "before?", { parentId: old.id, createdAt: "2024-01-01T00:00:00Z" })).createdAt).toBe(
      old.createdAt,
    );
    expect((await kit.post("bob", "tomorrow", { createdAt: "2099-01-01T00:00:00Z" })).createdAt).toBe(
      "2026-03-01T09:00:00.000Z",
    );
  });
});

describe("direct messages", () => {
  test("a company writes only to whom it knows, or once under a post within seven days", async () => {
    await kit.as("alice", "PUT", "/people", { people: [{ handle: "carla" }, { handle: "dora" }] });
    const dm = (to: string, privateReplyTo?: string) => kit.acme("POST", "/dms", { to, text: "hello", privateReplyTo });
    expect((await dm("carla")).body).toMatchObject({ status: 403, code: "dm-not-allowed" });
    const post = await kit.post("carla", "angry");
    expect((await dm("dora", post.id)).body.code).toBe("validation");
    expect((await dm("carla", post.id)).body).toMatchObject({ privateReplyTo: post.id, to: { handle: "carla" } });
    expect((await dm("carla", post.id)).body.code).toBe("private-reply-used");
    const old = await kit.post("carla", "old", { createdAt: new Date(START - 7 * DAY_MS - 1).toISOString() });
    const justOk = await kit.post("carla", "not so old", { createdAt: new Date(START - 7 * DAY_MS).toISOString() });
    expect((await dm("carla", old.id)).body.code).toBe("private-reply-expired");
    expect((await dm("carla", justOk.id)).status).toBe(201);
    expect((await dm("carla")).body.code).toBe("dm-not-allowed");
    await kit.as("carla", "POST", "/dms", { to: "acme", text: "yes?" });
    expect((await dm("carla")).status).toBe(201);
    await kit.as("dora", "PUT", "/people/acme/follow");
    expect((await kit.acme("GET", "/dms/window?handle=dora")).body).toEqual({ open: true, because: "follows" });
    expect((await dm("dora")).status).toBe(201);
    await kit.as("dora", "DELETE", "/people/acme/follow");
    expect((await dm("dora")).body.code).toBe("dm-not-allowed");
  });

  test("edits and deletes are the author's; strangers see nothing", async () => {
    const { body: dm } = await kit.as("alice", "POST", "/dms", { to: "bob", text: "psst" });
    expect((await kit.acme("GET", `/dms/${dm.id}`)).body.code).toBe("not-found");
    expect((await kit.as("bob", "PATCH", `/dms/${dm.id}`, { text: "x" })).body.code).toBe("forbidden");
    expect((await kit.as("alice", "PATCH", `/dms/${dm.id}`, { text: "psst!" })).body.revision).toBe(2);
    expect((await kit.as("alice", "DELETE", `/dms/${dm.id}`)).body.text).toBeNull();
    const feed = (await kit.acme("GET", "/events?limit=500")).body.events;
    expect(feed.some((e: Json) => e.dm?.id === dm.id)).toBe(false);
    expect((await kit.acme("POST", "/dms", { to: "acme", text: "me" })).body.code).toBe("forbidden");
  });
});

describe("the feed", () => {
  test("is dense, pages without a hole, and tells an event as it was", async () => {
    const post = await kit.post("alice", "version one");
    await kit.as("alice", "PATCH", `/posts/${post.id}`, { text: "version two" });
    await kit.as("bob", "POST", "/dms", { to: "acme", text: "for acme" });
    await kit.as("alice", "POST", "/dms", { to: "bob", text: "not for acme" });
    const all: Json[] = [];
    for (let since = 0, more = true; more; ) {
      const page = (await kit.acme("GET", `/events?since=${since}&limit=7`)).body;
      expect(page.events).toHaveLength(Math.min(7, page.head - since));
      all.push(...page.events);
      ({ next: since, more } = page);
      expect(page.network).toBe(kit.network);
    }
    expect(all.map((e) => e.seq)).toEqual(all.map((_, i) => i + 1));
    expect(new Set(all.map((e) => e.id)).size).toBe(all.length);
    const mine = all.filter((e) => e.post?.id === post.id).map((e) => [e.type, e.post.text, e.post.revision]);
    expect(mine).toEqual([
      ["post.created", "version one", 1],
      ["post.edited", "version two", 2],
    ]);
    expect(all.some((e) => e.dm?.text === "for acme")).toBe(true);
    expect(all.some((e) => e.dm?.text === "not for acme")).toBe(false);
    const onlyDms = (await kit.acme("GET", "/dms/events?limit=500")).body;
    expect(onlyDms.events).toEqual(all.filter((e) => e.dm));
    expect(onlyDms.next).toBe(all.length);

    await kit.as("alice", "DELETE", `/posts/${post.id}`);
    const after = (await kit.acme("GET", "/events?limit=500")).body.events.filter((e: Json) => e.post?.id === post.id);
    expect(after.map((e: Json) => [e.type, e.post.text])).toEqual([
      ["post.created", null],
      ["post.edited", null],
      ["post.deleted", null],
    ]);
  });

  test("a cursor beyond the head is told", async () => {
    expect((await kit.acme("GET", "/events?since=999999")).body).toMatchObject({
      status: 409,
      code: "cursor-ahead",
      network: kit.network,
    });
    expect((await kit.acme("GET", "/events?since=-1")).status).toBe(422);
    expect((await kit.acme("GET", "/events?limit=501")).status).toBe(422);
  });
});

describe("who may", () => {
  test.each([
    ["GET", "/api/v1/me", {}],
    ["GET", "/api/v1/me", { authorization: "Bearer wrong" }],
    ["GET", "/api/v1/me", { authorization: `Basic ${TOKEN}` }],
    ["POST", "/api/v1/posts", { authorization: "Bearer __proto__" }],
    ["POST", "/sim/v1/posts", { "x-playground-as": "alice" }],
    ["POST", "/sim/v1/posts", { "x-playground-as": "alice", "x-playground-key": "wrong" }],
    ["GET", "/admin/accepted", { authorization: `Bearer ${TOKEN}` }],
    ["PUT", "/admin/faults", {}],
  ])("%s %s %o is refused", async (method, path, headers) => {
    const reply = await kit.call(method, path, method === "GET" ? undefined : {}, headers as Record<string, string>);
    expect(reply.body).toMatchObject({ status: 401, code: "unauthorized" });
  });

  test("the simulator cannot speak as a company, nor as nobody", async () => {
    expect((await kit.as("acme", "POST", "/posts", { text: "x" })).body.code).toBe("forbidden");
    expect((await kit.as("nobody", "POST", "/posts", { text: "x" })).body.code).toBe("not-found");
    expect((await kit.as("alice", "PUT", "/people", { people: [{ handle: "acme" }] })).body.code).toBe("handle-taken");
    expect((await kit.admin("PUT", "/companies/alice", { name: "A" })).body.code).toBe("handle-taken");
  });

  test("a company dates nothing back without the simulator's key", async () => {
    const createdAt = "2026-01-02T03:04:05.000Z";
    const refused = await kit.acme("POST", "/posts", { text: "long ago", createdAt });
    expect(refused.body).toMatchObject({ status: 401, code: "unauthorized" });
  });

  test("followers can be set, and real ones count on top", async () => {
    await kit.as("alice", "PATCH", "/people/bob", { followers: 1000 });
    expect((await kit.as("alice", "PUT", "/people/bob/follow")).body.followers).toBe(1001);
    expect((await kit.as("alice", "PATCH", "/people/bob", { followers: 500 })).body.followers).toBe(500);
    expect((await kit.acme("GET", "/profiles/bob")).body.followers).toBe(500);
  });
});

describe("hostile input", () => {
  const textPost = (text: unknown) => kit.acme("POST", "/posts", { text });
  test.each([
    ["NUL", "a\u0000b", 422, "text-invalid"],
    ["lone surrogate", "a\ud800", 422, "text-invalid"],
    ["501 characters", "é".repeat(501), 422, "text-too-long"],
    ["a number", 5, 422, "validation"],
    ["nothing", undefined, 422, "validation"],
    ["5 MB", "x".repeat(5_000_000), 413, "body-too-large"],
  ])("%s", async (_name, text, status, code) => {
    expect((await textPost(text)).body).toMatchObject({ status, code });
  });

  test.each([
    ["HTML", "<script>alert(1)</script>"],
    ["right to left with override", "\u202eمرحبا\u202c"],
    ["500 families", "👨‍👩‍👧‍👦".repeat(500)],
    ["zalgo", `Z${"\u0310".repeat(200)}`],
  ])("%s comes back as it went", async (_name, text) => {
    expect((await textPost(text)).body.text).toBe(text);
  });

  test("raw text of the simulator reaches the feed unharmed", async () => {
    const text = `\u0000\ud800<b>${"x".repeat(3000)}`;
    const { id } = await kit.post("alice", text, { raw: true });
    const events = (await kit.acme("GET", "/events?limit=500")).body.events;
    expect(events.find((e: Json) => e.post?.id === id).post.text).toBe(text);
    expect((await kit.acme("POST", "/posts", { text, raw: true })).body.code).toBe("validation");
  });

  test.each([
    ["__proto__", '{"text":"x","__proto__":{"admin":true}}', 400, "bad-request"],
    ["constructor", '{"text":"x","constructor":{"prototype":{}}}', 400, "bad-request"],
    ["unknown field", '{"text":"x","admin":true}', 422, "validation"],
    ["not JSON", "{", 400, "bad-request"],
    ["a list", "[]", 422, "validation"],
    ["null", "null", 422, "validation"],
  ])("%s", async (_name, body, status, code) => {
    expect((await kit.acme("POST", "/posts", body)).body).toMatchObject({ status, code });
  });

  test("form and plain text are no JSON", async () => {
    const reply = await kit.acme("POST", "/posts", "text=x", { "content-type": "text/plain" });
    expect(reply.body).toMatchObject({ status: 415, code: "unsupported-media-type" });
  });

  test.each([
    "/posts/__proto__",
    "/posts/%00",
    "/posts/..%2f..",
    `/posts/${"a".repeat(150)}`,
    "/profiles/constructor",
    "/nothing",
  ])("GET %s is a clean refusal", async (path) => {
    expect((await kit.acme("GET", path)).status).toBeOneOf([404, 422]);
  });
});
