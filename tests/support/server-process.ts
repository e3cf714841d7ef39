import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { eventually } from "./eventually.ts";

const CHECKOUT = join(import.meta.dirname, "../..");

/** The launcher has a cache of its own as well: most of a start is reading the program. */
const COMPILED = join(CHECKOUT, "node_modules/.cache/hubbub-compile");

export interface ServerProcess {
  readonly pid: number;
  /** All that it has said so far. */
  out(): string;
  err(): string;
  /** Resolves with the exit code, or with the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** The same while nobody waits: undefined as long as it runs. */
  end(): number | string | undefined;
  kill(signal: NodeJS.Signals): void;
  /** Waits for the words "is ready"; fails as soon as it ends. */
  ready(): Promise<void>;
}

/** `node server/main.ts` as an operator starts it, with nothing of the test's environment but what is given. */
export function runServer(env: Record<string, string>): ServerProcess {
  const { PATH = "", TZ = "", LANG = "", LC_ALL = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["server/main.ts"], {
    cwd: CHECKOUT,
    env: { PATH, TZ, LANG, LC_ALL, HOME, HUBBUB_DEMO: "off", NODE_COMPILE_CACHE: COMPILED, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    err += text;
  });
  let end: number | string | undefined;
  const ended = new Promise<number | string>((resolve, reject) => {
    child.on("error", reject);
    // What it started may hold the pipes open when it is killed: then its own end counts, a moment later.
    const settle = (code: number | null, signal: NodeJS.Signals | null) => {
      end ??= code ?? signal ?? "lost";
      resolve(end);
    };
    child.on("close", settle);
    child.on("exit", (code, signal) => setTimeout(() => settle(code, signal), 500).unref());
  });
  return {
    pid: child.pid!,
    out: () => out,
    err: () => err,
    ended,
    end: () => end,
    kill: (signal) => void child.kill(signal),
    ready: () =>
      eventually(
        "the server is ready",
        () => {
          if (out.includes("is ready")) return true;
          return end === undefined ? false : Promise.reject(new Error(`it ended with ${end}: ${err}`));
        },
        30_000,
      ).then(() => {}),
  };
}

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
