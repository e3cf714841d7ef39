import type { Tx } from "#platform/db";
import type { Invite } from "../store/invite-store.ts";
import { findRedirects } from "../store/join-store.ts";
import { findPlacements } from "../store/placement-store.ts";

/**
 * The conversation of each invite as it stands now: the one that has the post in answer to which it was made, also after that was moved,
 * split off or merged.
 */
export async function whereTheyStand(tx: Tx, invites: readonly Invite[]): Promise<Map<string, string>> {
  const posts = await findPlacements(tx, [...new Set(invites.map((i) => i.messageId))]);
  const of = new Map(posts.map((p) => [p.messageId, p.conversationId]));
  const at = new Map(invites.map((i) => [i.id, of.get(i.messageId) ?? i.conversationId]));
  const merged = await findRedirects(tx, [...at.values()]);
  return new Map([...at].map(([id, conversationId]) => [id, merged.get(conversationId) ?? conversationId]));
}
