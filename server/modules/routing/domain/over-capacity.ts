import type { Instant } from "#platform/clock";
import { showLoad } from "./capacity.ts";
import { decide } from "./decide.ts";
import { mediumClasses } from "./medium-class.ts";
import type { Agent, World } from "./model.ts";

/** Does an agent carry more than there is room for? Exclusive work fills no budget: it shuts out what may not be interrupted. */
export function isOver(agent: Pick<Agent, "load" | "budget" | "limits">): boolean {
  const { load, budget, limits } = agent;
  const shared = load.used - load.exclusive * mediumClasses.phone.weight;
  if (shared > budget || load.exclusive > 1 || (load.exclusive === 1 && load.firm > 0)) return true;
  return Object.values(mediumClasses).some(({ name, cap }) => (load.counts[name] ?? 0) > (limits[name] ?? cap));
}

/** Says of whom capacity is exceeded from now on, and of whom no more: so that it can be checked from the log alone (R2). */
export function noteOverCapacity(world: World, now: Instant): void {
  for (const [agentId, itemId] of world.moved ?? []) {
    const agent = world.agents.get(agentId);
    if (!agent) continue;
    const over = isOver(agent);
    if (over === (agent.over ?? false)) continue;
    agent.over = over;
    const carries = `${agent.name} carries ${showLoad(agent.load.used, agent.budget)}`;
    const text = over ? `${carries}: over capacity.` : `${carries}: within capacity again.`;
    const figures = { used: agent.load.used, budget: agent.budget };
    const more = { agentId, how: over ? ("began" as const) : ("resumed" as const), figures };
    decide(world, { id: itemId }, now, "over-capacity", [{ code: "over-capacity", text }], more);
  }
  world.moved?.clear();
}
