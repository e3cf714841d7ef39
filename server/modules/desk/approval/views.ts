import type { ApprovalView } from "#contracts/approval";
import { type AttachedFile, attachedFiles, type Message, messagesById } from "#modules/channels";
import { conversationsById } from "#modules/conversations";
import { type Agent, agentsById } from "#modules/people";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { draftFiles } from "../read/file-views.ts";
import type { ApprovalRequest } from "./store/request-store.ts";
import { type StepRow, stepsOf } from "./store/step-store.ts";

export const isoOrNull = (at: Instant | null): string | null => (at === null ? null : iso(at));

export interface KnownOfRequests {
  steps: readonly StepRow[];
  agents: ReadonlyMap<string, Agent>;
  files: readonly AttachedFile[];
  messages: ReadonlyMap<string, Message>;
  conversations: ReadonlyMap<string, { id: string; number: string; subject: string }>;
  mayDecide(request: ApprovalRequest): boolean;
}

/** Whom a request and its steps name. */
export function agentsOfRequests(requests: readonly ApprovalRequest[], steps: readonly StepRow[]): (string | null)[] {
  return [...requests.flatMap((r) => [r.agentId, r.decidedBy, ...r.asked]), ...steps.map((s) => s.agentId)];
}

export function presentRequest(actorId: string, r: ApprovalRequest, known: KnownOfRequests): ApprovalView {
  const who = (id: string) => {
    const agent = known.agents.get(id);
    return { id, name: agent?.name ?? "", initials: agent?.initials ?? "" };
  };
  const steps = known.steps.filter((s) => s.requestId === r.id);
  const about = known.conversations.get(r.conversationId);
  const answers = known.messages.get(r.answersMessageId);
  const gone = answers?.state === "tombstone" || answers?.state === "erased";
  return {
    id: r.id,
    conversation: { id: r.conversationId, number: about?.number ?? "", subject: about?.subject ?? "" },
    ...{ brandId: r.brandId, state: r.state, audience: r.audience, author: who(r.agentId), text: r.text },
    firstText: steps[0]?.text ?? r.text,
    files: draftFiles(r.files, known.files),
    answers: answers
      ? {
          ...{ id: answers.id, author: answers.authorName || answers.authorHandle },
          ...{ text: gone ? "" : answers.text, at: iso(answers.sentAt) },
        }
      : null,
    because: [...r.because],
    asked: r.state === "waiting" ? r.asked.map(who) : [],
    ...{ stage: r.stage, tier: r.tier + 1, tiers: Math.max(1, r.tiers.length) },
    ...{ askedAt: iso(r.askedAt), since: iso(r.since), dueAt: isoOrNull(r.dueAt), alarmedAt: isoOrNull(r.alarmedAt) },
    staleAt: r.state === "waiting" ? isoOrNull(r.staleAt) : null,
    ...{ decidedAt: isoOrNull(r.decidedAt), decidedBy: r.decidedBy === null ? null : who(r.decidedBy) },
    ...{ edited: r.edited, mine: r.agentId === actorId },
    mayDecide: r.state === "waiting" && known.mayDecide(r),
    steps: steps.map((s) => ({
      ...{ at: iso(s.at), act: s.act, who: s.agentId && (known.agents.get(s.agentId)?.name ?? null), says: s.says },
      text: s.text,
    })),
    version: r.version,
  };
}

/** In the order given. */
export async function presentRequests(
  tx: Tx,
  actor: Actor,
  requests: readonly ApprovalRequest[],
  mayDecide: (request: ApprovalRequest) => boolean,
): Promise<ApprovalView[]> {
  if (requests.length === 0) return [];
  const steps = await stepsOf(
    tx,
    requests.map((r) => r.id),
  );
  const known = await tx.together(async (t) => {
    const [agents, files, messages, conversations] = await Promise.all([
      agentsById(t, [...new Set(agentsOfRequests(requests, steps))]),
      attachedFiles(
        t,
        requests.flatMap((r) => r.files.map((f) => f.id)),
      ),
      messagesById(
        t,
        requests.map((r) => r.answersMessageId),
      ),
      conversationsById(
        t,
        requests.map((r) => r.conversationId),
      ),
    ]);
    return { agents, files, messages: new Map(messages.map((m) => [m.id, m])), conversations };
  });
  return requests.map((r) => presentRequest(actor.id, r, { ...known, steps, mayDecide }));
}
