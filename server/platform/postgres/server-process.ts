import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { exitCodes, StartError } from "../errors.ts";
import { cleanEnvironment, type SupervisorLog } from "./environment.ts";
import { readPostmasterPid } from "./leftover.ts";
import type { RunAs } from "./run-as.ts";
import { serverSettings } from "./settings.ts";

export interface ServerOptions {
  program: string;
  cluster: string;
  logFile: string;
  runAs: RunAs | undefined;
  settings: Record<string, string> | undefined;
  log: SupervisorLog;
}

const LOG_LIMIT = 10_000_000;

/**
 * Starts PostgreSQL on a port and waits until it takes connections, however long the recovery after a crash may last.
 * An aborted `signal` ends it while it is starting.
 */
export async function startServer(port: number, options: ServerOptions, signal?: AbortSignal): Promise<ChildProcess> {
  const { program, cluster, logFile, runAs, log } = options;
  if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT) renameSync(logFile, `${logFile}.old`);
  // A file and not a pipe: the server outlives a killed parent, and must be able to go on writing until it is found.
  const output = openSync(logFile, "a", 0o600);
  const before = statSync(logFile).size;
  const child = spawn(program, ["-D", cluster, ...serverSettings(port, options.settings)], {
    cwd: "/",
    env: cleanEnvironment(),
    stdio: ["ignore", output, output],
    // A process group of its own: Ctrl-C on a terminal must not stop the database before the server has drained.
    detached: true,
    uid: runAs?.uid,
    gid: runAs?.gid,
  });
  closeSync(output);
  let gone = false;
  child.once("exit", () => (gone = true));
  child.once("error", () => (gone = true));
  const giveUp = () => child.kill("SIGINT");
  signal?.addEventListener("abort", giveUp, { once: true });
  for (let waited = 0; !gone; waited += 10) {
    const state = readPostmasterPid(cluster);
    if (state?.pid === child.pid && state?.status === "ready") {
      signal?.removeEventListener("abort", giveUp);
      return child;
    }
    if (waited % 5000 === 4990) log.info("PostgreSQL is still recovering from its last end …");
    await pause(10);
  }
  throw startFailure(readFileSync(logFile, "utf8").slice(before));
}

/** Ends the server: open transactions are rolled back, everything committed is on disk (PostgreSQL's "fast" shutdown). */
export async function stopServer(child: ChildProcess, log: SupervisorLog): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGINT");
  const impatient = setTimeout(() => {
    log.warn("PostgreSQL does not stop; it is made to, and will recover at the next start");
    child.kill("SIGQUIT");
  }, 60_000);
  await ended;
  clearTimeout(impatient);
}

/** A port of the loopback address that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Another program took the port between our asking and PostgreSQL's binding it. */
export class PortTaken extends Error {
  override message = "its port is taken by another program";
}

function startFailure(text: string): Error {
  if (/could not bind|could not create any TCP\/IP sockets/.test(text)) return new PortTaken();
  if (/No space left on device/.test(text)) {
    return new StartError(
      "PostgreSQL cannot start: the disk is full. Free some space and start again.",
      exitCodes["disk-full"],
    );
  }
  const fatal = text.split("\n").filter((line) => /FATAL|PANIC|DETAIL|HINT/.test(line));
  const why = (fatal.length > 0 ? fatal : text.trim().split("\n")).slice(-3).join(" ");
  return new StartError(
    `PostgreSQL does not start: ${why || "it ended without a word"}. Its log is postgres.log in the data folder; a database that runs elsewhere can be used by setting DATABASE_URL.`,
    exitCodes["cannot-run-postgres"],
  );
}
