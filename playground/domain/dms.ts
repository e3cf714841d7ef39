import { makeId } from "./ids.ts";
import { type Decision, refuseChange } from "./posts.ts";
import type { MediaFacts } from "./records.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Dm, Profile, State } from "./state.ts";
import { checkText, DM_LIMIT } from "./text.ts";

export type DmInput = {
  text: string;
  privateReplyTo?: string | null;
  media?: MediaFacts[] | undefined;
  createdAt?: number;
  raw?: boolean;
};

export const DAY_MS = 24 * 3_600_000;
/** How long a post can be answered privately, after the manner of page comments on large networks. */
const PRIVATE_REPLY_MS = 7 * DAY_MS;

/** May this sender write to this profile without any occasion? Persons always; a company only whom it knows. */
export function windowOf(state: State, from: Profile, to: Profile): "person" | "wrote" | "follows" | null {
  if (from.kind === "person") return "person";
  if (state.wrote.has(`${to.id}>${from.id}`)) return "wrote";
  return to.follows.has(from.id) ? "follows" : null;
}

/** One thread per pair, whoever began. */
export function threadIdOf(network: string, a: string, b: string): string {
  return makeId("dt", network, 0, a < b ? `${a}>${b}` : `${b}>${a}`);
}

export function decideDm(state: State, from: Profile, to: Profile, input: DmInput, id: string, now: number): Decision {
  if (from.id === to.id) return refuse("forbidden", "Nobody can write to themselves.");
  if (state.blocks.has(`${to.id}>${from.id}`)) return refuse("forbidden", "They have blocked you.");
  const open = windowOf(state, from, to) !== null;
  const refusal = refusePrivateReply(state, from, to, input.privateReplyTo ?? null, open, now);
  if (refusal) return refusal;
  const text = input.raw
    ? { ok: true as const, text: input.text }
    : checkText(input.text, DM_LIMIT, "message", input.media !== undefined);
  if (!text.ok) return text;
  return {
    ok: true,
    fact: {
      type: "dm.create",
      id,
      threadId: threadIdOf(state.network, from.id, to.id),
      from: from.id,
      to: to.id,
      text: text.text,
      createdAt: Math.min(input.createdAt ?? now, now),
      privateReplyTo: input.privateReplyTo ?? null,
      usesPrivateReply: !open,
      ...(input.media && { media: input.media }),
    },
  };
}

function refusePrivateReply(
  state: State,
  from: Profile,
  to: Profile,
  postId: string | null,
  open: boolean,
  now: number,
): Refusal | null {
  if (!postId) {
    if (open) return null;
    return refuse(
      "dm-not-allowed",
      `@${to.handle} has neither written to @${from.handle} nor follows it: answer in public and ask for a message, or send a private reply to a post.`,
    );
  }
  const post = state.posts.get(postId);
  if (!post) return refuse("not-found", "The post to answer privately does not exist.");
  if (post.author !== to.id) return refuse("validation", "privateReplyTo must name a post of the addressee.");
  if (open) return null;
  if (post.deletedAt !== null) return refuse("deleted", "The post to answer privately was deleted.");
  if (now - post.createdAt > PRIVATE_REPLY_MS) {
    return refuse("private-reply-expired", "The post is older than 7 days: a private reply is no longer possible.");
  }
  if (state.privateReplies.has(`${from.id}>${post.id}`)) {
    return refuse("private-reply-used", "This post already had its one private reply: wait for the person to answer.");
  }
  return null;
}

/** The DM, if this profile takes part in it. */
export function findDm(state: State, who: string, id: string): { ok: true; dm: Dm } | Refusal {
  const dm = state.dms.get(id);
  if (dm && (dm.from === who || dm.to === who)) return { ok: true, dm };
  return refuse("not-found", "There is no message with this id in your threads.");
}

export function decideDmEdit(
  state: State,
  who: string,
  id: string,
  text: string,
  expectedRevision: number | undefined,
): Decision {
  const found = findDm(state, who, id);
  if (!found.ok) return found;
  const refusal = refuseChange(found.dm, found.dm.from, who, "message", expectedRevision);
  if (refusal) return refusal;
  const checked = checkText(text, DM_LIMIT, "message");
  if (!checked.ok) return checked;
  const same = checked.text === found.dm.texts.at(-1);
  return { ok: true, fact: same ? null : { type: "dm.edit", id, text: checked.text } };
}

export function decideDmDelete(state: State, who: string, id: string): Decision {
  const found = findDm(state, who, id);
  if (!found.ok) return found;
  if (found.dm.from !== who) return refuse("forbidden", "Only its author may delete a message.");
  return { ok: true, fact: found.dm.deletedAt === null ? { type: "dm.delete", id } : null };
}
