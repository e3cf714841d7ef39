import type { ApprovalAhead } from "#contracts/approval";
import type { TargetPeople, Whereabouts } from "#modules/routing";
import type { Tx } from "#platform/db";
import type { Prepared } from "../prepare-reply.ts";
import type { Need } from "./domain/needed.ts";
import { namesOf, needOf, peopleFor } from "./facts.ts";

/** Who has to pass it before it leaves, and why; null: nobody. */
export async function approvalAhead(tx: Tx, prepared: Prepared): Promise<ApprovalAhead | null> {
  const { need, targets } = await needOf(tx, prepared);
  return need && targets ? sayAhead(need, targets, prepared.standing.where, prepared.author.id) : null;
}

export function sayAhead(need: Need, targets: TargetPeople, where: Whereabouts, authorId: string): ApprovalAhead {
  return {
    who: namesOf(targets, need, peopleFor(targets, where, authorId)),
    because: need.because,
    tiers: need.tiers.length,
    minutes: need.tiers[0]?.minutes ?? 0,
  };
}
