import type { Instant } from "#platform/clock";
import { priorities } from "../model.ts";
import type { AgentCourse, Course, ItemCourse } from "./model.ts";

/** What became of some items of one course. Waits in milliseconds, parts from 0 to 1; null where there is nothing to count. */
export interface ItemFigures {
  readonly items: number;
  readonly answered: number;
  /** Not answered when the history ends. */
  readonly left: number;
  /** Answered by the due time ÷ (answered + not answered although due by the end). */
  readonly serviceLevel: number | null;
  /** From coming to the queue until first taken in hand; of what was never taken, until the end. Nearest rank. */
  readonly waitP50: number | null;
  readonly waitP90: number | null;
  readonly waitP95: number | null;
  readonly waitWorst: number | null;
  readonly offers: number;
  readonly declines: number;
  readonly misses: number;
  readonly transfers: number;
}
export interface AgentFigures {
  /** Capacity in hand while here ÷ capacity of those here. */
  readonly occupancy: number | null;
  /** Milliseconds of people with work in hand after they had gone. */
  readonly overtime: number;
}

export function figuresOf(items: readonly ItemCourse[], until: Instant): ItemFigures {
  const waits = items.map((one) => (one.takenAt ?? until) - one.item.at).sort((a, b) => a - b);
  const answered = items.filter((one) => one.answeredAt !== null);
  const inTime = answered.filter((one) => (one.answeredAt as Instant) <= one.due).length;
  const late = items.filter((one) => one.answeredAt === null && one.due <= until).length;
  const counted = answered.length + late;
  const sum = (of: "offers" | "declines" | "misses" | "transfers") => items.reduce((all, one) => all + one[of], 0);
  return {
    ...{ items: items.length, answered: answered.length, left: items.length - answered.length },
    serviceLevel: counted === 0 ? null : inTime / counted,
    ...{ waitP50: ranked(waits, 0.5), waitP90: ranked(waits, 0.9), waitP95: ranked(waits, 0.95) },
    waitWorst: waits.at(-1) ?? null,
    ...{ offers: sum("offers"), declines: sum("declines"), misses: sum("misses"), transfers: sum("transfers") },
  };
}

const ranked = (sorted: readonly number[], part: number): number | null =>
  sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;

export function agentFigures(agents: readonly AgentCourse[]): AgentFigures {
  const sum = (of: "filled" | "room" | "overtime") => agents.reduce((all, one) => all + one[of], 0);
  const room = sum("room");
  return { occupancy: room === 0 ? null : sum("filled") / room, overtime: sum("overtime") };
}

/** One line of the table: all work, the work of a priority, a queue, a queue's work of one priority and medium; or all people, or a team. */
export interface Cell {
  readonly id: string;
  readonly queue?: string;
  readonly priority?: string;
  readonly medium?: string;
  readonly team?: string;
  readonly figures: Readonly<Record<string, number | null>>;
}

/** The whole table of a course, its lines in a fixed order. An item counts in the queue it came to first. */
export function tableOf({ items, agents, until }: Course): Cell[] {
  const queues = Map.groupBy(items, (one) => one.item.queue);
  const kinds = Map.groupBy(items, ({ item }) => JSON.stringify([item.queue, item.priority, item.medium]));
  const classes = Map.groupBy(items, (one) => one.item.priority);
  const teams = Map.groupBy(
    agents.flatMap((agent) => agent.teams.map((team) => ({ team, agent }))),
    (one) => one.team,
  );
  return [
    { id: "all", figures: { ...figuresOf(items, until), ...agentFigures(agents) } },
    ...priorities.flatMap((priority) => {
      const own = classes.get(priority);
      return own ? [{ id: `priority ${priority}`, priority, figures: { ...figuresOf(own, until) } }] : [];
    }),
    ...inOrder(queues).map(([queue, own]) => ({ id: `queue ${queue}`, queue, figures: { ...figuresOf(own, until) } })),
    ...inOrder(kinds).map(([key, own]) => {
      const [queue, priority, medium] = JSON.parse(key) as [string, string, string];
      return {
        id: `queue ${queue}, ${priority}, ${medium}`,
        queue,
        priority,
        medium,
        figures: { ...figuresOf(own, until) },
      };
    }),
    ...inOrder(teams).map(([team, own]) => ({
      id: `team ${team}`,
      team,
      figures: { ...agentFigures(own.map((one) => one.agent)) },
    })),
  ];
}

const inOrder = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
