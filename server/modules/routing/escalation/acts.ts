import { can, need } from "#modules/people";
import type { Tx } from "#platform/db";
import { conflict, notFound, notNow, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { standingsOf } from "../whereabouts.ts";
import { acknowledge, act, end, handOn, type Step } from "./domain/page.ts";
import { openEscalation } from "./escalate.ts";
import { type People, peopleNow } from "./reach-people.ts";
import { saveStep } from "./record.ts";
import { type Escalation, findEscalation, lockEscalation } from "./store/escalation-store.ts";

const mine = (e: Escalation, agentId: string) => e.paged.includes(agentId) || e.owner === agentId;

/** The one way to an escalation: with the right, or because one is asked. */
export async function accessEscalation(tx: Tx, actor: Actor, id: string): Promise<Escalation> {
  const found = await findEscalation(tx, id);
  if (!found || (!can(actor, "escalation.read", {}) && !mine(found, actor.id))) throw notFound("escalation");
  return found;
}

/** The agent's own "escalate": whoever may read the conversation may say that somebody has to look at it. */
export async function raiseByHand(
  tx: Tx,
  actor: Actor,
  asked: { conversationId: string; severity: number; reason: string },
): Promise<Escalation> {
  const standing = (await standingsOf(tx, [asked.conversationId])).get(asked.conversationId);
  if (!standing || !can(actor, "conversation.read", standing.where)) throw notFound("conversation");
  const { conversation, work, brandId } = standing;
  const made = await openEscalation(tx, {
    ...{ topic: `by-hand:${conversation.id}`, kind: "by-hand", otherwise: asked.severity, brandId, by: actor.id },
    fits: (rung) => rung.trigger.kind === "by-hand" && rung.severity === asked.severity,
    says: `${conversation.number}: ${asked.reason}`,
    ...{ conversationId: conversation.id, workItemId: work?.id ?? null },
  });
  if (!made)
    throw notNow(
      "This matter was escalated and ended a short while ago: nobody is asked again so soon. Escalate it with a higher severity if it got worse.",
    );
  return made;
}

async function change(
  tx: Tx,
  actor: Actor,
  id: string,
  expectedVersion: number,
  may: (e: Escalation) => boolean,
  decide: (e: Escalation, people: People) => Step | null,
): Promise<Escalation> {
  if (actor.kind !== "agent") throw notPermitted("act on an escalation with an API key; it is asked of a person");
  const found = await lockEscalation(tx, id);
  if (!found || (!can(actor, "escalation.read", {}) && !mine(found, actor.id))) throw notFound("escalation");
  if (!may(found) && !can(actor, "escalation.act", {})) need(actor, "escalation.act", {});
  if (found.version !== expectedVersion) throw conflict("escalation", { version: found.version, state: found.state });
  const people = await peopleNow(tx);
  const step = decide(found, people);
  if (!step) throw notNow(`This cannot be done now: it is ${found.state}.`, { state: found.state, owner: found.owner });
  return saveStep(tx, people, found, step);
}
const own = (actor: Actor) => (e: Escalation) => mine(e, actor.id);

export const acknowledgeIt = (tx: Tx, actor: Actor, id: string, version: number): Promise<Escalation> =>
  change(tx, actor, id, version, own(actor), (e) => acknowledge(e, actor.id, tx.now));

export const actOnIt = (tx: Tx, actor: Actor, id: string, version: number, says: string): Promise<Escalation> =>
  change(tx, actor, id, version, own(actor), (e) => act(e, actor.id, says, tx.now));

export const handItOn = (
  tx: Tx,
  actor: Actor,
  id: string,
  asked: { expectedVersion: number; agentId: string; reason: string },
): Promise<Escalation> =>
  change(tx, actor, id, asked.expectedVersion, own(actor), (e, people) => {
    const step = handOn(e, actor.id, asked.agentId, asked.reason, people.resolve, tx.now);
    if (!step && e.state !== "over") throw notNow("This agent cannot be asked: they are not active.");
    return step;
  });

/** A page that nobody has seen yet is not ended by whoever is merely asked: it takes the right. */
export const standItDown = (tx: Tx, actor: Actor, id: string, version: number, reason: string): Promise<Escalation> =>
  change(
    tx,
    actor,
    id,
    version,
    (e) => e.owner === actor.id,
    (e) => (e.state === "over" ? null : end(e, actor.id, reason, tx.now)),
  );

/**
 * From the link in a mail: for the step it was made for, once. What was acknowledged meanwhile, or is asked of somebody else by now,
 * says so and changes nothing.
 */
export async function acknowledgeByLink(
  tx: Tx,
  link: { escalationId: string; agentId: string; pages: number },
): Promise<"done" | "had" | "over" | "passed-on"> {
  const found = await lockEscalation(tx, link.escalationId);
  if (!found || found.state === "over") return "over";
  if (found.state !== "paging") return "had";
  if (found.pages !== link.pages || !found.paged.includes(link.agentId)) return "passed-on";
  const people = await peopleNow(tx);
  if (!people.staff.byId.has(link.agentId)) return "passed-on";
  const step = acknowledge(found, link.agentId, tx.now);
  if (!step) return "had";
  await saveStep(tx, people, found, step);
  return "done";
}
