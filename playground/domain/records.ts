/** What one line of the log holds. A record is a decided fact: replaying the records gives the state again, without deciding anything anew. */

export const COLOURS = ["coral", "amber", "olive", "green", "teal", "sky", "blue", "violet", "pink", "slate"] as const;
export type Colour = (typeof COLOURS)[number];

export type Via = "api" | "sim" | "web" | "admin" | "system";

/** Who wrote it, by which door, and under which idempotency key with which fingerprint of the request. */
export type By = { via: Via; caller: string | null; key?: string; print?: string };

export type Scope = "read" | "write";
/** What a token may do and how long; without them everything, for ever. */
export type TokenRights = { scopes?: Scope[]; tokenExpiresAt?: number };

export type ProfileFacts = {
  id: string;
  handle: string;
  name: string;
  bio: string;
  kind: "person" | "company";
  colour: Colour;
  language: string | null;
  /** Followers beside the real ones, to play people with a large audience. */
  followersBase: number;
  createdAt: number;
  /** Hash of the browser session that made the person; null: everybody may play this person. */
  owner: string | null;
};

/** A picture or another file that stands with a post or message; its bytes are the upload's. */
export type MediaFacts = { id: string; alt: string; name: string; mime: string; bytes: number };

export type PostFacts = {
  id: string;
  author: string;
  text: string;
  language: string | null;
  parentId: string | null;
  createdAt: number;
  media?: MediaFacts[];
};

export type DmFacts = {
  id: string;
  threadId: string;
  from: string;
  to: string;
  text: string;
  createdAt: number;
  privateReplyTo: string | null;
  /** True when the DM was only allowed as the post's one private reply. */
  usesPrivateReply: boolean;
  media?: MediaFacts[];
};

export type Fact =
  | { type: "network.opened"; network: string; secret: string }
  | { type: "people.put"; people: ProfileFacts[] }
  | ({ type: "company.put"; company: ProfileFacts; token: string; appSecret: string } & TokenRights)
  | { type: "profile.update"; profile: ProfileFacts }
  | ({ type: "post.create" } & PostFacts)
  | { type: "post.edit"; id: string; text: string }
  | { type: "post.delete"; id: string }
  | { type: "post.like" | "post.unlike"; id: string; profile: string }
  | { type: "post.hide" | "post.unhide"; id: string; profile: string }
  | { type: "block" | "unblock"; profile: string; target: string }
  | { type: "report"; id: string; post: string; profile: string; reason: string; text: string }
  | { type: "follow" | "unfollow"; profile: string; target: string }
  | ({ type: "dm.create" } & DmFacts)
  | { type: "dm.edit"; id: string; text: string }
  | { type: "dm.delete"; id: string }
  | { type: "webhook.add"; id: string; company: string; url: string; cursor: number }
  | { type: "webhook.remove"; id: string }
  | { type: "webhook.cursor"; id: string; cursor: number };

/** `n` is dense from 1, `at` the instant of acceptance. */
export type LogRecord = { n: number; at: number; by: By; fact: Fact };
