import { readFileSync, realpathSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { exitCodes, StartError } from "../errors.ts";
import { commandLine, isAlive, processesIn } from "../process-identity.ts";
import type { SupervisorLog } from "./environment.ts";
import { type PostmasterPid, parsePostmasterPid } from "./postmaster-pid.ts";

export function readPostmasterPid(cluster: string): PostmasterPid | undefined {
  try {
    return parsePostmasterPid(readFileSync(join(cluster, "postmaster.pid"), "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Deals with what an earlier server left in the cluster after a kill by force. A server that still runs is stopped
 * (stopping rather than adopting: the new one has its own settings and is our child, so its end is seen). A process id
 * that belongs to a stranger by now is removed. A plainly stale file is left to PostgreSQL, which also checks whether
 * shared memory is still in use.
 */
export async function clearLeftover(cluster: string, log: SupervisorLog): Promise<void> {
  const left = readPostmasterPid(cluster);
  if (!left) return;
  const folder = realpathSync(cluster);
  if (isOurs(left.pid, folder)) {
    log.warn(`stopping a PostgreSQL that an earlier start left behind (process ${left.pid})`);
    await stopStranger(left.pid, "SIGINT");
  }
  // Sessions whose server was killed leave on their own unless a query keeps them busy; with one of them alive a second
  // server would ruin the files.
  for (const pid of processesIn(folder)) if (/postgres/.test(commandLine(pid))) await stopStranger(pid, "SIGQUIT");
  if (readPostmasterPid(cluster)?.pid === left.pid && isAlive(left.pid)) unlinkSync(join(cluster, "postmaster.pid"));
}

/** The address of the server that runs in this cluster, if one does and is ready. */
export function runningPort(cluster: string): number | undefined {
  const found = readPostmasterPid(cluster);
  return found?.status === "ready" && isOurs(found.pid, realpathSync(cluster)) ? found.port : undefined;
}

function isOurs(pid: number, folder: string): boolean {
  if (!isAlive(pid)) return false;
  const command = commandLine(pid);
  return /postgres/.test(command) && (command.includes(folder) || processesIn(folder).includes(pid));
}

async function stopStranger(pid: number, signal: NodeJS.Signals): Promise<void> {
  const rounds: [NodeJS.Signals, number][] = [
    [signal, 60_000],
    ["SIGQUIT", 10_000],
  ];
  for (const [name, milliseconds] of rounds) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ESRCH") return;
      break;
    }
    for (let waited = 0; waited < milliseconds; waited += 20) {
      if (!isAlive(pid)) return;
      await pause(20);
    }
  }
  throw new StartError(
    `A PostgreSQL from an earlier start (process ${pid}) still uses the data folder and does not stop. End it by hand (kill -INT ${pid}) and start again.`,
    exitCodes["already-running"],
  );
}
