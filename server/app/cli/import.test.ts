import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabases, freshDatabases } from "../../../tests/support/fresh-database.ts";
import { runCli } from "./run-cli.ts";

let databases: FreshDatabases;
let env: NodeJS.ProcessEnv = {};
let folder = "";
beforeAll(async () => {
  databases = await freshDatabases();
  folder = await mkdtemp(join(tmpdir(), "hubbub-import-cli-"));
  env = { HUBBUB_DATA_DIR: join(folder, "data"), ...(await databases.environment()) };
  await hubbub("account", "create", "--name", "Northwind", "--email", "priya@northwind.example");
}, 120_000);
afterAll(async () => {
  await databases.close();
  await rm(folder, { recursive: true, force: true });
});

async function hubbub(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(args, {
    env,
    out: (line) => void out.push(`${line}\n`),
    err: (line) => void err.push(`${line}\n`),
  });
  return { code, out: out.join(""), err: err.join("") };
}

const rows = [
  {
    id: "1",
    at: "2026-03-02T09:00:00Z",
    channel: "x",
    by: "customer",
    from: "@tina",
    text: "@northwind pass 5510 beeps red",
  },
  {
    id: "2",
    at: "2026-03-02T09:20:00Z",
    channel: "x",
    by: "company",
    from: "nw",
    to: "@tina",
    reply_to: "1",
    text: "Sorry! Please mail us.",
  },
  {
    id: "3",
    at: "2026-03-04T18:00:00Z",
    channel: "email",
    by: "customer",
    from: "tina@post.example",
    text: "Pass 5510, still red.",
  },
];
const jsonl = (...lines: unknown[]) => lines.map((l) => (typeof l === "string" ? l : JSON.stringify(l))).join("\n");

describe("import and export", () => {
  it("brings a file in, sets bad lines aside and ends with 1; the same file again brings nothing", async () => {
    const file = join(folder, "history.jsonl");
    await writeFile(file, jsonl(rows[0], "{not json", "", rows[1], { ...rows[2], at: "soon" }, rows[2]));
    const first = await hubbub("import", file);
    expect(first.out).toContain("3 new messages");
    expect(first.out).toContain("2 lines were set aside");
    expect([first.code, first.err.includes("[")]).toEqual([1, true]);
    expect(
      (await readFile(`${file}.rejected.jsonl`, "utf8"))
        .trim()
        .split("\n")
        .map((l) => JSON.parse(l)),
    ).toEqual([
      { line: 2, reason: "The line is no JSON. Every line has to be one JSON object." },
      { line: 5, reason: 'The line has a "at" that is no ISO 8601 time since 1970.' },
    ]);
    const second = await hubbub("import", file);
    expect(second.out).toContain("nothing new");
    const packed = join(folder, "history.jsonl.gz");
    await writeFile(packed, gzipSync(jsonl(...rows)));
    const third = await hubbub("import", packed, "--brand", "northwind");
    expect([third.code, third.out]).toEqual([0, expect.stringContaining("0 new messages, 3 that were here already")]);
  }, 120_000);

  it("writes the same back, packed where the name says so", async () => {
    const file = join(folder, "out.jsonl.gz");
    const done = await hubbub("export", file, "--account", "Northwind");
    expect([done.code, done.out]).toEqual([0, expect.stringContaining("Exported 3 rows of Northwind")]);
    const back = gunzipSync(await readFile(file))
      .toString()
      .trim()
      .split("\n")
      .map((l) => JSON.parse(l));
    expect(back.map((r) => r.id).sort()).toEqual(["1", "2", "3"]);
    for (const row of back) expect(row).toMatchObject({ conversation: expect.any(String), text: expect.any(String) });
  }, 60_000);

  it.each([
    [["import"], 64, "Name one file to import."],
    [["export"], 64, "Name one file to write."],
    [["import", "no-such-file.jsonl"], 1, "There is no file no-such-file.jsonl"],
    [["import", import.meta.filename, "--account", "Nobody"], 1, 'There is no account "Nobody"'],
    [["import", import.meta.filename, "--brand", "Nobody"], 1, 'There is no brand "Nobody". There are: Northwind.'],
    [["import", import.meta.filename, "--fast"], 64, "--fast"],
  ])("%j ends with %i", async (args, code, words) => {
    expect(await hubbub(...args)).toMatchObject({ code, err: expect.stringContaining(words) });
  });

  it("says of a damaged archive what is in and what to do", async () => {
    const file = join(folder, "damaged.gz");
    await writeFile(
      file,
      gzipSync(jsonl(...Array.from({ length: 500 }, (_, i) => ({ ...rows[0], id: `d${i}` })))).subarray(0, -30),
    );
    expect(await hubbub("import", file)).toMatchObject({ code: 1, err: expect.stringContaining("is damaged") });
  }, 60_000);
});

it("backtest route --export writes an account's past week, which can be read again", async () => {
  const file = join(folder, "week.jsonl.gz");
  const { code, out } = await hubbub("backtest", "route", "--export", file, "--account", "Northwind", "--days", "2");
  expect({ code, out }).toMatchObject({
    code: 0,
    out: expect.stringMatching(/lines of Northwind to .*no word of a customer/),
  });
  const lines = gunzipSync(await readFile(file))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(new Set(lines.map((line) => line.type))).toEqual(new Set(["rules", "queue", "agent"]));
  expect((await hubbub("backtest", "route", "--export", file, "--days", "0")).err).toMatch(/--days is a number/);
  expect((await hubbub("backtest", "route", "--export", "")).err).toMatch(/Name the file/);
});
