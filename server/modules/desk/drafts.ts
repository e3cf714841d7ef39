import { holdFiles } from "#modules/channels";
import { partsOf } from "#modules/conversations";
import type { Tx } from "#platform/db";
import { type Draft, deleteDraft, saveDraft } from "./store/desk-store.ts";
import { movePapers } from "./store/join-papers-store.ts";

/** Saves a draft with its files, which stay as long as it does. The new version; null when another window wrote meanwhile. */
export async function keepDraft(
  tx: Tx,
  agentId: string,
  draft: Pick<Draft, "conversationId" | "audience" | "answersMessageId" | "text" | "files" | "copies">,
  expectedVersion: number,
): Promise<number | null> {
  const version = await saveDraft(tx, agentId, draft, expectedVersion);
  if (version !== null)
    await holdFiles(
      tx,
      draft.conversationId,
      agentId,
      draft.files.map((f) => f.id),
    );
  return version;
}

/** Sent or thrown away: files that went with no reply are nobody's, and go after a day. */
export async function dropDraft(tx: Tx, conversationId: string, agentId: string): Promise<void> {
  if (await deleteDraft(tx, conversationId, agentId)) await holdFiles(tx, conversationId, agentId, []);
  // What the same agent wrote in a conversation that was merged into this one waited behind it.
  const parts = await partsOf(tx, conversationId);
  if (parts.length > 0)
    await carryPapers(
      tx,
      parts.map((id) => ({ id, root: conversationId })),
    );
}

/** Notes and drafts go where their conversation is now; a draft's files are kept for it under that address from then on. */
export async function carryPapers(tx: Tx, roots: readonly { id: string; root: string }[]): Promise<void> {
  for (const { conversationId, agentId, files } of await movePapers(tx, roots))
    if (files.length > 0)
      await holdFiles(
        tx,
        conversationId,
        agentId,
        files.map((f) => f.id),
      );
}
