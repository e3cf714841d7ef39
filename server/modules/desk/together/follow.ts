import { FollowersChanged } from "#events/desk";
import { partsOf } from "#modules/conversations";
import { need } from "#modules/people";
import type { Tx } from "#platform/db";
import { notNow, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { accessConversation } from "../work-acts.ts";
import { forMeChanged } from "./calls.ts";
import { deleteFollower, followedBy, insertFollower, MOST_FOLLOWED, markFollowed } from "./store/follower-store.ts";
import { readCalls } from "./store/for-me-store.ts";

/** Only people follow: a program reads the journal. */
export function needAgent(actor: Actor): void {
  if (actor.kind !== "agent") throw notPermitted("do this: it is for agents, and an API key is none");
}

/** From now on the agent hears of what happens here, or does not any more. */
export async function follow(tx: Tx, actor: Actor, conversationId: string, following: boolean): Promise<void> {
  needAgent(actor);
  const { conversation } = await accessConversation(tx, actor, conversationId);
  const all = [conversation.id, ...(await partsOf(tx, conversation.id))];
  if (following && (await followedBy(tx, actor.id)).length >= MOST_FOLLOWED)
    throw notNow(`You follow ${MOST_FOLLOWED} conversations, which is the most. Leave some, under For me.`);
  const changed = following
    ? await insertFollower(tx, actor.id, conversation.id)
    : await deleteFollower(tx, actor.id, all);
  if (!changed) return;
  tx.announce(FollowersChanged, {
    ...{ key: conversation.id, entity: "conversation", entityId: conversation.id, entityVersion: 1 },
    payload: { conversationId: conversation.id, agentId: actor.id, following },
  });
  forMeChanged(tx, actor.id, conversation.id);
}

/** The agent has looked: at one conversation, with all that became part of it, or at everything. */
export async function readForMe(tx: Tx, actor: Actor, conversationId: string | null): Promise<void> {
  needAgent(actor);
  need(actor, "conversation.read");
  const ids = conversationId === null ? null : [conversationId, ...(await partsOf(tx, conversationId))];
  const calls = await readCalls(tx, actor.id, ids);
  const followed = await markFollowed(tx, actor.id, ids);
  if (calls || followed) forMeChanged(tx, actor.id, conversationId);
}
