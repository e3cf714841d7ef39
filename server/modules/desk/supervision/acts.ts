import type { z } from "zod";
import type { Supervised, superviseWork } from "#contracts/supervision";
import { audit, can, need, staffOf } from "#modules/people";
import { type Becomes, type ManyDone, queuesOf, supervise, type Wish, type Work } from "#modules/routing";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound, notNow, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { endAct, type GaveBefore, insertAct, lockAct, type SupervisionAct } from "../store/act-store.ts";
import { callAll } from "../together/calls.ts";
import { takeEasingBack } from "./ease.ts";
import { endLoan } from "./loans.ts";

type Asked = z.output<typeof superviseWork>;

/** Gives many items to an agent or a queue, or sets how urgent they are: each by itself, in one act that can be taken back. */
export async function superviseMany(tx: Tx, actor: Actor, asked: Asked): Promise<Supervised> {
  need(actor, "work.assign");
  const { act } = asked;
  const forAgent = act.kind === "give" && act.to.kind === "agent" ? act.to.agentId : null;
  const permit = await permission(tx, actor, forAgent);
  const to: Wish["to"] = (work) => {
    if (act.kind === "priority") return act;
    return act.to.kind === "queue" ? act.to : { ...act.to, mayExceed: permit.exceeds(work) };
  };
  const made = await carryOut(
    tx,
    asked.items.map((item) => ({ ...item, permit: permit.check, to })),
    actor,
    forAgent === null ? [] : [forAgent],
  );
  if (made.done.length === 0) return { actId: null, version: 0, done: [], refused: made.refused };
  const items = made.done.map(
    ({ before, after }): GaveBefore => ({
      workItemId: before.id,
      before: { ...stoodOf(before), t0: before.t0, due: before.due },
      after: stoodOf(after),
    }),
  );
  if (forAgent !== null)
    await callAll(
      tx,
      actor,
      "handed",
      made.done.map(({ after }) => ({ agentId: forAgent, conversationId: after.conversationId })),
    );
  const actId = uuidv7(tx.now);
  await insertAct(tx, { id: actId, byAgent: actor.id, endsAt: null, detail: { kind: act.kind, items } });
  const detail = { ...act, items: items.map((item) => item.workItemId) };
  await audit(tx, actor, act.kind === "give" ? "work.reassigned" : "work.priority", "supervision-act", actId, detail);
  return { actId, version: 1, done: items.map((item) => item.workItemId), refused: made.refused };
}

/** Takes an act back: what somebody changed since stays as it is, and is told. */
export async function takeBackAct(
  tx: Tx,
  actor: Actor,
  asked: { actId: string; expectedVersion: number },
): Promise<Supervised> {
  const act = await lockAct(tx, asked.actId);
  if (act?.detail.kind !== "ease") need(actor, "work.assign");
  if (!act) throw notFound("act");
  if (act.version !== asked.expectedVersion) throw conflict("act", { version: act.version, endedAt: act.endedAt });
  if (act.endedAt !== null) throw notNow("This was taken back already.");
  const back = { actId: act.id, version: act.version + 1, done: [] as string[], refused: [] as ManyDone["refused"] };
  if (act.detail.kind === "loan") {
    need(actor, "people.manage");
    await endLoan(tx, act);
  } else if (act.detail.kind === "ease") await takeEasingBack(tx, actor, act, act.detail);
  else Object.assign(back, await giveBack(tx, actor, act, act.detail));
  await audit(tx, actor, "act.taken-back", "supervision-act", act.id);
  return back;
}

async function giveBack(
  tx: Tx,
  actor: Actor,
  act: SupervisionAct,
  { kind, items }: { kind: "give" | "priority"; items: readonly GaveBefore[] },
): Promise<{ done: string[]; refused: ManyDone["refused"] }> {
  const permit = await permission(tx, actor, null);
  const wishes = items.map(
    ({ workItemId, before, after }): Wish => ({
      workItemId,
      permit(work) {
        permit.check(work);
        // Its clock may have moved by itself since; who has it, where, and how urgent it is are people's acts.
        const same =
          kind === "priority"
            ? work.priority === after.priority
            : work.ownerId === after.ownerId && work.queueId === after.queueId;
        if (!same) throw conflict("work", { ...stoodOf(work), version: work.version });
      },
      to(): Becomes {
        if (kind === "priority") return { kind: "priority", priority: before.priority };
        // Who had it has room for it: it was theirs.
        const due = before.due === undefined || before.t0 === undefined ? null : { t0: before.t0, at: before.due };
        return { kind: "back", queueId: before.queueId, agentId: before.ownerId, due };
      },
    }),
  );
  const owners = kind === "give" ? items.flatMap(({ before }) => before.ownerId ?? []) : [];
  const made = await carryOut(tx, wishes, actor, [...new Set(owners)]);
  await endAct(tx, act);
  return { done: made.done.map(({ before }) => before.id), refused: made.refused };
}

const stoodOf = ({ ownerId, queueId, priority }: Work) => ({ ownerId, queueId, priority });

/** Of the actor to change work where it stands, and of who gets it to read it. */
async function permission(tx: Tx, actor: Actor, forAgent: string | null) {
  const [queues, staff] = await Promise.all([queuesOf(tx), staffOf(tx)]);
  const teams = new Map(queues.map((queue) => [queue.id, queue.teamId]));
  const whereOf = ({ queueId, brandId, ownerId }: Work) => ({
    ...{ queueId, brandId, ownerId, teamId: teams.get(queueId) ?? null },
  });
  const reader = forAgent === null ? null : staff.byId.get(forAgent);
  if (reader === undefined) throw new AppError("invalid-request", "There is no active agent with this id.");
  return {
    exceeds: (work: Work) => can(actor, "work.over-capacity", whereOf(work)),
    check(work: Work): void {
      const where = whereOf(work);
      // What may not be seen is answered like what is not there.
      if (!can(actor, "work.read", where)) throw notFound("work item");
      if (!can(actor, "work.assign", where)) throw notPermitted("give this work to somebody else");
      if (reader && !can(reader.rights, "conversation.read", { ...where, ownerId: forAgent }))
        throw notNow("This agent may not read this conversation. Choose another, or ask who manages rights.");
    },
  };
}

/** The same item named twice is one. */
async function carryOut(tx: Tx, wishes: readonly Wish[], actor: Actor, named: readonly string[]): Promise<ManyDone> {
  const once = [...new Map(wishes.map((wish) => [wish.workItemId, wish])).values()];
  return supervise(tx, once, { by: actor.id, named });
}
