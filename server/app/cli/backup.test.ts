import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostileRows } from "../../../tests/support/backup-town.ts";
import { type Company, makeCompany } from "../../../tests/support/company.ts";
import { eventually } from "../../../tests/support/eventually.ts";
import { makeDatabase, type OwnDatabase } from "../../../tests/support/own-database.ts";
import { useKeyRing } from "../../modules/company/index.ts";
import { systemClock } from "../../platform/clock.ts";
import { addressFromUrl } from "../../platform/database-url.ts";
import { openDatabase } from "../../platform/db.ts";
import { runCli } from "./run-cli.ts";

const KEY = "5a".repeat(32);
const CHECKOUT = join(import.meta.dirname, "../../..");
let folder: string;
let source: OwnDatabase;
let company: Company;
const opened: OwnDatabase[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hubbub-backup-cli-"));
  source = await database();
  useKeyRing(Buffer.from(KEY, "hex"));
  const db = openDatabase(await addressFromUrl(source.url), systemClock, { appConnections: 1, systemConnections: 1 });
  company = await makeCompany(db, systemClock.now(), {
    ...{ baseUrl: "http://127.0.0.1:9", network: "n", profileId: "p", handle: "northwind", token: "t", appSecret: "s" },
  });
  await hostileRows(db, company);
  await db.close();
  await mkdir(join(folder, "source"));
  await writeFile(join(folder, "source/master.key"), KEY);
});
afterAll(async () => {
  for (const one of opened) await one.drop();
  await rm(folder, { recursive: true, force: true });
});

async function database(empty = false): Promise<OwnDatabase> {
  const made = await makeDatabase({ empty });
  opened.push(made);
  return made;
}
const envOf = (of: OwnDatabase, dataDir: string) => ({ DATABASE_URL: of.url, HUBBUB_DATA_DIR: join(folder, dataDir) });
async function hubbub(env: NodeJS.ProcessEnv, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(args, { env, out: (line) => void out.push(line), err: (line) => void err.push(line) });
  return { code, out: out.join("\n"), err: err.join("\n") };
}
/** Starts the program as an operator does and kills it by force as soon as it has said `word`. */
function killAt(env: Record<string, string>, word: string, ...args: string[]): Promise<string> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, ["server/cli.ts", ...args], { cwd: CHECKOUT, env: { PATH, ...env } });
  return new Promise((resolve, reject) => {
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => {
        said += text;
        if (said.includes(word)) child.kill("SIGKILL");
      });
    child.once("error", reject);
    child.once("close", (_code, signal) =>
      signal === "SIGKILL" ? resolve(said) : reject(new Error(`it ended: ${said}`)),
    );
  });
}

