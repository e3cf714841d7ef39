import { makeId } from "./ids.ts";
import type { Fact, LogRecord, ProfileFacts } from "./records.ts";
import {
  type Dm,
  type FeedEvent,
  insertByTime,
  listIn,
  newPost,
  type Post,
  type Profile,
  type State,
} from "./state.ts";
import { hashtagsIn, mentionsIn, wordLine } from "./text.ts";

type Of<T extends Fact["type"]> = Extract<Fact, { type: T }>;

/** Takes one record into the state. The only place that changes it; called in order, live and at replay alike. */
export function applyRecord(state: State, record: LogRecord): void {
  state.records = record.n;
  const { fact } = record;
  switch (fact.type) {
    case "network.opened":
      state.network = fact.network;
      state.secret = fact.secret;
      break;
    case "people.put":
      for (const person of fact.people) putProfile(state, record, person);
      break;
    case "company.put":
      putCompany(state, record, fact);
      break;
    case "profile.update":
      putProfile(state, record, fact.profile);
      break;
    case "post.create":
      createPost(state, record, fact);
      break;
    case "post.edit":
      editPost(state, record, fact);
      break;
    case "post.delete":
      deletePost(state, record, fact);
      break;
    case "post.like":
    case "post.unlike":
      like(state, record, fact);
      break;
    case "post.hide":
    case "post.unhide": {
      const post = state.posts.get(fact.id);
      if (post) post.hidden = fact.type === "post.hide";
      break;
    }
    case "block":
      state.blocks.add(`${fact.profile}>${fact.target}`);
      break;
    case "unblock":
      state.blocks.delete(`${fact.profile}>${fact.target}`);
      break;
    // It changes nothing that anybody sees: its record is what there is of it.
    case "report":
      break;
    case "follow":
    case "unfollow":
      follow(state, record, fact);
      break;
    case "dm.create":
      createDm(state, record, fact);
      break;
    case "dm.edit":
    case "dm.delete":
      changeDm(state, record, fact);
      break;
    case "webhook.add": {
      const { id, company, url, cursor } = fact;
      state.webhooks.set(id, { id, company, url, cursor, createdAt: record.at });
      break;
    }
    case "webhook.remove":
      state.webhooks.delete(fact.id);
      break;
    case "webhook.cursor": {
      const webhook = state.webhooks.get(fact.id);
      if (webhook) webhook.cursor = fact.cursor;
      break;
    }
  }
  rememberKey(state, record);
  remember(state, record);
}

function putProfile(state: State, record: LogRecord, facts: ProfileFacts): void {
  const known = state.profiles.get(facts.id);
  if (known) {
    Object.assign(known, facts);
    announce(state, record, { type: "profile.updated", profile: facts.id });
    return;
  }
  const profile: Profile = { ...facts, followedBy: new Set(), follows: new Set(), posts: 0 };
  state.profiles.set(profile.id, profile);
  state.byHandle.set(profile.handle, profile);
}

function putCompany(state: State, record: LogRecord, fact: Of<"company.put">): void {
  const { id } = fact.company;
  const before = state.companies.get(id);
  putProfile(state, record, fact.company);
  if (before) state.byToken.delete(before.token);
  const { token, appSecret, scopes, tokenExpiresAt } = fact;
  const company = { id, token, appSecret, ...(scopes && { scopes }), ...(tokenExpiresAt && { tokenExpiresAt }) };
  state.companies.set(id, company);
  state.byToken.set(fact.token, company);
  if (!before) {
    state.feeds.set(
      id,
      state.events.flatMap((e, place) => (maySee(e, id) ? [place] : [])),
    );
  }
}

function createPost(state: State, record: LogRecord, fact: Of<"post.create">): void {
  const { type: _, ...facts } = fact;
  const parent = facts.parentId ? state.posts.get(facts.parentId) : undefined;
  const post = newPost(facts, parent, knownIn(state, facts.text), hashtagsIn(facts.text));
  state.posts.set(post.id, post);
  state.postOrder.push(post);
  insertByTime(state.timeline, post);
  insertByTime(listIn(state.postsBy, post.author), post);
  for (const tag of post.hashtags) insertByTime(listIn(state.tagged, tag), post);
  parent?.answers.push(post.id);
  const author = state.profiles.get(post.author);
  if (author) author.posts++;
  noteConcerned(state, post, true);
  announce(state, record, { type: "post.created", post: post.id, revision: 1 });
}

function editPost(state: State, record: LogRecord, fact: Of<"post.edit">): void {
  const post = state.posts.get(fact.id);
  if (!post) return;
  post.texts.push(fact.text);
  post.editedAts.push(record.at);
  untag(state, post);
  post.mentions = knownIn(state, fact.text);
  post.hashtags = hashtagsIn(fact.text);
  post.line = wordLine(fact.text);
  for (const tag of post.hashtags) insertByTime(listIn(state.tagged, tag), post);
  noteConcerned(state, post, false);
  announce(state, record, { type: "post.edited", post: post.id, revision: post.texts.length });
}

function deletePost(state: State, record: LogRecord, fact: Of<"post.delete">): void {
  const post = state.posts.get(fact.id);
  if (!post) return;
  untag(state, post);
  post.deletedAt = record.at;
  post.texts = post.texts.map(() => "");
  post.mentions = [];
  post.hashtags = [];
  post.line = "";
  const author = state.profiles.get(post.author);
  if (author) author.posts--;
  announce(state, record, { type: "post.deleted", post: post.id, revision: post.texts.length });
}

function untag(state: State, post: Post): void {
  for (const tag of post.hashtags) {
    const list = listIn(state.tagged, tag);
    const at = list.indexOf(post);
    if (at >= 0) list.splice(at, 1);
  }
}

