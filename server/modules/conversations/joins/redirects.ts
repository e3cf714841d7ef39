import type { Tx } from "#platform/db";
import { findRedirects } from "../store/join-store.ts";

/** Where conversations are now: each that became part of another one, with the one that has it. Those that are themselves are not in it. */
export async function standIn(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  return findRedirects(tx, ids);
}
