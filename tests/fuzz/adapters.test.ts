import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBluesky, redactBluesky } from "../../server/modules/channels/bluesky/parse.ts";
import type { ParseContext, ParseResult, RawInput } from "../../server/modules/channels/domain/adapter.ts";
import { parseEmail } from "../../server/modules/channels/email/parse.ts";
import { foldQuoted } from "../../server/modules/channels/email/reading/quoted.ts";
import { parsePlayground, redactPlayground } from "../../server/modules/channels/playground/parse.ts";
import { verifyPlayground } from "../../server/modules/channels/playground/verify.ts";
import { json, storable } from "../../server/platform/storable.ts";
import { or, hostileEvents as pushed, time } from "../support/hostile-feed.ts";
import { deepJson, hostileBytes, hostileJson, hostileText, longTexts, seeded } from "../support/hostile-text.ts";
import { ownWork } from "../support/own-work.ts";

const NOW = 1_795_000_000_000;
const context: ParseContext = { channelId: "c", selfIds: ["pr_us", "did:plc:us", "desk@northwind.example"] };
const raw = (body: Uint8Array): RawInput => ({ source: "webhook", body, head: {}, receivedAt: NOW });
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** PostgreSQL and RFC 3339 know no year beyond. */
const storableInstant = (at: number) => Number.isFinite(at) && at >= 0 && at < 253_402_300_800_000;

function sound({ events, ignored, broken }: ParseResult, given: number | null): void {
  if (given !== null)
    expect(new Set(events.map((e) => ("item" in e ? e.item.externalId : ""))).size).toBeLessThanOrEqual(given + 1);
  for (const { reason, count } of ignored) {
    expect(reason).not.toBe("");
    expect(count).toBeGreaterThan(0);
  }
  expect(broken).toBeGreaterThanOrEqual(0);
  for (const event of events) {
    expect(() => JSON.parse(json(event))).not.toThrow();
    if ("at" in event) expect(storableInstant(event.at), `${event.type} at ${event.at}`).toBe(true);
    if ("externalId" in event) expect(event.externalId).not.toBe("");
    if (!("item" in event)) continue;
    const { item } = event;
    expect(item.externalId).not.toBe("");
    expect(item.author.id).not.toBe("");
    expect(item.thread.key).not.toBe("");
    expect(Number.isFinite(item.createdAt)).toBe(true);
    if (item.editedAt !== undefined) expect(storableInstant(item.editedAt)).toBe(true);
    // Stored texts keep their offsets.
    expect(storable(item.text)).toHaveLength(item.text.length);
    for (const { start, end } of item.entities) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(item.text.length);
    }
  }
}

const text = hostileText(6);
const facet = fc.record({
  index: or(fc.record({ byteStart: or(fc.nat(40)), byteEnd: or(fc.nat(60)) })),
  features: or(
    fc.array(
      fc.record({
        $type: or(fc.constantFrom("app.bsky.richtext.facet#mention", "app.bsky.richtext.facet#link", "__proto__")),
        ...{ did: or(text), uri: or(text) },
      }),
      { maxLength: 2 },
    ),
  ),
});
const record = fc.record({
  ...{
    $type: or(fc.constant("app.bsky.feed.post")),
    text: or(text),
    createdAt: time,
    langs: or(fc.array(text, { maxLength: 2 })),
  },
  facets: or(fc.array(facet, { maxLength: 3 })),
  reply: or(fc.record({ root: or(fc.record({ uri: or(text) })), parent: or(fc.record({ uri: or(text) })) })),
  embed: or(
    fc.record({ images: or(fc.array(hostileJson, { maxLength: 2 })), record: or(fc.record({ uri: or(text) })) }),
  ),
});
const did = or(fc.constantFrom("did:plc:us", "did:plc:carla", "did:web:x.example"));
const commit = fc.record({
  ...{
    operation: or(fc.constantFrom("create", "update", "delete")),
    collection: or(fc.constant("app.bsky.feed.post")),
  },
  ...{ rkey: or(fc.constant("3kabc")), cid: or(fc.constant("bafy1")), record: or(record) },
});
const line = fc.oneof(
  fc.record({ kind: fc.constant("commit"), did, time_us: or(fc.nat()), commit: or(commit), author: or(hostileJson) }),
  fc.record({
    kind: fc.constant("identity"),
    did,
    time_us: or(fc.nat()),
    identity: or(fc.record({ handle: or(text), name: or(text) })),
  }),
  fc.record({
    kind: fc.constant("account"),
    did,
    time: time,
    account: or(fc.record({ active: or(fc.boolean()), status: or(fc.constant("deleted")) })),
  }),
  fc.record({
    kind: fc.constant("post"),
    uri: or(fc.constant("at://did:plc:carla/app.bsky.feed.post/3kabc")),
    cid: or(fc.constant("b")),
    record: or(record),
    indexedAt: time,
  }),
  hostileJson,
);

