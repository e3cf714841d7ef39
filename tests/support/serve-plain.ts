import { isHeld, refuses } from "../../server/modules/routing/domain/admit.ts";
import { compareScores, explainChoice, scoreOf } from "../../server/modules/routing/domain/choose-agent.ts";
import type { Agent, Item, Queue, World } from "../../server/modules/routing/domain/model.ts";
import { compareWaiting, takeTurn } from "../../server/modules/routing/domain/order.ts";
import { type Rules, theRules } from "../../server/modules/routing/domain/rules.ts";
import { giveBack, holdOut, orderReason } from "../../server/modules/routing/domain/serve.ts";
import { forgetDeclines } from "../../server/modules/routing/domain/tried-all.ts";
import type { Instant } from "../../server/platform/clock.ts";

/** What `serve` has to come to, said without an index: every item is held against every agent, for every decision anew. */
export function servePlainly(world: World, now: Instant, rules: Rules = theRules): void {
  forgetTried(world, now, rules);
  for (;;) {
    let first: { queue: Queue; line: Item[]; heads: Item[] } | undefined;
    for (const queue of world.queues.values()) {
      const line = lineOf(world, queue, now);
      const heads = headsOf(line, now, (item) => admitted(world, item, now, rules).length > 0);
      if (heads[0] && (!first || compareWaiting(heads[0], first.heads[0] as Item) < 0)) first = { queue, line, heads };
    }
    const next = first && rules.nextOf(first.heads, first.queue, now);
    if (!first || !next) return;
    const { queue, line, heads } = first;
    const all = admitted(world, next.item, now, rules);
    const best = all.toSorted((a, b) =>
      compareScores(scoreOf(next.item, a, queue.choice), scoreOf(next.item, b, queue.choice)),
    );
    const agent = rules.chooseAgent(next.item, best.slice(0, 3), queue.choice);
    if (!agent) return;
    if (next.mode === "overload") takeTurn(queue, heads, next.item.priority);
    const why = explainChoice(next.item, agent, best.slice(0, 3), all.length, now, queue);
    const reasons = [orderReason(next, queue, line.length, now), ...why.reasons];
    const { mode, turn } = next;
    const figures = { ...why.figures, mode, ...(turn && { turn }), waiting: line.length, due: next.item.due };
    if (isHeld(next.item, now)) giveBack(world, next.item, agent, now, reasons, figures);
    else holdOut(world, next.item, agent, now, reasons, figures);
  }
}

/** What waits in a queue, in order. A queue that holds its work serves crises and owners only. */
function lineOf(world: World, queue: Queue, now: Instant): Item[] {
  const waits = (item: Item) =>
    item.state === "queued" &&
    item.behind === null &&
    item.queueId === queue.id &&
    (isHeld(item, now) || (queue.autoServe && (queue.serving || item.crisis)));
  return [...world.items.values()].filter(waits).sort(compareWaiting);
}

/** The first that fits; past due the first of each priority. */
function headsOf(line: readonly Item[], now: Instant, fits: (item: Item) => boolean): Item[] {
  const first = line.find(fits);
  if (!first || first.crisis || first.due > now) return first ? [first] : [];
  const seen = new Set<string>();
  return line.filter((item) => {
    if (item.crisis || seen.has(item.priority) || !fits(item)) return false;
    seen.add(item.priority);
    return true;
  });
}

const admitted = (world: World, item: Item, now: Instant, rules: Rules): Agent[] =>
  [...world.agents.values()].filter((agent) => refuses(item, agent, world, now, rules) === null);

function forgetTried(world: World, now: Instant, rules: Rules): void {
  const lines = [...world.queues.values()].flatMap((queue) => lineOf(world, queue, now));
  for (const item of lines.sort(compareWaiting)) {
    if (item.excluded.length === 0) continue;
    const able = [...world.agents.values()].filter(
      (agent) => rules.here(agent) && !item.barred.includes(agent.id) && rules.fits(item, agent, world, now) === null,
    );
    if (able.length > 0 && able.every((agent) => rules.declined(item, agent.id, now))) forgetDeclines(world, item, now);
  }
}
