import type { Reader } from "#platform/journal/reader";

/** Events of one transaction where nobody else waits for what it locks. */
const BATCH = 2_000;

/** The same reader in longer steps. */
export function inBulk(reader: Reader): Reader {
  return { ...reader, batch: Math.max(reader.batch ?? 0, BATCH) };
}
