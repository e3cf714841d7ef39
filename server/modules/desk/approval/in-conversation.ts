import type { ApprovalAhead, ApprovalRules, ApprovalView } from "#contracts/approval";
import type { AttachedFile, Message } from "#modules/channels";
import type { Placement } from "#modules/conversations";
import type { CustomerFacts } from "#modules/customers";
import type { UnderstandingRow } from "#modules/listening";
import type { Agent } from "#modules/people";
import {
  approversOfMatter,
  type MatterEscalated,
  type Standing,
  type TargetPeople,
  targetPeople,
} from "#modules/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { sayAhead } from "./ahead.ts";
import { mayDecide } from "./domain/course.ts";
import { factsFor, fieldValues, needFor, peopleFor, wordsOfCustomer, writerKeys } from "./facts.ts";
import { type ApprovalRequest, requestsOf } from "./store/request-store.ts";
import { type StepRow, stepsIn } from "./store/step-store.ts";
import { agentsOfRequests, presentRequest } from "./views.ts";

/** What of approval a conversation's id alone leads to. */
export interface ApprovalReads {
  requests: ApprovalRequest[];
  steps: StepRow[];
  escalated: MatterEscalated[];
}
export async function approvalReads(tx: Tx, conversationId: string): Promise<ApprovalReads> {
  const [requests, steps, escalated] = await Promise.all([
    requestsOf(tx, conversationId),
    stepsIn(tx, conversationId),
    approversOfMatter(tx, [conversationId]),
  ]);
  return { requests, steps, escalated };
}
export const agentsInApproval = (a: ApprovalReads) => agentsOfRequests(a.requests, a.steps);

/** Only where a rule, an escalation or a request makes it matter who people are. */
export async function peopleOfApproval(tx: Tx, a: ApprovalReads, rules: ApprovalRules): Promise<TargetPeople | null> {
  const matters = rules.rules.length > 0 || a.escalated.length > 0 || a.requests.some((r) => r.state === "waiting");
  return matters ? targetPeople(tx) : null;
}

export interface ConversationKnown extends Standing {
  approval: ApprovalReads;
  approvalRules: ApprovalRules;
  approvers: TargetPeople | null;
  page: readonly Placement[];
  labels: ReadonlyMap<string, UnderstandingRow>;
  facts: CustomerFacts | null;
  agents: ReadonlyMap<string, Agent>;
}

/** What the composer says before it is sent; as far as it is known without the text. */
export function aheadOf(
  actor: Actor,
  known: ConversationKnown,
  audience: "public" | "private",
  target: Message,
  now: number,
): ApprovalAhead | null {
  const { approvers: targets, page, labels, work } = known;
  if (!targets) return null;
  const facts = factsFor({
    ...{ audience, target, labels, says: [], escalations: known.approval.escalated },
    looked: wordsOfCustomer(page, work?.episodeId, target.id),
    fields: known.facts ? fieldValues(known.facts.fields) : {},
  });
  const writer = writerKeys(targets, actor.id);
  const need = needFor(known.approvalRules, { ...facts, writer }, targets, { id: actor.id, where: known.where }, now);
  return need && sayAhead(need, targets, known.where, actor.id);
}

/** What waits here; and the last that was given back to the one who reads this, until something new is sent. */
export function shownRequests(
  actor: Actor,
  known: ConversationKnown,
  messages: ReadonlyMap<string, Message>,
  files: readonly AttachedFile[],
): ApprovalView[] {
  const { requests, steps } = known.approval;
  const last = requests.find((r) => r.agentId === actor.id);
  const shown = requests.filter((r) => r.state === "waiting" || (r === last && r.state === "returned"));
  const decides = (r: ApprovalRequest) =>
    actor.kind === "agent" &&
    known.approvers !== null &&
    mayDecide(r, actor.id, peopleFor(known.approvers, known.where, r.agentId));
  const conversations = new Map([[known.conversation.id, known.conversation]]);
  return shown.map((r) =>
    presentRequest(actor.id, r, { steps, agents: known.agents, files, messages, conversations, mayDecide: decides }),
  );
}

interface Line {
  type: "line";
  id: string;
  at: string;
  kind: string;
  text: string;
  reasons: { code: string; text: string }[];
}

/** The way of each request as lines of the timeline. */
export function approvalLines(known: Pick<ConversationKnown, "approval" | "agents">): Line[] {
  const { requests, steps } = known.approval;
  const byId = new Map(requests.map((r) => [r.id, r]));
  return steps.flatMap((s, n): Line[] => {
    const r = byId.get(s.requestId);
    if (!r) return [];
    const text = sayStep(s, r, (s.agentId && known.agents.get(s.agentId)?.name) || "somebody");
    const reasons = s.act === "asked" ? [...r.because] : [];
    return text === null
      ? []
      : [{ type: "line", id: `approval-${r.id}-${n}`, at: iso(s.at), kind: `approval-${s.act}`, text, reasons }];
  });
}

function sayStep(s: StepRow, r: ApprovalRequest, name: string): string | null {
  switch (s.act) {
    case "asked":
      return `${name} asked for approval`;
    case "asked-on":
      return `Nobody answered in time: ${s.says === "deputies" ? "the deputies are" : "supervisors are"} asked`;
    case "passed": {
      const last = r.state === "approved" && r.decidedAt === s.at;
      return `${name} passed it${last ? ` after ${sayLength(s.at - r.askedAt)}${r.edited ? ", with changes" : ""}` : ""}`;
    }
    case "returned":
      return `${name} gave it back after ${sayLength(s.at - r.askedAt)}: ${s.says}`;
    case "withdrawn":
      return `${name} took the request back`;
    case "confirmed":
      return `${name} confirmed that the text still fits`;
    case "commented":
      return `${name} on the waiting reply: ${s.says}`;
    case "alarmed":
      return s.says;
    default:
      return null;
  }
}

function sayLength(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return "less than a minute";
  if (minutes < 120) return `${minutes} min`;
  return `${Math.round(minutes / 60)} h`;
}
