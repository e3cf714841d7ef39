import type { Actor, Grant } from "#platform/http/actor";

/** Every right there is, with the sentence the screen shows. */
export const verbs = {
  "work.read": "See the queue and what waits in it",
  "work.take": "Take work and accept offers",
  "work.assign": "Give work to other agents and queues",
  "work.over-capacity": "Take or assign beyond an agent's capacity",
  "conversation.read": "Read conversations",
  "customer.read": "See who a customer is",
  "reply.public": "Answer where anyone can read it",
  "reply.private": "Answer in private",
  "note.write": "Write notes for the team",
  "label.mark": "Correct labels",
  "insights.read": "See figures and the rows behind them",
  "people.manage": "Manage agents, teams, skills, rights and API keys",
  "presence.force": "Change another agent's presence",
  "channel.read": "See channels and their health",
  "channel.manage": "Connect, pause and back-fill channels",
  "policy.manage": "Change what counts as work",
  "settings.manage": "Change settings",
  "outbound.stop": "Stop everything outbound",
  "audit.read": "Read the audit log",
  "health.read": "See the state of the server",
} as const;
export type Verb = keyof typeof verbs;

export function isVerb(text: string): text is Verb {
  return Object.hasOwn(verbs, text);
}

/** Where a right is asked for. Left out: anywhere. `{}`: for the whole account. */
export interface Where {
  queueId?: string | null;
  teamId?: string | null;
  brandId?: string | null;
  /** Whose thing it is, for grants with the scope `own`. */
  ownerId?: string | null;
}

export function can(actor: Pick<Actor, "id" | "grants">, verb: Verb, where?: Where): boolean {
  return actor.grants.some((grant) => grant.verb === verb && (where === undefined || covers(grant, actor.id, where)));
}

function covers(grant: Grant, actorId: string, where: Where): boolean {
  switch (grant.scope) {
    case "account":
      return true;
    case "queue":
      return grant.scopeId !== null && grant.scopeId === where.queueId;
    case "team":
      return grant.scopeId !== null && grant.scopeId === where.teamId;
    case "brand":
      return grant.scopeId !== null && grant.scopeId === where.brandId;
    case "own":
      return where.ownerId === actorId;
  }
}

/** The queues a verb is granted for; list queries filter by them in SQL. */
export function permittedQueues(actor: Pick<Actor, "grants">, verb: Verb): "all" | string[] {
  const mine = actor.grants.filter((g) => g.verb === verb);
  if (mine.some((g) => g.scope === "account")) return "all";
  return mine.filter((g) => g.scope === "queue" && g.scopeId !== null).map((g) => g.scopeId as string);
}
