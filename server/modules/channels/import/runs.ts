import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { countRows, dropRows, findRun, type ImportRun, makeRun, rowsTold, saveRun } from "../store/import-store.ts";

export type { ImportRun, ImportState } from "../store/import-store.ts";

/** The import of this name as far as it has come; made when it is new. The name is the identity of its input. */
export async function openImport(tx: Tx, name: string): Promise<ImportRun> {
  await makeRun(tx, uuidv7(tx.now), name);
  return (await findRun(tx, name))!;
}

/** The import behind a lock that ends with the transaction: whoever has it goes on alone. */
export async function lockImport(tx: Tx, name: string): Promise<ImportRun | null> {
  return (await findRun(tx, name, true)) ?? null;
}

/** Messages that were told and that nobody has ticked off yet, the oldest `limit`. */
export async function toldOfImport(tx: Tx, run: ImportRun, limit: number): Promise<string[]> {
  return rowsTold(tx, run, limit);
}

/** Ticks off messages that have their place. */
export async function tickOffImport(tx: Tx, run: ImportRun, messageIds: readonly string[]): Promise<void> {
  await dropRows(tx, run.id, messageIds);
}

/** Messages of it that are not ticked off, and how many of these were told. */
export async function leftOfImport(tx: Tx, run: ImportRun): Promise<{ all: number; told: number }> {
  return countRows(tx, run);
}

export async function saveImport(tx: Tx, run: ImportRun): Promise<void> {
  await saveRun(tx, run);
}
