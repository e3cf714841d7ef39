import type { z } from "zod";
import type { calledIn, callIn } from "#contracts/supervision";
import { QueueReliefChanged } from "#events/routing";
import { settingOf } from "#modules/company";
import { audit, can, need, staffOf } from "#modules/people";
import { pageAgents, peaksSetting, type QueueFacts, queuesOf } from "#modules/routing";
import { DAY, HOUR, type Instant, instantOf, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { type Reaction, reaction } from "#platform/journal/reader";
import { openForNow } from "../store/act-store.ts";
import { endLoan, lendTeamTo } from "./loans.ts";
import { surgeHelpers } from "./surge-settings.ts";

export type Called = z.input<typeof calledIn>;
/** Called by a rule they stay no longer than this, should it never be calm again. */
const RULE_FOR = 8 * HOUR;

/**
 * Calls helpers in for a queue: each is told by the ways of their own wishes, and is in the queue's team, with the team's rights and no
 * others, until the time is over. Whoever is called already is not called twice.
 */
async function call(
  tx: Tx,
  wish: { queue: QueueFacts; agentIds: readonly string[]; until: Instant; reason: string; by: string | null },
): Promise<Called> {
  const { queue, until, reason, by } = wish;
  const staff = await staffOf(tx);
  const called: string[] = [];
  const already: string[] = [];
  for (const agentId of new Set(wish.agentIds)) {
    if (!staff.byId.has(agentId)) continue;
    const surge = { agentId, teamId: queue.teamId, until, reason, byAgent: by, surgeFor: queue.id };
    ((await lendTeamTo(tx, surge)) ? called : already).push(agentId);
  }
  const says = `You are asked to help in ${queue.name} until ${iso(until).slice(11, 16)} UTC: ${reason}`;
  const pages = called.length === 0 ? 0 : await pageAgents(tx, called, says);
  return { called, already, pages, until: iso(until) };
}

/** A supervisor calls helpers in: these, or all who are marked. */
export async function callHelpersIn(tx: Tx, actor: Actor, wish: z.output<typeof callIn>): Promise<Called> {
  // They get the team's rights for as long.
  need(actor, "people.manage");
  const queue = (await queuesOf(tx)).find((q) => q.id === wish.queueId);
  if (!queue || !can(actor, "work.read", { queueId: queue.id, teamId: queue.teamId })) throw notFound("queue");
  const { value: marked } = await settingOf(tx, surgeHelpers);
  const stranger = wish.agentIds?.find((id) => !marked.agentIds.includes(id));
  if (stranger)
    throw new AppError(
      "invalid-request",
      "Only who is marked as a helper can be called in. Mark them first, or lend them.",
    );
  const until = instantOf(wish.until) ?? 0;
  if (until <= tx.now || until > tx.now + DAY)
    throw new AppError("invalid-request", "Choose an end within the next 24 hours.");
  const agentIds = wish.agentIds ?? marked.agentIds;
  if (agentIds.length === 0)
    throw new AppError(
      "invalid-request",
      "Nobody is marked as a helper. Mark people in the setting desk.surge-helpers.",
    );
  const made = await call(tx, { queue, agentIds, until, reason: wish.reason, by: actor.id });
  const detail = { called: made.called, until: made.until, reason: wish.reason };
  await audit(tx, actor, "surge.called-in", "queue", queue.id, detail);
  return made;
}

/** What a supervisor, or a rule, may end before its time: everybody called in for the queue goes back. */
export async function endSurge(tx: Tx, queueId: string, only: "all" | "by-rule"): Promise<number> {
  let ended = 0;
  for (const act of await openForNow(tx)) {
    if (!("surgeFor" in act.detail) || act.detail.surgeFor !== queueId) continue;
    if (only === "by-rule" && act.byAgent !== null) continue;
    await endLoan(tx, act);
    ended++;
  }
  return ended;
}

/** A queue's rule may call helpers in with the overflow, and sends them back with its end; whom a person called stays. */
export const onReliefChanged: Reaction = reaction(QueueReliefChanged, async (tx, events) => {
  for (const { payload } of events) {
    if (!payload.helping) {
      const ended = await endSurge(tx, payload.queueId, "by-rule");
      if (ended > 0) await audit(tx, null, "surge.ended", "queue", payload.queueId, { ended });
      continue;
    }
    const { value: peaks } = await settingOf(tx, peaksSetting);
    const rule = peaks.queues.find((q) => q.queueId === payload.queueId)?.overflow;
    const queue = (await queuesOf(tx)).find((q) => q.id === payload.queueId);
    const { agentIds } = (await settingOf(tx, surgeHelpers)).value;
    if (!rule?.callHelpers || !queue || agentIds.length === 0) continue;
    const reason = payload.reasons[0] ?? "The queue overflows.";
    const made = await call(tx, { queue, agentIds, until: tx.now + RULE_FOR, reason, by: null });
    await audit(tx, null, "surge.called-in", "queue", queue.id, { called: made.called, until: made.until, reason });
  }
});