describe("playground", () => {
  it("reads any feed twice alike, into what can be stored; nothing goes uncounted", () => {
    fc.assert(
      fc.property(or(pushed), or(text), (events, network) => {
        const body = bytes({ network, events });
        const result = parsePlayground(raw(body), context);
        expect(parsePlayground(raw(body), context)).toEqual(result);
        const given = Array.isArray(events) ? events.length : 0;
        sound(result, given);
        const told = result.events.length + result.ignored.reduce((sum, i) => sum + i.count, 0) + result.broken;
        expect(told).toBeGreaterThanOrEqual(Math.max(given, Array.isArray(events) ? 0 : 1));
      }),
      seeded(500),
    );
  });

  it("the redacted copy is the same story: read alike, redacted once", () => {
    fc.assert(
      fc.property(pushed, (events) => {
        const body = bytes({ network: "n", events });
        const same = redactPlayground(body, (t) => t)!;
        expect(parsePlayground(raw(same), context)).toEqual(parsePlayground(raw(body), context));
        const hidden = redactPlayground(body, () => "x")!;
        for (const event of parsePlayground(raw(hidden), context).events)
          if ("item" in event) expect(["x", ""]).toContain(event.item.text);
        expect(redactPlayground(hidden, () => "x")).toEqual(hidden);
      }),
      seeded(150),
    );
  });
});

describe("Bluesky", () => {
  it("reads any stream twice alike, into what can be stored; nothing goes uncounted", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
        const body = new TextEncoder().encode(lines.map((l) => JSON.stringify(l)).join("\n"));
        const result = parseBluesky(raw(body), context);
        expect(parseBluesky(raw(body), context)).toEqual(result);
        sound(result, lines.length);
        const told = result.events.length + result.ignored.reduce((sum, i) => sum + i.count, 0) + result.broken;
        expect(told).toBe(lines.length);
        expect(parseBluesky(raw(redactBluesky(body, (t) => t)!), context)).toEqual(result);
      }),
      seeded(500),
    );
  });
});

describe("mail", () => {
  const bare = text.map((t) => t.replace(/[\r\n]+/gu, " "));
  const header = fc.oneof(
    fc.tuple(
      fc.constantFrom(
        "From",
        "To",
        "Cc",
        "Subject",
        "Message-ID",
        "References",
        "In-Reply-To",
        "Date",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Language",
        "List-Id",
        "__proto__",
        "constructor",
      ),
      bare,
    ),
    fc.constantFrom<[string, string]>(
      ...([
        ["From", "Carla <carla@mail.example>"],
        ["From", "=?utf-8?B?//8=?= <a@b.example>"],
        ["Content-Type", 'multipart/mixed; boundary="b"'],
        ["Content-Type", "text/html; charset=utf-16"],
        ["Content-Type", "text/plain; charset=no-such-set"],
        ["Content-Transfer-Encoding", "base64"],
        ["Date", "Tue, 17 Nov 275760 09:00:00 +9999"],
      ] as [string, string][]),
    ),
  );
  const mail = fc
    .tuple(
      fc.array(header, { maxLength: 6 }),
      hostileText(8),
      fc.constantFrom("utf8" as const, "latin1" as const, "utf16le" as const),
    )
    .map(([headers, body, encoding]) =>
      Buffer.concat([
        Buffer.from(`From: x@y.example\r\n${headers.map(([k, v]) => `${k}: ${v}`).join("\r\n")}\r\n\r\n`),
        Buffer.from(body, encoding),
      ]),
    );

  it("reads any mail twice alike, into what can be stored", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 5, arbitrary: mail }, { weight: 1, arbitrary: hostileBytes }),
        async (body) => {
          const result = await parseEmail(raw(body), context);
          expect(await parseEmail(raw(body), context)).toEqual(result);
          sound(result, 1);
          expect(result.events.length + result.broken).toBe(1);
        },
      ),
      seeded(150),
    );
  }, 30_000);

  it("folds what is quoted without losing a word", () => {
    fc.assert(
      fc.property(hostileText(10), (words) => {
        const { said, quoted } = foldQuoted(words);
        const bones = (t: string) => t.replace(/\s+/gu, "");
        expect(bones(said) + bones(quoted)).toBe(bones(words));
      }),
      seeded(300),
    );
  });

  it("thirty thousand letters of anything come to an end, in the text and in each header", {
    timeout: 60_000,
  }, async () => {
    for (const [what, words] of longTexts(30_000)) {
      const one = words.replace(/[\r\n]/gu, " ");
      const body = `From: a@b.example\r\nSubject: ${one}\r\nReferences: ${one}\r\nIn-Reply-To: ${one}\r\n\r\n${words}`;
      const began = ownWork();
      expect((await parseEmail(raw(Buffer.from(body)), context)).events).toHaveLength(1);
      expect(ownWork() - began, what).toBeLessThan(3_000);
    }
  });
});

