import type { Instant } from "#platform/clock";
import { fitRefuses, isExcluded, isHeld } from "./admit.ts";
import { change } from "./capacity.ts";
import { explainChoice } from "./choose-agent.ts";
import { mediumClasses } from "./medium-class.ts";
import type { Agent, Item, Queue, Reason, World } from "./model.ts";
import { compareWaiting, type OrderMode, takeTurn } from "./order.ts";
import { type Rules, theRules } from "./rules.ts";

/**
 * Holds waiting work out to agents until nothing that waits can be held out: the most urgent first, whatever stands
 * before it and cannot be served now does not stop the rest.
 */
export function serve(world: World, now: Instant, rules: Rules = theRules): void {
  const free = [...world.agents.values()];
  const lines = waitingByQueue(world, now);
  for (;;) {
    let first: { queue: Queue; line: Item[] } | undefined;
    for (const [queue, line] of lines) {
      while (line[0] && admitted(world, line[0], free, now, rules).length === 0) line.shift();
      if (line[0] && (!first || compareWaiting(line[0], first.line[0] as Item) < 0)) first = { queue, line };
    }
    const next = first && rules.nextOf(first.line, first.queue, now);
    if (!first || !next) return;
    const { queue, line } = first;
    const agents = admitted(world, next.item, free, now, rules);
    const agent = rules.chooseAgent(next.item, agents);
    const present = new Set(line.map((item) => item.priority));
    line.splice(line.indexOf(next.item), 1);
    if (!agent) continue;
    if (next.mode === "overload") takeTurn(queue, present, next.item.priority);
    const why = explainChoice(next.item, agent, agents, now);
    const reasons = [orderReason(next.mode, queue, next.item, line.length), ...why.reasons];
    const figures = { ...why.figures, mode: next.mode, waiting: line.length + 1, due: next.item.due };
    if (isHeld(next.item, now)) giveBack(world, next.item, agent, now, reasons, figures);
    else holdOut(world, next.item, agent, now, reasons, figures);
  }
}

/** What waits, in the order of each queue. Queues that hold their work serve crises and owners only. */
function waitingByQueue(world: World, now: Instant): [Queue, Item[]][] {
  const lines = new Map<string, Item[]>();
  for (const item of world.items.values()) {
    const queue = world.queues.get(item.queueId);
    if (item.state !== "queued" || !queue) continue;
    if (!isHeld(item, now) && !(queue.autoServe && (queue.serving || item.crisis))) continue;
    const line = lines.get(queue.id) ?? [];
    line.push(item);
    lines.set(queue.id, line);
  }
  return [...lines].map(([id, line]) => [world.queues.get(id) as Queue, line.sort(compareWaiting)]);
}

/** Who may have it now. When everybody who could has declined, the declines are forgotten: nothing becomes unroutable. */
function admitted(world: World, item: Item, free: readonly Agent[], now: Instant, rules: Rules): Agent[] {
  const admit = () => free.filter((agent) => rules.refuses(item, agent, world, now) === null);
  const agents = admit();
  if (agents.length > 0 || item.excluded.length === 0) return agents;
  const able = free.filter((a) => a.presence === "available" && fitRefuses(item, a, world, now) === null);
  if (able.length === 0 || !able.every((agent) => isExcluded(item, agent.id, now))) return agents;
  change(world, item, { excluded: [] });
  world.decisions.push({
    act: "tried-all",
    itemId: item.id,
    agentId: null,
    at: now,
    reasons: [{ code: "all-declined", text: "Everybody who could take it has declined; it is offered anew." }],
  });
  return admit();
}

function holdOut(
  world: World,
  item: Item,
  agent: Agent,
  now: Instant,
  reasons: Reason[],
  figures: Record<string, unknown>,
): void {
  const expiresAt = now + mediumClasses[item.mediumClass].offerMs;
  const offer = { id: world.nextOfferId(), agentId: agent.id, offeredAt: now, expiresAt };
  change(world, item, { state: "offered", offer });
  agent.lastAssignedAt = now;
  const about = { itemId: item.id, agentId: agent.id, at: now, reasons, figures };
  world.decisions.push({ act: "offered", offerId: offer.id, until: expiresAt, ...about });
}

/** Work that waited for its owner goes back without an offer. */
export function giveBack(
  world: World,
  item: Item,
  agent: Agent,
  now: Instant,
  reasons: readonly Reason[],
  figures: Readonly<Record<string, unknown>> = {},
): void {
  change(world, item, {
    ...{ state: "active", ownerId: agent.id, assignedAt: now, offer: null },
    ...{ preferredId: agent.id, stickyUntil: null, excluded: [], wakesAt: null, parkReason: null },
  });
  agent.lastAssignedAt = now;
  const about = { itemId: item.id, agentId: agent.id, at: now, reasons, figures };
  world.decisions.push({ act: "assigned", how: "sticky", overCapacity: false, ...about });
}

function orderReason(mode: OrderMode, queue: Queue, item: Item, others: number): Reason {
  if (mode === "crisis") return { code: "crisis", text: "Danger to people goes before everything else." };
  if (mode === "overload")
    return {
      code: "overload",
      text: `${queue.name} is past due: the priorities take turns 8:4:2:1, this is the oldest with priority ${item.priority}.`,
    };
  return { code: "earliest-due", text: others === 0 ? "Nothing else waits." : `Due first of ${others + 1} that wait.` };
}
