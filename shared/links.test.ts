import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findEntities } from "./entities.ts";
import { findLinks } from "./links.ts";

const links = (text: string) => findLinks(text).map(({ start, end }) => text.slice(start, end));

describe("links", () => {
  test.each<[string, string[]]>([
    ["no link here.", []],
    ["see https://a.example.", ["https://a.example"]],
    ["(https://a.example/b)", ["https://a.example/b"]],
    ["https://a.example/wiki_(disambiguation)", ["https://a.example/wiki_(disambiguation)"]],
    ["https://a.example/?q=1&r=2#top!", ["https://a.example/?q=1&r=2#top"]],
    ["HTTPS://A.EXAMPLE:8080/x", ["HTTPS://A.EXAMPLE:8080/x"]],
    ["go to northwind.com, now", ["northwind.com"]],
    ["store.co.uk/help works", ["store.co.uk/help"]],
    ["日本語northwind.comです", ["northwind.com"]],
    ["https://bücher.example/ä", ["https://bücher.example/ä"]],
    ["http://192.168.0.1/x", ["http://192.168.0.1/x"]],
    ["ines@northwind.com", []],
    ["ines.rocha@northwind.com", []],
    ["@northwind.com", []],
    ["version 2.0.1 and 3.14", []],
    ["e.g. this, i.e. that", []],
    ["read.me and file.txt", ["read.me"]],
    ["ftp://a.example", []],
    ["http://-bad.example http://bad-.example", []],
    ["https://", []],
    [`https://${"a".repeat(64)}.example`, []],
    ["http://ok.example/ähttp://no.example", ["http://ok.example/ähttp://no.example"]],
  ])("%j", (text, expected) => expect(links(text)).toEqual(expected));
});

describe("entities", () => {
  test.each<[string, string[]]>([
    ["@northwind my #parcel is late", ["mention northwind", "hashtag parcel"]],
    ["hi @ines@social.example and @ines.bsky.social", ["mention ines@social.example", "mention ines.bsky.social"]],
    ["write to ines@northwind.example", ["email ines@northwind.example"]],
    ["northwind.com/x", ["link https://northwind.com/x"]],
    ["https://a.example/@ines#tag", ["link https://a.example/@ines#tag"]],
    ["#1 and #2026 are none, #2026year is", ["hashtag 2026year"]],
    ["a#b a@b", []],
    ["＃返品 ＠northwind", ["hashtag 返品", "mention northwind"]],
    ["&#39;", []],
  ])("%j", (text, expected) =>
    expect(findEntities(text).map(({ kind, value }) => `${kind} ${value}`)).toEqual(expected),
  );

  test("stand in order, inside the text, and never overlap", () => {
    const bit = fc.constantFrom(
      "@",
      "#",
      ".",
      "a",
      "é",
      "日",
      " ",
      "https://",
      "x.com",
      "/",
      "(",
      "\u{1f44b}",
      "\ud83d",
      "_",
      "-",
      "1",
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 60 }), (bits) => {
        const text = bits.join("");
        let end = 0;
        for (const entity of findEntities(text)) {
          expect(entity.start).toBeGreaterThanOrEqual(end);
          expect(entity.end).toBeGreaterThan(entity.start);
          end = entity.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
