import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf16Offsets } from "./offsets.ts";
import { parseBluesky } from "./parse.ts";

const NOW = Date.parse("2026-11-20T09:10:00.000Z");
const US = "did:plc:northwindexample0000001";
const body = readFileSync(new URL("fixtures/jetstream.jsonl", import.meta.url));
const parse = (bytes: Uint8Array) =>
  parseBluesky({ source: "stream", body: bytes, head: {}, receivedAt: NOW }, { channelId: "c", selfIds: [US] });

describe("parseBluesky", () => {
  const { events, ignored, broken } = parse(body);

  it("reads posts of both versions of the stream, a deletion, and counts the rest", () => {
    expect(events.map((e) => e.type)).toEqual([
      "item.created",
      "item.created",
      "item.created",
      "item.deleted",
      "author.changed",
    ]);
    expect(ignored).toEqual([{ reason: "other-collection", count: 1 }]);
    expect(broken).toBe(0);
  });

  it("turns byte offsets into ours and leaves out a facet that points nowhere", () => {
    const first = events[0]!;
    if (first.type !== "item.created") throw new Error("no item");
    expect(first.item.entities.map((e) => [e.type, first.item.text.slice(e.start, e.end), e.value])).toEqual([
      ["mention", "@northwind.example", US],
      ["url", "https://track.example/7", "https://track.example/7"],
      ["hashtag", "#help", "help"],
    ]);
    expect(first.item).toMatchObject({
      language: "en-GB",
      why: ["mention"],
      addressedTo: [US],
      thread: { key: "post:at://did:plc:qk3zr7carlaexample000001/app.bsky.feed.post/3mexamplepost1" },
      permalink: "https://bsky.app/profile/did:plc:qk3zr7carlaexample000001/post/3mexamplepost1",
    });
  });

  it("keeps root and parent of a reply, its picture, and the claimed time as a claim", () => {
    expect(events[1]).toMatchObject({
      item: {
        kind: "comment",
        language: "de",
        why: ["reply"],
        createdAt: 0,
        thread: {
          rootId: "at://did:plc:qk3zr7carlaexample000001/app.bsky.feed.post/3mexamplepost1",
          parentId: `at://${US}/app.bsky.feed.post/3mexampleours1`,
        },
        attachments: [{ mime: "image/jpeg", alt: "a torn box", bytes: 48213 }],
      },
    });
    expect(events[2]).toMatchObject({
      item: { why: ["quote"], author: { id: "did:plc:qk3zr7danaexample0000003", scope: "atproto", isSelf: false } },
    });
    expect(events[3]).toMatchObject({
      externalId: "at://did:plc:qk3zr7bobexample0000002/app.bsky.feed.post/3mexamplepost2",
      at: 1795165300000,
    });
  });

  it("never throws, also on frames that are cut or bent", () => {
    const text = body.toString();
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(20), fc.string(), (at, length, junk) => {
        parse(new TextEncoder().encode(text.slice(0, at) + junk + text.slice(at + length)));
      }),
    );
    fc.assert(fc.property(fc.array(fc.json()), (lines) => void parse(new TextEncoder().encode(lines.join("\n")))));
  });
});

describe("utf16Offsets", () => {
  it("agrees with an encoder at every character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const offsetOf = utf16Offsets(text);
        for (let i = 0; i <= text.length; i++)
          if (text.slice(0, i).isWellFormed()) expect(offsetOf(Buffer.byteLength(text.slice(0, i)))).toBe(i);
      }),
    );
    expect(utf16Offsets("é")(1)).toBeUndefined();
  });
});
