import type { Instant } from "#platform/clock";
import { askedFor, type Refusal, refuses } from "./admit.ts";
import { type Agent, ANY_RING, servesQueue, type World } from "./model.ts";

/** In the order in which they are told. */
const KINDS: readonly { of: readonly Refusal[]; says: (n: number) => string }[] = [
  {
    of: ["held-for-its-owner"],
    says: (n) => (n === 1 ? "one waits for whoever had it before" : `${n} wait for whoever had them before`),
  },
  {
    of: ["hard-skill", "soft-skill"],
    says: (n) => (n === 1 ? "one asks for a skill that you do not have" : `${n} ask for a skill that you do not have`),
  },
  { of: ["other-team"], says: (n) => (n === 1 ? "one is another team's for now" : `${n} are another team's for now`) },
  {
    of: ["declined"],
    says: (n) =>
      n === 1 ? "one was declined by you a short while ago" : `${n} were declined by you a short while ago`,
  },
  { of: ["conflict"], says: (n) => (n === 1 ? "one is a complaint about you" : `${n} are complaints about you`) },
  {
    of: ["collapsed"],
    says: (n) => (n === 1 ? "one is collapsed behind another" : `${n} are collapsed behind another`),
  },
];
const NO_ROOM: ReadonlySet<Refusal> = new Set([
  "budget-full",
  "medium-full",
  "in-exclusive-work",
  "not-free-for-exclusive",
  "kept-apart",
] satisfies Refusal[]);

export interface NothingToTake {
  readonly why: "nothing-waits" | "no-room" | "not-for-you";
  /** In the agent's queues, in nobody's hands. */
  readonly waiting: number;
  readonly says: string;
}

/**
 * Why an agent who asks for the next item gets none, in a sentence that says what to do. `others`: how many items of the
 * agent's queues others have just now, which lists of the team show. `silent`: the agent stays found not to respond, because what is refused
 * changes nothing.
 */
export function nothingToTake(world: World, agent: Agent, now: Instant, others = 0, silent = false): NothingToTake {
  const asking = { ...agent, presence: "available" as const };
  const counts = new Map<Refusal, number>();
  for (const item of world.items.values()) {
    const queue = world.queues.get(item.queueId);
    if (item.state !== "queued" || !queue || !servesQueue(agent, queue, ANY_RING)) continue;
    const why = refuses(item, asking, world, now, askedFor);
    if (why !== null) counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  const sum = (of: (why: Refusal) => boolean) =>
    [...counts].reduce((all, [why, count]) => (of(why) ? all + count : all), 0);
  const waiting = sum(() => true);
  if (waiting === 0 && silent)
    return {
      why: "nothing-waits",
      waiting,
      says: "You are set to Not responding, so nothing is offered to you. Say that you are here, and the next one comes by itself.",
    };
  if (waiting === 0) {
    const held =
      others === 0
        ? ""
        : others === 1
          ? ": the one there is, is with a colleague"
          : `: all ${others} are with colleagues`;
    return {
      why: "nothing-waits",
      waiting,
      says: `Nothing waits in your queues now${held}. The next one comes by itself.`,
    };
  }
  const full = sum((why) => NO_ROOM.has(why));
  if (full > 0) {
    const [carries, budget] = [tenths(agent.load.used), tenths(agent.budget)];
    const wait = full === 1 ? "One waits that you could take" : `${full} wait that you could take`;
    const says = `${wait}, but you have no room: you carry ${carries} of ${budget}. Resolve, snooze or give away one first.`;
    return { why: "no-room", waiting, says };
  }
  const parts = KINDS.flatMap(({ of, says }) => {
    const count = sum((why) => of.includes(why));
    return count === 0 ? [] : [says(count)];
  });
  const head = waiting === 1 ? "One waits, but not for you" : `${waiting} wait, but none for you`;
  return { why: "not-for-you", waiting, says: `${head}: ${parts.join(", ")}.` };
}

/** A budget of 100 is shown as 10. */
const tenths = (units: number): string => String(Math.round(units) / 10);
