import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImportLine } from "./import-options.ts";
import { fileHash, fileLines, MOST_LINE } from "./input-lines.ts";
import { RejectedFile } from "./rejected-file.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hubbub-import-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: string | Uint8Array): Promise<ImportLine[]> {
  const file = join(folder, "lines.jsonl");
  await writeFile(file, bytes);
  const lines: ImportLine[] = [];
  for await (const line of fileLines(file)) lines.push(line);
  return lines;
}

describe("lines of a file", () => {
  it.each([
    ["nothing", "", []],
    ["a last line without an end", '{"a":1}\n{"b":2}', [{ value: { a: 1 } }, { value: { b: 2 } }]],
    [
      "ends of two characters and blank lines",
      '1\r\n\r\n  \n"x"\n',
      [1, null, null, "x"].map((v) => (v === null ? { blank: true } : { value: v })),
    ],
    ["a byte order mark", '\ufeff{"a":1}\n', [{ value: { a: 1 } }]],
    ["no JSON", "{a}\n", [{ fault: "is no JSON. Every line has to be one JSON object." }]],
    ["NUL", '{"a":"\u0000"}\n', [{ fault: "has a NUL character." }]],
    ["no UTF-8", Buffer.from([0x22, 0xff, 0x22, 0x0a]), [{ fault: "is no UTF-8 text." }]],
    [
      "nesting without end",
      `${"[".repeat(100_000)}\n`,
      [{ fault: "is no JSON. Every line has to be one JSON object." }],
    ],
  ])("of %s", async (_, bytes, expected) => {
    expect(await read(bytes)).toEqual(expected);
    expect(await read(gzipSync(bytes))).toEqual(expected);
  });

  it("takes a line of a megabyte, sets a longer one aside and holds no more of it", async () => {
    const longest = JSON.stringify("x".repeat(MOST_LINE - 2));
    const lines = await read(`${longest}\n${JSON.stringify("y".repeat(5_000_000))}\n1\n`);
    expect(lines).toEqual([
      { value: "x".repeat(MOST_LINE - 2) },
      { fault: "is longer than 1048576 bytes." },
      { value: 1 },
    ]);
  });

  it("keeps memory bounded over a line of 200 MB", async () => {
    const file = join(folder, "huge.gz");
    const part = gzipSync("z".repeat(20_000_000));
    await writeFile(file, "");
    // Ten packed parts behind one another are one packed file.
    for (let i = 0; i < 10; i++) await appendFile(file, part);
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 5);
    const before = process.memoryUsage().rss;
    const lines: ImportLine[] = [];
    for await (const line of fileLines(file)) lines.push(line);
    clearInterval(watch);
    expect(lines).toEqual([{ fault: "is longer than 1048576 bytes." }]);
    expect(most - before).toBeLessThan(150_000_000);
  });

  it("says that a packed file is damaged", async () => {
    await expect(read(gzipSync("1\n".repeat(10_000)).subarray(0, 40))).rejects.toMatchObject({
      code: expect.stringMatching(/^Z_/),
    });
  });

  it("names a file by its bytes", async () => {
    const file = join(folder, "named");
    await writeFile(file, "abc");
    expect(await fileHash(file)).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});

describe("the file of rejected lines", () => {
  it("takes back what was written for lines that were not committed, and begins anew with a new import", async () => {
    const input = join(folder, "in.jsonl");
    const written = async () =>
      (await readFile(`${input}.rejected.jsonl`, "utf8"))
        .trim()
        .split("\n")
        .filter(Boolean)
        .map((l) => JSON.parse(l).line);
    const first = new RejectedFile(input, 0);
    first.add([{ line: 2, why: "is no JSON." }]);
    first.add([
      { line: 5, why: "is no JSON." },
      { line: 7, why: 'has no "id".' },
    ]);
    // The transaction of the second batch was tried again.
    first.add([
      { line: 5, why: "is no JSON." },
      { line: 7, why: 'has no "id".' },
    ]);
    first.close();
    expect(await written()).toEqual([2, 5, 7]);
    const resumed = new RejectedFile(input, 4);
    resumed.add([{ line: 5, why: "is no JSON." }]);
    resumed.close();
    expect(await written()).toEqual([2, 5]);
    expect(JSON.parse((await readFile(resumed.path, "utf8")).split("\n")[0]!)).toEqual({
      line: 2,
      reason: "The line is no JSON.",
    });
    new RejectedFile(input, 0).close();
    await expect(written()).rejects.toThrow("ENOENT");
  });
});
