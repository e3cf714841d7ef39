import type { Moved } from "#modules/customers";
import type { Tx } from "#platform/db";
import { wordsOfOtherHandles } from "../store/stitched-store.ts";

/** Words that stand in a conversation for no other reason than that their writer was held for its customer. */
export interface Stitched {
  conversationId: string;
  /** Whose words they are now. */
  customerId: string;
  messageIds: string[];
}

/**
 * What was stitched on the strength of a join that does not hold any more, once these handles belong to others; asked before they moved or
 * after it, the answer is the same. What people put there stays out of it, and so does what guests said in somebody's thread.
 */
export async function stitchedThrough(tx: Tx, moved: readonly Moved[]): Promise<Stitched[]> {
  if (moved.length === 0) return [];
  const to = new Map(moved.map((m) => [m.handleId, m.to]));
  const words = await wordsOfOtherHandles(tx, [...new Set(moved.flatMap((m) => [m.from, m.to]))]);
  const groups = new Map<string, Stitched>();
  for (const { conversationId, messageId, ...word } of words) {
    if (!to.has(word.handleId) && !to.has(word.principalId)) continue;
    const customerId = to.get(word.handleId) ?? word.customerId;
    if (customerId === (to.get(word.principalId) ?? word.ownerId)) continue;
    const key = `${conversationId} ${customerId}`;
    const group = groups.get(key) ?? { conversationId, customerId, messageIds: [] };
    group.messageIds.push(messageId);
    groups.set(key, group);
  }
  return [...groups.values()];
}
