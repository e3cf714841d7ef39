import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stopSignal } from "./child.mjs";
import { explainNpmFailure } from "./install-failure.mjs";
import { withLock } from "./lock.mjs";
import { npmCi } from "./npm.mjs";
import { EXIT, Refusal } from "./refusal.mjs";
import { duration, say } from "./say.mjs";

/** Measured: 0.6 GB of packages, and npm unpacks beside its cache. */
const NEEDED_BYTES = 1.5e9;

/** Brings node_modules to what package-lock.json says. Does nothing when the stamp of the last install agrees. */
export async function ensureInstalled(root) {
  const wanted = installKey(root);
  if (stamp(root) === wanted) return;
  if (installedByHand(root) && writeStamp(root, wanted)) return;
  refuseUnwritable(root);
  await withLock(
    join(root, "dist", ".install.lock"),
    (pid) => say(`waiting for another start (process ${pid}) that is installing packages …`),
    async () => {
      if (stamp(root) === wanted) return;
      await install(root);
      writeStamp(root, wanted);
    },
  );
}

async function install(root) {
  refuseFullDisk(root);
  say("installing packages (once, about a minute) …");
  const startedAt = performance.now();
  const since = () => duration(performance.now() - startedAt);
  const heartbeat = setInterval(() => say(`  … still installing (${since()})`), 15_000);
  const result = await npmCi(root).finally(() => clearInterval(heartbeat));
  if (stopSignal()) throw new Refusal("Stopped while installing. Run the command again to go on.", 130);
  if (result.code !== 0) throw explainNpmFailure(result, root);
  say(`packages installed in ${since()}`);
}

/** What is installed depends on the lock file, npm's settings and the machine (a checkout may be shared or copied). */
function installKey(root) {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}\n`);
  for (const file of ["package-lock.json", ".npmrc"]) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(readFileSync(path));
    else if (file === "package-lock.json") {
      throw new Refusal(
        "package-lock.json is missing. Fetch the checkout again; it is part of it.",
        EXIT["install-failed"],
      );
    }
  }
  return hash.digest("hex");
}

function stamp(root) {
  try {
    return readFileSync(join(root, "node_modules", ".hubbub-install"), "utf8");
  } catch {
    return undefined;
  }
}

function writeStamp(root, key) {
  try {
    mkdirSync(join(root, "node_modules"), { recursive: true });
    writeFileSync(join(root, "node_modules", ".hubbub-install"), key);
  } catch {
    // Somebody else's checkout, complete but not ours to write to: it can be used all the same.
  }
  return true;
}

/** True if npm was run by hand and brought every package this machine needs, in the locked version. */
function installedByHand(root) {
  let present;
  let wanted;
  try {
    present = JSON.parse(readFileSync(join(root, "node_modules", ".package-lock.json"), "utf8")).packages;
    wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  } catch {
    return false;
  }
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    if (present[path]?.version === entry.version && existsSync(join(root, path))) return true;
    // What only another system's packages need carries no system of its own, so its absence says nothing.
    const tiedToSystem = entry.os !== undefined || entry.cpu !== undefined;
    return Boolean(entry.optional || entry.devOptional) && !(tiedToSystem && fitsThisMachine(entry));
  });
}

function fitsThisMachine({ os, cpu, libc }) {
  const isMusl = process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime;
  return allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, isMusl ? "musl" : "glibc");
}

function allows(list, value) {
  if (list === undefined) return true;
  const names = [list].flat();
  if (names.includes(`!${value}`)) return false;
  return names.includes(value) || names.every((name) => name.startsWith("!"));
}

function refuseUnwritable(root) {
  const modules = join(root, "node_modules");
  for (const folder of existsSync(modules) ? [root, modules] : [root]) {
    try {
      accessSync(folder, constants.W_OK);
    } catch {
      throw new Refusal(
        `Packages must be installed, but ${folder} cannot be written to. Run this as the user who owns the checkout, or give that user the right to write there.`,
        EXIT["install-failed"],
      );
    }
  }
}

function refuseFullDisk(root) {
  const { bavail, bsize } = statfsSync(root);
  const free = bavail * bsize;
  if (free >= NEEDED_BYTES) return;
  const text = `Installing needs ${(NEEDED_BYTES / 1e9).toFixed(1)} GB, but the disk of ${root} has ${(free / 1e9).toFixed(1)} GB free. Free some space and run the command again.`;
  throw new Refusal(text, EXIT["disk-full"]);
}
