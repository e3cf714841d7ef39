import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { freePort, runServer } from "../tests/support/server-process.ts";
import { type Bench, counted, type Figure } from "./measure.ts";

/** DESIGN §6 looks a minute after readiness. */
const AFTER_MS = 60_000;
const ROUNDS = 2;

/** Megabytes of a process: resident, and its proportional share of what it has in common with others. */
async function memoryOf(pid: number): Promise<{ rss: number; pss: number }> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? Number.NaN) / 1_024;
  return { rss: of("Rss"), pss: of("Pss") };
}

/** All processes that descend from this one. */
async function descendants(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc"))
    if (/^\d+$/.test(name)) {
      const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
      // The name of the program stands in brackets and may hold anything.
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      parents.set(Number(name), parent);
    }
  const found = [pid];
  for (let i = 0; i < found.length; i++)
    for (const [child, parent] of parents) if (parent === found[i]) found.push(child);
  return found.slice(1);
}

async function look(dataDir: string): Promise<{ rss: number; pss: number; database: number; processes: number }> {
  const server = runServer({ HUBBUB_DATA_DIR: dataDir, PORT: String(await freePort()), NODE_ENV: "production" });
  try {
    await server.ready();
    await after(AFTER_MS);
    const own = await memoryOf(server.pid);
    const others = await descendants(server.pid);
    if (others.length === 0) throw new Error("the server's PostgreSQL was not found among its processes");
    let database = 0;
    for (const pid of others) database += (await memoryOf(pid).catch(() => ({ pss: 0 }))).pss;
    return { ...own, database, processes: others.length };
  } finally {
    server.kill("SIGTERM");
    await server.ended;
  }
}

export const memory: Bench = {
  about: "Server and PostgreSQL 60 s after readiness, demo off: first start, then a later one (Linux only).",
  async run({ folder, say }) {
    const seen = [];
    for (let round = 0; round < ROUNDS; round++) seen.push(await look(join(folder, "data")));
    say(`PostgreSQL ran as ${seen.map((s) => s.processes).join(" and ")} processes`);
    const megabytes = (what: string, rounds: number[]): Figure => counted(what, "MB", rounds);
    return [
      megabytes(
        "server, resident (RSS)",
        seen.map((s) => s.rss),
      ),
      megabytes(
        "server, proportional (PSS)",
        seen.map((s) => s.pss),
      ),
      megabytes(
        "PostgreSQL, all processes (PSS)",
        seen.map((s) => s.database),
      ),
      megabytes(
        "both (PSS)",
        seen.map((s) => s.pss + s.database),
      ),
    ];
  },
};
