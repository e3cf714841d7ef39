import type { z } from "zod";
import type { deskActs } from "#contracts/work-loop";
import { settingOf } from "#modules/company";
import { conversationsById, episodesOf, openEpisodeByHand } from "#modules/conversations";
import { customersById } from "#modules/customers";
import { need } from "#modules/people";
import {
  assignWork,
  type Standing,
  snoozeWork,
  standingsOf,
  type Work,
  wakeWork,
  whereQueuesStand,
} from "#modules/routing";
import { HOUR, iso, type Millis } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound, notNow } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { replyChanged } from "../replies.ts";
import { outcomesSetting } from "../settings.ts";
import { type DeskActDetail, deskActsOf, endDeskAct, insertDeskAct, lockDeskAct } from "../store/desk-act-store.ts";
import { lockReply, unresolveWithReply } from "../store/desk-store.ts";
import { needReader } from "../work-acts.ts";

/** Later than that, others have gone on from there. */
export const UNDO_WITHIN: Millis = HOUR;
const SHOWN = 20;

/** Writes down what a person did with work, so that it can be taken back; the id to name it by. Programs take nothing back. */
export async function noteAct(
  tx: Tx,
  actor: Actor,
  conversationId: string,
  detail: DeskActDetail,
): Promise<{ ok: true; actId?: string }> {
  if (actor.kind !== "agent") return { ok: true };
  const actId = uuidv7(tx.now);
  await insertDeskAct(tx, { id: actId, agentId: actor.id, conversationId, detail });
  return { ok: true, actId };
}

export const handsOf = ({ ownerId, queueId }: Work) => ({ ownerId, queueId });

/** The last acts of the one who asks that can be taken back, the newest first. */
export async function actsFor(tx: Tx, actor: Actor): Promise<z.input<typeof deskActs>> {
  need(actor, "work.read");
  const acts = await deskActsOf(tx, actor.id, tx.now - UNDO_WITHIN, SHOWN);
  const outcomes = new Map((await settingOf(tx, outcomesSetting, {})).value.map((one) => [one.key, one.name]));
  const conversations = await conversationsById(
    tx,
    acts.map((act) => act.conversationId),
  );
  const customers = await customersById(
    tx,
    [...conversations.values()].map((c) => c.customerId),
  );
  return {
    acts: acts.flatMap(({ id, conversationId, at, detail }) => {
      const conversation = conversations.get(conversationId);
      if (!conversation) return [];
      const customer = customers.get(conversation.customerId)?.name ?? "";
      return [
        {
          id,
          conversationId,
          number: conversation.number,
          customer,
          at: iso(at),
          kind: detail.kind,
          detail: said(detail, outcomes),
        },
      ];
    }),
  };
}

function said(detail: DeskActDetail, outcomes: ReadonlyMap<string, string>): string {
  if (detail.kind === "resolve") return outcomes.get(detail.outcome) ?? detail.outcome;
  return detail.kind === "snooze" ? iso(detail.after.wakesAt) : detail.to;
}

/** Takes an own act back while the work stands as the act left it. */
export async function undoAct(tx: Tx, actor: Actor, actId: string): Promise<void> {
  const act = await lockDeskAct(tx, actId, actor.id);
  if (!act) throw notFound("act of yours");
  if (act.undoneAt !== null) return;
  if (act.at <= tx.now - UNDO_WITHIN) throw notNow("This was too long ago to be taken back.");
  const standing = (await standingsOf(tx, [act.conversationId])).get(act.conversationId);
  if (!standing) throw notFound("act of yours");
  const { detail } = act;
  if (detail.kind === "resolve") await unresolve(tx, actor, standing, { at: act.at, detail });
  else if (detail.kind === "snooze") await unsnooze(tx, actor, standing, detail);
  else await unassign(tx, actor, standing, detail);
  await endDeskAct(tx, act.id);
}

type Of<K> = Extract<DeskActDetail, { kind: K }>;

const WENT_ON = "Somebody has gone on with it since.";

async function unresolve(
  tx: Tx,
  actor: Actor,
  { conversation, where, work }: Standing,
  { at, detail }: { at: number; detail: Of<"resolve"> },
) {
  need(actor, "work.take", where);
  const reply = detail.replyId === null ? undefined : await lockReply(tx, detail.replyId);
  if (reply?.resolveOutcome && (reply.state === "undoable" || reply.state === "sending")) {
    if (reply.resolveOutcome !== detail.outcome) throw notNow(WENT_ON);
    await unresolveWithReply(tx, reply.id);
    replyChanged(tx, reply, reply.state, reply.version + 1);
    return;
  }
  if (work && work.state !== "wrapup") throw notNow("Work on this conversation is open again already.");
  const episodes = (await episodesOf(tx, [conversation.id])).get(conversation.id) ?? [];
  if (episodes.some((one) => one.openedAt > at)) throw notNow(WENT_ON);
  // An episode never reopens: what was ended too soon goes on as a new one.
  const reason = `Resolved too soon: ${actor.name} took it back.`;
  await openEpisodeByHand(tx, { conversationId: conversation.id, by: actor.id, reason });
}

async function unsnooze(tx: Tx, actor: Actor, { where, work }: Standing, { before, after }: Of<"snooze">) {
  if (work?.state !== "parked" || work.wakesAt !== after.wakesAt || work.ownerId !== after.ownerId)
    throw notNow("It was woken or put away otherwise since.");
  need(actor, work.ownerId === actor.id ? "work.take" : "work.assign", where);
  const asked = { workItemId: work.id, agentId: work.ownerId ?? actor.id };
  if (before.wakesAt !== null && before.wakesAt > tx.now) await snoozeWork(tx, { ...asked, until: before.wakesAt });
  else await wakeWork(tx, asked);
}

async function unassign(tx: Tx, actor: Actor, standing: Standing, { before, after }: Of<"assign" | "release">) {
  const { work, brandId } = standing;
  // Who gave it away may see it no more; what counts is the right where it stood.
  const teamId = (await whereQueuesStand(tx, [before.queueId])).get(before.queueId)?.teamId ?? null;
  const was = { queueId: before.queueId, teamId, brandId, ownerId: before.ownerId };
  need(actor, before.ownerId === actor.id ? "work.take" : "work.assign", was);
  if (!work || work.ownerId !== after.ownerId || work.queueId !== after.queueId) throw notNow(WENT_ON);
  const to =
    before.ownerId === null
      ? { kind: "queue" as const, queueId: before.queueId }
      : { kind: "agent" as const, agentId: before.ownerId };
  if (before.ownerId !== null) await needReader(tx, before.ownerId, was);
  const asked = { workItemId: work.id, by: actor.id, mayExceed: true };
  if (to.kind === "agent" && work.queueId !== before.queueId)
    await assignWork(tx, { ...asked, to: { kind: "queue", queueId: before.queueId } });
  // Who had it has room for it: it was theirs.
  await assignWork(tx, { ...asked, to });
}
