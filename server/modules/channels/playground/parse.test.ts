import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classify } from "./call.ts";
import { parsePlayground, redactPlayground } from "./parse.ts";
import { verifyPlayground } from "./verify.ts";

const NOW = Date.parse("2026-11-17T09:00:00.000Z");
const context = { channelId: "c", selfIds: ["pr_us", "northwind"] };
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const parse = (value: unknown) =>
  parsePlayground({ source: "webhook", body: bytes(value), head: {}, receivedAt: NOW }, context);
const carla = {
  id: "pr_carla",
  handle: "carla",
  name: "Carla Ruiz",
  followers: 1240,
  verified: false,
  url: "http://p/@carla",
};
const post = {
  id: "po_2",
  url: "http://p/posts/po_2",
  author: carla,
  text: "@northwind late again #help",
  language: "en",
  createdAt: "2026-11-17T08:59:00.000Z",
  editedAt: null,
  deletedAt: null,
  revision: 1,
  rootId: "po_1",
  parentId: "po_1",
  mentions: [{ handle: "northwind", profileId: "pr_us" }],
};
const event = (type: string, more: object) => ({
  network: "nw_1",
  events: [{ seq: 1, id: "ev_1", type, at: "2026-11-17T08:59:01.000Z", ...more }],
});

describe("parsePlayground", () => {
  it("reads a reply that names us", () => {
    expect(parse(event("post.created", { post })).events).toMatchObject([
      {
        type: "item.created",
        item: {
          externalId: "po_2",
          kind: "comment",
          visibility: "public",
          thread: { key: "post:po_1", rootId: "po_1", parentId: "po_1" },
          author: { id: "pr_carla", scope: "nw_1", handle: "carla", followers: 1240, isSelf: false },
          addressedTo: ["pr_us"],
          language: "en",
          why: ["mention"],
          createdAt: NOW - 60_000,
        },
      },
    ]);
  });

  it("reads a DM, an edit, a deletion, and a creation that was deleted since", () => {
    const dm = {
      id: "dm_1",
      threadId: "dt_1",
      from: carla,
      to: { ...carla, id: "pr_us" },
      text: "hello",
      createdAt: post.createdAt,
      revision: 1,
      privateReplyTo: "po_2",
    };
    expect(parse(event("dm.created", { dm })).events).toMatchObject([
      { item: { kind: "dm", visibility: "private", thread: { key: "dm:dt_1", parentId: "po_2" }, why: ["dm"] } },
    ]);
    const edited = { ...post, revision: 2, editedAt: "2026-11-17T09:00:00.000Z" };
    expect(parse(event("post.edited", { post: edited })).events).toMatchObject([
      { type: "item.edited", item: { revision: "2", editedAt: NOW } },
    ]);
    const gone = { ...post, text: null, deletedAt: "2026-11-17T09:00:00.000Z" };
    expect(parse(event("post.deleted", { post: gone })).events).toEqual([
      { type: "item.deleted", externalId: "po_2", at: NOW, by: "author" },
    ]);
    expect(parse(event("post.created", { post: gone })).events.map((e) => e.type)).toEqual([
      "item.created",
      "item.deleted",
    ]);
  });

  it("counts what carries no message, and what it cannot read", () => {
    expect(parse(event("like.created", { post }))).toMatchObject({
      events: [],
      ignored: [{ reason: "like.created", count: 1 }],
      broken: 0,
    });
    expect(parse(event("poll.created", {}))).toMatchObject({ ignored: [{ reason: "unknown-type", count: 1 }] });
    expect(parse(event("post.created", { post: { ...post, author: null } }))).toMatchObject({ events: [], broken: 1 });
    expect(parse("[]")).toMatchObject({ broken: 1 });
  });

  it("keeps an act it does not know on a post it knows", () => {
    expect(parse(event("post.pinned", { post })).events).toMatchObject([{ type: "item.created" }]);
  });

  it("never throws, whatever comes, and its result can always be read", () => {
    const wild = fc.record(
      {
        type: fc.oneof(fc.constantFrom("post.created", "dm.edited", "post.deleted"), fc.string()),
        post: fc.oneof(
          fc.anything(),
          fc.record({ id: fc.anything(), author: fc.anything(), text: fc.anything(), revision: fc.anything() }),
        ),
        dm: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.array(wild).map((events) => JSON.stringify({ network: "n", events })),
        ),
        (body) => {
          const { events } = parse(body);
          for (const e of events)
            if (e.type !== "item.deleted" && "item" in e) expect(Number.isFinite(e.item.createdAt)).toBe(true);
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        (body) => void parsePlayground({ source: "webhook", body, head: {}, receivedAt: NOW }, context),
      ),
    );
  });

  it("redacts the texts of the raw copy and leaves ids", () => {
    const body = bytes(event("post.created", { post: { ...post, id: "4111111111111111", text: "4111111111111111" } }));
    const clean = new TextDecoder().decode(redactPlayground(body, () => "[card]")!);
    expect(clean).toContain('"id":"4111111111111111"');
    expect(clean).toContain('"text":"[card]"');
  });
});

