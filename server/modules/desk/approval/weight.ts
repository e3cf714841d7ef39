import { awaitsApproval, parkForApproval, unparkFromApproval, workOfConversations } from "#modules/routing";
import type { Tx } from "#platform/db";

/** What waits for other eyes takes none of its author's room. */
export const putAside = parkForApproval;

/** Words of this agent did not leave: where the work was put aside for them, it is in hands again. */
export async function backInHand(tx: Tx, conversationId: string, agentId: string): Promise<void> {
  const work = (await workOfConversations(tx, [conversationId])).get(conversationId);
  if (work && work.ownerId === agentId && awaitsApproval(work))
    await unparkFromApproval(tx, { workItemId: work.id, agentId });
}
