import type { BoardPerson } from "#contracts/supervision";

type Person = Pick<BoardPerson, "agentId" | "name" | "state" | "teamIds" | "budget" | "load">;

const ROOM = (person: Person) => person.budget - person.load;

/** Who could be lent: to a team (null: for a skill, then everybody), whoever is free first, then who has most room; who is off duty comes last. */
export function lendable<P extends Person>(people: readonly P[], teamId: string | null): P[] {
  const rank = ({ state }: Person) => (state === "available" ? 0 : state === "offline" ? 2 : 1);
  return people
    .filter((person) => teamId === null || !person.teamIds.includes(teamId))
    .toSorted((a, b) => rank(a) - rank(b) || ROOM(b) - ROOM(a) || a.name.localeCompare(b.name));
}
