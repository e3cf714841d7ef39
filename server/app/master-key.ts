import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exitCodes, StartError } from "#platform/errors";

/** The master key: HUBBUB_MASTER_KEY (64 hex digits), else a file of mode 0600 in the data folder, which no backup of the database holds. */
export function masterKey(dataDir: string, env: NodeJS.ProcessEnv): Buffer {
  const given = env.HUBBUB_MASTER_KEY;
  if (given) {
    if (!/^[0-9a-fA-F]{64}$/.test(given))
      throw new StartError(
        "HUBBUB_MASTER_KEY is not 64 hex digits. Make one with: openssl rand -hex 32.",
        exitCodes["data-folder"],
      );
    return Buffer.from(given, "hex");
  }
  const file = join(dataDir, "master.key");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
  const key = Buffer.from(readFileSync(file, "utf8").trim(), "hex");
  if (key.length !== 32)
    throw new StartError(
      `The master key in ${file} is damaged. Put the right file back; without it stored secrets cannot be read.`,
      exitCodes["data-folder"],
    );
  return key;
}
