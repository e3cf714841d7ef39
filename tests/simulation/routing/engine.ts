import { skillsAt } from "../../../server/modules/people/index.ts";
import { bar, unbar } from "../../../server/modules/routing/domain/barred.ts";
import { countIn } from "../../../server/modules/routing/domain/capacity.ts";
import { behindWhat, comeForward, joinCrowds, roomInFront } from "../../../server/modules/routing/domain/flood.ts";
import { askIn, seeOff } from "../../../server/modules/routing/domain/guests.ts";
import { type Item, noLoad, type World } from "../../../server/modules/routing/domain/model.ts";
import { noteOverCapacity } from "../../../server/modules/routing/domain/over-capacity.ts";
import { passTime } from "../../../server/modules/routing/domain/pass-time.ts";
import { serve } from "../../../server/modules/routing/domain/serve.ts";
import { setPriority } from "../../../server/modules/routing/domain/set-priority.ts";
import {
  accept,
  answered,
  arrive,
  customerWaits,
  decline,
  end,
  handOver,
  ownerGone,
  snooze,
  take,
  takeNext,
  toQueue,
  withdrawOffers,
} from "../../../server/modules/routing/domain/transitions.ts";
import { extendWrapUp, finishWrapUp } from "../../../server/modules/routing/domain/wrap-up.ts";
import { termsOf } from "../../../server/modules/routing/queues.ts";

/** What the durable owner uses of the engine. A mutant bends one of them, or one of the engine's own `Rules`. */
export const theEngine = {
  ...{
    accept,
    answered,
    arrive,
    askIn,
    bar,
    behindWhat,
    comeForward,
    customerWaits,
    decline,
    end,
    extendWrapUp,
    finishWrapUp,
  },
  ...{
    handOver,
    joinCrowds,
    noteOverCapacity,
    ownerGone,
    passTime,
    roomInFront,
    seeOff,
    serve,
    setPriority,
    skillsAt,
    snooze,
  },
  ...{ take, takeNext, termsOf, toQueue, unbar, withdrawOffers, reborn },
};
export type Engine = typeof theEngine;

/** A process that died: what the tables hold is read again, loads are counted anew, no index is left. */
function reborn(world: World): World {
  const items = JSON.parse(JSON.stringify([...world.items.values()])) as Item[];
  const agents = [...world.agents.values()].map((agent) => ({ ...agent, load: noLoad() }));
  const { watch: _, ...rest } = world;
  const anew: World = {
    ...rest,
    queues: new Map([...world.queues].map(([id, queue]) => [id, { ...queue, turns: { ...queue.turns } }])),
    agents: new Map(agents.map((agent) => [agent.id, agent])),
    items: new Map(items.map((item) => [item.id, item])),
    ...{ touched: new Set(), silent: new Set(), moved: new Map(), decisions: [] },
  };
  for (const item of items) countIn(anew, item);
  return anew;
}
