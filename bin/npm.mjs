import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, delimiter, dirname, join, sep } from "node:path";
import { run } from "./child.mjs";
import { EXIT, Refusal } from "./refusal.mjs";

const FLAGS = [
  "--include=dev",
  "--include=optional",
  "--engine-strict=false",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
];

/** Runs `npm ci` in `root`; resolves with its exit code and output. */
export async function npmCi(root) {
  const [command, ...before] = findNpm(root);
  const env = { ...process.env, npm_config_update_notifier: "false" };
  if (!cacheIsWritable()) return withOwnCache((cache) => ci([`--cache=${cache}`]));
  const first = await ci([]);
  // A cache that once was filled by root is the usual reason; npm names a path in it.
  if (first.code !== 0 && /EACCES|EPERM|EROFS/.test(first.output) && first.output.includes("_cacache")) {
    return withOwnCache((cache) => ci([`--cache=${cache}`]));
  }
  return first;

  function ci(extra) {
    return run(command, [...before, "ci", ...FLAGS, ...extra], {
      cwd: root,
      env,
      capture: true,
      guarded: command !== "npm",
    });
  }
}

/** [program, ...arguments]: the npm that started us, the one beside the running Node, or the one on PATH. */
function findNpm(root) {
  const node = nodeOutside(root);
  const given = process.env.npm_execpath;
  const guard = ["--import", new URL("guard.mjs", import.meta.url).href];
  if (given && basename(given) === "npm-cli.js" && existsSync(given)) return [node, ...guard, given];
  for (const folder of ["../lib/node_modules", "node_modules"]) {
    const beside = join(dirname(process.execPath), folder, "npm", "bin", "npm-cli.js");
    if (existsSync(beside)) return [node, ...guard, beside];
  }
  const probe = spawnSync("npm", ["--version"], { encoding: "utf8" });
  if (probe.status === 0) return ["npm"];
  throw new Refusal(
    "npm was not found. Install it (it comes with Node from nodejs.org) and run the command again.",
    EXIT["install-failed"],
  );
}

/** npm ci empties node_modules, so npm must not run on a Node that lies in there if another one is at hand. */
function nodeOutside(root) {
  const inside = join(root, "node_modules") + sep;
  if (!process.execPath.startsWith(inside)) return process.execPath;
  const folders = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder && !`${folder}${sep}`.startsWith(inside));
  return folders.map((folder) => join(folder, "node")).find(existsSync) ?? process.execPath;
}

function cacheIsWritable() {
  let folder = process.env.npm_config_cache ?? join(homedir(), ".npm");
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function withOwnCache(work) {
  const cache = mkdtempSync(join(tmpdir(), "hubbub-npm-"));
  try {
    return await work(cache);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}
