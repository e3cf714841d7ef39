import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Json } from "../../support/api-client.ts";

const HERE = import.meta.dirname;
const INSTALL_MS = 15 * 60_000;

/** Why the network cannot be started here; null when it can. Installs its package when that is missing. */
export async function whyNot(): Promise<string | null> {
  if (await isInstalled()) return null;
  const missing = ["g++", "make", "python3"].filter((name) => spawnSync(name, ["--version"]).error);
  if (missing.length > 0)
    return `its package has to be compiled and ${missing.join(", ")} cannot be started here (Debian: apt install g++ make python3)`;
  // The locked Node brings its own headers: nothing is downloaded for them, and what is compiled fits it.
  const home = dirname(dirname(process.execPath));
  const { code, said } = await run("npm", ["ci", "--no-audit", "--no-fund"], {
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}`,
    ...(existsSync(join(home, "include/node/node.h")) && { npm_config_nodedir: home }),
  });
  if (code === 0 && (await isInstalled())) return null;
  // A half installed package would look whole the next time.
  rmSync(join(HERE, "node_modules"), { recursive: true, force: true });
  return `its package cannot be installed: ${said.slice(-600) || "npm ci did not end in time"}`;
}

/** The one part that is compiled can be loaded by this Node. */
async function isInstalled(): Promise<boolean> {
  const probe = 'new (require("better-sqlite3"))(":memory:").close()';
  return existsSync(join(HERE, "node_modules")) && (await run(process.execPath, ["-e", probe])).code === 0;
}

/** Not by a synchronous call: the test runner wants signs of life. */
async function run(program: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(program, args, {
    ...{ cwd: HERE, env: { ...process.env, ...env }, timeout: INSTALL_MS },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (said = (said + text).slice(-4_000)));
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  return { code, said };
}

export interface PeerNetwork {
  /** One act of network.mjs. */
  ask(what: string, given?: object): Promise<Json>;
  pds: string;
  plc: string;
  firehose: string;
  stop(): Promise<void>;
}

/** Starts the network in a process of its own; its files are removed with it. */
export async function startPeerNetwork(appView?: { postgresUrl: string; redisHost: string }): Promise<PeerNetwork> {
  const folder = mkdtempSync(join(tmpdir(), "hubbub-peer-bluesky-"));
  const child = spawn(process.execPath, [join(HERE, "network.mjs"), ...(appView ? ["--app-view"] : [])], {
    cwd: HERE,
    env: {
      ...{ PATH: process.env.PATH, TMPDIR: folder, LOG_ENABLED: "false", NODE_ENV: "test" },
      ...(appView && { DB_POSTGRES_URL: appView.postgresUrl, REDIS_HOST: appView.redisHost }),
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const waiting = new Map<number, { resolve(value: Json): void; reject(error: Error): void }>();
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said = (said + text).slice(-4_000);
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    void gone.then(() => {
      reject(new Error(`the network ended: ${said}`));
      for (const { reject } of waiting.values()) reject(new Error(`the network ended: ${said}`));
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const answer = parse(line);
      if (answer?.ready) resolve();
      const asked = waiting.get(answer?.id);
      if (!asked) return;
      waiting.delete(answer.id);
      if (answer.error) asked.reject(new Error(answer.error));
      else asked.resolve(answer.ok);
    });
  });
  const stop = async () => {
    child.stdin.end();
    const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(late);
    rmSync(folder, { recursive: true, force: true });
  };
  let n = 0;
  const ask = (what: string, given: object = {}) =>
    new Promise<Json>((resolve, reject) => {
      const id = ++n;
      waiting.set(id, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ id, do: what, ...given })}\n`);
    });
  try {
    await ready;
    return { ask, stop, ...(await ask("facts")) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function parse(line: string): Json {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** A Redis of its own in memory, on loopback. */
export async function startRedis(): Promise<{ host: string; stop(): Promise<void> }> {
  const port = await freePort();
  const settings = ["--bind", "127.0.0.1", "--port", String(port), "--save", "", "--appendonly", "no"];
  const child: ChildProcess = spawn("redis-server", settings, { stdio: ["ignore", "pipe", "ignore"], cwd: tmpdir() });
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
    child.stdout!.setEncoding("utf8").on("data", (text: string) => /Ready to accept/i.test(text) && resolve());
  });
  return {
    host: `127.0.0.1:${port}`,
    async stop() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
    },
  };
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
