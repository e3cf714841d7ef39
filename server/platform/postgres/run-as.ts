import { chmodSync, chownSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** The user PostgreSQL runs as; `undefined` in the callers means "the present one". */
export interface RunAs {
  uid: number;
  gid: number;
  name: string;
}

/** PostgreSQL refuses to run as root, and rightly. As root: an unprivileged user of this machine. Else undefined. */
export function unprivilegedUser(): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  let passwd = "";
  try {
    passwd = readFileSync("/etc/passwd", "utf8");
  } catch {
    // A bare container may have none: the number of "nobody" needs no entry.
  }
  return chooseUser(passwd);
}

/** The first of hubbub, postgres and nobody in the text of /etc/passwd; the usual number of nobody if there is none. */
export function chooseUser(passwd: string): RunAs {
  const users = passwd.split("\n").map((line) => line.split(":"));
  for (const name of ["hubbub", "postgres", "nobody"]) {
    const [, , uid, gid] = users.find(([found]) => found === name) ?? [];
    if (Number(uid) > 0 && Number(gid) > 0) return { uid: Number(uid), gid: Number(gid), name };
  }
  return { uid: 65534, gid: 65534, name: "nobody" };
}

/** True if `user` may pass through every folder on the way to `path` and into it (mode bits; lists of rights are not read). */
export function canEnter(path: string, user: RunAs): boolean {
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Lets `user` pass through one folder of root's, without letting anybody list or read it. */
export function letPass(folder: string, user: RunAs): void {
  const { mode, uid, gid } = statSync(folder);
  if (uid !== 0) return;
  if (gid !== user.gid) chownSync(folder, 0, user.gid);
  chmodSync(folder, (mode & 0o7707) | 0o010);
}
