import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { builtApp } from "../../tests/support/built-app.ts";

/** All that a visitor's browser loads for a chat in one language. Bytes of gzip. */
const MOST = 30 * 1024;
/** What stands in the host's page. */
const LOADER_MOST = 5 * 1024;

let folder = "";
const files = new Map<string, string>();

beforeAll(async () => {
  folder = await builtApp("widget");
  for (const name of await readdir(folder, { recursive: true }))
    if (/\.(js|css|html)$/.test(name)) files.set(name, await readFile(join(folder, name), "utf8"));
}, 120_000);

const weight = (name: string) => gzipSync(files.get(name) ?? "", { level: 9 }).length;
const isLanguage = (name: string) => /assets[/\\][a-z]{2}-[\w-]+\.js$/.test(name);

test("loader, frame and the heaviest language stay within the weight", () => {
  const languages = [...files.keys()].filter(isLanguage);
  expect(languages).toHaveLength(8);
  const rest = [...files.keys()].filter((name) => !isLanguage(name));
  expect(rest.some((name) => name.endsWith(".css"))).toBe(true);
  const all = rest.reduce((sum, name) => sum + weight(name), 0) + Math.max(...languages.map(weight));
  expect(all).toBeGreaterThan(10_000);
  expect(all, [...files.keys()].map((name) => `${name} ${weight(name)}`).join(", ")).toBeLessThanOrEqual(MOST);
  expect(weight("widget.js")).toBeGreaterThan(1_000);
  expect(weight("widget.js")).toBeLessThanOrEqual(LOADER_MOST);
});

test("the loader is one closed script: it names nothing of its own on the page and loads nothing behind it", () => {
  const loader = files.get("widget.js")!;
  expect(loader.startsWith('(()=>{"use strict";')).toBe(true);
  expect(loader.trimEnd().endsWith("})();")).toBe(true);
  expect(loader).not.toMatch(/\bimport\b|\bexport\b|sourceMappingURL/);
  // What a page may have spoilt is not used.
  expect(loader).not.toMatch(/\bJSON\b|\bfetch\b|\bPromise\b|\.map\(|\.forEach\(|innerHTML|eval\(/);
});

test("the frame's page obeys a content policy of 'self', and no React, zod or macro is in it", () => {
  const page = files.get(join("frame", "index.html"))!;
  expect(page).toMatch(/<script type="module"[^>]* src="\/widget\/assets\//);
  expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
  for (const [name, text] of files) {
    expect(
      /react|ZodError|The macro you imported|innerHTML|\beval\(|new Function/i.exec(text)?.[0],
      name,
    ).toBeUndefined();
    if (name.endsWith(".css")) expect(text).not.toMatch(/url\(/);
  }
});
