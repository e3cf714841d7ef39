import { existsSync } from "node:fs";
import { join } from "node:path";
import { run, stopSignal } from "./child.mjs";
import { environmentFor } from "./runtime.mjs";
import { complain, duration, say } from "./say.mjs";
import { runVitest } from "./vitest.mjs";

const CODE = ["server", "web", "widget", "shared", "contracts", "playground", "scenarios", "tests", "bench", "tools"];

/** The tools' programs below node_modules. */
export const TOOLS = {
  types: "typescript/bin/tsc",
  lint: "@biomejs/biome/bin/biome",
  borders: "dependency-cruiser/bin/dependency-cruiser.mjs",
};

/** `npm run check`: types, lint and format, borders. Resolves with the exit code. */
export async function check(root, node) {
  return inOrder([types, lint, borders], root, node);
}

/** `npm test`: the checks, then every test. Ends with a line "N passed, N failed" that was counted, not assumed. */
export async function test(root, node, args) {
  const code = await check(root, node);
  if (code !== 0) return code;
  return timed("tests", () => runVitest(root, node, args));
}

async function inOrder(steps, root, node) {
  for (const step of steps) {
    const code = await timed(step.name, () => step(root, node));
    if (code !== 0) return code;
  }
  return 0;
}

async function timed(name, work) {
  say(`${name} …`);
  const startedAt = performance.now();
  const code = await work();
  // The counts stand alone on the last line, so the time of the tests goes before them (see runVitest).
  if (name !== "tests") {
    const end = stopSignal() ? "stopped" : code === 0 ? "ok" : "failed";
    (code === 0 ? say : complain)(`${name} ${end} (${duration(performance.now() - startedAt)})`);
  }
  return code;
}

async function types(root, node) {
  return (await tool(root, node, TOOLS.types, ["-p", "."])).code;
}

async function lint(root, node) {
  return (await tool(root, node, TOOLS.lint, ["ci", "."])).code;
}

/** The border tool ends with 0 when it could read nothing at all, so the number it read is looked at too. */
async function borders(root, node) {
  const folders = CODE.filter((folder) => existsSync(join(root, folder)));
  const { code, output } = await tool(
    root,
    node,
    TOOLS.borders,
    ["--config", ".dependency-cruiser.cjs", ...folders],
    true,
  );
  process.stdout.write(output);
  if (code !== 0) return code;
  const read = Number(/\((\d+) modules/.exec(output)?.[1] ?? 0);
  if (read > 0) return 0;
  complain("the border tool read no module at all, so its silence means nothing");
  return 1;
}

function tool(root, node, bin, args, capture = false) {
  return run(node, [join(root, "node_modules", bin), ...args], { cwd: root, env: environmentFor(node), capture });
}
