import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodes } from "../../server/platform/errors.ts";
import { eventually } from "../support/eventually.ts";
import { makeDatabase, type OwnDatabase } from "../support/own-database.ts";
import { freePort, runServer, type ServerProcess } from "../support/server-process.ts";

let folder: string;
let database: OwnDatabase;
let strange: Server;
const running: ServerProcess[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hubbub-start-"));
  // PostgreSQL's user has to be able to come here.
  chmodSync(folder, 0o755);
  database = await makeDatabase();
  // Speaks, but not PostgreSQL.
  strange = createServer((socket) => {
    socket.on("error", () => {});
    socket.resume();
    socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  await new Promise<void>((resolve) => strange.listen(0, "127.0.0.1", resolve));
  // The first start compiles the whole program and keeps it; five first ones beside each other would each do all of it.
  await (await run({ PORT: String(strangePort()) })).ended;
});
afterAll(async () => {
  for (const server of running) server.kill("SIGKILL");
  await Promise.all(running.map((server) => server.ended));
  await new Promise((resolve) => strange.close(resolve));
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

let dirs = 0;
async function run(env: Record<string, string>): Promise<ServerProcess> {
  const server = runServer({
    ...{ HUBBUB_DATA_DIR: join(folder, `data-${++dirs}`), DATABASE_URL: database.url, PORT: String(await freePort()) },
    ...env,
  });
  running.push(server);
  return server;
}
const strangePort = () => (strange.address() as { port: number }).port;
const inUrl = (change: (url: URL) => void) => {
  const url = new URL(database.url);
  change(url);
  return url.href;
};

describe("a start that cannot be says why in one sentence, and how it ended in its exit code", () => {
  const cases: readonly [
    string,
    keyof typeof exitCodes,
    RegExp,
    () => Promise<Record<string, string>> | Record<string, string>,
  ][] = [
    ["a taken port", "port-taken", /Port \d+ is taken/, () => ({ PORT: String(strangePort()) })],
    [
      "a bucket that cannot be",
      "blob-store",
      /HUBBUB_BLOBS_S3 is no address of the form/,
      () => ({ HUBBUB_BLOBS_S3: "s3://desk" }),
    ],
    ["a port that is a word", "port-taken", /PORT is "web"/, () => ({ PORT: "web" })],
    ["a host that is not here", "port-taken", /HUBBUB_HOST/, () => ({ HUBBUB_HOST: "203.0.113.7" })],
    ["a file in place of the data folder", "data-folder", /data folder/, () => ({ HUBBUB_DATA_DIR: file() })],
    ["a master key that is none", "data-folder", /HUBBUB_MASTER_KEY/, () => ({ HUBBUB_MASTER_KEY: "secret" })],
    [
      "a DATABASE_URL that is none",
      "database-unreachable",
      /DATABASE_URL is not/,
      () => ({ DATABASE_URL: "localhost" }),
    ],
    [
      "nobody at the address",
      "database-unreachable",
      /nothing listens/,
      async () => {
        const port = String(await freePort());
        return { DATABASE_URL: inUrl((url) => Object.assign(url, { hostname: "127.0.0.1", port })) };
      },
    ],
    [
      "something else at the address",
      "database-unreachable",
      /DATABASE_URL points to/,
      () => ({
        DATABASE_URL: inUrl((url) => Object.assign(url, { hostname: "127.0.0.1", port: String(strangePort()) })),
      }),
    ],
    [
      "no such database",
      "database-unreachable",
      /no database of that name/,
      () => ({
        DATABASE_URL: inUrl((url) => Object.assign(url, { pathname: "/nowhere" })),
      }),
    ],
    [
      "no such user",
      "database-unreachable",
      /not let in|password is wrong/,
      () => ({
        DATABASE_URL: inUrl((url) => Object.assign(url, { username: "nobody_here", password: "x" })),
      }),
    ],
    ["a role that is none", "runtime-missing", /HUBBUB_ROLES/, () => ({ HUBBUB_ROLES: "web,chef" })],
  ];
  it.concurrent.each(cases)("%s", async (_, code, says, env) => {
    const server = await run(await env());
    expect(await server.ended, server.err()).toBe(exitCodes[code]);
    expect(server.err()).toMatch(says);
    oneSentence(server);
  });

  it.each([
    [
      "a database that a newer version has used",
      "insert into schema_migration values ('29991231T000000-the-future.sql', 'x', now())",
      /newer version/,
    ],
    [
      "a migration that was edited after it ran",
      "update schema_migration set checksum = 'edited' where name = (select min(name) from schema_migration)",
      /was edited/,
    ],
  ])("%s", async (_, change, says) => {
    const own = await makeDatabase();
    await own.query(change);
    const server = await run({ DATABASE_URL: own.url });
    expect(await server.ended, server.err()).toBe(exitCodes["database-newer"]);
    expect(server.err()).toMatch(says);
    oneSentence(server);
    await own.drop();
  });

  it("a user who may not prepare the database", async () => {
    const own = await makeDatabase({ empty: true });
    const role = new URL(own.url).pathname.slice(1);
    await own.query(`create role ${role} login password 'let me in'`);
    const server = await run({
      DATABASE_URL: inUrl((url) => Object.assign(url, { username: role, password: "let me in", pathname: `/${role}` })),
    });
    expect(await server.ended, server.err()).toBe(exitCodes["database-refused"]);
    expect(server.err()).toContain("create role hubbub_app");
    expect(server.err()).not.toContain("let me in");
    oneSentence(server);
    await own.query(`drop role ${role}`);
    await own.drop();
  });

  it("a data folder that another server uses", async () => {
    const HUBBUB_DATA_DIR = join(folder, "shared");
    const first = await run({ HUBBUB_DATA_DIR });
    await first.ready();
    const second = await run({ HUBBUB_DATA_DIR });
    expect(await second.ended, second.err()).toBe(exitCodes["already-running"]);
    expect(second.err()).toContain(String(first.pid));
    oneSentence(second);
    first.kill("SIGTERM");
    expect(await first.ended).toBe(0);
  });
});

function file(): string {
  const path = join(folder, "a-file");
  writeFileSync(path, "x");
  return path;
}
/** Nothing but one line of words: no stack, no second thought. */
function oneSentence(server: ServerProcess): void {
  const lines = server
    .err()
    .split("\n")
    .filter((line) => line.trim() !== "");
  expect(lines).toHaveLength(1);
  expect(lines[0]!.trim()).toMatch(/^[A-Z].*\w[.?]?$/);
  expect(server.out()).not.toContain("is ready");
}

describe("a start that goes well", () => {
  it("says why it is not ready until it is", async () => {
    const own = await makeDatabase();
    const port = await freePort();
    // Somebody else prepares the database at this moment.
    await own.query("select pg_advisory_lock(4820114)");
    const server = await run({ DATABASE_URL: own.url, PORT: String(port) });
    const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const waiting = await eventually("it waits for the database", async () => {
      const answer = await ask("/healthz");
      const body = (await answer.json()) as { ready: boolean; reasons: { part: string; reason: string }[] };
      return body.reasons.some((r) => r.part === "database") && { status: answer.status, ...body };
    });
    expect(waiting).toMatchObject({ status: 503, ready: false });
    const api = await ask("/api/session");
    expect([api.status, api.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await api.json()).toMatchObject({ code: "not-ready", status: 503, traceId: expect.any(String) });
    const hook = await fetch(`http://127.0.0.1:${port}/hooks/abcdefabcdefabcdef`, { method: "POST", body: "{}" });
    expect(hook.status).toBe(503);
    const page = await ask("/");
    expect([page.status, page.headers.get("content-security-policy")]).toEqual([503, "default-src 'none'"]);
    await own.query("select pg_advisory_unlock(4820114)");
    await server.ready();
    const ready = await ask("/healthz");
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, reasons: [] }]);
    server.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    expect(server.err()).toBe("");
    await own.drop();
  });

  it.each(["SIGTERM", "SIGINT"] as const)("brings its own PostgreSQL, and leaves none behind (%s)", async (signal) => {
    const HUBBUB_DATA_DIR = join(folder, `own-${signal}`);
    const server = await run({ HUBBUB_DATA_DIR, DATABASE_URL: "" });
    await server.ready();
    expect(server.out()).toContain("embedded PostgreSQL");
    const pid = Number(readFileSync(join(HUBBUB_DATA_DIR, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
    expect(alive(pid)).toBe(true);
    server.kill(signal);
    expect(await server.ended, server.err()).toBe(0);
    expect(alive(pid)).toBe(false);
  });

  it("that is broken off leaves no PostgreSQL behind either", async () => {
    const HUBBUB_DATA_DIR = join(folder, "broken-off");
    const server = await run({ HUBBUB_DATA_DIR, DATABASE_URL: "" });
    const pid = await eventually(
      "PostgreSQL runs",
      () => {
        const text = readFileSync(join(HUBBUB_DATA_DIR, "postgres/postmaster.pid"), "utf8");
        return /ready\s*$/.test(text) ? Number(text.split("\n")[0]) : false;
      },
      30_000,
    );
    server.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    expect(alive(pid)).toBe(false);
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
