#!/usr/bin/env node
/**
 * The launcher: plain JavaScript that runs on any Node from 20 on with nothing installed. It installs what is missing,
 * hands over to the locked Node, passes signals on and keeps exit codes. What a command does is decided elsewhere.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { endAll, passSignalsOn, run, stopSignal } from "./child.mjs";
import { ensureInstalled } from "./install.mjs";
import { EXIT, Refusal } from "./refusal.mjs";
import { environmentFor, findNode, major } from "./runtime.mjs";
import { complain } from "./say.mjs";
import { check, test } from "./suite.mjs";
import { runPeers } from "./vitest.mjs";
import { ensureWebBuilt, hasWebApp, viteBuild } from "./web-build.mjs";

const HELP = `Hubbub, a self-hosted social-media contact centre

  npm start               install what is missing, build, start everything, print the addresses
  npm run dev             the same, built and started again at every change
  npm test [-- ARGS]      types, lint, borders and every test; ARGS go to vitest
  npm run test:peers      tests against real counterparts, each run or *not run*
  npm run check           types, lint and format, borders
  npm run bench           speed
  npm run judge           how good its decisions are, on labelled data: ours and, after "--", a folder of your own
  npm run simulate        the whole pipe on a simulated clock, with crashes; --seed S --hours H; "-- routing": a million decisions
  npm run nemesis         seeded kills and faults
  npm run hubbub -- WORD  the command line program: try "help"

Settings: PORT, HUBBUB_DATA_DIR, DATABASE_URL, HUBBUB_DEMO=off
`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const COMMANDS = {
  async start(node, args) {
    await ensureWebBuilt(root, node);
    return service(node, ["server/main.ts", ...args]);
  },
  async dev(node, args) {
    if (hasWebApp(root))
      for (const app of ["web", "widget"]) {
        const vite = viteBuild(root, app, "--watch", "--outDir", join(root, "dist", app), "--emptyOutDir");
        void run(node, [...preload(), ...vite], { cwd: root, env: environmentFor(node), guarded: true });
      }
    const code = await service(node, ["--watch", "server/main.ts", ...args], { HUBBUB_WATCHED: "1" });
    endAll();
    return code;
  },
  async test(node, args) {
    await ensureWebBuilt(root, node);
    return test(root, node, args);
  },
  "test:peers": (node, args) => runPeers(root, node, args),
  check: (node) => check(root, node),
  async bench(node, args) {
    await ensureWebBuilt(root, node);
    return program(node, "bench/main.ts", args);
  },
  judge: (node, args) => program(node, "bench/judge/main.ts", args),
  simulate: (node, args) => program(node, "tests/simulation/main.ts", args),
  nemesis: (node, args) => program(node, "tests/nemesis/main.ts", args),
};

async function main([command, ...args]) {
  if (major(process.versions.node) < 20) {
    throw new Refusal(
      `Hubbub needs Node 20 or newer; this is Node ${process.versions.node}. Install a newer one from nodejs.org.`,
      EXIT["runtime-missing"],
    );
  }
  if (command === undefined || command === "--help" || command === "-h") {
    process.stdout.write(HELP);
    return command === undefined ? EXIT.usage : 0;
  }
  passSignalsOn();
  await ensureInstalled(root);
  const node = findNode(root);
  // After "--" every word is the command line program's own: it has a "check", too.
  if (command === "--") return program(node, "server/cli.ts", args);
  return Object.hasOwn(COMMANDS, command)
    ? COMMANDS[command](node, args)
    : program(node, "server/cli.ts", [command, ...args]);
}

/** Runs the server: a group of its own, so that it can shut down in order whatever ends us. */
async function service(node, args, env = {}) {
  return outcome(
    await run(node, [...preload(), ...args], { cwd: root, env: { ...environmentFor(node), ...env }, service: true }),
  );
}

/** Runs a program of ours in the caller's folder and terminal. */
async function program(node, file, args) {
  const path = join(root, file);
  if (!existsSync(path))
    throw new Refusal(`"${file}" does not exist in this checkout, so there is nothing to run.`, EXIT.usage);
  return outcome(
    await run(node, [...roomFor(file, args), ...preload(), path, ...args], {
      env: environmentFor(node),
      guarded: true,
    }),
  );
}

/** What an import makes and throws away at once is not copied around first: a tenth of its time. */
function roomFor(file, [word]) {
  return file === "server/cli.ts" && word === "import" ? ["--max-semi-space-size=64"] : [];
}

function outcome({ code, error }) {
  if (error) throw new Refusal(`The program could not be started (${error.code}).`, EXIT["runtime-missing"]);
  return code;
}

function preload() {
  return ["--import", pathToFileURL(join(root, "bin", "preload.mjs")).href];
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  if (!stopSignal()) complain(error.message);
  process.exitCode = error.exitCode;
}