describe("whatever the bytes are", () => {
  it.each([
    [
      "five megabytes of text",
      Buffer.from(
        JSON.stringify({
          network: "n",
          events: [
            {
              type: "post.created",
              post: { id: "p", author: { id: "a" }, text: "4111 1111 1111 1111 😀 ".repeat(200_000) },
            },
          ],
        }),
      ),
    ],
    [
      "deep JSON",
      Buffer.from(
        `{"network":"n","events":[{"type":"post.created","post":{"id":"p","author":{"id":"a"},"text":"x","more":${deepJson(200_000)}}}]}`,
      ),
    ],
    [
      "a hundred thousand events",
      Buffer.from(JSON.stringify({ network: "n", events: Array.from({ length: 100_000 }, () => ({})) })),
    ],
  ])("%s are read or refused, and not walked into", (_, body) => {
    const result = parsePlayground(raw(body), context);
    expect(result.events.length + result.broken).toBeGreaterThan(0);
    sound(result, null);
  });

  it("no bytes make a parser throw", () => {
    fc.assert(
      fc.property(hostileBytes, (body) => {
        for (const parse of [parsePlayground, parseBluesky]) sound(parse(raw(body), context), null);
        for (const redact of [redactPlayground, redactBluesky]) redact(body, (t) => t);
      }),
      seeded(200),
    );
  });
});

describe("signatures", () => {
  const secret = "app-secret";
  const at = Math.floor(NOW / 1_000);
  const signed = (body: Uint8Array) => {
    const v1 = createHmac("sha256", secret).update(`${at}.`).update(body).digest("hex");
    return `t=${at},v1=${v1}`;
  };
  const ask = (body: Uint8Array, header: string | undefined, key = secret) =>
    verifyPlayground(
      { method: "POST", query: {}, headers: header === undefined ? {} : { "x-playground-signature": header }, body },
      { secret: { appSecret: key } },
      NOW,
    );

  it("hold for the very bytes and for nothing else; every refusal has a reason", () => {
    fc.assert(
      fc.property(hostileBytes, fc.nat(), fc.integer({ min: 1, max: 255 }), text, (body, where, change, junk) => {
        expect(ask(body, signed(body)).ok).toBe(true);
        const other = Uint8Array.from(body);
        if (other.length > 0) {
          other[where % other.length]! ^= change;
          expect(ask(other, signed(body))).toMatchObject({ ok: false, reason: "signature" });
        }
        for (const header of [undefined, junk, `${signed(body)}${junk || "x"}`, `t=${junk},v1=${"0".repeat(64)}`]) {
          const answer = ask(body, header);
          expect(answer.ok).toBe(false);
          if (!answer.ok) expect(answer.reason).not.toBe("");
        }
        expect(ask(body, signed(body), `${secret}${junk || "x"}`).ok).toBe(false);
      }),
      seeded(200),
    );
  });
});
