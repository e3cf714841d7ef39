import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeReferences, displayPieces, htmlToText, safeHref, safeText } from "./plain-text.ts";

describe("markup becomes text", () => {
  test.each([
    ["<p>Hello <b>Ines</b>,</p><p>it works.<br>Bye</p>", "Hello Ines,\n\nit works.\nBye"],
    ["a<script>alert(1)</script>b", "ab"],
    ["a<SCRIPT src=x>alert('</p>')</SCRIPT >b", "ab"],
    ["a<style>p{}</style><!-- note --><title>t</title>b", "ab"],
    ["<img src=x onerror=alert(1)>text", "text"],
    ["1 < 2 & 3 > 2", "1 < 2 & 3 > 2"],
    ["&lt;b&gt; &amp;lt; &#8364; &#x1f44b; &nosuch; &#0; &#xd800;", "<b> &lt; € \u{1f44b} &nosuch; \ufffd \ufffd"],
    ["<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"],
    ["<a href='https://a.example'>here</a>", "here"],
    ["a<script>never closed", "a"],
    ["a<b", "a<b"],
    ["<!doctype html><p>x", "x"],
    ["  a \n\n b  ", "a b"],
    ["", ""],
  ])("%j", (html, text) => expect(htmlToText(html)).toBe(text));

  test("what comes out holds no tag that went in", () => {
    const bit = fc.constantFrom(
      "<",
      ">",
      "script",
      "/",
      "!--",
      "-->",
      "img",
      " ",
      "onerror=",
      '"',
      "'",
      "a",
      "&lt;",
      "\n",
      "svg",
      "İ",
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 60 }), (bits) => {
        const source = bits.join("");
        const text = htmlToText(source);
        expect(text.length).toBeLessThanOrEqual(source.length);
        if (!source.includes("&")) expect(text).not.toMatch(/<(?:script|svg)[^<>"']*>/u);
      }),
    );
  });

  test.each(["<", "<a ", "<a b='", "<!--", "<script>", "&", "&#", "<p>", "</", "<svg><", '<a "'])(
    "100,000 units of %j are read",
    (piece) => expect(htmlToText(piece.repeat(100_000 / piece.length)).length).toBeLessThanOrEqual(200_000),
  );
});

test("references are decoded once", () => expect(decodeReferences("&amp;amp;")).toBe("&amp;"));
test("a prototype is no character", () =>
  expect(decodeReferences("&constructor; &toString;")).toBe("&constructor; &toString;"));

test("safe text has no controls, no turned lines, no half characters", () => {
  expect(safeText("a\0b\u202ec\r\nd\u2028e\ud83df\u2066g")).toBe("abc\nd\ne\ufffdfg");
  expect(safeText("\u{1f468}\u200d\u{1f469} نص עברית")).toBe("\u{1f468}\u200d\u{1f469} نص עברית");
});

describe("pieces", () => {
  test("of a message", () => {
    expect(displayPieces("@northwind see https://a.example/x #late, or ines@post.example")).toEqual([
      { kind: "mention", text: "@northwind", value: "northwind" },
      { kind: "text", text: " see " },
      { kind: "link", text: "https://a.example/x", href: "https://a.example/x" },
      { kind: "text", text: " " },
      { kind: "hashtag", text: "#late", value: "late" },
      { kind: "text", text: ", or " },
      { kind: "email", text: "ines@post.example", href: "mailto:ines@post.example" },
    ]);
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "https://bank.example@evil.example",
    "not an address",
  ])("%s is linked nowhere", (address) => expect(safeHref(address)).toBeUndefined());

  test("an address that runs into another ends before it", () => {
    expect(displayPieces("a.example/https://b.example/x").map((piece) => piece.text)).toEqual([
      "a.example/",
      "https://b.example/x",
    ]);
  });

  test("put together are the safe text, and link to http, https and mailto only", () => {
    const bit = fc.constantFrom(
      "https://",
      "a.example",
      "@",
      "#",
      "x",
      " ",
      "javascript:",
      "\u202e",
      "/",
      ".com",
      "\ud83d",
      "é",
      ":",
      "日本",
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 40 }), (bits) => {
        const text = bits.join("");
        const pieces = displayPieces(text);
        expect(pieces.map((piece) => piece.text).join("")).toBe(safeText(text));
        for (const piece of pieces) if ("href" in piece) expect(piece.href).toMatch(/^(?:https?:\/\/|mailto:)/u);
      }),
    );
  });
});
