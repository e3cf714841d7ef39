import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { exitCodes } from "../../server/platform/errors.ts";
import {
  type ClusterAddress,
  createDatabase,
  dropDatabase,
  findRunningPostgres,
  startEmbeddedPostgres,
} from "../../server/platform/postgres/index.ts";
import { isAlive } from "../../server/platform/process-identity.ts";

const PROGRAM = fileURLToPath(new URL("support/hold-postgres.ts", import.meta.url));
const NOBODY = "65534";
const isRoot = process.getuid?.() === 0;
const log = { info() {}, warn() {}, error() {} };

interface Held {
  child: ChildProcess;
  pid: number;
  folder: string;
  cluster: ClusterAddress;
}

let parent: string;
let dataDir: string;
let children: ChildProcess[];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "hubbub test ğ "));
  chmodSync(parent, 0o711);
  dataDir = join(parent, "data folder");
  children = [];
});

afterEach(async () => {
  for (const child of children) await stop(child);
  rmSync(parent, { recursive: true, force: true });
});

function launch(args: string[]): ChildProcess {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  return child;
}

/** Starts the program and waits until its PostgreSQL is ready. */
async function hold(...args: string[]): Promise<Held> {
  const child = launch(args);
  let complaints = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    return { child, ...(JSON.parse(line) as Omit<Held, "child">) };
  }
  throw new Error(`the program ended: ${complaints}`);
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
  return child.exitCode;
}

async function refusal(...args: string[]): Promise<{ code: number | null; text: string }> {
  const child = launch(args);
  let text = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  await once(child, "close");
  return { code: child.exitCode, text };
}

async function ask<T>(address: string, text: string): Promise<T[]> {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: "array" })).rows.map((row: T[]) => row[0] as T);
  } finally {
    await client.end();
  }
}

it("keeps what was committed through a kill by force, twice in a row, whatever the machine's zone and language", async () => {
  const first = await hold(dataDir);
  expect(process.env.TZ).toBe("Pacific/Chatham");
  expect(await ask(first.cluster.app, "show timezone")).toEqual(["UTC"]);
  expect(await ask(first.cluster.app, "select lower('ISTANBUL')")).toEqual(["istanbul"]);
  expect(await ask(first.cluster.app, "select datlocale from pg_database where datname = current_database()")).toEqual([
    "C.UTF-8",
  ]);
  await ask(first.cluster.owner, "create table kept(word text)");
  await ask(first.cluster.owner, "insert into kept values ('kept')");
  if (isRoot) expect(statSync(first.folder).uid).not.toBe(0);

  const second = await refusal(dataDir);
  expect(second.code).toBe(exitCodes["already-running"]);
  expect(second.text).toContain(`process ${first.child.pid}`);

  const died = once(first.child, "exit");
  first.child.kill("SIGKILL");
  await died;
  expect(isAlive(first.pid)).toBe(true);
  const third = await hold(dataDir);
  expect(isAlive(first.pid)).toBe(false);
  expect(await ask(third.cluster.owner, "select word from kept")).toEqual(["kept"]);
  expect(await stop(third.child)).toBe(0);
  expect(isAlive(third.pid)).toBe(false);
});

