import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../../bin", import.meta.url));

/**
 * A checkout with the real launcher and stand-ins for what it starts, because the real npm needs a registry. The stand-in
 * for npm counts its calls in npm.log, prints $FAKE_NPM_SAYS, ends with $FAKE_NPM_CODE, and, if $FAKE_NPM_WAITS names a
 * file, ends only when that exists.
 */
export interface Checkout {
  root: string;
  write(path: string, text: string): void;
  read(path: string): string;
  launch(args: string[], env?: Record<string, string>): Launched;
  remove(): Promise<void>;
}

export interface Launched {
  child: ChildProcess;
  output(): string;
  /** Resolves when the output holds `text`. */
  said(text: string): Promise<void>;
  ended: Promise<{ code: number | null; output: string }>;
}

const FAKE_NPM = `
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
appendFileSync("npm.log", process.argv.slice(2).join(" ") + "\\n");
const { FAKE_NPM_SAYS, FAKE_NPM_CODE, FAKE_NPM_WAITS } = process.env;
if (FAKE_NPM_SAYS) console.error(FAKE_NPM_SAYS);
const end = () => process.exit(Number(FAKE_NPM_CODE ?? 0));
if (!FAKE_NPM_WAITS) end();
setInterval(() => existsSync(FAKE_NPM_WAITS) && end(), 10);
`;

export function makeCheckout(): Checkout {
  const root = mkdtempSync(join(tmpdir(), "hubbub checkout ü "));
  const launched: ChildProcess[] = [];
  cpSync(BIN, join(root, "bin"), { recursive: true });
  const checkout: Checkout = {
    root,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : ""),
    launch(args, env = {}) {
      const started = launch(root, args, env);
      launched.push(started.child);
      return started;
    },
    async remove() {
      for (const child of launched) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      rmSync(root, { recursive: true, force: true });
    },
  };
  checkout.write("package.json", '{ "type": "module" }');
  checkout.write("package-lock.json", '{ "lockfileVersion": 3, "packages": { "": {} } }');
  checkout.write("fake/npm-cli.js", FAKE_NPM);
  return checkout;
}

function launch(root: string, args: string[], env: Record<string, string>): Launched {
  const child = spawn(process.execPath, [join(root, "bin", "hubbub.mjs"), ...args], {
    cwd: tmpdir(),
    // npm_lifecycle_event is what `npm test` sets for itself; here nobody's npm may be watched.
    env: { ...process.env, npm_lifecycle_event: "", npm_execpath: join(root, "fake", "npm-cli.js"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      for (const look of waiting) look();
    });
  }
  return {
    child,
    output: () => output,
    said: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (!output.includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    ended: once(child, "close").then(([code]) => ({ code: code as number | null, output })),
  };
}
