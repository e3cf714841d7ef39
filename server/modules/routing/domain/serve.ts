import type { Instant } from "#platform/clock";
import { isHeld } from "./admit.ts";
import { change } from "./capacity.ts";
import { explainChoice } from "./choose-agent.ts";
import { passedOver } from "./explain/why-not.ts";
import { interrupt } from "./interrupt.ts";
import { mediumClasses } from "./medium-class.ts";
import type { Agent, Item, Queue, Reason, World } from "./model.ts";
import { lateness, type Next, type Standing, type Turn, takeTurn } from "./order.ts";
import { type Rules, theRules } from "./rules.ts";
import { type Candidate, type Dry, Waiting } from "./waiting/waiting.ts";

/**
 * Holds waiting work out to agents until nothing that waits can be held out: the most urgent first, whatever stands
 * before it and cannot be served now does not stop the rest. Returns the lanes that have to be read on before anything more can be
 * decided; none where memory holds all that waits. A world that has no index is filed for this once.
 */
export function serve(world: World, now: Instant, rules: Rules = theRules): readonly Dry[] {
  const waiting = world.watch instanceof Waiting ? world.watch : new Waiting(world, rules);
  for (;;) {
    const dry = waiting.settle(now);
    if (dry.length > 0) return dry;
    const heads = waiting.heads();
    const [head] = heads;
    if (!head) return dry;
    const queue = waiting.queueOf(head);
    const next = waiting.rules.nextOf(heads, queue, now);
    if (!next || !serveOne(world, waiting, queue, heads, next, now)) return dry;
  }
}

/** Holds one item out. False when the rules found nobody after all. */
function serveOne(
  world: World,
  waiting: Waiting,
  queue: Queue,
  heads: readonly Candidate[],
  next: Next<Candidate>,
  now: Instant,
): boolean {
  const { item } = next.item;
  const { mode, turn } = next;
  const { agents, admitted } = waiting.best(next.item);
  const agent = waiting.rules.chooseAgent(item, agents, queue.choice);
  if (!agent) return false;
  if (mode === "overload") takeTurn(queue, heads, next.item.priority);
  const waits = waiting.waitingWith(next.item);
  const why = explainChoice(item, agent, agents, admitted, now, queue);
  const { reasons } = why;
  reasons.unshift(orderReason(next, queue, waits, now));
  const figures: Record<string, unknown> = why.figures;
  figures.mode = mode;
  if (turn) figures.turn = turn;
  figures.waiting = waits;
  figures.due = next.item.due;
  if (isHeld(item, now)) giveBack(world, item, agent, now, reasons, figures);
  else holdOut(world, item, agent, now, reasons, figures);
  waiting.itemMoved(item);
  waiting.agentMoved(agent.id);
  return true;
}

export function holdOut(
  world: World,
  item: Item,
  agent: Agent,
  now: Instant,
  reasons: readonly Reason[],
  figures: Readonly<Record<string, unknown>>,
): void {
  const passed = passedOver(world, item, agent, now);
  const expiresAt = now + mediumClasses[item.mediumClass].offerMs;
  const offer = { id: world.nextOfferId(), agentId: agent.id, offeredAt: now, expiresAt };
  change(world, item, { state: "offered", offer });
  agent.lastAssignedAt = now;
  const about = { act: "offered" as const, offerId: offer.id, until: expiresAt, itemId: item.id, agentId: agent.id };
  world.decisions.push({ ...about, at: now, reasons, figures: { ...figures, passed } });
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
    ...{ preferredId: agent.id, stickyUntil: null, excluded: [], wakesAt: null, parkReason: null, behind: null },
  });
  interrupt(world, item, agent.id, now);
  agent.lastAssignedAt = now;
  const about = { itemId: item.id, agentId: agent.id, at: now, reasons, figures };
  world.decisions.push({ act: "assigned", how: "sticky", overCapacity: false, ...about });
}

/** `waits`: how many items of the queue wait, this one counted. */
export function orderReason({ item, mode, turn }: Next<Standing>, queue: Queue, waits: number, now: Instant): Reason {
  if (mode === "crisis") return { code: "crisis", text: "Danger to people goes before everything else." };
  if (mode === "overload") {
    const why = turnSays[turn ?? "latest"](item, lateness(item, now).toFixed(1));
    return { code: "overload", text: `${queue.name} is past due: ${why}` };
  }
  const text = waits <= 1 ? "Nothing else waits." : `Due first of what somebody free can take; ${waits} wait.`;
  return { code: "earliest-due", text };
}

const turnSays: Readonly<Record<Turn, (item: Standing, lateness: string) => string>> = {
  share: (item) =>
    `priority ${item.priority} was passed over for as long as it may be, and has its share of the turns.`,
  urgent: () => "urgent work goes first, so that it stays in time.",
  bound: (_, late) => `it has waited ${late} times its target, and nobody is to wait much longer than 2.5 times.`,
  "in-time": () => "it can still be in time if it goes now; what is late already goes on after it.",
  latest: (_, late) => `of what waits it is the latest, measured by its target (${late} times).`,
};
