import type { z } from "zod";
import type { closingAsked } from "#contracts/together";
import { ClosingNoted } from "#events/desk";
import { settingsOf } from "#modules/company";
import type { Work } from "#modules/routing";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { outcomesSetting, reasonNeeded } from "../settings.ts";
import { saveClosings } from "./store/closing-store.ts";

export type ClosingAsked = z.output<typeof closingAsked>;
type Outcome = z.output<(typeof outcomesSetting)["schema"]>[number];

/** Names of a path in the tree of reasons; what is not there any more stands as its key. */
export function reasonWords(outcome: Outcome | undefined, path: readonly string[]): string {
  const top = outcome?.reasons?.find((one) => one.key === path[0]);
  const below = top?.below?.find((one) => one.key === path[1]);
  return path.map((key, depth) => (depth === 0 ? top : below)?.name ?? key).join(": ");
}

/** What is wrong with a reason; null: nothing. A reason with others below it is too coarse. */
export function reasonFault(outcome: Outcome, path: readonly string[], needed: boolean): string | null {
  const reasons = outcome.reasons ?? [];
  const keys = (of: readonly { key: string }[]) => of.map((one) => one.key).join(", ");
  if (path.length === 0)
    return needed && reasons.length > 0
      ? `This queue asks why: choose a reason for “${outcome.name}”. There are: ${keys(reasons)}.`
      : null;
  const top = reasons.find((one) => one.key === path[0]);
  if (!top) return `“${outcome.name}” has no reason ${path[0]}. There are: ${keys(reasons) || "none"}.`;
  const below = top.below ?? [];
  if (path.length === 1)
    return below.length > 0 ? `Say more exactly what “${top.name}” means here. There are: ${keys(below)}.` : null;
  if (!below.some((one) => one.key === path[1]))
    return `“${top.name}” has no reason ${path[1]} below it. There are: ${keys(below) || "none"}.`;
  return null;
}

/** Checks an outcome with its reason against what the brand has, and what the queue asks. */
export async function needClosing(
  tx: Tx,
  of: { brandId: string; queueId: string | null },
  outcome: string,
  closing: ClosingAsked | null,
): Promise<void> {
  const { outcomes, needed } = await settingsOf(tx, { outcomes: outcomesSetting, needed: reasonNeeded }, of.brandId);
  const found = outcomes.find((one) => one.key === outcome);
  if (!found)
    throw new AppError(
      "invalid-request",
      `There is no outcome ${outcome}. There are: ${outcomes.map((o) => o.key).join(", ")}.`,
    );
  const fault = reasonFault(found, closing?.reason ?? [], of.queueId !== null && needed.includes(of.queueId));
  if (fault) throw new AppError("reason-needed", fault);
}

/** Writes down why the open episode ends so. */
export async function noteClosing(
  tx: Tx,
  actor: Actor,
  work: Pick<Work, "episodeId" | "conversationId">,
  outcome: string,
  closing: ClosingAsked,
): Promise<void> {
  const { episodeId, conversationId } = work;
  const by = actor.kind === "agent" ? actor.id : null;
  await noteClosings(tx, [{ ...closing, episodeId, conversationId, outcome, by, at: tx.now }]);
}

/** Why an episode ended: what was asked of the one who ended it, who that was (null: nobody of ours), and when. */
export interface ClosingNote extends ClosingAsked {
  episodeId: string;
  conversationId: string;
  outcome: string;
  by: string | null;
  at: Instant;
}
/** The same for many episodes, each named once; what says nothing is left out. */
export async function noteClosings(tx: Tx, notes: readonly ClosingNote[]): Promise<void> {
  const said = notes.filter(({ reason, feedback, lead }) => reason.length > 0 || feedback !== "" || lead);
  if (said.length === 0) return;
  const versions = await saveClosings(
    tx,
    said.map(({ episodeId, reason, feedback, lead, by, at }) => ({
      ...{ episodeId, reason, feedback, lead, byAgent: by, at },
    })),
  );
  for (const { episodeId, conversationId, outcome, reason, feedback, lead, by } of said)
    tx.announce(ClosingNoted, {
      ...{ key: conversationId, entity: "closing", entityId: episodeId, entityVersion: versions.get(episodeId)! },
      payload: { ...{ episodeId, conversationId, outcome, reason, lead, by }, feedback: feedback !== "" },
    });
}
