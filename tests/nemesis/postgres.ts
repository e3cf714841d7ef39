import type { ChildProcess } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { silentLog } from "../../server/platform/log.ts";
import { prepareBinaries } from "../../server/platform/postgres/binaries.ts";
import { ownerOf } from "../../server/platform/postgres/cluster.ts";
import { startEmbeddedPostgres } from "../../server/platform/postgres/index.ts";
import { clearLeftover } from "../../server/platform/postgres/leftover.ts";
import { unprivilegedUser } from "../../server/platform/postgres/run-as.ts";
import { startServer, stopServer } from "../../server/platform/postgres/server-process.ts";
import { lowPort } from "./low-port.ts";

/** A real PostgreSQL that we may kill. Its own supervisor would bring it back by itself, later and later each time. */
export interface Postgres {
  readonly port: number;
  /** Address of the superuser, straight, for a database of this name. */
  url(database: string): string;
  readonly runs: boolean;
  /** SIGKILL to the postmaster; its sessions see that and leave. */
  kill(): Promise<void>;
  /** SIGKILL to one session: PostgreSQL then throws all others out and recovers by itself. False when there was none. */
  killBackend(nth: number): boolean;
  /** SIGSTOP to all its processes: writers, sessions and the postmaster. */
  stall(): void;
  resume(): void;
  start(): Promise<void>;
  destroy(): Promise<void>;
}

export async function openPostgres(dataDir: string): Promise<Postgres> {
  const made = await startEmbeddedPostgres({ dataDir, log: silentLog });
  const superuser = new URL(made.cluster.superuser);
  const port = await lowPort();
  superuser.port = String(port);
  const cluster = made.folder;
  await made.stop();
  const runAs = ownerOf(cluster, unprivilegedUser());
  const { postgres: program } = prepareBinaries({ dataDir, runAs, log: silentLog });
  const options = {
    ...{ program, cluster, runAs, log: silentLog, logFile: join(dataDir, "postgres.log") },
    // Processes die here, not the machine: what was handed to the system is kept without waiting for the disk.
    settings: { fsync: "off", full_page_writes: "off" },
  };
  let child: ChildProcess | undefined;
  const onExit = () => {
    for (const pid of family()) signal(pid, "SIGKILL");
  };
  process.on("exit", onExit);

  function signal(pid: number, name: NodeJS.Signals): void {
    try {
      process.kill(pid, name);
    } catch {
      // It is gone already.
    }
  }
  /** The postmaster and all that it started. */
  function family(): number[] {
    return child?.pid ? [child.pid, ...childrenOf(child.pid)] : [];
  }
  async function start(): Promise<void> {
    if (child) return;
    await clearLeftover(cluster, silentLog);
    child = await startServer(port, options);
  }
  await start();
  return {
    port,
    url(database) {
      const url = new URL(superuser);
      url.pathname = `/${database}`;
      return url.href;
    },
    get runs() {
      return child !== undefined;
    },
    async kill() {
      const dying = child;
      if (!dying) return;
      const gone = new Promise<void>((resolve) => dying.once("exit", () => resolve()));
      for (const pid of family()) signal(pid, "SIGCONT");
      dying.kill("SIGKILL");
      child = undefined;
      await gone;
    },
    killBackend(nth) {
      const sessions = childrenOf(child?.pid ?? -1).filter((pid) =>
        /^postgres: \S+ \S+ \S+\(\d+\)/.test(commandOf(pid)),
      );
      const pid = sessions[nth % Math.max(1, sessions.length)];
      if (pid === undefined) return false;
      signal(pid, "SIGKILL");
      return true;
    },
    stall: () => family().forEach((pid) => void signal(pid, "SIGSTOP")),
    resume: () => family().forEach((pid) => void signal(pid, "SIGCONT")),
    start,
    async destroy() {
      for (const pid of family()) signal(pid, "SIGCONT");
      if (child) await stopServer(child, silentLog);
      child = undefined;
      process.off("exit", onExit);
      // It may lie outside of the data folder, where its user can reach it.
      rmSync(cluster, { recursive: true, force: true });
    },
  };
}

function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
