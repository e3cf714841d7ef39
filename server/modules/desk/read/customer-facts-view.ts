import type { z } from "zod";
import type { customerFacts, influencePart } from "#contracts/customer-facts";
import type { CustomerFacts } from "#modules/customers";
import type { Agent } from "#modules/people";
import { iso } from "#platform/clock";
import type { InfluencePart } from "../domain/influence.ts";

type View = z.input<typeof customerFacts>;

/** The agents whose names a customer's facts need. */
export function agentsInFacts(facts: CustomerFacts): string[] {
  return [
    ...facts.fields.map((f) => f.said?.by),
    ...facts.consents.map((c) => c.said?.by),
    ...facts.notes.map((n) => n.agentId),
  ].flatMap((id) => id ?? []);
}

/** Who did something; null for a key, a program or somebody who is gone. */
export function named(id: string | null, agents: ReadonlyMap<string, Agent>): { id: string; name: string } | null {
  const agent = id === null ? undefined : agents.get(id);
  return agent ? { id: agent.id, name: agent.name } : null;
}

export function presentFacts(facts: CustomerFacts, agents: ReadonlyMap<string, Agent>): View {
  return {
    organisations: facts.organisations.map(({ id, name, role, at }) => ({ id, name, role, since: iso(at) })),
    fields: facts.fields.map(({ said, key, label, kind, choices }) => ({
      ...{ key, label, kind, choices },
      value: said?.value ?? null,
      at: said ? iso(said.at) : null,
      by: named(said?.by ?? null, agents),
      version: said?.version ?? 0,
    })),
    consents: facts.consents.map(({ purpose, label, said }) => ({
      ...{ purpose, label },
      given: said?.given ?? null,
      source: said?.source ?? "",
      at: said ? iso(said.at) : null,
      by: named(said?.by ?? null, agents),
    })),
    notes: facts.notes.map((n) => ({ id: n.id, at: iso(n.at), agent: named(n.agentId, agents), text: n.text })),
  };
}

export function presentInfluence(parts: readonly InfluencePart[]): z.input<typeof influencePart>[] {
  return parts.map((p) => ({ ...p, at: p.at === null ? null : iso(p.at) }));
}
