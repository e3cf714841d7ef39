import { mkdirSync, readFileSync, rmdirSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { EXIT, Refusal } from "./refusal.mjs";

/**
 * Runs `work` while holding `file` as a lock, so that two starts in one checkout do not install or build at the same
 * time. The second one waits. A lock whose owner is dead is taken over.
 */
export async function withLock(file, onWait, work) {
  await acquire(file, onWait);
  try {
    return await work();
  } finally {
    if (readOwner(file)?.pid === process.pid) unlinkSync(file);
  }
}

async function acquire(file, onWait) {
  let told = false;
  for (;;) {
    if (tryCreate(file)) return;
    if (heldByTheLiving(file)) {
      if (!told) onWait(readOwner(file)?.pid);
      told = true;
    } else {
      removeStale(file);
    }
    await pause(200);
  }
}

function tryCreate(file) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ pid: process.pid, born: bornAt(process.pid) }), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    if (error.code === "ENOSPC")
      throw new Refusal("The disk is full. Free some space and run the command again.", EXIT["disk-full"]);
    throw new Refusal(
      `Cannot write to ${dirname(file)} (${error.code}). Run this as the user who owns the checkout, or give that user the right to write there.`,
      EXIT["install-failed"],
    );
  }
}

function readOwner(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function heldByTheLiving(file) {
  const owner = readOwner(file);
  // Created but not yet written: its owner is one instruction away from writing, unless it died there.
  if (owner === undefined) return age(file) < 2000;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (error.code === "ESRCH") return false;
  }
  return owner.born === bornAt(owner.pid);
}

/** The check and the removal happen under a second lock, so that nobody removes a lock that was just taken anew. */
function removeStale(file) {
  const guard = `${file}.guard`;
  try {
    mkdirSync(guard);
  } catch {
    if (age(guard) > 5000) rmdirSync(guard);
    return;
  }
  try {
    if (!heldByTheLiving(file)) unlinkSync(file);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  } finally {
    rmdirSync(guard);
  }
}

function age(file) {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Start time of a process in clock ticks since boot (Linux), so that a reused process id is not taken for the owner. */
function bornAt(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return null;
  }
}
