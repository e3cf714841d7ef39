import { existsSync } from "node:fs";
import { join } from "node:path";
import { endAll, run, stopSignal } from "./child.mjs";
import { environmentFor } from "./runtime.mjs";
import { complain, duration, say } from "./say.mjs";
import { runVitest } from "./vitest.mjs";

const CODE = ["server", "web", "widget", "shared", "contracts", "playground", "scenarios", "tests", "bench", "tools"];

/** The tools' programs below node_modules. */
export const TOOLS = {
  types: "typescript-native/bin/tsc",
  lint: "@biomejs/biome/bin/biome",
  borders: "dependency-cruiser/bin/dependency-cruiser.mjs",
};

/** `npm run check`: types, lint and format, borders, one after another. Resolves with the exit code. */
export async function check(root, node) {
  for (const step of STEPS) {
    say(`${step.name} …`);
    const { code, output, told } = await timed(() => step(root, node));
    process.stdout.write(output);
    (code === 0 ? say : complain)(`${step.name} ${told}`);
    if (code !== 0) return code;
  }
  return 0;
}

/**
 * `npm test`: every test, and the checks beside them, because tests wait a third of their time. The first check that fails
 * ends the tests, and what it says comes last. Else the end is a line "N passed, N failed" that was counted, not assumed.
 */
export async function test(root, node, args) {
  say("types, lint, borders and tests …");
  const checks = checkBeside(root, node);
  return runVitest(root, node, args, checks);
}

/** On a terminal the tests' lines are drawn anew all the time, so there nothing is printed between them: it waits for their end. */
async function checkBeside(root, node) {
  let waiting = "";
  for (const step of STEPS) {
    const { code, output, told } = await timed(() => step(root, node));
    if (code !== 0) {
      endAll();
      return { code, text: waiting + output, word: `${step.name} ${told}` };
    }
    const text = `${output}hubbub  ${step.name} ${told}\n`;
    if (process.stdout.isTTY) waiting += text;
    else process.stdout.write(text);
  }
  return { code: 0, text: waiting, word: "" };
}

async function timed(work) {
  const startedAt = performance.now();
  const done = await work();
  const end = stopSignal() ? "stopped" : done.code === 0 ? "ok" : "failed";
  return { ...done, told: `${end} (${duration(performance.now() - startedAt)})` };
}

async function types(root, node) {
  return tool(root, node, TOOLS.types, ["-p", "."]);
}

async function lint(root, node) {
  return tool(root, node, TOOLS.lint, ["ci", "."]);
}

/** The border tool ends with 0 when it could read nothing at all, so the number it read is looked at too. */
async function borders(root, node) {
  const folders = CODE.filter((folder) => existsSync(join(root, folder)));
  const { code, output } = await tool(root, node, TOOLS.borders, ["--config", ".dependency-cruiser.cjs", ...folders]);
  const read = Number(/\((\d+) modules/.exec(output)?.[1] ?? 0);
  if (code !== 0 || read > 0) return { code, output };
  return { code: 1, output: `${output}the border tool read no module at all, so its silence means nothing\n` };
}

const STEPS = [types, lint, borders];

async function tool(root, node, bin, args) {
  const env = environmentFor(node);
  const { code, output } = await run(node, [join(root, "node_modules", bin), ...args], {
    cwd: root,
    env,
    capture: true,
  });
  return { code, output };
}
