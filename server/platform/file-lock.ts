import { mkdirSync, readFileSync, rmdirSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { bornAt, isAlive } from "./process-identity.ts";

export type LockResult = { ok: true; release(): void } | { ok: false; heldBy: number };

/**
 * Takes `file` as a lock for this process, or says which process holds it. A lock whose owner is dead (also when its
 * process id belongs to another process by now) is taken over. Waits up to `waitMs` for a living owner to let go.
 * It orders the processes of one machine; it does not see processes of other machines on a shared disk.
 */
export async function takeLock(file: string, { waitMs = 0 }: { waitMs?: number } = {}): Promise<LockResult> {
  const tries = Math.ceil(waitMs / 100);
  for (let attempt = 0; ; attempt += 1) {
    if (create(file)) return { ok: true, release: () => releaseLock(file) };
    const owner = readOwner(file);
    if (isHeld(file, owner)) {
      if (attempt >= tries && owner) return { ok: false, heldBy: owner.pid };
    } else {
      removeStale(file);
      continue;
    }
    await pause(100);
  }
}

interface Owner {
  pid: number;
  born: string | undefined;
}

function create(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify({ pid: process.pid, born: bornAt(process.pid) }), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function releaseLock(file: string): void {
  const owner = readOwner(file);
  if (owner?.pid === process.pid && owner.born === bornAt(process.pid)) unlinkSync(file);
}

function readOwner(file: string): Owner | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const { pid, born } = JSON.parse(text) as Owner;
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, born } : undefined;
  } catch {
    return undefined;
  }
}

function isHeld(file: string, owner: Owner | undefined): boolean {
  // No readable owner: just created and about to be written, or its owner died right there.
  if (!owner) return ageMs(file) < 1000;
  return isAlive(owner.pid) && bornAt(owner.pid) === owner.born;
}

/** The second look and the removal happen under a guard, so that nobody removes a lock that was just taken anew. */
function removeStale(file: string): void {
  const guard = `${file}.guard`;
  try {
    mkdirSync(guard);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (ageMs(guard) > 5000) rmdirSync(guard);
    return;
  }
  try {
    if (!isHeld(file, readOwner(file))) unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  } finally {
    rmdirSync(guard);
  }
}

function ageMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
