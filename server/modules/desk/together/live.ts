import { FollowersChanged, FollowUpChanged, ForMeChanged, SideQuestionChanged } from "#events/desk";
import { type LiveMapping, type LiveNotice, live } from "#platform/journal/live";

/** What hangs on a conversation is another thing: for all who may read it. */
const here = (conversationId: string, id: string, version: number): LiveNotice => ({
  ...{ kind: "together", id, version, conversationId },
  needs: { verb: "conversation.read", at: { of: "conversation", id: conversationId } },
});
/** What one agent has before them is another thing: nobody else's business. */
const mine = (agentId: string, version: number): LiveNotice => ({
  ...{ kind: "for-me", id: agentId, version, needs: { agentId } },
});

export const togetherLive: readonly LiveMapping[] = [
  live(ForMeChanged, (e) => [mine(e.payload.agentId, e.entityVersion)]),
  live(FollowersChanged, (e) => [here(e.payload.conversationId, e.entityId, e.entityVersion)]),
  live(FollowUpChanged, (e) => [
    here(e.payload.conversationId, e.entityId, e.entityVersion),
    mine(e.payload.agentId, e.entityVersion),
  ]),
  live(SideQuestionChanged, (e) => [
    here(e.payload.conversationId, e.entityId, e.entityVersion),
    ...(e.payload.toAgent === null ? [] : [mine(e.payload.toAgent, e.entityVersion)]),
  ]),
];
