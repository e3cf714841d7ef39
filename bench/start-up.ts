import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { silentLog } from "../server/platform/log.ts";
import { startEmbeddedPostgres } from "../server/platform/postgres/index.ts";
import { type Bench, type Figure, inTurns, median, seconds } from "./measure.ts";

const ROUNDS = 3;
const ROOT = join(import.meta.dirname, "..");
const GIVE_UP_MS = 60_000;

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Starts the server as the launcher does until `/healthz` says it is ready; then stops it. */
async function toReady(dataDir: string, demo: "on" | "off"): Promise<number> {
  const port = await freePort();
  const env = {
    ...{ ...process.env, PORT: String(port), PLAYGROUND_PORT: String(await freePort()) },
    ...{ HUBBUB_DATA_DIR: dataDir, HUBBUB_DEMO: demo, DATABASE_URL: "" },
  };
  let child: ChildProcess | undefined;
  try {
    return await seconds(async () => {
      const preload = join(ROOT, "bin", "preload.mjs");
      child = spawn(process.execPath, ["--import", preload, "server/main.ts"], { cwd: ROOT, env, stdio: "ignore" });
      await ready(port, child);
    });
  } finally {
    if (child && child.exitCode === null) {
      const gone = new Promise((resolve) => child!.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
    }
  }
}

async function ready(port: number, child: ChildProcess): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < GIVE_UP_MS) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const ok = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.ok;
      },
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("the server did not become ready");
}

async function databaseAlone(dataDir: string): Promise<number> {
  const began = performance.now();
  const server = await startEmbeddedPostgres({ dataDir, log: silentLog });
  const took = (performance.now() - began) / 1_000;
  await server.stop();
  return took;
}

export const startUp: Bench = {
  about:
    "From starting the program to its readiness, demo off and on: with an empty data folder, and with one that is there.",
  async run({ folder }) {
    const first: number[] = [];
    const again: number[] = [];
    const demoFirst: number[] = [];
    const demoAgain: number[] = [];
    const database: number[] = [];
    const there = (round: number) => join(folder, `data-${round}`);
    await inTurns(ROUNDS, [
      async (round) => {
        // Each round begins with its own empty folder, whichever part comes first.
        first.push(await toReady(there(round), "off"));
        again.push(await toReady(there(round), "off"));
        demoFirst.push(await toReady(join(folder, `demo-${round}`), "on"));
        demoAgain.push(await toReady(join(folder, `demo-${round}`), "on"));
        database.push(await databaseAlone(there(round)));
      },
    ]);
    const figure = (what: string, rounds: number[]): Figure => ({ what, value: median(rounds), unit: "s", rounds });
    const base = median(database);
    const beside = (what: string, rounds: number[]): Figure => ({
      ...figure(what, rounds),
      baseline: { what: "starting PostgreSQL alone", value: base, ratio: median(rounds) / base },
    });
    return [
      figure("first start, database made", first),
      beside("start", again),
      figure("first start with the demo", demoFirst),
      beside("start with the demo", demoAgain),
    ];
  },
};
