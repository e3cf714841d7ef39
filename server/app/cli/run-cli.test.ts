import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabases, freshDatabases } from "../../../tests/support/fresh-database.ts";
import { subjects } from "./backtest.ts";
import { runCli } from "./run-cli.ts";

let env: NodeJS.ProcessEnv = {};
async function hubbub(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(args, {
    env,
    out: (line) => void out.push(`${line}\n`),
    err: (line) => void err.push(`${line}\n`),
  });
  return { code, out: out.join(""), err: err.join("") };
}

describe("the command line", () => {
  it("without a word, with help and with --help lists its commands", async () => {
    for (const args of [[], ["help"], ["--help"], ["-h"]]) {
      const { code, out } = await hubbub(...args);
      expect(code).toBe(args.length === 0 ? 64 : 0);
      for (const name of [
        "account",
        "backtest",
        "backup",
        "blobs",
        "channel",
        "check",
        "health",
        "outbound",
        "parked",
        "restore",
        "scenario",
        "stop-switch",
        "traffic",
        "trace",
      ])
        expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
    }
  });

  it.each([
    "account",
    "backtest",
    "backup",
    "blobs",
    "check",
    "health",
    "outbound",
    "parked",
    "restore",
    "scenario",
    "stop-switch",
    "traffic",
    "trace",
  ])("%s tells how it is called", async (name) => {
    for (const args of [
      [name, "--help"],
      ["help", name],
      [name, "anything", "-h"],
    ]) {
      const { code, out } = await hubbub(...args);
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`^npm run hubbub -- ${name}`));
    }
  });

  it.each([
    [["nothing-like-it"], 'There is no command "nothing-like-it"'],
    [["constructor"], 'There is no command "constructor"'],
    [["account"], "account create"],
    [["account", "create"], "--name is missing"],
    [["account", "create", "--name", "N", "--email", "nobody"], "--email is no e-mail address"],
    [["account", "create", "--name", "N", "--email", "a@b.example", "--zone", "Mars/Base"], "no time zone"],
    [["account", "create", "--name", "N", "--email", "a@b.example", "--language", "?"], "no language tag"],
    [["account", "list", "--loud"], "--loud"],
    [["channel"], "channel add"],
    [["channel", "add"], "which network"],
    [["channel", "add", "bluesky"], "--handle is missing"],
    [["channel", "add", "bluesky", "--handle", "a.example"], "--app-password-stdin is missing"],
    [
      ["channel", "add", "bluesky", "--handle", "a.example", "--app-password-stdin", "--service", "a.example"],
      "is no address",
    ],
    [
      [
        "channel",
        "add",
        "bluesky",
        "--handle",
        "a.example",
        "--app-password-stdin",
        "--no-stream",
        "--jetstream",
        "wss://a.example",
      ],
      "exclude",
    ],
    [["parked", "retry"], "--reader and --key"],
    [["parked", "retry", "--reader", "x", "--key", "y"], 'There is no reader "x"'],
    [["stop-switch"], "stop-switch on"],
    [["stop-switch", "on"], "--reason is missing"],
    [["trace"], "Say one conversation"],
    [["blobs"], 'Say "blobs move"'],
    [["backtest"], "subject is missing"],
    [["backtest", "horoscope"], 'There is no subject "horoscope"'],
  ])("%j is not understood: the sentence, the usage, exit code 64", async (args, sentence) => {
    const { code, out, err } = await hubbub(...args);
    expect(err).toContain(sentence);
    expect(err).toContain("npm run hubbub --");
    expect([code, out]).toEqual([64, ""]);
  });

  it("where there is no database yet says so and makes none", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hubbub-cli-none-"));
    env = { HUBBUB_DATA_DIR: join(folder, "data") };
    const { code, err } = await hubbub("check");
    expect([code, await readdir(folder)]).toEqual([1, []]);
    expect(err).toContain("There is no database in");
    await rm(folder, { recursive: true });
  });

  it("ends with the exit code of a database that cannot be reached", async () => {
    env = { DATABASE_URL: "mysql://northwind" };
    expect(await hubbub("health")).toMatchObject({
      code: 14,
      err: expect.stringContaining("DATABASE_URL is not an address"),
    });
  });
});