it("has three roles without special rights, extensions, and room for many databases", async () => {
  const postgres = await startEmbeddedPostgres({ dataDir, log, settings: { fsync: "off" } });
  try {
    const { address, cluster } = postgres;
    expect(findRunningPostgres(dataDir)).toEqual(address);
    const special = "rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls";
    const roles = `select rolname || ' ' || (${special}) || ' ' || rolcanlogin from pg_roles where rolname like 'hubbub%' order by 1`;
    expect(await ask(address.app, roles)).toEqual([
      "hubbub_app false true",
      "hubbub_owner false true",
      "hubbub_system false true",
    ]);
    expect(await ask(address.owner, "select extname from pg_extension where extname <> 'plpgsql' order by 1")).toEqual([
      "btree_gin",
      "pg_trgm",
      "unaccent",
    ]);
    const settings = "select setting from pg_settings where name in ('jit', 'listen_addresses', 'fsync') order by name";
    expect(await ask(address.app, settings)).toEqual(["off", "off", "127.0.0.1"]);
    await expect(ask(address.app, "create table mine(n int)")).rejects.toThrow(/permission denied/);
    await expect(ask(address.app.replace(/:[0-9a-f]{48}@/, ":wrong@"), "select 1")).rejects.toThrow(/password/);
    const other = await createDatabase(cluster, 'Other "one"');
    await ask(other.owner, "create table t(n int)");
    await dropDatabase(cluster, 'Other "one"');
    await expect(ask(other.owner, "select 1")).rejects.toThrow(/does not exist/);

    // The server dies: it comes back on the same address.
    const back = new Promise<number>((resolve) => postgres.onExit(({ restartInMs }) => resolve(restartInMs)));
    process.kill(postgres.pid, "SIGKILL");
    expect(await back).toBe(250);
    while ((await ask(address.app, "select 1").catch(() => [])).length === 0) await pause(20);
  } finally {
    await postgres.stop();
  }

  // A stale file with a number that belongs to somebody else by now, and lost passwords: neither is in the way.
  writeFileSync(
    join(postgres.folder, "postmaster.pid"),
    `${process.pid}\n${postgres.folder}\n1\n5432\n\n\n\nready   \n`,
  );
  rmSync(join(dataDir, "postgres-credentials.json"));
  const again = await startEmbeddedPostgres({ dataDir, log, settings: { fsync: "off" } });
  try {
    expect(again.address.owner).not.toBe(postgres.address.owner);
    expect(await ask(again.address.owner, "select current_user::text")).toEqual(["hubbub_owner"]);
    expect(statSync(join(dataDir, "postgres-credentials.json")).mode & 0o777).toBe(0o600);
  } finally {
    await again.destroy();
  }
  expect(existsSync(postgres.folder)).toBe(false);
});

it("runs for an ordinary user, and tells that user which folder cannot be written to", async () => {
  const uid = isRoot ? [NOBODY] : [];
  mkdirSync(dataDir);
  if (isRoot) chownSync(dataDir, Number(NOBODY), Number(NOBODY));
  const held = await hold(dataDir, ...uid);
  expect(held.folder).toBe(join(dataDir, "postgres"));
  expect(await ask(held.cluster.system, "select current_user::text")).toEqual(["hubbub_system"]);
  expect(await stop(held.child)).toBe(0);

  const closed = join(parent, "closed");
  mkdirSync(closed, { mode: 0o555 });
  const { code, text } = await refusal(join(closed, "data"), ...uid);
  expect(code).toBe(exitCodes["data-folder"]);
  expect(text).toMatch(/cannot be written to .* HUBBUB_DATA_DIR/);
});

it.runIf(isRoot)("puts the cluster elsewhere when PostgreSQL's user cannot reach the data folder", async () => {
  chmodSync(parent, 0o700);
  const postgres = await startEmbeddedPostgres({ dataDir, log, settings: { fsync: "off" } });
  try {
    expect(postgres.folder.startsWith(parent)).toBe(false);
    await ask(postgres.address.owner, "create table before(n int)");
    await postgres.stop();
    // Whoever removes the data folder begins anew; the old files stay, under another name.
    rmSync(dataDir, { recursive: true });
    const warnings: string[] = [];
    const anew = await startEmbeddedPostgres({ dataDir, log: { ...log, warn: (text) => warnings.push(text) } });
    const aside = /set aside as ([^;]+);/.exec(warnings.join("\n"))?.[1] ?? "";
    try {
      expect(anew.folder).toBe(postgres.folder);
      expect(existsSync(join(aside, "PG_VERSION"))).toBe(true);
      expect(await ask(anew.address.owner, "select to_regclass('before')::text")).toEqual([null]);
    } finally {
      await anew.destroy();
      if (aside) rmSync(aside, { recursive: true, force: true });
    }
  } finally {
    await postgres.destroy();
  }
});
