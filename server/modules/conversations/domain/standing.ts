import { type Matter, type StitchMessage, type StitchWorld, saidBefore } from "./stitch-world.ts";

/** More conversations of one customer are not weighed: the ones begun last are. */
export const MOST_CANDIDATES = 50;
/** So many messages are read for one decision; of a long conversation how it began and what was said last. */
const MOST_ROWS = 180;
const FEWEST_EACH = 3;
const MOST_EACH = 60;

/** The conversations of a customer that bear on a message, as they stood when it was said. */
export function ownMatters(world: StitchWorld, m: StitchMessage, customerId: string): Matter[] {
  const ids = [...(world.byCustomer.get(customerId) ?? [])].slice(-MOST_CANDIDATES);
  const each = Math.min(MOST_EACH, Math.max(FEWEST_EACH, Math.floor(MOST_ROWS / Math.max(1, ids.length))));
  return ids
    .map((id) => standing(world.matters.get(id)!, m))
    .filter((matter) => matter.messages.length > 0)
    .map((matter) => shortened(matter, each));
}

export function shortened(matter: Matter, each = MOST_EACH): Matter {
  const { messages } = matter;
  return messages.length <= each ? matter : { ...matter, messages: [messages[0]!, ...messages.slice(1 - each)] };
}

/** The conversation as it stood when `m` was said. */
export function standing(matter: Matter, m: StitchMessage): Matter {
  const messages = saidBefore(matter, m);
  return messages === matter.messages ? matter : { ...matter, messages };
}
