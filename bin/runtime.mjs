import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { EXIT, Refusal } from "./refusal.mjs";

export const NEEDED_MAJOR = 24;

/** The Node that runs the product: the one running now if it is new enough, else the locked one from node_modules. */
export function findNode(root, running = process.versions.node) {
  if (major(running) >= NEEDED_MAJOR) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const candidate = join(root, "node_modules", name, "bin", "node");
  const advice = `Install Node ${NEEDED_MAJOR} or newer (nodejs.org) and run the command again with it.`;
  if (!existsSync(candidate)) {
    throw new Refusal(
      `Hubbub runs on Node ${NEEDED_MAJOR}; this is Node ${running}, and npm has no "${name}" package for this machine. ${advice}`,
      EXIT["runtime-missing"],
    );
  }
  const probe = spawnSync(candidate, ["--version"], { encoding: "utf8" });
  if (probe.status !== 0) {
    const why = probe.error?.code ?? String(probe.stderr).trim().split("\n")[0];
    throw new Refusal(
      `The Node ${NEEDED_MAJOR} brought by npm does not start on this machine (${why}). ${advice}`,
      EXIT["runtime-missing"],
    );
  }
  return candidate;
}

/** The environment for our programs: what they start by the name `node` is the same Node. */
export function environmentFor(node) {
  return { ...process.env, PATH: [dirname(node), process.env.PATH].filter(Boolean).join(delimiter) };
}

export function major(version) {
  return Number.parseInt(version.replace(/^v/, ""), 10);
}
