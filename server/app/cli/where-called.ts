import { resolve } from "node:path";
import type { Io } from "./command.ts";

/** npm runs us in the checkout; a path is meant from where the person stands. */
export function pathMeant(path: string, { env }: Io): string {
  const from = env.npm_lifecycle_event === "hubbub" && env.INIT_CWD ? env.INIT_CWD : process.cwd();
  return resolve(from, path);
}
