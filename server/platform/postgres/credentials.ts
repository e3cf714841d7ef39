import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";

/** Passwords of the cluster's four roles. */
export interface Credentials {
  superuser: string;
  owner: string;
  app: string;
  system: string;
}

/** Reads the passwords kept in `file`; makes them (`fresh`) when there are none or the file is unreadable as such. */
export function loadCredentials(file: string): { credentials: Credentials; fresh: boolean } {
  const kept = readKept(file);
  if (kept) return { credentials: kept, fresh: false };
  const credentials = { superuser: password(), owner: password(), app: password(), system: password() };
  // Never half a file: these passwords are in the cluster from here on.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(credentials), { mode: 0o600 });
  renameSync(draft, file);
  return { credentials, fresh: true };
}

/** The kept passwords without making any: for programs that look for a running cluster. */
export function readKept(file: string): Credentials | undefined {
  try {
    const { superuser, owner, app, system } = JSON.parse(readFileSync(file, "utf8")) as Credentials;
    const all = [superuser, owner, app, system];
    return all.every((word) => /^[0-9a-f]{48}$/.test(word)) ? { superuser, owner, app, system } : undefined;
  } catch {
    return undefined;
  }
}

function password(): string {
  return randomBytes(24).toString("hex");
}
