import { isDay } from "../calendar.ts";
import { company } from "../northwind/company.ts";
import type { Random } from "../random.ts";

export interface Colleague {
  readonly name: string;
  readonly email: string;
  readonly initials: string;
  readonly role: string;
  readonly team: string;
  readonly skills: Readonly<Record<string, number>>;
}
const all: readonly Colleague[] = company.agents;

/** Who answers in a language at an instant: the partner's people at night, supervisors seldom, light agents never. */
export function colleagueFor(language: string, at: number, random: Random): Colleague {
  const team = isDay(at) ? ["care", "business", "lead"] : ["partner"];
  const able = all.filter((a) => team.includes(a.team) && (a.skills[`lang-${language}`] ?? 0) >= 40);
  const usual = able.filter((a) => a.team !== "lead");
  const from = usual.length > 0 && random.chance(0.95) ? usual : able;
  return random.pick(from.length > 0 ? from : all.filter((a) => a.team === (isDay(at) ? "care" : "partner")));
}
