import { exitCodes, StartError } from "#platform/errors";

const FULL = ["ENOSPC", "EDQUOT", "53100"];
/** PostgreSQL was stopped, or the connection broke. */
const AWAY = ["57P01", "57P02", "57P03", "08006", "ECONNRESET", "EPIPE", "ECONNREFUSED"];
/** What the driver says then instead of a code. */
const BROKEN = /^Connection terminated|is not queryable$|^Client was closed/;

/** A full disk (of files or of PostgreSQL) and a database that went away, as a sentence; everything else passes unchanged. */
export function inWords(error: unknown, where: string, then: string): unknown {
  const { code = "", message = "" } = (error ?? {}) as { code?: string; message?: string };
  if (FULL.includes(code))
    return new StartError(
      `The disk of ${where} is full. Free some space, or choose another disk. ${then}`,
      exitCodes["disk-full"],
    );
  if (AWAY.includes(code) || BROKEN.test(message))
    return new StartError(`The database went away in the middle. ${then}`, exitCodes["database-unreachable"]);
  return error;
}
