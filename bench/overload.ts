import { type Priority, priorities } from "../server/modules/routing/domain/model.ts";
import { nextOf, type Turn, turnRules } from "../server/modules/routing/domain/order.ts";
import { theRules } from "../server/modules/routing/domain/rules.ts";
import {
  additiveScore,
  belowSaturation,
  dueFirst,
  engineOrder,
  jobsOf,
  latestFirst,
  type Order,
  overloadedBy,
  play,
  type Result,
  type Scenario,
  strictPriority,
  weighted,
} from "../tests/simulation/routing/overload.ts";
import { type Bench, counted, type Figure, median } from "./measure.ts";

const SEEDS = ["1", "2", "3", "4", "5"];
const EIGHT = { urgent: 8, high: 4, normal: 2, low: 1 };
const TWELVE = { urgent: 12, high: 10, normal: 2, low: 1 };
/** The engine without one of its rules for a queue that is past due. */
const without = (dropped: Turn) => (scenario: Scenario) =>
  engineOrder(scenario, {
    ...theRules,
    nextOf: (waiting, queue, now) =>
      nextOf(
        waiting,
        queue,
        now,
        turns.filter((turn) => turn !== dropped),
      ),
  });
const turns = Object.keys(turnRules) as Turn[];
/** The engine, and orders that only this comparison knows. */
const orders: Readonly<Record<string, (scenario: Scenario) => Order>> = {
  "earliest due": dueFirst,
  "strict priority, first come": strictPriority,
  "additive score": additiveScore,
  "turns 8:4:2:1": () => weighted(EIGHT),
  "turns 12:10:2:1": () => weighted(TWELVE),
  "latest in targets, urgent x 3": latestFirst,
  ours: engineOrder,
  "ours, without shares": without("share"),
  "ours, lateness without a bound": without("bound"),
  "ours, in time not before late": without("in-time"),
};
interface Row {
  readonly name: string;
  readonly scenario: Scenario;
  readonly wild: boolean;
}
const rows: readonly Row[] = [
  { name: "103 %", scenario: overloadedBy(1.03), wild: false },
  { name: "102 %", scenario: overloadedBy(1.02), wild: false },
  { name: "103 %, at random", scenario: overloadedBy(1.03), wild: true },
  { name: "below saturation", scenario: belowSaturation, wild: false },
];

const percent = (results: readonly Result[], p: Priority) => (100 * median(results.map((r) => r.met[p]))).toFixed(1);

export const overload: Bench = {
  about: `the overload table of operations.md §1.2: 10 agents, 300 s each, for three days, targets 15 min, 1 h, 4 h, 24 h; ${SEEDS.length} seeds. In time by priority, the longest wait in parts of its target, and hours in which a priority that waited was not served`,
  async run({ say }) {
    const figures: Figure[] = [];
    for (const { name, scenario, wild } of rows) {
      say(
        `${name.padEnd(48)}${priorities.map((p) => p.padStart(8)).join("")}   worst wait: median (least to most), starved hours of late ones`,
      );
      for (const [order, make] of Object.entries(orders)) {
        const results = SEEDS.map((seed) => play(jobsOf(scenario, seed, wild), scenario, make(scenario)));
        const worst = results.map((r) => r.worst);
        const sum = (of: (r: Result) => number) => results.reduce((all, r) => all + of(r), 0);
        const shares = priorities.map((p) => percent(results, p).padStart(8)).join("");
        const spread = `${median(worst).toFixed(2)} (${Math.min(...worst).toFixed(2)} to ${Math.max(...worst).toFixed(2)})`;
        say(`  ${order.padEnd(46)}${shares}   ${spread}, ${sum((r) => r.starved)} of ${sum((r) => r.hoursLate)}`);
        if (make !== engineOrder) continue;
        figures.push(counted(`${name}: worst wait`, "targets", worst));
        figures.push(
          counted(
            `${name}: urgent in time`,
            "%",
            results.map((r) => 100 * r.met.urgent),
          ),
        );
        figures.push(
          counted(
            `${name}: starved hours`,
            "hours",
            results.map((r) => r.starved),
          ),
        );
      }
    }
    return figures;
  },
};
