import type { Fact, MediaFacts } from "./records.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Post, State } from "./state.ts";
import { checkText, POST_LIMIT } from "./text.ts";

export type PostInput = {
  text: string;
  parentId?: string | null;
  language?: string | null;
  media?: MediaFacts[] | undefined;
  /** Only history told by the simulator; epoch ms. */
  createdAt?: number;
  /** Skip the rules for the text. */
  raw?: boolean;
};

/** A fact to write, or null when everything is already so. */
export type Decision = { ok: true; fact: Fact | null } | Refusal;

const MAX_DEPTH = 200;

export function findPost(state: State, id: string): { ok: true; post: Post } | Refusal {
  const post = state.posts.get(id);
  return post ? { ok: true, post } : refuse("not-found", "There is no post with this id.");
}

export function decidePost(state: State, author: string, input: PostInput, id: string, now: number): Decision {
  let parent: Post | undefined;
  if (input.parentId) {
    const found = findPost(state, input.parentId);
    if (!found.ok) return refuse("not-found", "The post to answer does not exist.");
    if (found.post.deletedAt !== null) return refuse("deleted", "The post to answer was deleted.");
    if (state.blocks.has(`${found.post.author}>${author}`))
      return refuse("forbidden", "They have blocked you: you cannot answer them.");
    if (found.post.depth >= MAX_DEPTH) return refuse("validation", `A tree may be ${MAX_DEPTH} answers deep.`);
    parent = found.post;
  }
  const text = input.raw
    ? { ok: true as const, text: input.text }
    : checkText(input.text, POST_LIMIT, "post", input.media !== undefined);
  if (!text.ok) return text;
  const createdAt = Math.max(Math.min(input.createdAt ?? now, now), parent?.createdAt ?? 0);
  return {
    ok: true,
    fact: {
      type: "post.create",
      id,
      author,
      text: text.text,
      language: input.language ?? null,
      parentId: parent?.id ?? null,
      createdAt,
      ...(input.media && { media: input.media }),
    },
  };
}

export function decidePostEdit(
  state: State,
  who: string,
  id: string,
  text: string,
  expectedRevision: number | undefined,
): Decision {
  const found = findPost(state, id);
  if (!found.ok) return found;
  const { post } = found;
  const refusal = refuseChange(post, post.author, who, "post", expectedRevision);
  if (refusal) return refusal;
  const checked = checkText(text, POST_LIMIT, "post");
  if (!checked.ok) return checked;
  return { ok: true, fact: checked.text === post.texts.at(-1) ? null : { type: "post.edit", id, text: checked.text } };
}

export function decidePostDelete(state: State, who: string, id: string): Decision {
  const found = findPost(state, id);
  if (!found.ok) return found;
  if (found.post.author !== who) return refuse("forbidden", "Only its author may delete a post.");
  return { ok: true, fact: found.post.deletedAt === null ? { type: "post.delete", id } : null };
}

export function decideLike(state: State, who: string, id: string, on: boolean): Decision {
  const found = findPost(state, id);
  if (!found.ok) return found;
  if (found.post.deletedAt !== null) return refuse("deleted", "The post was deleted.");
  if (found.post.likedBy.has(who) === on) return { ok: true, fact: null };
  return { ok: true, fact: { type: on ? "post.like" : "post.unlike", id, profile: who } };
}

export function decideFollow(state: State, who: string, target: string, on: boolean): Decision {
  if (who === target) return refuse("forbidden", "Nobody can follow themselves.");
  if ((state.profiles.get(who)?.follows.has(target) ?? false) === on) return { ok: true, fact: null };
  return { ok: true, fact: { type: on ? "follow" : "unfollow", profile: who, target } };
}

/** Why this author may not change this post or DM now; null: may. */
export function refuseChange(
  thing: { texts: string[]; deletedAt: number | null },
  author: string,
  who: string,
  noun: string,
  expectedRevision: number | undefined,
): Refusal | null {
  if (author !== who) return refuse("forbidden", `Only its author may edit a ${noun}.`);
  if (thing.deletedAt !== null) return refuse("deleted", `The ${noun} was deleted.`);
  const revision = thing.texts.length;
  if (expectedRevision !== undefined && expectedRevision !== revision) {
    return refuse("stale-revision", `The ${noun} is at revision ${revision}: read it again, then edit.`, { revision });
  }
  return null;
}
