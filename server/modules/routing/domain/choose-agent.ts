import type { Instant } from "#platform/clock";
import { showLoad } from "./capacity.ts";
import type { Agent, Item, Reason } from "./model.ts";
import { levelIn, ringAt, skillFit } from "./skills.ts";

/** Smaller is better, compared from left to right: last owner, shortfall, surplus, load, last assignment, id (operations.md §1.2). */
export type Score = readonly [number, number, number, number, number, string];

export function scoreOf(item: Item, agent: Agent): Score {
  const { shortfall, surplus } = skillFit(item, agent);
  return [
    agent.id === item.preferredId ? 0 : 1,
    shortfall,
    surplus,
    agent.load.used / agent.budget,
    agent.lastAssignedAt ?? Number.MIN_SAFE_INTEGER,
    agent.id,
  ];
}

export function compareScores(a: Score, b: Score): number {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number | string, b[i] as number | string];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** The best of the agents that admit an item; undefined when there is none. */
export function chooseAgent(item: Item, agents: readonly Agent[]): Agent | undefined {
  let best: { agent: Agent; score: Score } | undefined;
  for (const agent of agents) {
    const score = scoreOf(item, agent);
    if (!best || compareScores(score, best.score) < 0) best = { agent, score };
  }
  return best?.agent;
}

/** What made the difference, in plain words, and the first three scores. */
export function explainChoice(
  item: Item,
  chosen: Agent,
  admitted: readonly Agent[],
  now: Instant,
): { reasons: Reason[]; figures: Record<string, unknown> } {
  const reasons: Reason[] = [];
  const ring = ringAt(item, now);
  if (chosen.id === item.preferredId)
    reasons.push({ code: "last-owner", text: `${chosen.name} had this conversation last.` });
  for (const need of item.needs) {
    const asked = levelIn(need, ring);
    const relaxed = asked < need.level ? `, relaxed to ${asked} because it waits` : "";
    reasons.push({
      code: "skill",
      text: `${need.name} ${need.level} needed${relaxed}, ${chosen.name} has ${chosen.skills.get(need.skillId) ?? 0}.`,
    });
  }
  reasons.push({
    code: "load",
    text: `${chosen.name} carries ${showLoad(chosen.load.used, chosen.budget)} before this.`,
  });
  if (admitted.length === 1) reasons.push({ code: "only-one", text: "Nobody else with the skills is free now." });
  const first = admitted
    .map((agent) => scoreOf(item, agent))
    .sort(compareScores)
    .slice(0, 3);
  return { reasons, figures: { ring, admitted: admitted.length, scores: first } };
}
