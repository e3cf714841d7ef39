import type { Instant } from "#platform/clock";
import { showLoad } from "./capacity.ts";
import type { Agent, Choice, Item, Need, Queue, Reason } from "./model.ts";
import { levelIn, ringAt, skillFit } from "./skills.ts";

/**
 * Smaller is better, compared from left to right: last owner, who knows the customer, shortfall, surplus, then load and last assignment in
 * the order of the queue's choice, then id (operations.md §1.2).
 */
export type Score = readonly [number, number, number, number, number, number, string];

/** As many are known to have worked for a customer; whoever is not among them stands behind. */
export const KNOWN_MOST = 5;

export function knownRank(item: Pick<Item, "knownIds">, agentId: string): number {
  if (item.knownIds.length === 0) return KNOWN_MOST;
  const at = item.knownIds.indexOf(agentId);
  return at < 0 || at >= KNOWN_MOST ? KNOWN_MOST : at;
}

export function scoreOf(item: Item, agent: Agent, choice: Choice = "least-loaded"): Score {
  const { shortfall, surplus } = skillFit(item, agent);
  const load = agent.load.used / agent.budget;
  const last = agent.lastAssignedAt ?? Number.MIN_SAFE_INTEGER;
  const idle = choice === "longest-idle";
  const owner = agent.id === item.preferredId ? 0 : 1;
  const known = knownRank(item, agent.id);
  return [owner, known, shortfall, surplus, idle ? last : load, idle ? load : last, agent.id];
}

export function compareScores(a: Score, b: Score): number {
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as number | string;
    const y = b[i] as number | string;
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** The best of the agents that admit an item; undefined when there is none. */
export function chooseAgent(item: Item, agents: readonly Agent[], choice?: Choice): Agent | undefined {
  if (agents.length === 1) return agents[0];
  let best: { agent: Agent; score: Score } | undefined;
  for (const agent of agents) {
    const score = scoreOf(item, agent, choice);
    if (!best || compareScores(score, best.score) < 0) best = { agent, score };
  }
  return best?.agent;
}

/** What made the difference, in plain words, and the first three scores. `best`: the three best of so many `admitted`, or all of them. */
export function explainChoice(
  item: Item,
  chosen: Agent,
  best: readonly Agent[],
  admitted: number,
  now: Instant,
  queue?: Queue,
): { reasons: Reason[]; figures: Record<string, unknown> } {
  const reasons: Reason[] = [];
  const ring = ringAt(item, now);
  if (chosen.id === item.preferredId)
    reasons.push({ code: "last-owner", text: `${chosen.name} had this conversation last.` });
  else if (knownRank(item, chosen.id) < KNOWN_MOST)
    reasons.push({ code: "knows-customer", text: `${chosen.name} has worked for this customer before.` });
  if (queue && !chosen.teams.has(queue.teamId))
    reasons.push({ code: "overflow", text: `It waits so long that another team helps out: ${chosen.name} is of it.` });
  for (const need of item.needs) reasons.push(whyFits(need, chosen, ring));
  reasons.push({
    code: "load",
    text: `${chosen.name} carries ${showLoad(chosen.load.used, chosen.budget)} before this.`,
  });
  if (admitted === 1) reasons.push({ code: "only-one", text: "Nobody else with the skills is free now." });
  const scores: Score[] = [];
  for (const agent of best) scores.push(scoreOf(item, agent, queue?.choice));
  if (scores.length > 1) scores.sort(compareScores);
  if (scores.length > 3) scores.length = 3;
  return { reasons, figures: { ring, admitted, scores } };
}

/** What was asked and what the agent has; a clearance is had or not. */
function whyFits(need: Need, chosen: Agent, ring: number): Reason {
  const has = chosen.skills.get(need.skillId) ?? 0;
  if (need.clearance !== undefined && need.clearance !== "skill" && need.clearance !== "language")
    return { code: "clearance", text: `${SAYS[need.clearance]} ${need.name} needed, ${chosen.name} has it.` };
  const asked = levelIn(need, ring);
  const relaxed = asked < need.level ? `, relaxed to ${asked} because it waits` : "";
  const eased = need.usual === undefined ? "" : ` (${need.usual} usually)`;
  return { code: "skill", text: `${need.name} ${need.level}${eased} needed${relaxed}, ${chosen.name} has ${has}.` };
}

const SAYS = { brand: "The clearance for the brand", region: "The clearance for the region", training: "The training" };
