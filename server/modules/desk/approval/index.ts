/** Approval, as the rest of `desk` and its door see it. */
import { ApprovalAsked, ApprovalChanged, ApprovalEnded } from "#events/desk";
import { useApprovals } from "#modules/channels";
import { type LiveMapping, type LiveNeed, live } from "#platform/journal/live";
import { approvedDeliveries } from "./store/step-store.ts";

export { approvalRoutes } from "./api/approval-routes.ts";
export { approvalReader, approvalTimers } from "./reactions.ts";
export { saveRules as saveApprovalRules } from "./rules.ts";

// What the outbox is told of an approval it asks here before it believes it.
useApprovals(approvedDeliveries);

interface About {
  requestId: string;
  conversationId: string;
  agentId: string;
  askedIds: readonly string[];
}
const notice = ({ entityVersion: version, payload: p }: { entityVersion: number; payload: About }) => {
  const needs: LiveNeed[] = [
    ...[p.agentId, ...p.askedIds].map((agentId) => ({ agentId })),
    { verb: "conversation.read", at: { of: "conversation", id: p.conversationId } },
  ];
  return [{ kind: "approval", id: p.requestId, version, conversationId: p.conversationId, needs }];
};
export const approvalLive: readonly LiveMapping[] = [
  live(ApprovalAsked, notice),
  live(ApprovalChanged, notice),
  live(ApprovalEnded, notice),
];
