import * as codec from "@atproto/lex-cbor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameOf } from "../../../../tests/support/fake-pds/repos.ts";
import { uuidv7 } from "../../../platform/ids.ts";
import { readPostUri } from "./at-uri.ts";
import { facetsOf, mentionedHandles } from "./facets.ts";
import { byteOffsets } from "./offsets.ts";
import { recordKey } from "./record-key.ts";
import { pdsOf } from "./session.ts";
import { settingsOf } from "./settings.ts";
import { readFrame } from "./stream/frames.ts";
import { wantedBy, wordMatcher } from "./stream/wanted.ts";
import { classify } from "./xrpc.ts";

describe("recordKey", () => {
  it("is a TID that only the part's id makes, in order of time and of parts", () => {
    const id = "019a9f00-1234-7abc-8def-0123456789ab";
    expect(recordKey(`${id}.1`)).toBe(recordKey(`${id}.1`));
    expect(recordKey(`${id}.1`)).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
    const keys = [1, 2, 3, 10].map((n) => recordKey(`${id}.${n}`));
    expect(keys.toSorted()).toEqual(keys);
    expect(new Set(keys).size).toBe(4);
    const at = Date.parse("2026-11-20T10:00:00Z");
    expect(recordKey(`${uuidv7(at)}.1`) < recordKey(`${uuidv7(at + 2)}.1`)).toBe(true);
    const sameMoment = Array.from({ length: 50 }, (_, n) => `019a9f00-1234-7abc-8def-${String(n).padStart(12, "0")}.1`);
    expect(new Set(sameMoment.map(recordKey)).size).toBe(50);
    expect(() => recordKey("anything")).toThrow();
  });
});

describe("facetsOf", () => {
  it("cuts exactly what it means out of any text, in bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
        const text = `${a} @carla.example ${b} https://x.example/ä #tag`;
        const dids = new Map([["carla.example", "did:plc:carla"]]);
        const bytes = Buffer.from(text);
        for (const { index, features } of facetsOf(text, dids) ?? []) {
          const cut = bytes.subarray(index.byteStart, index.byteEnd).toString();
          const [feature] = features as [Record<string, string>];
          expect(text.includes(cut)).toBe(true);
          if (feature.did) expect(cut.toLowerCase()).toMatch(/^[@＠]carla\.example$/);
          if (feature.uri) expect(feature.uri.endsWith(cut)).toBe(true);
          if (feature.tag) expect(cut.slice(1)).toBe(feature.tag);
        }
      }),
    );
  });
  it("leaves alone who is not there, and a full stop behind a handle", () => {
    expect(mentionedHandles("@Carla.Example. @nobody @a.b and c@d.example")).toEqual(["carla.example", "a.b"]);
    const found = facetsOf("Hi @carla.example. @nobody.example", new Map([["carla.example", "did:plc:c"]]));
    expect(found).toEqual([
      {
        index: { byteStart: 3, byteEnd: 17 },
        features: [{ $type: "app.bsky.richtext.facet#mention", did: "did:plc:c" }],
      },
    ]);
    expect(facetsOf("nothing", new Map())).toBeUndefined();
  });
  it("counts bytes as an encoder does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const at = byteOffsets(text);
        for (let i = 0; i <= text.length; i++)
          if (text.slice(0, i).isWellFormed()) expect(at(i)).toBe(Buffer.byteLength(text.slice(0, i)));
      }),
    );
  });
});

describe("wordMatcher", () => {
  it.each([
    [["Northwind"], "NORTHWIND!", true],
    [["Northwind"], "northwindy", false],
    [["north wind"], "the north \n wind", true],
    [["c++"], "I like C++ more", true],
    [["c++"], "c", false],
    [["wi-fi"], "no Wi-Fi here", true],
    [["#line7"], "the #LINE7 is down", true],
    [["@northwind.example"], "hey @northwind.example?", true],
    [["ネット"], "今日もネットが遅い", true],
    [["ｎｏｒｔｈ"], "north", true],
    [["Grüße"], "gru\u0308\u00dfe an alle", true],
    [[""], "anything", false],
    [[], "anything", false],
  ])("%j in %j: %j", (words, text, expected) => {
    expect(wordMatcher(words as string[])(text as string)).toBe(expected);
  });
  it("takes any words and any text", () => {
    fc.assert(fc.property(fc.array(fc.string()), fc.string(), (words, text) => void wordMatcher(words)(text)));
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (word) => {
        fc.pre(word.normalize("NFKC").trim() !== "");
        expect(wordMatcher([word])(`- ${word} -`)).toBe(true);
      }),
    );
  });
});

describe("readFrame", () => {
  it("never throws", () => {
    const whole = frameOf("#identity", { seq: 7, did: "did:plc:x", handle: "x.example", time: "2026-11-20T10:00:00Z" });
    expect(readFrame(codec, whole)).toMatchObject({ kind: "identity", seq: 7, did: "did:plc:x" });
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readFrame(codec, bytes)));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const bent = Uint8Array.from(whole);
        bent[at] = byte;
        readFrame(codec, bent);
      }),
    );
  });
});

describe("words from outside", () => {
  it("a channel's settings stand whatever its config holds, and records of any shape are judged", () => {
    const access = { channelId: "c", externalId: "did:plc:us", handle: "us.example", config: {}, secret: {} };
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (config, record) => {
        settingsOf({ config, stream: config, keywords: config } as never);
        wantedBy(access).post("did:plc:them", record, 0);
      }),
    );
    expect(settingsOf({ service: "https://a.example/", stream: { kind: "other", url: "wss://x" } })).toMatchObject({
      ...{ service: "https://a.example", stream: null, appView: true, privateNetwork: false },
    });
  });
  it("a DID document names its server only in the one right place", () => {
    const service = (more: object) => ({
      service: [
        { id: "#atproto_pds", type: "AtprotoPersonalDataServer", serviceEndpoint: "https://pds.example/x", ...more },
      ],
    });
    expect(pdsOf(service({}))).toBe("https://pds.example");
    for (const more of [
      { id: "#other" },
      { type: "Other" },
      { serviceEndpoint: "file:///etc" },
      { serviceEndpoint: "no" },
    ])
      expect(pdsOf(service(more))).toBeUndefined();
  });
  it("only whole at-uris of posts are ones", () => {
    expect(readPostUri("at://did:plc:abc/app.bsky.feed.post/3k")).toEqual({ did: "did:plc:abc", rkey: "3k" });
    for (const uri of [
      "at://did:plc:abc/app.bsky.feed.like/3k",
      "at://did:plc:abc/app.bsky.feed.post/a/b",
      "https://x",
      "",
    ])
      expect(readPostUri(uri)).toBeNull();
  });
  it.each([
    [400, "ExpiredToken", "auth", false],
    [401, "AuthenticationRequired", "auth", false],
    [400, "RecordNotFound", "not-found", false],
    [400, "InvalidSwap", "duplicate", false],
    [400, "InvalidRequest", "invalid", false],
    [429, "RateLimitExceeded", "rate-limited", true],
    [429, "", "rate-limited", true],
    [502, "UpstreamFailure", "transient", true],
    [500, "__proto__", "transient", true],
    [403, "", "permission", false],
  ])("%i %s is %s", (status, error, errorClass, retryable) => {
    const found = classify(status as number, { "ratelimit-reset": "100" }, { error, message: "m" }, 90_000);
    expect(found).toMatchObject({ class: errorClass, retryable });
    if (status === 429) expect(found.retryAfterMs).toBe(10_000);
  });
});
