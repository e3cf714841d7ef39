/**
 * better-sqlite3 12 on Node 24 ends the process when one of its statements is collected (an assertion in RemoveEnvironmentCleanupHook).
 * This network lives for minutes: every statement and database is kept to the end.
 */
import { createRequire } from "node:module";

const Database = createRequire(import.meta.url)("better-sqlite3");
const kept = [];
const first = new Database(":memory:");
const native = Object.getOwnPropertySymbols(first)
  .map((symbol) => first[symbol])
  .find((held) => typeof held?.prepare === "function");
const prototype = Object.getPrototypeOf(native);
const { prepare } = prototype;
prototype.prepare = function (...given) {
  const statement = prepare.apply(this, given);
  kept.push(this, statement);
  return statement;
};
kept.push(first, native);
