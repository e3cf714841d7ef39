import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readImportRow } from "./import-row.ts";

const NOW = Date.parse("2026-11-17T09:00:00Z");
const good = { id: "1", at: "2026-03-02T09:00:00Z", channel: "x", by: "customer", from: "@Tina", text: "hello" };
const whyNot = (row: unknown) => {
  const read = readImportRow(row, NOW);
  return read.ok ? null : read.why;
};

describe("a line of an import", () => {
  it.each([
    ["2026-03-02T09:00:00Z", "2026-03-02T09:00:00.000Z"],
    ["2004-11-15T12:18Z", "2004-11-15T12:18:00.000Z"],
    ["2026-03-02T09:00:00", "2026-03-02T09:00:00.000Z"],
    ["2026-03-02 09:00:00.25+01:00", "2026-03-02T08:00:00.250Z"],
    ["2026-03-02T09:00:00,5-0730", "2026-03-02T16:30:00.500Z"],
    ["2026-03-02", "2026-03-02T00:00:00.000Z"],
  ])("was said at %s", (at, is) => {
    const read = readImportRow({ ...good, at }, NOW);
    expect(read.ok && new Date(read.row.at).toISOString()).toBe(is);
  });

  it.each([
    [null, "is no JSON object. Every line has to be one."],
    ["text", "is no JSON object. Every line has to be one."],
    [{ ...good, type: "note" }, 'has the type "note". The types are message and outcome.'],
    [{ ...good, id: "" }, 'has no "id".'],
    [{ ...good, id: 7 }, 'has a "id" that is no text.'],
    [{ ...good, id: "x".repeat(501) }, 'has a "id" longer than 500 characters.'],
    [{ ...good, at: undefined }, 'has no "at".'],
    [{ ...good, at: "March 2nd" }, 'has a "at" that is no ISO 8601 time since 1970.'],
    [{ ...good, at: "1969-12-31T23:59:59Z" }, 'has a "at" that is no ISO 8601 time since 1970.'],
    [{ ...good, at: "2026-02-30T25:00:00Z" }, 'has a "at" that is no ISO 8601 time since 1970.'],
    [{ ...good, at: "2027-01-01T00:00:00Z" }, 'has a "at" in the future.'],
    [{ ...good, by: "robot" }, 'has a "by" that is none of customer, company and system.'],
    [{ ...good, from: "@" }, 'has no "from": who of the customers spoke?'],
    [{ ...good, text: undefined }, 'has no "text".'],
    [{ ...good, text: "a\u0000b" }, 'has a NUL character in "text".'],
    [{ ...good, text: "\udc00" }, 'has half a character (a lone surrogate) in "text".'],
    [{ ...good, name: "\ud83d" }, 'has half a character (a lone surrogate) in "name".'],
    [{ ...good, channel: "../x" }, 'has a "channel" that is no name of a network, such as x, fb, email or forum.'],
    [{ ...good, url: "javascript:alert(1)" }, 'has a "url" that is no web address.'],
    [{ ...good, stars: 9 }, 'has "stars" outside of 1 to 5.'],
    [{ ...good, followers: 1e300 }, 'has a "followers" that is no count.'],
    [{ ...good, private: "yes" }, 'has a "private" that is neither true nor false.'],
    [{ ...good, edits: [{ text: "x" }] }, 'has an edit without "at" or "text".'],
    [{ ...good, edits: "x" }, 'has "edits" that are no list of at most 200.'],
    [JSON.parse(`{"__proto__":{"id":"1"},${JSON.stringify(good).slice(1)}`), 'has a field called "__proto__".'],
    [{ type: "outcome", message: "1", channel: "x", at: good.at }, 'has no "outcome".'],
  ])("is refused: %j", (row, why) => {
    expect(whyNot(row)).toBe(why);
  });

  it("reads past what it does not know", () => {
    expect(readImportRow({ ...good, invite: "A1", constructor: 1, toString: null }, NOW)).toMatchObject({
      ok: true,
      row: { id: "1", from: "tina", set: null, replyTo: null, edits: [] },
    });
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.record({ ...fields(), extra: fc.anything() }, { requiredKeys: [] })),
        (row) => {
          const read = readImportRow(row, NOW);
          if (!read.ok) expect(read.why).toMatch(/^(is|has) .*[.?]$/s);
        },
      ),
      { numRuns: 500 },
    );
  });
});

function fields() {
  const any = fc.oneof(fc.string({ unit: "binary" }), fc.anything());
  return Object.fromEntries(
    [...Object.keys(good), "type", "edits", "why", "stars", "url", "set"].map((key) => [key, any]),
  );
}

describe("files of a line", () => {
  const line = { id: "1", at: "2026-01-05T09:00:00Z", channel: "bluesky", by: "customer", from: "carla", text: "look" };
  const read = (files: unknown) => readImportRow({ ...line, files }, Date.UTC(2026, 5, 1));
  it("are named by their addresses", () => {
    expect(read([{ url: "https://cdn.example/a.png", alt: "A box" }])).toMatchObject({
      row: { files: [{ url: "https://cdn.example/a.png", name: "", mime: "", alt: "A box" }] },
    });
    expect(read(undefined)).not.toHaveProperty("row.files");
  });
  it.each([
    ["many"],
    [[null]],
    [[{ name: "a" }]],
    [[{ url: "file:///etc/passwd" }]],
    [Array(101).fill({ url: "https://a.example" })],
  ])("%j are refused with a sentence", (files) => {
    expect(read(files)).toMatchObject({ ok: false, why: expect.stringContaining('"files"') });
  });
});
