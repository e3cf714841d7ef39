import { ConversationCustomerChanged } from "#events/conversations";
import type { Moved } from "#modules/customers";
import type { Tx } from "#platform/db";
import { lockConversationsOf, moveConversations, moveWords, notePrincipals, partLinks } from "./store/follow-store.ts";

/**
 * Handles were joined or parted: what they said, and the conversations they began, go with them. What stands in which conversation does
 * not change. Belongs into the transaction that joined; safe to say twice. Taking the join back restores all of it.
 */
export async function followHandles(tx: Tx, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return;
  const customers = [...new Set(moved.map((m) => m.from))];
  await lockConversationsOf(tx, customers);
  await notePrincipals(tx, customers);
  await moveWords(tx, moved);
  const followed = await moveConversations(tx, moved);
  await partLinks(tx, moved);
  for (const c of followed)
    tx.announce(ConversationCustomerChanged, {
      ...{ key: c.id, entity: "conversation", entityId: c.id, entityVersion: c.version },
      payload: { conversationId: c.id, customerId: c.customerId, fromCustomerId: c.from },
    });
}
