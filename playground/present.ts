import { followersOf } from "./domain/profiles.ts";
import type { MediaFacts } from "./domain/records.ts";
import type { Accepted, Dm, FeedEvent, Post, Profile, State } from "./domain/state.ts";

/** Epoch ms → RFC 3339 with milliseconds, UTC. */
export function instantText(at: number): string {
  return new Date(at).toISOString();
}

/** Where links of this network begin, without a slash at the end. */
export type Links = { base: string };

export function presentProfile(links: Links, p: Profile) {
  return {
    id: p.id,
    handle: p.handle,
    name: p.name,
    bio: p.bio,
    kind: p.kind,
    verified: p.kind === "company",
    colour: p.colour,
    language: p.language,
    followers: followersOf(p),
    following: p.follows.size,
    posts: p.posts,
    createdAt: instantText(p.createdAt),
    url: `${links.base}/@${p.handle}`,
  };
}

export function presentMedia(links: Links, { id, mime, bytes, alt, name }: MediaFacts) {
  return { id, url: `${links.base}/media/${id}`, mime, bytes, alt, name };
}

/** `revision` (from 1): show the text as it was then; else as it is now. Nothing is shown of a deleted post. */
export function presentPost(state: State, links: Links, post: Post, revision = post.texts.length) {
  const author = state.profiles.get(post.author) as Profile;
  const editedAt = post.editedAts[revision - 1] ?? null;
  return {
    id: post.id,
    url: `${links.base}/posts/${post.id}`,
    author: presentProfile(links, author),
    text: post.deletedAt === null ? (post.texts[revision - 1] ?? "") : null,
    language: post.language,
    createdAt: instantText(post.createdAt),
    editedAt: editedAt === null ? null : instantText(editedAt),
    deletedAt: post.deletedAt === null ? null : instantText(post.deletedAt),
    revision,
    ...(post.hidden && { hidden: true }),
    rootId: post.rootId,
    parentId: post.parentId,
    depth: post.depth,
    mentions: post.mentions.map((id) => ({ handle: state.profiles.get(id)?.handle ?? "", profileId: id })),
    hashtags: post.hashtags,
    media: post.deletedAt === null ? (post.media ?? []).map((m) => presentMedia(links, m)) : [],
    likeCount: post.likedBy.size,
    replyCount: post.answers.reduce((n, id) => n + (state.posts.get(id)?.deletedAt === null ? 1 : 0), 0),
  };
}

export function presentDm(state: State, links: Links, dm: Dm, revision = dm.texts.length) {
  const editedAt = dm.editedAts[revision - 1] ?? null;
  return {
    id: dm.id,
    threadId: dm.threadId,
    from: presentProfile(links, state.profiles.get(dm.from) as Profile),
    to: presentProfile(links, state.profiles.get(dm.to) as Profile),
    text: dm.deletedAt === null ? (dm.texts[revision - 1] ?? "") : null,
    createdAt: instantText(dm.createdAt),
    editedAt: editedAt === null ? null : instantText(editedAt),
    deletedAt: dm.deletedAt === null ? null : instantText(dm.deletedAt),
    revision,
    privateReplyTo: dm.privateReplyTo,
    media: dm.deletedAt === null ? (dm.media ?? []).map((m) => presentMedia(links, m)) : [],
  };
}

export function presentEvent(state: State, links: Links, event: FeedEvent, seq: number) {
  const post = event.post ? state.posts.get(event.post) : undefined;
  const dm = event.dm ? state.dms.get(event.dm) : undefined;
  const by = event.by ? state.profiles.get(event.by) : undefined;
  const profile = event.profile ? state.profiles.get(event.profile) : undefined;
  return {
    seq,
    id: event.id,
    type: event.type,
    at: instantText(event.at),
    ...(post ? { post: presentPost(state, links, post, event.revision) } : {}),
    ...(dm ? { dm: presentDm(state, links, dm, event.revision) } : {}),
    ...(by ? { by: presentProfile(links, by) } : {}),
    ...(profile ? { profile: presentProfile(links, profile) } : {}),
  };
}

export function presentAccepted(a: Accepted) {
  return { ...a, at: instantText(a.at) };
}
