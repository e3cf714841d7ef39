import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { builtApp } from "../../tests/support/built-app.ts";

type Chunk = {
  file: string;
  isEntry?: boolean;
  isDynamicEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
};

/** DESIGN §6: script to the usable queue, and what each further route may add. Bytes of gzip. */
const DESK_MOST = 240 * 1024;
const ROUTE_MOST = 60 * 1024;
/** All the words of one language beside English: they come once, only to who reads it, and each screen adds some. */
const WORDS_MOST = 120 * 1024;

let folder = "";
let manifest: Record<string, Chunk> = {};
const texts = new Map<string, string>();

beforeAll(async () => {
  folder = await builtApp("web");
  manifest = JSON.parse(await readFile(join(folder, ".vite/manifest.json"), "utf8"));
  for (const name of await readdir(join(folder, "assets"))) {
    if (/\.(js|css)$/.test(name)) texts.set(`assets/${name}`, await readFile(join(folder, "assets", name), "utf8"));
  }
}, 120_000);

/** The files one chunk cannot start without. */
function needed(key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const other of chunk.imports ?? []) needed(other, seen);
  return seen;
}

/** The chunks that one asks for later, and what those ask for. */
function openedFrom(key: string, seen = new Set<string>()): Set<string> {
  for (const later of manifest[key]?.dynamicImports ?? []) {
    if (seen.has(later)) continue;
    seen.add(later);
    openedFrom(later, seen);
  }
  return seen;
}

const weight = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(texts.get(file) ?? "").length, 0);

const entry = () => Object.keys(manifest).find((key) => manifest[key]?.isEntry) ?? "";

test("the desk's script and each further route stay within their weight", () => {
  const first = needed(entry());
  const desk = Object.keys(manifest).find((key) => key.endsWith("desk/desk-page.tsx"));
  expect(weight(first)).toBeGreaterThan(50_000);
  expect(weight(desk ? new Set([...first, ...needed(desk)]) : first)).toBeLessThanOrEqual(DESK_MOST);
  const routes = Object.keys(manifest).filter((key) => manifest[key]?.isDynamicEntry);
  expect(routes.length).toBeGreaterThan(0);
  // What opens inside of the desk adds to the desk, which has its own limit.
  const inside = desk ? openedFrom(desk) : new Set<string>();
  const there = (key: string) => (desk && inside.has(key) ? new Set([...first, ...needed(desk)]) : first);
  expect([...inside].filter((key) => key.endsWith("open-conversation.tsx"))).toHaveLength(1);
  const words = routes.filter((key) => key.startsWith("locales/"));
  expect(words.length).toBeGreaterThan(0);
  for (const key of words) expect(weight(needed(key).difference(first)), key).toBeLessThanOrEqual(WORDS_MOST);
  const heavy = routes
    .filter((key) => !words.includes(key))
    .map((key) => ({ key, bytes: weight([...needed(key)].filter((file) => !there(key).has(file))) }))
    .filter((route) => route.bytes > ROUTE_MOST);
  expect(heavy).toEqual([]);
});

test("no macro reached the browser, and no zod", () => {
  expect([...texts.keys()].filter((file) => file.endsWith(".js")).length).toBeGreaterThan(1);
  for (const [file, text] of texts) {
    expect(text.includes("The macro you imported"), `${file} holds a macro that was not transformed`).toBe(false);
    expect(/ZodError|_zod\b/.test(text), `${file} holds zod`).toBe(false);
  }
});

test("the page obeys a content policy of 'self'", async () => {
  const page = await readFile(join(folder, "index.html"), "utf8");
  const scripts = [...page.matchAll(/<script\b[^>]*>([^<]*)<\/script>/g)];
  expect(scripts.length).toBeGreaterThanOrEqual(2);
  for (const script of scripts) expect(script[1]?.trim(), "an inline script").toBe("");
  expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
  expect(page).toMatch(/rel="preload" as="font"[^>]*latin-wght-normal/);
  for (const [file, text] of texts) {
    if (file.endsWith(".css")) expect(/url\(["']?data:/.test(text), `${file} holds a data: address`).toBe(false);
  }
});

test("colours stay pairs of light and dark", () => {
  const sheets = [...texts].filter(([file]) => file.endsWith(".css")).map(([, text]) => text);
  expect(sheets.join("")).toContain("light-dark(");
});
