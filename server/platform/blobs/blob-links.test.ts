import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../clock.ts";
import type { AccountId } from "../ids.ts";
import { plainType, signedPath, verifyPath } from "./blob-links.ts";

const KEY = Buffer.alloc(32, 1);
const NOW = Date.parse("2026-11-17T09:00:00.000Z");
const accountId = "019a8f00-0000-7000-8000-000000000001" as AccountId;
const hash = "ab".repeat(32);
const path = signedPath(KEY, { accountId, hash, mime: "image/png" }, NOW, HOUR);
const query = (change: Record<string, unknown> = {}) => ({
  ...Object.fromEntries(new URL(path, "http://desk.example").searchParams),
  ...change,
});

describe("a link to a blob", () => {
  it("opens one blob of one account until it ends", () => {
    expect(path.startsWith(`/blobs/${hash}?`)).toBe(true);
    expect(verifyPath(KEY, hash, query(), NOW)).toEqual({ accountId, hash, mime: "image/png", leftMs: HOUR });
    expect(verifyPath(KEY, hash, query(), NOW + HOUR - 1)).not.toBeNull();
    expect(verifyPath(KEY, hash, query(), NOW + HOUR)).toBeNull();
  });

  it.each([
    ["another account", { a: accountId.replace(/1$/, "2") }],
    ["a later end", { e: String(NOW / 1_000 + 99_999) }],
    ["another type", { m: "text/html" }],
    ["no signature", { s: undefined }],
    ["an empty signature", { s: "" }],
    ["two signatures", { s: ["a", "b"] }],
    ["an end that is no number", { e: "NaN" }],
    ["an account that is a path", { a: "../.." }],
  ])("with %s opens nothing", (_, change) => {
    expect(verifyPath(KEY, hash, query(change), NOW)).toBeNull();
  });

  it("with another hash or another key opens nothing", () => {
    expect(verifyPath(KEY, "cd".repeat(32), query(), NOW)).toBeNull();
    expect(verifyPath(Buffer.alloc(32, 2), hash, query(), NOW)).toBeNull();
  });

  it("lasts a day at most", () => {
    for (const ttl of [0, -1, DAY + 1, Number.NaN])
      expect(() => signedPath(KEY, { accountId, hash, mime: "a/b" }, NOW, ttl)).toThrow("up to a day");
  });

  it.each([
    ["image/png", "image/png"],
    ["Image/PNG; charset=x", "image/png"],
    ["text/html\r\nSet-Cookie: a=b", "application/octet-stream"],
    ["", "application/octet-stream"],
    ["../etc", "application/octet-stream"],
  ])("the type %j is %s in a header", (given, plain) => {
    expect(plainType(given)).toBe(plain);
  });
});
