import type { Actor, Grant } from "#platform/http/actor";

/** Every right there is, with the sentence the screen shows. */
export const verbs = {
  "work.read": "See the queue and what waits in it",
  "work.take": "Take work and accept offers",
  "work.assign": "Give work to other agents and queues",
  "work.over-capacity": "Take or assign beyond an agent's capacity",
  "conversation.read": "Read conversations",
  "customer.read": "See who a customer is",
  "customer.write": "Note facts, consents and notes of a customer",
  "customer.join": "Join handles into one customer, and part them",
  "reply.public": "Answer where anyone can read it",
  "reply.private": "Answer in private",
  "reply.approve": "Pass replies of others that wait for approval",
  "message.moderate": "Hide, delete and report messages on their network, and block authors",
  "note.write": "Write notes for the team",
  "label.mark": "Correct labels",
  "insights.read": "See figures and the rows behind them",
  "people.manage": "Manage agents, teams, skills, rights and API keys",
  "presence.force": "Change another agent's presence",
  "channel.read": "See channels and their health",
  "channel.manage": "Connect, pause and back-fill channels",
  "policy.manage": "Change what counts as work",
  "monitor.read": "See monitors and what they caught",
  "monitor.manage": "Make, change and switch monitors",
  "settings.manage": "Change settings",
  "outbound.stop": "Stop everything outbound",
  "audit.read": "Read the audit log",
  "health.read": "See the state of the server",
  "escalation.read": "See what is escalated, and to whom",
  "escalation.act": "Acknowledge, act on and hand on any escalation",
  "escalation.manage": "Set up ladders, rotas and webhooks, and hear of every alarm",
  "crisis.lead": "Start, lead and end the crisis playbook",
} as const;
export type Verb = keyof typeof verbs;
export type Scope = Grant["scope"];

const work = ["account", "team", "queue", "own"] as const;
const conversation = ["account", "brand", "team", "queue", "own"] as const;
const brand = ["account", "brand"] as const;
const everywhere = ["account"] as const;
/**
 * Where each right can be given. Work is handed out by queue, so rights to it know no brand (a queue can take one brand's
 * work only); a scope that a verb does not know would look like a right and permit nothing.
 */
export const scopesOf: Readonly<Record<Verb, readonly Scope[]>> = {
  "work.read": work,
  "work.take": work,
  "work.assign": work,
  "work.over-capacity": ["account", "team", "queue"],
  "conversation.read": conversation,
  "customer.read": conversation,
  "customer.write": conversation,
  "customer.join": conversation,
  "reply.public": conversation,
  "reply.private": conversation,
  "reply.approve": ["account", "brand", "team", "queue"],
  "message.moderate": conversation,
  "note.write": conversation,
  "label.mark": conversation,
  "insights.read": ["account", "brand", "team", "queue"],
  "people.manage": everywhere,
  "presence.force": everywhere,
  "channel.read": brand,
  "channel.manage": brand,
  "policy.manage": brand,
  "monitor.read": brand,
  "monitor.manage": brand,
  "settings.manage": brand,
  "outbound.stop": brand,
  "audit.read": everywhere,
  "health.read": everywhere,
  "escalation.read": everywhere,
  "escalation.act": everywhere,
  "escalation.manage": everywhere,
  "crisis.lead": everywhere,
};

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

/** Everything a verb is granted for; list queries filter by it in SQL. A team stands for its queues. */
export interface Reach {
  readonly queueIds: readonly string[];
  readonly teamIds: readonly string[];
  readonly brandIds: readonly string[];
  readonly own: boolean;
}

export function reachOf(actor: Pick<Actor, "grants">, verb: Verb): "all" | Reach {
  const mine = actor.grants.filter((g) => g.verb === verb);
  if (mine.some((g) => g.scope === "account")) return "all";
  const ids = (scope: Scope) => mine.flatMap((g) => (g.scope === scope && g.scopeId !== null ? [g.scopeId] : []));
  return {
    ...{ queueIds: ids("queue"), teamIds: ids("team"), brandIds: ids("brand") },
    own: mine.some((g) => g.scope === "own"),
  };
}
