import { messagesById } from "#modules/channels";
import { placementsOf } from "#modules/conversations";
import { can } from "#modules/people";
import { type Standing, type TargetPeople, targetPeople } from "#modules/routing";
import type { Tx } from "#platform/db";
import { conflict, notFound, notNow, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { accessConversation } from "../work-acts.ts";
import { mayDecide, type People } from "./domain/course.ts";
import { peopleFor } from "./facts.ts";
import { type ApprovalRequest, findRequest, lockRequest } from "./store/request-store.ts";

export interface Accessed {
  readonly request: ApprovalRequest;
  readonly standing: Standing;
  readonly targets: TargetPeople;
  readonly people: People;
}

/** The one way to a request: by its conversation. Locked when it is to be changed. */
export async function accessRequest(tx: Tx, actor: Actor, id: string, how: "read" | "change"): Promise<Accessed> {
  const request = how === "read" ? await findRequest(tx, id) : await lockRequest(tx, id);
  if (!request) throw notFound("request for approval");
  const standing = await accessConversation(tx, actor, request.conversationId).catch(() => {
    throw notFound("request for approval");
  });
  const targets = await targetPeople(tx);
  return { request, standing, targets, people: peopleFor(targets, standing.where, request.agentId) };
}

/** It waits still, and is what the caller saw. */
export function waiting(request: ApprovalRequest, expectedVersion: number): void {
  if (request.state !== "waiting")
    throw notNow(`It is ${request.state} already.`, { present: { state: request.state, version: request.version } });
  if (request.version !== expectedVersion)
    throw conflict("request for approval", { state: request.state, version: request.version });
}

export function needDecider({ request, people, targets }: Accessed, actor: Actor): void {
  if (actor.kind === "agent" && mayDecide(request, actor.id, people)) return;
  if (request.agentId === actor.id) throw notPermitted("pass your own text: another one has to look at it");
  const names = request.asked.map((id) => targets.staff.byId.get(id)?.agent.name ?? "").filter(Boolean);
  throw notPermitted(
    `decide about this reply${names.length > 0 ? `: ${names.slice(0, 4).join(", ")} were asked` : ""}`,
  );
}

/** Who may see it in a list beside those who are asked: its author, and whoever may approve there. */
export function concerns(actor: Actor, request: ApprovalRequest, standing: Standing): boolean {
  if (!can(actor, "conversation.read", standing.where)) return false;
  return (
    request.agentId === actor.id || request.asked.includes(actor.id) || can(actor, "reply.approve", standing.where)
  );
}

/** Something was said in the conversation, by the customer or by us, since the text was last held against it. */
export async function isStale(tx: Tx, { request, standing }: Accessed): Promise<boolean> {
  if (request.staleAt !== null) return true;
  const [answered] = await messagesById(tx, [request.answersMessageId]);
  if ((answered?.editedAt ?? 0) > request.readUntil) return true;
  // Where it stands now: what was put together with another conversation is part of that.
  const last = await placementsOf(tx, standing.conversation.id, { limit: 20 });
  return last.some(
    (p) =>
      !p.backfilled &&
      p.receivedAt > request.readUntil &&
      (p.role !== "us" || (p.agentId !== null && p.agentId !== request.agentId)),
  );
}
