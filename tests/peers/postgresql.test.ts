import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { debianPostgres, type PeerServer, startDebianPostgres } from "./debian-postgres.ts";

const ROOT = join(import.meta.dirname, "../..");
/** Everything that stands on a database; what tests our own supervisor of PostgreSQL is left out. */
const PLACES = ["server", "tests/house/row-level-security", "tests/house/column-classes"];
const SUITE_MS = 15 * 60_000;

const found = debianPostgres();
if (!found)
  console.log(
    "postgresql: *not run*, because no PostgreSQL lies in /usr/lib/postgresql (Debian: apt install postgresql)",
  );

describe.skipIf(!found)(`PostgreSQL ${found?.version} of this machine, by DATABASE_URL`, () => {
  let server: PeerServer;
  let folder: string;
  const children = new Set<ChildProcess>();
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "hubbub-peer-report-"));
    server = await startDebianPostgres(found!.bin);
  });
  afterAll(async () => {
    for (const child of children) child.kill("SIGTERM");
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Our own programs with only DATABASE_URL telling them where to store. */
  async function run(args: readonly string[]): Promise<{ code: number | null; said: string }> {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|HUBBUB_|NODE_OPTIONS|NODE_ENV|TEST$)/.test(name),
    );
    const env = { ...Object.fromEntries(inherited), DATABASE_URL: server.url, HUBBUB_DATA_DIR: join(folder, "data") };
    const child = spawn(process.execPath, [...args], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    children.add(child);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    children.delete(child);
    return { code, said };
  }

  it(
    "holds the whole store and journal suite",
    async () => {
      const report = join(folder, "report.json");
      const reporters = ["--reporter=json", `--outputFile.json=${report}`];
      const { said } = await run(["node_modules/vitest/vitest.mjs", "run", ...reporters, ...PLACES]);
      const result = JSON.parse(readFileSync(report, "utf8")) as {
        numPassedTests: number;
        testResults: {
          name: string;
          status: string;
          message: string;
          assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
        }[];
      };
      const broken = result.testResults
        .filter((file) => file.status === "failed")
        .flatMap((file) => {
          const failed = file.assertionResults.filter((t) => t.status === "failed");
          if (failed.length === 0) return [`${file.name}: ${file.message}`];
          return failed.map((t) => `${file.name}: ${t.fullName}: ${t.failureMessages[0]?.split("\n")[0]}`);
        });
      expect(broken, said.slice(-2_000)).toEqual([]);
      expect(result.numPassedTests).toBeGreaterThan(200);
      console.log(`postgresql: ${result.numPassedTests} tests of ours passed on PostgreSQL ${found!.version}`);
    },
    SUITE_MS,
  );

  it("serves the command line: a first account is made, and the check finds nothing", async () => {
    const email = "first@northwind.example";
    const made = await run(["server/cli.ts", "account", "create", "--name", "Northwind", "--email", email]);
    expect(made, made.said).toMatchObject({ code: 0, said: expect.stringContaining(`Sign in   ${email}`) });
    const checked = await run(["server/cli.ts", "check"]);
    expect(checked, checked.said).toMatchObject({ code: 0, said: expect.stringContaining("nothing found") });
  });
});
