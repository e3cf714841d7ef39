import type { By, DmFacts, PostFacts, ProfileFacts, TokenRights } from "./records.ts";
import { wordLine } from "./text.ts";

export type Profile = ProfileFacts & { followedBy: Set<string>; follows: Set<string>; posts: number };

export type Post = Omit<PostFacts, "text"> & {
  /** Text of each revision, the first first; emptied when the post is deleted. */
  texts: string[];
  editedAts: (number | null)[];
  deletedAt: number | null;
  /** Folded away by who began its tree. */
  hidden: boolean;
  rootId: string;
  depth: number;
  mentions: string[];
  hashtags: string[];
  likedBy: Set<string>;
  /** Direct answers, in order of acceptance. */
  answers: string[];
  /** Folded words for the search. */
  line: string;
};

export type Dm = Omit<DmFacts, "text"> & { texts: string[]; editedAts: (number | null)[]; deletedAt: number | null };

export type Company = { id: string; token: string; appSecret: string } & TokenRights;

export type Webhook = { id: string; company: string; url: string; cursor: number; createdAt: number };

export type FeedEventType =
  | "post.created"
  | "post.edited"
  | "post.deleted"
  | "dm.created"
  | "dm.edited"
  | "dm.deleted"
  | "like.created"
  | "like.deleted"
  | "follow.created"
  | "follow.deleted"
  | "profile.updated";

/** One event of the feed before it is rendered for a reader. `revision` is that of the post or DM at the time. */
export type FeedEvent = {
  id: string;
  type: FeedEventType;
  at: number;
  post?: string;
  dm?: string;
  by?: string;
  profile?: string;
  revision?: number;
  /** The only profiles that may see it; absent: public. */
  only?: readonly string[];
};

export type Accepted = {
  n: number;
  at: number;
  via: By["via"];
  caller: string | null;
  op: string;
  objectId: string;
  idempotencyKey: string | null;
  parentId: string | null;
  to: string | null;
  text: string | null;
};

export type KeyUse = { kind: "post" | "dm" | "report"; objectId: string; print: string };

/** The whole network in memory. Only `applyRecord` changes it. */
export type State = {
  network: string;
  secret: string;
  records: number;
  profiles: Map<string, Profile>;
  byHandle: Map<string, Profile>;
  companies: Map<string, Company>;
  byToken: Map<string, Company>;
  posts: Map<string, Post>;
  /** All posts in order of acceptance. */
  postOrder: Post[];
  /** All posts by `createdAt`, oldest first. */
  timeline: Post[];
  postsBy: Map<string, Post[]>;
  tagged: Map<string, Post[]>;
  /** Per company: posts of others that concern it, in order of acceptance. */
  mentionsOf: Map<string, Post[]>;
  dms: Map<string, Dm>;
  threads: Map<string, Dm[]>;
  threadsOf: Map<string, Set<string>>;
  /** "from>to" of every pair with at least one DM. */
  wrote: Set<string>;
  /** "company>post" of every private reply used. */
  privateReplies: Set<string>;
  /** "by>whom". */
  blocks: Set<string>;
  webhooks: Map<string, Webhook>;
  events: FeedEvent[];
  /** Per company: places in `events`, its seq being the place in this list + 1. */
  feeds: Map<string, number[]>;
  keys: Map<string, KeyUse>;
  accepted: Accepted[];
};

export function emptyState(): State {
  return {
    network: "",
    secret: "",
    records: 0,
    profiles: new Map(),
    byHandle: new Map(),
    companies: new Map(),
    byToken: new Map(),
    posts: new Map(),
    postOrder: [],
    timeline: [],
    postsBy: new Map(),
    tagged: new Map(),
    mentionsOf: new Map(),
    dms: new Map(),
    threads: new Map(),
    threadsOf: new Map(),
    wrote: new Set(),
    privateReplies: new Set(),
    blocks: new Set(),
    webhooks: new Map(),
    events: [],
    feeds: new Map(),
    keys: new Map(),
    accepted: [],
  };
}

export function newPost(facts: PostFacts, parent: Post | undefined, mentions: string[], hashtags: string[]): Post {
  const { text, ...rest } = facts;
  return {
    ...rest,
    texts: [text],
    editedAts: [null],
    deletedAt: null,
    hidden: false,
    rootId: parent ? parent.rootId : facts.id,
    depth: parent ? parent.depth + 1 : 0,
    mentions,
    hashtags,
    likedBy: new Set(),
    answers: [],
    line: wordLine(text),
  };
}

/** Into a list ordered by `createdAt`; mostly at the end. */
export function insertByTime(list: Post[], post: Post): void {
  let at = list.length;
  while (at > 0 && (list[at - 1] as Post).createdAt > post.createdAt) at--;
  list.splice(at, 0, post);
}

export function listIn<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
