import { pino } from "pino";

export type Log = import("pino").Logger;

/** Keys whose values never reach a log, wherever they stand in an object. */
const SECRET_KEYS = ["password", "secret", "token", "authorization", "cookie", "apiKey", "set-cookie", "x-csrf-token"];

/** JSON lines to stderr; stdout belongs to the words meant for people. */
export function createLog(level = process.env.HUBBUB_LOG ?? "warn"): Log {
  const paths = SECRET_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]);
  return pino({ level, base: undefined, redact: { paths, censor: "[redacted]" } }, pino.destination(2));
}

export const silentLog: Log = pino({ level: "silent" });
