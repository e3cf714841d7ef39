import { can, skillsAt } from "#modules/people";
import { type ClearTime, clearTimeOf, type QueueFacts } from "#modules/routing";
import { type BoardFacts, type BoardPerson, type BoardView, isFree, presentClear, worse } from "./facts.ts";
import { standingOf, withMore } from "./flows.ts";

/** So many people at once, and so many queues, are spoken of. */
const MOST_PEOPLE = 3;
const MOST_QUEUES = 2;

type RemedyView = BoardView["remedies"][number];

/** What would help the queues that need it most, each with the clear time there would be; what would change nothing is left out. */
export function remediesFor(facts: BoardFacts): RemedyView[] {
  const { now } = facts;
  const needy = facts.shown
    .map((queue) => ({ queue, clear: clearTimeOf(facts.flows.get(queue.id)!, now) }))
    .filter(({ clear }) => clear.state === "clears" || clear.state === "grows" || clear.state === "nobody")
    .toSorted((a, b) => (worse(a.clear, b.clear) === a.clear ? -1 : 1))
    .slice(0, MOST_QUEUES);
  return needy.flatMap(({ queue, clear }) => [
    ...missing(facts, queue, clear),
    ...callIn(facts, queue, clear),
    ...lend(facts, queue, clear),
  ]);
}

/** A remedy with what it would do; null when it would do nothing. */
function tried(
  facts: BoardFacts,
  queue: QueueFacts,
  before: ClearTime,
  remedy: { kind: RemedyView["kind"]; agents: readonly BoardPerson[]; teamName: string | null; budget: number },
): RemedyView[] {
  if (remedy.agents.length === 0) return [];
  const flow = withMore(facts.flows.get(queue.id)!, standingOf(facts.standings, queue.id), remedy.budget);
  const clear = clearTimeOf(flow, facts.now);
  if (worse(clear, before) === clear && clear.state !== "clear") return [];
  const agents = remedy.agents.map(({ id, name }) => ({ id, name }));
  return [{ kind: remedy.kind, queueId: queue.id, agents, teamName: remedy.teamName, clear: presentClear(clear) }];
}

const named = ({ people, visible }: BoardFacts) => people.filter((person) => visible.has(person.id));
const budgetOf = (people: readonly BoardPerson[]) => people.reduce((sum, { presence }) => sum + presence.budget, 0);

/** Who did not answer an offer: the next to be asked. */
function missing(facts: BoardFacts, queue: QueueFacts, before: ClearTime): RemedyView[] {
  const agents = named(facts)
    .filter((person) => person.presence.state === "not-responding" && person.queueIds.includes(queue.id))
    .slice(0, MOST_PEOPLE);
  return tried(facts, queue, before, { kind: "wake", agents, teamName: null, budget: budgetOf(agents) });
}

/** Of those who could serve it and are not at work, a few; who pauses before who is off duty. */
function callIn(facts: BoardFacts, queue: QueueFacts, before: ClearTime): RemedyView[] {
  const rank = (person: BoardPerson) => ["break", "training", "away", "offline"].indexOf(person.presence.state);
  const agents = named(facts)
    .filter((person) => rank(person) >= 0 && person.queueIds.includes(queue.id))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "en"))
    .slice(0, MOST_PEOPLE);
  return tried(facts, queue, before, { kind: "call-in", agents, teamName: null, budget: budgetOf(agents) });
}

/** The other team with the most room lends a few who have what the queue asks for; they lend the room they have. */
function lend(facts: BoardFacts, queue: QueueFacts, before: ClearTime): RemedyView[] {
  const roomOf = ({ presence, used }: BoardPerson) => Math.max(0, presence.budget - used);
  const able = named(facts).filter((person) => {
    if (!isFree(person) || person.queueIds.includes(queue.id) || roomOf(person) <= 0) return false;
    const one = facts.staff.byId.get(person.id);
    if (!one || !can(one.rights, "conversation.read", { queueId: queue.id, teamId: queue.teamId })) return false;
    const { levels } = skillsAt(one.routable.skills, facts.now);
    return queue.skills.every(({ skillId, level }) => (levels.get(skillId) ?? 0) >= level);
  });
  const teams = facts.staff.teams
    .filter((team) => team.id !== queue.teamId)
    .map((team) => ({
      name: team.name,
      agents: able
        .filter((person) => person.teamIds.includes(team.id))
        .toSorted((a, b) => roomOf(b) - roomOf(a))
        .slice(0, MOST_PEOPLE),
    }))
    .map((team) => ({ ...team, budget: team.agents.reduce((sum, person) => sum + roomOf(person), 0) }))
    .toSorted((a, b) => b.budget - a.budget);
  const best = teams[0];
  return best ? tried(facts, queue, before, { kind: "lend", ...best, teamName: best.name }) : [];
}
