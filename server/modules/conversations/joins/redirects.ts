import type { Tx } from "#platform/db";
import { findRedirects, mergesAround } from "../store/join-store.ts";
import { rootIn } from "./plan.ts";

/** Where conversations are now: each that became part of another one, with the one that has it. Those that are themselves are not in it. */
export async function standIn(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  return findRedirects(tx, ids);
}

/** The conversations that are part of this one by merges in force. */
export async function partsOf(tx: Tx, conversationId: string): Promise<string[]> {
  const merges = await mergesAround(tx, [conversationId]);
  return [...merges.keys()].filter((id) => rootIn(merges, id) === conversationId);
}
