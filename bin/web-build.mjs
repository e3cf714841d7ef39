import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, stopSignal } from "./child.mjs";
import { withLock } from "./lock.mjs";
import { EXIT, Refusal } from "./refusal.mjs";
import { environmentFor } from "./runtime.mjs";
import { duration, say } from "./say.mjs";

const SOURCES = [
  "web",
  "shared",
  "contracts",
  "package-lock.json",
  "tsconfig.json",
  "lingui.config.ts",
  "lingui.config.js",
];

/** Builds web/ into dist/web when a source has changed since the last build. */
export async function ensureWebBuilt(root, node) {
  if (!hasWebApp(root)) return;
  const wanted = sourceKey(root);
  if (stamp(root) === wanted) return;
  await withLock(
    join(root, "dist", ".web.lock"),
    (pid) => say(`waiting for another start (process ${pid}) that is building the web app …`),
    async () => {
      if (stamp(root) !== wanted) await build(root, node, wanted);
    },
  );
}

export function hasWebApp(root) {
  if (existsSync(join(root, "web", "vite.config.ts"))) return true;
  say("web app skipped: web/vite.config.ts does not exist yet");
  return false;
}

/** Arguments for node to run Vite's build. */
export function viteBuild(root, ...more) {
  return [
    join(root, "node_modules", "vite", "bin", "vite.js"),
    "build",
    "-c",
    join(root, "web", "vite.config.ts"),
    ...more,
  ];
}

/** Built beside and swapped in, so a running server never sees half a build. */
async function build(root, node, key) {
  say("building the web app …");
  const startedAt = performance.now();
  const target = join(root, "dist", "web");
  const fresh = join(root, "dist", "web.next");
  const old = join(root, "dist", "web.old");
  rmSync(fresh, { recursive: true, force: true });
  const args = viteBuild(root, "--outDir", fresh, "--emptyOutDir", "--logLevel", "error");
  const result = await run(node, args, {
    cwd: root,
    env: { ...environmentFor(node), NODE_ENV: "production" },
    capture: true,
  });
  if (stopSignal()) throw new Refusal("Stopped while building. Run the command again to go on.", 130);
  if (result.code !== 0 || !existsSync(join(fresh, "index.html"))) {
    throw new Refusal(`The web app could not be built:\n${result.output.trim()}`, EXIT["build-failed"]);
  }
  writeFileSync(join(fresh, ".stamp"), key);
  mkdirSync(join(root, "dist"), { recursive: true });
  rmSync(old, { recursive: true, force: true });
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
  if (result.output.trim()) say(result.output.trim());
  say(`web app built in ${duration(performance.now() - startedAt)}`);
}

function stamp(root) {
  try {
    return readFileSync(join(root, "dist", "web", ".stamp"), "utf8");
  } catch {
    return undefined;
  }
}

/** A hash over the contents: the sources are small, and times change with every checkout. */
function sourceKey(root) {
  const hash = createHash("sha256");
  for (const source of SOURCES) addTo(hash, root, source);
  return hash.digest("hex");
}

function addTo(hash, root, path) {
  const full = join(root, path);
  let entries;
  try {
    entries = readdirSync(full, { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOTDIR") hash.update(`${path}\0`).update(readFileSync(full));
    return;
  }
  for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!/\.test\.tsx?$/.test(name)) addTo(hash, root, join(path, name));
  }
}
