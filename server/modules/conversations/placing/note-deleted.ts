import type { Tx } from "#platform/db";
import { findConversations, saveConversations } from "../store/conversation-store.ts";
import { lastEpisodes } from "../store/episode-store.ts";
import { findPlacements, savePlacements } from "../store/placement-store.ts";
import { unique } from "./load-world.ts";
import { needUnmoved } from "./need-unmoved.ts";
import { openWorkbench } from "./workbench.ts";

/**
 * A message is gone on its network. Its place stays, so that what was said around it keeps its sense; but nobody waits any longer for
 * an answer to it, which is said when it was the one that waited.
 */
export async function noteDeleted(tx: Tx, messageIds: readonly string[]): Promise<void> {
  const gone = (await findPlacements(tx, unique(messageIds))).filter((p) => p.deletedAt === null);
  if (gone.length === 0) return;
  const ids = unique(gone.flatMap((p) => p.conversationId ?? []));
  const conversations = new Map((await findConversations(tx, ids, true)).map((c) => [c.id, c]));
  await needUnmoved(tx, gone);
  const bench = await openWorkbench(
    tx,
    conversations,
    new Map((await lastEpisodes(tx, ids)).map((e) => [e.conversationId, e])),
  );
  for (const p of gone) {
    Object.assign(p, {
      deletedAt: tx.now,
      version: p.version + 1,
      reasons: [...p.reasons, { code: "deleted", text: "Deleted on the network: nobody waits for an answer to it." }],
    });
    bench.reconsider(tx, p);
  }
  await saveConversations(tx, await bench.finish(tx));
  await savePlacements(tx, gone);
  await bench.save(tx);
}
