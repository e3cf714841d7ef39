import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The name under which this server holds leases. It is kept in the data folder, which one server at a time uses: started again after a
 * kill, it goes on with its own leases at once instead of waiting until they run out.
 */
export function nodeId(dataDir: string): string {
  const file = join(dataDir, "node-id");
  if (existsSync(file)) {
    const kept = readFileSync(file, "utf8").trim();
    if (/^[0-9a-f-]{36}$/.test(kept)) return kept;
  }
  const made = randomUUID();
  writeFileSync(file, `${made}\n`, { mode: 0o600 });
  return made;
}
