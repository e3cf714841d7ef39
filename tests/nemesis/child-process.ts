import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const CHECKOUT = join(import.meta.dirname, "../..");
const COMPILED = join(CHECKOUT, "node_modules/.cache/hubbub-compile");

/** One of our programs in a process of its own, which can be killed, stopped, let go and started again under the same name. */
export interface Child {
  readonly name: string;
  readonly runs: boolean;
  start(): Promise<void>;
  /** SIGKILL: nothing of it runs any more when this resolves. */
  kill(): Promise<void>;
  stall(): void;
  resume(): void;
  /** Puts its clock this many milliseconds off the machine's. */
  setClock(offset: number): void;
  /** Ends that nobody asked for, with the last words. */
  readonly surprises: readonly string[];
  /** What it has said on stderr, the end of it. */
  said(): string;
}

const living = new Set<ChildProcess>();
// The last net: a runner that leaves takes everything along, also what it had stopped.
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

export function childProcess(options: {
  name: string;
  file: string;
  env: () => Record<string, string>;
  preload?: string | undefined;
}): Child {
  const surprises: string[] = [];
  let child: ChildProcess | undefined;
  let starting: Promise<void> | undefined;
  let wanted = false;
  let offset = 0;
  let said = "";
  const { PATH = "", TZ = "", LANG = "", LC_ALL = "", HOME = "" } = process.env;

  /** As a service manager does: what could not start, because its database is away, is started again; unless it was killed for good. */
  async function keepStarting(): Promise<void> {
    for (let tries = 1; wanted; tries++) {
      try {
        return await startOnce();
      } catch (error) {
        if (tries >= 40) throw error;
        if (wanted) await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }
  function start(): Promise<void> {
    wanted = true;
    if (child && !starting) return Promise.resolve();
    starting ??= keepStarting().finally(() => {
      starting = undefined;
    });
    return starting;
  }
  async function startOnce(): Promise<void> {
    const next = spawn(
      process.execPath,
      [...(options.preload ? ["--import", options.preload] : []), join(import.meta.dirname, options.file)],
      {
        cwd: CHECKOUT,
        env: {
          ...{ PATH, TZ, LANG, LC_ALL, HOME, NODE_COMPILE_CACHE: COMPILED, NEMESIS_CLOCK: String(offset) },
          ...options.env(),
        },
        stdio: ["ignore", "ignore", "pipe", "ipc"],
      },
    );
    child = next;
    let ready = false;
    living.add(next);
    next.stderr!.setEncoding("utf8").on("data", (text) => {
      said = (said + text).slice(-6_000);
    });
    next.on("exit", (code, signal) => {
      living.delete(next);
      if (child !== next) return;
      child = undefined;
      if (ready) surprises.push(`${options.name} ended with ${code ?? signal}: ${said.slice(-1_500)}`);
    });
    await new Promise<void>((resolve, reject) => {
      next.once("message", () => {
        ready = true;
        resolve();
      });
      next.once("error", reject);
      next.once("exit", () => reject(new Error(`${options.name} did not start: ${said.slice(-1_500)}`)));
    });
  }
  return {
    name: options.name,
    get runs() {
      return child !== undefined;
    },
    start,
    async kill() {
      const dying = child;
      wanted = false;
      if (!dying) return;
      child = undefined;
      const gone = new Promise<void>((resolve) => dying.once("exit", () => resolve()));
      dying.kill("SIGKILL");
      await gone;
    },
    stall: () => void child?.kill("SIGSTOP"),
    resume: () => void child?.kill("SIGCONT"),
    setClock(to) {
      offset = to;
      child?.send({ clock: to }, () => {});
    },
    surprises,
    said: () => said,
  };
}
