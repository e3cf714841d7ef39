import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, stopSignal } from "./child.mjs";
import { withLock } from "./lock.mjs";
import { EXIT, Refusal } from "./refusal.mjs";
import { environmentFor } from "./runtime.mjs";
import { duration, say } from "./say.mjs";

const COMMON = ["package-lock.json", "tsconfig.json"];

/** What is built for browsers, each into a folder of its name below dist/: its sources, and the page that shows it was built. */
const APPS = {
  web: { words: "the web app", sources: ["web", "shared", "contracts", ...COMMON], page: "index.html" },
  widget: { words: "the chat widget", sources: ["widget", ...COMMON], page: join("frame", "index.html") },
};

/** Builds the desk's app and the chat's widget, each when a source of its own has changed since its last build. */
export async function ensureWebBuilt(root, node) {
  if (!hasWebApp(root)) return;
  await ensureBuilt(root, node, "web");
  if (existsSync(join(root, "widget", "vite.config.ts"))) await ensureBuilt(root, node, "widget");
}

async function ensureBuilt(root, node, app) {
  const wanted = sourceKey(root, app);
  if (stamp(root, app) === wanted) return;
  await withLock(
    join(root, "dist", `.${app}.lock`),
    (pid) => say(`waiting for another start (process ${pid}) that is building ${APPS[app].words} …`),
    async () => {
      if (stamp(root, app) !== wanted) await build(root, node, app, wanted);
    },
  );
}

export function hasWebApp(root) {
  if (existsSync(join(root, "web", "vite.config.ts"))) return true;
  say("web app skipped: web/vite.config.ts does not exist yet");
  return false;
}

/** Arguments for node to run Vite's build of an app. */
export function viteBuild(root, app, ...more) {
  return [
    join(root, "node_modules", "vite", "bin", "vite.js"),
    "build",
    "-c",
    join(root, app, "vite.config.ts"),
    ...more,
  ];
}

/** Built beside and swapped in, so a running server never sees half a build. */
async function build(root, node, app, key) {
  const { words, page } = APPS[app];
  say(`building ${words} …`);
  const startedAt = performance.now();
  const target = join(root, "dist", app);
  const fresh = join(root, "dist", `${app}.next`);
  const old = join(root, "dist", `${app}.old`);
  rmSync(fresh, { recursive: true, force: true });
  const args = viteBuild(root, app, "--outDir", fresh, "--emptyOutDir", "--logLevel", "error");
  const result = await run(node, args, {
    cwd: root,
    env: { ...environmentFor(node), NODE_ENV: "production" },
    capture: true,
  });
  if (stopSignal()) throw new Refusal("Stopped while building. Run the command again to go on.", 130);
  if (result.code !== 0 || !existsSync(join(fresh, page))) {
    throw new Refusal(
      `${words.replace("the", "The")} could not be built:\n${result.output.trim()}`,
      EXIT["build-failed"],
    );
  }
  writeFileSync(join(fresh, ".stamp"), key);
  mkdirSync(join(root, "dist"), { recursive: true });
  rmSync(old, { recursive: true, force: true });
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
  if (result.output.trim()) say(result.output.trim());
  say(`${words.replace("the ", "")} built in ${duration(performance.now() - startedAt)}`);
}

function stamp(root, app) {
  try {
    return readFileSync(join(root, "dist", app, ".stamp"), "utf8");
  } catch {
    return undefined;
  }
}

/** A hash over the contents: the sources are small, and times change with every checkout. */
function sourceKey(root, app) {
  const hash = createHash("sha256");
  for (const source of APPS[app].sources) addTo(hash, root, source);
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
