import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { unprivilegedUser } from "../../server/platform/postgres/run-as.ts";

const HOME = "/usr/lib/postgresql";

/** The programs of the newest PostgreSQL that Debian's packages have put on this machine, if any. */
export function debianPostgres(): { version: number; bin: string } | undefined {
  if (!existsSync(HOME)) return undefined;
  const found = readdirSync(HOME)
    .map((name) => ({ version: Number(name), bin: join(HOME, name, "bin") }))
    .filter(({ version, bin }) => version > 0 && ["initdb", "postgres"].every((p) => existsSync(join(bin, p))));
  return found.sort((a, b) => b.version - a.version)[0];
}

export interface PeerServer {
  /** For DATABASE_URL: an ordinary login that may make roles and databases, as hosted servers give one. */
  url: string;
  stop(): Promise<void>;
}

/** A cluster of its own in a temporary folder, on loopback only, as an unprivileged user. */
export async function startDebianPostgres(bin: string): Promise<PeerServer> {
  const user = unprivilegedUser();
  const folder = mkdtempSync(join(tmpdir(), "hubbub-peer-"));
  const password = randomBytes(16).toString("hex");
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const as = { cwd: "/", env: { PATH: "/usr/bin:/bin", LC_ALL: "C" }, uid: user?.uid, gid: user?.gid };
  try {
    chmodSync(folder, 0o700);
    if (user) chownSync(folder, user.uid, user.gid);
    const secret = join(folder, "password");
    writeFileSync(secret, password, { mode: 0o600 });
    if (user) chownSync(secret, user.uid, user.gid);
    const data = join(folder, "data");
    const made = spawnSync(
      join(bin, "initdb"),
      ["-D", data, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${secret}`, "--encoding=UTF8", "--locale=C"],
      { ...as, encoding: "utf8" },
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
    const port = await freePort();
    const settings = [
      ["listen_addresses", "127.0.0.1"],
      ["unix_socket_directories", ""],
      ["fsync", "off"],
    ];
    const args = ["-D", data, "-p", String(port), ...settings.flatMap(([key, value]) => ["-c", `${key}=${value}`])];
    const child = spawn(join(bin, "postgres"), args, { ...as, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      said = (said + text).slice(-4_000);
    });
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    const stop = async () => {
      await end(child);
      process.removeListener("exit", kill);
      remove();
    };
    try {
      const admin = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
      await ready(admin, child, () => said);
      await ask(admin, `create role desk login createdb createrole password '${password}'`);
      await ask(admin, "create database desk owner desk");
      return { url: `postgres://desk:${password}@127.0.0.1:${port}/desk`, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    remove();
    throw error;
  }
}

async function ready(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (let tries = 0; child.exitCode === null && tries < 600; tries++) {
    if (
      await ask(url, "select 1").then(
        () => true,
        () => false,
      )
    )
      return;
    await pause(50);
  }
  throw new Error(`PostgreSQL did not become ready: ${said()}`);
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** "Fast" shut-down: sessions are ended, nothing is lost. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
