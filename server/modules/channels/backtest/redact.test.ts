import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { run } from "./redact.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hubbub-redact-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const input = [
  { id: "a", lang: "en", texts: ["it is 5555 5555", "5555 4444, cvv 118"], extra: 1 },
  { id: 2, texts: ["order 5555555555554445 for ines@post.example"] },
]
  .map((row) => `${JSON.stringify(row)}\n`)
  .join("");

async function rowsOf(name: string) {
  return (await readFile(join(folder, name), "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}

test.each(["plain", "gzip"])("cleans every row, %s", async (form) => {
  await writeFile(join(folder, "in"), form === "gzip" ? gzipSync(input) : input);
  const report = await run(["--in", join(folder, "in"), "--out", join(folder, "out")]);
  expect(report).toEqual({ rows: 2, found: { card: 2, cvv: 1, email: 1 } });
  expect(await rowsOf("out")).toMatchObject([
    { id: "a", texts: ["it is [card]", "[card …4444], cvv [code]"] },
    { id: 2, texts: ["order 5555555555554445 for [e-mail]"], found: [{ kind: "email", text: 0, start: 27, end: 44 }] },
  ]);
});

test.each([
  ["{broken", "Line 1"],
  ['{"id":1}', '"texts"'],
  ['{"id":1,"texts":[1]}', '"texts"'],
])("%s is refused in words, and leaves no file", async (line, words) => {
  await writeFile(join(folder, "in"), line);
  await expect(run(["--in", join(folder, "in"), "--out", join(folder, "out")])).rejects.toThrow(words);
  expect(await readdir(folder)).toEqual(["in"]);
});

test("a broken gzip file is an error, not a short result", async () => {
  await writeFile(join(folder, "in"), gzipSync(input).subarray(0, 60));
  await expect(run(["--in", join(folder, "in"), "--out", join(folder, "out")])).rejects.toThrow();
  expect(await readdir(folder)).toEqual(["in"]);
});

test("without files it says what it needs", async () => {
  await expect(run([])).rejects.toThrow("--in rows.jsonl --out clean.jsonl");
});
