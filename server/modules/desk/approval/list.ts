import type { ApprovalList, ApprovalView } from "#contracts/approval";

import { standingsOf, targetPeople } from "#modules/routing";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { type Accessed, concerns } from "./access.ts";
import { mayDecide } from "./domain/course.ts";
import { peopleFor } from "./facts.ts";
import { type ApprovalRequest, decidedRequests, waitingRequests } from "./store/request-store.ts";
import { presentRequests } from "./views.ts";

/** What waits for me or because of me, mine to decide first; or what was decided of late. */
export async function approvalsFor(tx: Tx, actor: Actor, view: "open" | "over"): Promise<ApprovalList> {
  const all = view === "open" ? await waitingRequests(tx) : await decidedRequests(tx);
  if (all.length === 0) return { items: [], asked: 0 };
  const standings = await standingsOf(tx, [...new Set(all.map((r) => r.conversationId))]);
  const targets = await targetPeople(tx);
  const seen = all.filter((r) => {
    const standing = standings.get(r.conversationId);
    return standing !== undefined && concerns(actor, r, standing);
  });
  const mine = (r: ApprovalRequest) =>
    actor.kind === "agent" &&
    mayDecide(r, actor.id, peopleFor(targets, standings.get(r.conversationId)!.where, r.agentId));
  const items = await presentRequests(tx, actor, seen.slice(0, 200), mine);
  const order = (v: ApprovalView) => (v.mayDecide ? 0 : 1);
  return {
    items: view === "open" ? items.toSorted((a, b) => order(a) - order(b)) : items,
    asked: items.filter((v) => v.mayDecide).length,
  };
}

/** One, after it was loaded under the rights of its conversation. */
export async function approvalView(tx: Tx, actor: Actor, at: Accessed): Promise<ApprovalView> {
  const may = (r: ApprovalRequest) => actor.kind === "agent" && mayDecide(r, actor.id, at.people);
  return (await presentRequests(tx, actor, [at.request], may))[0]!;
}
