/**
 * Writes down which statements a release sends to its database, so that every later schema can be tried with them (DESIGN D18).
 * Run it on the release's own tree, once, when it is released:
 *
 *   node tools/record-statements.ts 0.1.0 [folder of the release]
 *
 * It runs the release's tests of modules, API and journeys, listens at the database driver, and keeps what the program itself asked for (not
 * what tests asked) as the application's and the system's role. The result is migrations/released/<version>.json.
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { briefly, type Release, type Role, type Statement, shapeOf } from "./released-statements.ts";

const listening = process.env.HUBBUB_RECORD_TO;
if (listening) listen(listening, process.env.HUBBUB_RECORD_ROOT ?? "");
else await record();

/** Inside each process of the test run: notes a statement when it is first sent. */
function listen(folder: string, root: string): void {
  const known = new Set<string>();
  const client = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const send = client.query;
  client.query = function (this: pg.Client, ...args: unknown[]) {
    const text = typeof args[0] === "string" ? args[0] : (args[0] as { text?: unknown } | undefined)?.text;
    const role = roleOf(this);
    if (typeof text === "string" && role && !known.has(`${role} ${text}`) && isOfProgram(root)) {
      known.add(`${role} ${text}`);
      appendFileSync(join(folder, `${process.pid}.ndjson`), `${JSON.stringify({ role, sql: text })}\n`);
    }
    return send.apply(this, args);
  };
}

function roleOf(client: pg.Client): Role | null {
  const { user, options } = (client as unknown as { connectionParameters: { user?: string; options?: string } })
    .connectionParameters;
  const said = `${options ?? ""} ${user ?? ""}`;
  return said.includes("hubbub_app") ? "app" : said.includes("hubbub_system") ? "system" : null;
}

/** The nearest file of the project on the way to the driver is part of the program. */
function isOfProgram(root: string): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 80;
  const way = new Error().stack ?? "";
  Error.stackTraceLimit = stackTraceLimit;
  const files = [...way.matchAll(/(?:file:\/\/)?(\/[^\s():]+\.ts)\b/g)].map((m) => m[1]!);
  const near = files.find((f) => f.startsWith(`${root}/`) && !f.includes("/node_modules/"));
  return near?.startsWith(`${root}/server/`) === true && !near.endsWith(".test.ts");
}

async function record(): Promise<void> {
  const [version, from = "."] = process.argv.slice(2);
  if (!version || !/^\d+\.\d+\.\d+$/.test(version)) {
    process.stderr.write("Say the version: node tools/record-statements.ts 0.1.0 [folder of the release]\n");
    process.exit(2);
  }
  const root = resolve(from);
  const folder = mkdtempSync(join(tmpdir(), "hubbub-statements-"));
  const tests = ["server", "tests/api", "tests/journeys"];
  const run = spawnSync(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), "run", ...tests], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      ...{ HUBBUB_RECORD_TO: folder, HUBBUB_RECORD_ROOT: root },
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import=${import.meta.url}`.trim(),
    },
  });
  const heard = readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Statement),
  );
  rmSync(folder, { recursive: true, force: true });
  const release: Release = {
    version,
    migrations: readdirSync(join(root, "migrations"))
      .filter((name) => name.endsWith(".sql"))
      .sort(),
    statements: briefly(heard),
  };
  const place = fileURLToPath(new URL("../migrations/released/", import.meta.url));
  mkdirSync(place, { recursive: true });
  const list = join(place, `${version}.json`);
  writeFileSync(list, `${JSON.stringify(release, null, 2)}\n`);
  const biome = fileURLToPath(new URL("../node_modules/@biomejs/biome/bin/biome", import.meta.url));
  spawnSync(process.execPath, [biome, "format", "--write", list], { stdio: "inherit" });
  const shapes = new Set(heard.map((s) => `${s.role} ${shapeOf(s.sql)}`));
  process.stdout.write(
    `${release.statements.length} statements of ${shapes.size} shapes, ${release.migrations.length} migrations; the tests ended with ${run.status}.\n`,
  );
}
