import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exitCodes, StartError } from "#platform/errors";
import type { Log } from "#platform/log";

export interface PlaygroundProcess {
  readonly url: string;
  readonly simulatorKey: string;
  readonly pid: () => number | undefined;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../playground/main.ts", import.meta.url));

/** Runs the playground as a program of its own beside the desk, and starts it again when it dies. */
export async function startPlaygroundProcess(opts: {
  dataDir: string;
  host: string;
  port: number;
  log: Log;
}): Promise<PlaygroundProcess> {
  const folder = join(opts.dataDir, "playground");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keyFile = join(folder, "simulator.key");
  if (!existsSync(keyFile)) writeFileSync(keyFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  const simulatorKey = readFileSync(keyFile, "utf8").trim();
  let stopping = false;
  let child: ReturnType<typeof spawn> | undefined;
  let backOff = 500;
  let began = false;

  const run = () =>
    new Promise<string>((resolve, reject) => {
      const next = spawn(process.execPath, [MAIN], {
        env: {
          ...process.env,
          PLAYGROUND_PORT: String(opts.port),
          PLAYGROUND_HOST: opts.host,
          PLAYGROUND_DATA_DIR: folder,
          PLAYGROUND_SIMULATOR_KEY: simulatorKey,
        },
        // Over the channel the playground notices when we are killed, and ends.
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
      child = next;
      let said = "";
      next.stdout!.on("data", (chunk) => {
        said += String(chunk);
        const url = /playground ready at (\S+)/.exec(said)?.[1];
        if (url) resolve(url);
      });
      let complaint = "";
      next.stderr!.on("data", (chunk) => {
        complaint = (complaint + String(chunk)).slice(-2_000);
      });
      next.on("exit", (code) => {
        reject(new Error(complaint.trim() || `the playground ended with ${code}`));
        if (stopping || !began || child !== next) return;
        opts.log.warn({ code, complaint }, "the playground ended, starting it again");
        setTimeout(() => {
          if (!stopping)
            run().then(
              () => {
                backOff = 500;
              },
              () => {},
            );
        }, backOff);
        backOff = Math.min(backOff * 2, 30_000);
      });
      next.on("error", reject);
    });

  const url = await firstRun(run, opts.port);
  began = true;
  return {
    url,
    simulatorKey,
    pid: () => child?.pid,
    async stop() {
      stopping = true;
      const running = child;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      await new Promise<void>((resolve) => {
        running.once("exit", () => resolve());
        running.kill("SIGTERM");
        setTimeout(() => running.kill("SIGKILL"), 3_000).unref();
      });
    },
  };
}

/** A playground whose desk was killed a moment ago may still hold the port: it is given a few seconds to leave. */
async function firstRun(run: () => Promise<string>, port: number): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const taken = /is taken/.test((error as Error).message);
      if (!taken) throw error;
      if (attempt >= 12)
        throw new StartError(
          `Port ${port} of the playground is taken by another program. Stop that program, or start with another one: PLAYGROUND_PORT=${port + 10} npm start. Without a demo: HUBBUB_DEMO=off npm start.`,
          exitCodes["port-taken"],
        );
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}
