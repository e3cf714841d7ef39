import { type Decision, findPost } from "./posts.ts";
import { refuse } from "./refusal.ts";
import type { State } from "./state.ts";

export const REPORT_REASONS = ["abuse", "spam", "misleading", "sexual", "illegal", "private-data", "other"] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];
export type ReportInput = { postId: string; reason: ReportReason; text: string };

/** Who began a tree may hide what others answer in it: it is folded away for everybody, and can be shown again. */
export function decideHide(state: State, who: string, id: string, on: boolean): Decision {
  const found = findPost(state, id);
  if (!found.ok) return found;
  const { post } = found;
  if (post.author === who) return refuse("forbidden", "Your own posts are deleted, not hidden.");
  if (state.posts.get(post.rootId)?.author !== who)
    return refuse("forbidden", "Only answers in a tree that you began can be hidden.");
  if (post.deletedAt !== null) return refuse("deleted", "The post was deleted.");
  if (post.hidden === on) return { ok: true, fact: null };
  return { ok: true, fact: { type: on ? "post.hide" : "post.unhide", id, profile: who } };
}

/** Whoever is blocked can neither answer the posts of the other nor write to them. */
export function decideBlock(state: State, who: string, target: string, on: boolean): Decision {
  if (who === target) return refuse("forbidden", "Nobody can block themselves.");
  if (isBlocked(state, who, target) === on) return { ok: true, fact: null };
  return { ok: true, fact: { type: on ? "block" : "unblock", profile: who, target } };
}

export function isBlocked(state: State, by: string, who: string): boolean {
  return state.blocks.has(`${by}>${who}`);
}

/** Told to whoever looks after the network; nothing changes by it. */
export function decideReport(state: State, who: string, input: ReportInput, id: string): Decision {
  const found = findPost(state, input.postId);
  if (!found.ok) return found;
  if (found.post.deletedAt !== null) return refuse("deleted", "The post was deleted.");
  if (found.post.author === who) return refuse("forbidden", "This is your own post.");
  const { postId, reason, text } = input;
  return { ok: true, fact: { type: "report", id, post: postId, profile: who, reason, text } };
}
