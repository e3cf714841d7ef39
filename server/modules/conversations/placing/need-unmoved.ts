import type { Tx } from "#platform/db";
import { conversationsOfMessages } from "../store/joined-store.ts";
import type { Placement } from "../store/placement-store.ts";

/**
 * Placements are read before their conversations are locked. Where an agent has moved one meanwhile, the transaction is run again, and
 * finds it where it is; else it would be put back.
 */
export async function needUnmoved(tx: Tx, read: readonly Placement[]): Promise<void> {
  if (read.length === 0) return;
  const now = await conversationsOfMessages(
    tx,
    read.map((p) => p.messageId),
  );
  if (read.some((p) => now.get(p.messageId) !== p.conversationId))
    throw Object.assign(new Error("A message was moved while it was being looked at."), { code: "40001" });
}