function knownIn(state: State, text: string): string[] {
  return mentionsIn(text).flatMap((handle) => state.byHandle.get(handle)?.id ?? []);
}

/** A company is concerned by a post of another that mentions it, answers it, or stands in a tree it started. */
function noteConcerned(state: State, post: Post, isNew: boolean): void {
  const parent = post.parentId ? state.posts.get(post.parentId) : undefined;
  const root = state.posts.get(post.rootId);
  for (const id of new Set([...post.mentions, parent?.author ?? "", root?.author ?? ""])) {
    if (id === post.author || !state.companies.has(id)) continue;
    const list = listIn(state.mentionsOf, id);
    if (isNew || !list.includes(post)) list.push(post);
  }
}

function like(state: State, record: LogRecord, fact: Of<"post.like" | "post.unlike">): void {
  const post = state.posts.get(fact.id);
  if (!post) return;
  if (fact.type === "post.like") post.likedBy.add(fact.profile);
  else post.likedBy.delete(fact.profile);
  const type = fact.type === "post.like" ? "like.created" : "like.deleted";
  announce(state, record, { type, post: post.id, by: fact.profile });
}

function follow(state: State, record: LogRecord, fact: Of<"follow" | "unfollow">): void {
  const who = state.profiles.get(fact.profile);
  const target = state.profiles.get(fact.target);
  if (!who || !target) return;
  if (fact.type === "follow") {
    who.follows.add(target.id);
    target.followedBy.add(who.id);
  } else {
    who.follows.delete(target.id);
    target.followedBy.delete(who.id);
  }
  const type = fact.type === "follow" ? "follow.created" : "follow.deleted";
  announce(state, record, { type, by: who.id, profile: target.id, only: [target.id] });
}

function createDm(state: State, record: LogRecord, fact: Of<"dm.create">): void {
  const { type: _, text, ...facts } = fact;
  const dm: Dm = { ...facts, texts: [text], editedAts: [null], deletedAt: null };
  state.dms.set(dm.id, dm);
  listIn(state.threads, dm.threadId).push(dm);
  for (const id of [dm.from, dm.to]) {
    const threads = state.threadsOf.get(id) ?? new Set();
    state.threadsOf.set(id, threads.add(dm.threadId));
  }
  state.wrote.add(`${dm.from}>${dm.to}`);
  if (dm.usesPrivateReply) state.privateReplies.add(`${dm.from}>${dm.privateReplyTo}`);
  announce(state, record, { type: "dm.created", dm: dm.id, revision: 1, only: [dm.from, dm.to] });
}

function changeDm(state: State, record: LogRecord, fact: Of<"dm.edit" | "dm.delete">): void {
  const dm = state.dms.get(fact.id);
  if (!dm) return;
  if (fact.type === "dm.edit") {
    dm.texts.push(fact.text);
    dm.editedAts.push(record.at);
  } else {
    dm.deletedAt = record.at;
    dm.texts = dm.texts.map(() => "");
  }
  const type = fact.type === "dm.edit" ? "dm.edited" : "dm.deleted";
  announce(state, record, { type, dm: dm.id, revision: dm.texts.length, only: [dm.from, dm.to] });
}

/** May this profile see the event in its feed? */
function maySee(event: FeedEvent, profileId: string): boolean {
  return !event.only || event.only.includes(profileId);
}

function announce(state: State, record: LogRecord, event: Omit<FeedEvent, "id" | "at">): void {
  const place = state.events.length;
  const full = { ...event, id: makeId("ev", state.network, record.n, place), at: record.at };
  state.events.push(full);
  for (const [company, feed] of state.feeds) if (maySee(full, company)) feed.push(place);
}

function rememberKey(state: State, { by, fact }: LogRecord): void {
  if (!by.key || !by.caller) return;
  const kind = ({ "post.create": "post", "dm.create": "dm", report: "report" } as const)[
    fact.type as "post.create" | "dm.create" | "report"
  ];
  if (kind === undefined || !("id" in fact)) return;
  state.keys.set(keyOf(by.caller, by.key), { kind, objectId: fact.id, print: by.print ?? "" });
}

export function keyOf(caller: string, key: string): string {
  return `${caller}\n${key}`;
}

function remember(state: State, { at, by, fact }: LogRecord): void {
  const said = saidIn(state, fact);
  if (!said || by.via === "admin" || by.via === "system") return;
  const caller = by.caller ? (state.profiles.get(by.caller)?.handle ?? null) : null;
  state.accepted.push({
    n: state.accepted.length + 1,
    at,
    via: by.via,
    caller,
    op: fact.type,
    idempotencyKey: by.key ?? null,
    ...said,
  });
}

type Said = { objectId: string; parentId: string | null; to: string | null; text: string | null };

function saidIn(state: State, fact: Fact): Said | null {
  const none = { parentId: null, to: null, text: null };
  switch (fact.type) {
    case "post.create":
      return { ...none, objectId: fact.id, parentId: fact.parentId, text: fact.text };
    case "dm.create":
      return { ...none, objectId: fact.id, to: state.profiles.get(fact.to)?.handle ?? null, text: fact.text };
    case "post.edit":
    case "dm.edit":
      return { ...none, objectId: fact.id, text: fact.text };
    case "post.delete":
    case "dm.delete":
    case "post.like":
    case "post.unlike":
    case "post.hide":
    case "post.unhide":
      return { ...none, objectId: fact.id };
    case "report":
      return { ...none, objectId: fact.post, text: `${fact.reason} ${fact.text}`.trim() };
    case "profile.update":
      return { ...none, objectId: fact.profile.id };
    case "follow":
    case "unfollow":
    case "block":
    case "unblock":
      return { ...none, objectId: fact.target };
    default:
      return null;
  }
}