describe("an operator's day", () => {
  let databases: FreshDatabases;
  beforeAll(async () => {
    databases = await freshDatabases();
    env = await databases.environment();
  });
  afterAll(() => databases.close());
  const create = (email: string, ...more: string[]) =>
    hubbub("account", "create", "--name", "Northwind", "--email", email, ...more);

  it("makes accounts, each address once, also at the same moment", async () => {
    expect((await hubbub("account", "list")).out).toBe("No account yet.\n");
    const first = await create("Priya.Nair@northwind.example", "--zone", "Europe/London", "--language", "de");
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^Password {2}[a-zA-Z2-9]{24}$/m);
    expect(first.out).toContain("Sign in   priya.nair@northwind.example");
    const again = await create("priya.nair@NORTHWIND.example");
    expect(again).toMatchObject({ code: 1, out: "" });
    expect(again.err).toContain("is here already");
    const both = await Promise.all([create("two@northwind.example"), create("two@northwind.example")]);
    expect(both.map((b) => b.code).sort()).toEqual([0, 1]);
    const { out } = await hubbub("account", "list");
    expect(out.match(/Northwind {2}\(brands: Northwind; 1 active agents\)/g)).toHaveLength(2);
  });

  it("stops and releases what leaves; with several accounts it has to be said whose", async () => {
    const unsaid = await hubbub("stop-switch", "on", "--reason", "drill");
    expect(unsaid.code).toBe(1);
    expect(unsaid.err).toContain("There are several accounts");
    const id = /[0-9a-f-]{36}/.exec(unsaid.err)![0];
    expect(
      (await hubbub("stop-switch", "on", "--reason", "drill", "--account", id, "--brand", "Nobody")).err,
    ).toContain('has no brand "Nobody"');
    const on = await hubbub("stop-switch", "on", "--reason", "drill", "--account", id, "--brand", "Northwind");
    expect(on.out).toMatch(/^Northwind: Northwind is stopped since .*: drill$/m);
    expect((await hubbub("stop-switch", "show", "--account", id)).out).toBe(on.out);
    expect((await hubbub("stop-switch", "off", "--account", id, "--brand", "Northwind")).out).toBe(
      "Northwind: nothing is stopped.\n",
    );
  });

  it("looks after the house: nothing parked, nothing wrong, and says what waits", async () => {
    expect(await hubbub("parked", "list")).toMatchObject({ code: 0, out: "Nothing is parked.\n" });
    expect(await hubbub("parked", "retry", "--reader", "routing", "--key", "k")).toMatchObject({
      code: 1,
      err: expect.stringContaining("Nothing of k is parked for routing"),
    });
    expect(await hubbub("check")).toMatchObject({ code: 0, out: "2 accounts looked through: nothing found.\n" });
    const health = await hubbub("health", "--url", "http://127.0.0.1:1");
    expect(health.out).toMatch(/server at 127.0.0.1:1 +does not run/);
    expect(health.out).toMatch(/parked events +0/);
    expect(health.out).toMatch(/default partitions +empty/);
    expect(health.code).toBe(0);
  });
});

describe("backtest", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hubbub-cli-backtest-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("knows every subject that a module offers", async () => {
    const modules = join(import.meta.dirname, "../../modules");
    const found: string[] = [];
    for (const module of await readdir(modules))
      for (const file of await readdir(join(modules, module, "backtest")).catch(() => []))
        if (/export (async )?function run\(/.test(await readFile(join(modules, module, "backtest", file), "utf8")))
          found.push(file.replace(/\.ts$/, ""));
    expect(found.sort()).toEqual(Object.keys(subjects).sort());
  });

  it("reads plain and packed rows, and packs what ends in .gz", async () => {
    const row = `${JSON.stringify({ id: "a", texts: ["my card is 4242 4242 4242 4242"] })}\n`;
    const [plain, packed] = [join(folder, "in.jsonl"), join(folder, "in.bin")];
    await writeFile(plain, row);
    await writeFile(packed, gzipSync(row));
    const [one, two] = [join(folder, "one.jsonl"), join(folder, "two.jsonl.gz")];
    expect((await hubbub("backtest", "redact", "--in", plain, "--out", one)).code).toBe(0);
    expect(await hubbub("backtest", "redact", "--in", packed, `--out=${two}`)).toMatchObject({
      code: 0,
      err: expect.stringContaining("1 rows answered (1 card)"),
    });
    const answer = await readFile(one, "utf8");
    expect(answer).not.toContain("4242 4242 4242");
    expect(gunzipSync(await readFile(two)).toString()).toBe(answer);
    expect((await readdir(folder)).sort()).toEqual(["in.bin", "in.jsonl", "one.jsonl", "two.jsonl.gz"]);
  });

  it.each([
    ["a missing file", "none.jsonl", null],
    ["a row that is no JSON", "bad.jsonl", "{"],
  ])("tells of %s in a sentence and leaves no output", async (_, name, content) => {
    if (content !== null) await writeFile(join(folder, name), content);
    const out = join(folder, "never.jsonl.gz");
    const { code, err } = await hubbub("backtest", "redact", "--in", join(folder, name), "--out", out);
    expect(code).toBe(64);
    expect(err).not.toMatch(/\n\s+at /);
    expect(err.length).toBeGreaterThan(20);
    expect((await readdir(folder)).filter((f) => f.startsWith("never"))).toEqual([]);
  });
});
