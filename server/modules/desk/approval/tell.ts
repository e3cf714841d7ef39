import { ApprovalChanged, ApprovalEnded } from "#events/desk";
import { conversationsById } from "#modules/conversations";
import { causeIsGone, openEscalation, pageAgents } from "#modules/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { clearTimer, setTimer } from "#platform/timers";
import type { Step } from "./domain/course.ts";
import type { ApprovalRequest } from "./store/request-store.ts";
import { addStep } from "./store/step-store.ts";

export const APPROVAL_DUE = "approval-due";
const topicOf = (id: string) => `approval ${id}`;
/** As grave as work that nobody can be found for: its lead is asked. */
const SEVERITY = 2;

/** Whoever is asked now hears of it by the ways they wish; where nobody can or does answer, an escalation begins. */
export async function tellOf(tx: Tx, request: ApprovalRequest, step: Step): Promise<void> {
  const number = (await conversationsById(tx, [request.conversationId])).get(request.conversationId)?.number ?? "";
  if (step.course.dueAt !== null) await setTimer(tx, APPROVAL_DUE, request.id, step.course.dueAt);
  else await clearTimer(tx, APPROVAL_DUE, request.id);
  if (step.fresh.length > 0) await pageAgents(tx, step.fresh, `A reply in ${number} waits for you to pass it.`);
  if (step.alarm === null) return;
  const says =
    step.alarm === "nobody"
      ? `Nobody has the right to pass a reply that waits in ${number}.`
      : `A reply in ${number} waits, and nobody who was asked has passed it.`;
  await addStep(tx, request.id, { act: "alarmed", agentId: null, says });
  // Not of the conversation: an escalation there would name approvers of its own.
  await openEscalation(tx, {
    ...{ topic: topicOf(request.id), kind: "by-hand", otherwise: SEVERITY, says, brandId: request.brandId },
    fits: (rung) => rung.trigger.kind === "by-hand" && rung.severity === SEVERITY,
  });
}

export function changed(
  tx: Tx,
  r: Pick<ApprovalRequest, "id" | "conversationId" | "agentId" | "asked">,
  what: "asked-on" | "passed" | "stale" | "confirmed" | "commented" | "alarmed",
  version: number,
): void {
  tx.announce(ApprovalChanged, {
    ...{ key: r.conversationId, entity: "approval", entityId: r.id, entityVersion: version },
    payload: { requestId: r.id, conversationId: r.conversationId, agentId: r.agentId, askedIds: [...r.asked], what },
  });
}

/** Nobody is asked any more. */
export async function ended(
  tx: Tx,
  r: ApprovalRequest,
  how: "approved" | "returned" | "withdrawn",
  by: string | null,
  version: number,
): Promise<void> {
  await clearTimer(tx, APPROVAL_DUE, r.id);
  if (r.alarmedAt !== null) await causeIsGone(tx, topicOf(r.id));
  tx.announce(ApprovalEnded, {
    ...{ key: r.conversationId, entity: "approval", entityId: r.id, entityVersion: version },
    payload: {
      ...{ requestId: r.id, conversationId: r.conversationId, episodeId: r.episodeId, brandId: r.brandId },
      ...{ agentId: r.agentId, askedIds: [...r.asked], how, by, askedAt: iso(r.askedAt), endedAt: iso(tx.now) },
      ...{ waitedMs: tx.now - r.askedAt, edited: r.edited },
    },
  });
}