describe("verifyPlayground", () => {
  const golden = {
    body: '{"a":1}',
    secret: "whsec_test",
    header: "t=1700000000,v1=38877139021993b830af32feea6e18a8da83eb2f6e49ee50bd9e4cf4ca4d3789",
  };
  const at = 1_700_000_000_000;
  const verify = (header: string | undefined, secret = golden.secret, body = golden.body, now = at) =>
    verifyPlayground(
      {
        method: "POST",
        query: {},
        headers: header === undefined ? {} : { "x-playground-signature": header },
        body: bytes(body),
      },
      { secret: secret === "" ? {} : { appSecret: secret } },
      now,
    );

  it("accepts the network's golden vector", () => {
    expect(verify(golden.header)).toEqual({ ok: true, replayKey: golden.header.slice(16) });
  });
  it.each([
    ["one flipped byte in the body", golden.header, golden.secret, '{"a":2}', at],
    ["one flipped digit", golden.header.replace(/9$/, "8"), golden.secret, golden.body, at],
    ["no header", undefined, golden.secret, golden.body, at],
    ["an empty header", "", golden.secret, golden.body, at],
    ["another scheme", golden.header.replace("v1", "v0"), golden.secret, golden.body, at],
    ["capital hex", golden.header.replace(/v1=.*/, (m) => m.toUpperCase()), golden.secret, golden.body, at],
    ["white space", ` ${golden.header}`, golden.secret, golden.body, at],
    ["half a signature", golden.header.slice(0, -2), golden.secret, golden.body, at],
    ["no secret on our side", golden.header, "", golden.body, at],
    ["another secret", golden.header, "whsec_other", golden.body, at],
    ["301 seconds later", golden.header, golden.secret, golden.body, at + 301_000],
    ["301 seconds earlier", golden.header, golden.secret, golden.body, at - 301_000],
    ["written again by a parser", golden.header, golden.secret, '{ "a": 1 }', at],
  ])("refuses %s", (_, header, secret, body, now) => {
    expect(verify(header, secret, body, now)).toMatchObject({ ok: false, status: 401 });
  });
  it("refuses the signature of an empty secret", () => {
    const forged = `t=1700000000,v1=${createHmac("sha256", "").update(`1700000000.${golden.body}`).digest("hex")}`;
    expect(verify(forged, "")).toMatchObject({ ok: false });
  });
});

describe("classify", () => {
  it.each([
    [401, "unauthorized", "auth", false],
    [403, "dm-not-allowed", "recipient-unreachable", false],
    [403, "private-reply-used", "window-closed", false],
    [410, "deleted", "not-found", false],
    [422, "text-too-long", "too-long", false],
    [422, "idempotency-mismatch", "duplicate", false],
    [429, "rate-limited", "rate-limited", true],
    [418, "something-new", "invalid", false],
    [503, "unavailable", "transient", true],
  ])("%i %s", (status, code, errorClass, retryable) => {
    expect(classify(status, {}, { code, detail: "words" }, NOW)).toMatchObject({ class: errorClass, retryable, code });
  });
  it("believes Retry-After, and survives a body that is none", () => {
    expect(classify(429, { "retry-after": "3" }, undefined, NOW)).toMatchObject({
      class: "rate-limited",
      retryAfterMs: 3_000,
      code: "429",
    });
  });
});
