import { conversationsById, type JoinAct, type Stitched, stitchedThrough } from "#modules/conversations";
import type { Moved } from "#modules/customers";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { accessToJoin, joinConversations, undoConversationJoin } from "./joins.ts";

/** What was stitched on the strength of a join that no longer holds, where the actor may put things apart. */
export async function stitchedFor(tx: Tx, actor: Actor, moved: readonly Moved[]): Promise<Stitched[]> {
  const found = await stitchedThrough(tx, moved);
  const may = new Map<string, boolean>();
  for (const { conversationId } of found)
    if (!may.has(conversationId)) may.set(conversationId, await allowed(() => accessToJoin(tx, actor, conversationId)));
  return found.filter((one) => may.get(one.conversationId));
}

/** Puts it apart: each customer's words of a conversation become one of their own. Returns how many messages that were, as chosen. */
export async function partStitched(tx: Tx, actor: Actor, moved: readonly Moved[], becauseOf: string): Promise<number> {
  let parted = 0;
  for (const { conversationId, messageIds } of await stitchedFor(tx, actor, moved)) {
    const version = (await conversationsById(tx, [conversationId])).get(conversationId)!.version;
    const ask = { kind: "split" as const, sourceId: conversationId, targetId: null, messageIds };
    if (await allowed(() => joinConversations(tx, actor, ask, { [conversationId]: version }, becauseOf)))
      parted += messageIds.length;
  }
  return parted;
}

/** What was put apart because of an act goes back together when that act is taken back. */
export async function rejoinParted(tx: Tx, actor: Actor, parted: readonly JoinAct[]): Promise<void> {
  for (const act of parted) await allowed(() => undoConversationJoin(tx, actor, act.id));
}

/** False where the actor has no right to it or it cannot be done any more. A refusal comes before anything is written. */
async function allowed(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (
      error instanceof AppError &&
      (error.code === "not-found" || error.code === "not-permitted" || error.code === "not-now")
    )
      return false;
    throw error;
  }
}