describe("backup and restore at the command line", () => {
  it("a backup tells where it is and where the key is; a copy goes into an empty place only, with the key", async () => {
    const target = join(folder, "backup");
    const made = await hubbub(envOf(source, "source"), "backup", target);
    expect(made).toMatchObject({ code: 0, err: "" });
    expect(made.out).toMatch(/Done {5}[\d,]+ rows of \d+ tables, 0 files, as of 20/);
    expect(made.out).toContain(`It lies in ${join(folder, "source/master.key")}: keep a copy of it in another place`);
    expect(made.out).not.toContain(KEY);
    expect((await readdir(target)).sort()).toEqual(["SHA256SUMS", "manifest.json", "tables"]);

    expect(await hubbub(envOf(source, "source"), "backup", target)).toMatchObject({ code: 23 });
    const fresh = await database(true);
    const env = envOf(fresh, "fresh");
    expect(await hubbub(env, "restore", target)).toMatchObject({
      code: 24,
      err: expect.stringContaining("--key-file"),
    });
    await writeFile(join(folder, "wrong.key"), "6b".repeat(32));
    await writeFile(join(folder, "short.key"), "6b");
    expect(await hubbub(env, "restore", target, "--key-file", join(folder, "wrong.key"))).toMatchObject({ code: 24 });
    expect((await hubbub(env, "restore", target, "--key-file", join(folder, "short.key"))).err).toContain(
      "64 hex digits",
    );
    expect(await fresh.query("select 1 from pg_class where relname = 'account'")).toEqual([]);

    const done = await hubbub(env, "restore", target, "--key-file", join(folder, "source/master.key"));
    expect(done).toMatchObject({ code: 0, err: "" });
    expect(done.out).toContain("every table equals the backup");
    expect(await readFile(join(folder, "fresh/master.key"), "utf8")).toBe(KEY);
    expect(await hubbub(env, "restore", target)).toMatchObject({
      code: 23,
      err: expect.stringContaining("is not empty"),
    });

    const shown = await hubbub(env, "outbound", "show");
    expect(shown.out).toMatch(/Northwind: sending is stopped since .*: Restored from a backup of/);
    expect((await hubbub(env, "outbound", "resume")).out).toContain("Northwind: sending goes on.");
    expect((await hubbub(env, "outbound", "show")).out).toContain("Northwind: sending is not stopped.");
    // A stop of a person's is not lifted by the way.
    await hubbub(env, "stop-switch", "on", "--reason", "drill");
    expect((await hubbub(env, "outbound", "resume")).out).toContain("It was not a restore that stopped it");
    expect((await hubbub(env, "stop-switch", "show")).out).toContain("drill");
  });

  it("an account goes to another installation by two commands and a key file", async () => {
    const key = join(folder, "transfer.key");
    await writeFile(key, "3c".repeat(32));
    const target = join(folder, "export");
    const made = await hubbub(envOf(source, "source"), "account", "export", "Northwind", target, "--key-file", key);
    expect(made).toMatchObject({ code: 0, err: "" });
    expect((await hubbub(envOf(source, "source"), "restore", target)).err).toContain("one account only");
    const other = await database();
    const env = envOf(other, "other");
    expect(await hubbub(env, "account", "import", target)).toMatchObject({ code: 24 });
    expect(await hubbub(env, "account", "import", target, "--key-file", key)).toMatchObject({ code: 0, err: "" });
    expect((await hubbub(env, "account", "list")).out).toContain(`${company.accountId}  Northwind`);
    expect(await hubbub(env, "account", "import", target, "--key-file", key)).toMatchObject({ code: 23 });
    expect((await hubbub(env, "account", "import", join(folder, "backup"))).err).not.toBe("");
  });

  it.each([
    [["backup"], "Name one folder."],
    [["backup", "a", "b"], "Name one folder."],
    [["restore"], "Name the folder of the backup."],
    [["account", "export", "Northwind"], "Name the account and one folder"],
    [["account", "import"], "Name one folder"],
    [["outbound"], "outbound show"],
  ])("%j is not understood", async (args, sentence) => {
    expect(await hubbub({}, ...args)).toMatchObject({ code: 64, err: expect.stringContaining(sentence) });
  });

  it("does not put a backup into the folder it is made of", async () => {
    const { code, err } = await hubbub(envOf(source, "source"), "backup", join(folder, "source", "backup"));
    expect([code, err.split("\n")[0]]).toEqual([64, expect.stringContaining("lies in the data folder")]);
  });
});

describe("killed by force in the middle", () => {
  it("a backup is not there, and the next one is whole and names what was left", async () => {
    const target = join(folder, "killed backup");
    await killAt(envOf(source, "source"), "  channel ", "backup", target);
    expect((await readdir(folder)).filter((n) => n.startsWith("killed backup"))).toEqual([
      expect.stringMatching(/^killed backup\.unfinished-[0-9a-f]{8}$/),
    ]);
    const { code, out } = await hubbub(envOf(source, "source"), "backup", target);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/unfinished-[0-9a-f]{8} is left of a backup that was killed/),
    ]);
    expect(await readdir(target)).toContain("manifest.json");
  });

  it.each(["  channel ", "comparing what was loaded"])(
    "a restore at “%s” has written nothing, and is run again",
    async (word) => {
      const target = join(folder, "backup for kills");
      await hubbub(envOf(source, "source"), "backup", target);
      const fresh = await database(true);
      const env = { ...envOf(fresh, `killed at ${word.trim()}`), HUBBUB_MASTER_KEY: KEY };
      await killAt(env, word, "restore", target);
      await eventually(
        "PostgreSQL has noticed",
        async () =>
          (
            await fresh.query(
              "select 1 from pg_stat_activity where datname = current_database() and application_name = 'hubbub restore'",
            )
          ).length === 0,
      );
      expect(await fresh.query("select 1 from pg_class where relname = 'account'")).toEqual([]);
      expect(await hubbub(env, "restore", target)).toMatchObject({ code: 0, err: "" });
      expect(await fresh.query("select name from account")).toEqual([{ name: "Northwind" }]);
    },
  );
});
