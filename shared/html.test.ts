import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeHtml, Html, type HtmlValue, html, safeUrl, trusted } from "./html.ts";

describe("html", () => {
  test("escapes what is put in", () => {
    const evil = `"><script>alert('x')</script>&\``;
    expect(String(html`<p title="${evil}">${evil}</p>`)).toBe(
      `<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&#96;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&#96;</p>`,
    );
  });

  test("keeps html within html, joins lists, drops nothings", () => {
    const items = ["a", "<b>"].map((x) => html`<li>${x}</li>`);
    expect(String(html`<ul>${items}${null}${false}${undefined}${true}${0}</ul>`)).toBe(
      "<ul><li>a</li><li>&lt;b&gt;</li>0</ul>",
    );
    expect(String(html`${trusted("<hr>")}`)).toBe("<hr>");
  });

  test("an object that only looks like html is refused", () => {
    const forged = { toString: () => "<script>" };
    expect(() => html`${forged as unknown as HtmlValue}`).toThrow(TypeError);
    expect(forged instanceof Html).toBe(false);
  });

  test("no text can open a tag or leave an attribute", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const out = String(html`${text}`);
        expect(out).not.toMatch(/[<>"'`]/);
        expect(out.isWellFormed()).toBe(true);
      }),
    );
  });

  test("controls and lone surrogates become a visible mark", () => {
    expect(escapeHtml("a\u0000b\ud800c")).toBe("a\uFFFDb\uFFFDc");
  });
});

test.each([
  ["https://example.org/a?b=1", "https://example.org/a?b=1"],
  ["/posts/1", "/posts/1"],
  ["#top", "#top"],
  ["?q=a", "?q=a"],
  ["mailto:a@example.org", "mailto:a@example.org"],
  ["javascript:alert(1)", "#"],
  [" JaVaScRiPt:alert(1)", "#"],
  ["data:text/html,x", "#"],
  ["//evil.example", "#"],
  ["/\\evil.example", "#"],
  ["/\t/evil.example", "#"],
  ["java\nscript:alert(1)", "#"],
  ["relative", "#"],
])("safeUrl(%s)", (given, wanted) => {
  expect(safeUrl(given)).toBe(wanted);
});
