import { type Random, seeded } from "../../scenarios/random.ts";

/** Which processes share the database. `split`: the sequencer in a process of its own; `pair`: two whole servers. */
export type Topology = "one" | "split" | "pair";
export type Line = "database" | "calls" | "hooks";

/**
 * One thing that goes wrong: `at` milliseconds after the agents' `after`th act of this seed, for `ms`; then it is healed. Acts
 * and not the clock, so that a slow machine breaks into the same work as a fast one.
 */
export type Fault = { after: number; at: number; ms: number } & (
  | { kind: "kill-server" | "kill-second" | "kill-postgres" | "kill-backend" | "kill-playground" }
  | { kind: "stall-server" | "stall-second" | "stall-postgres" }
  | { kind: "line-cut" | "line-delay" | "line-half" | "line-hole"; line: Line; delay: number; resumes: boolean }
  | { kind: "webhook-duplicate" | "webhook-delay" | "webhook-reorder" | "webhook-drop"; rate: number; wait: number }
  | {
      kind: "api-slow" | "api-429" | "api-503" | "api-500-after-write" | "api-hang" | "api-reset-after-write";
      rate: number;
      wait: number;
    }
  | { kind: "clock"; who: "desk" | "second" | "network" | "all"; by: number }
);
export type FaultKind = Fault["kind"];

/** What a customer does: `who` is a number, `of` points at one of the earlier posts or messages of the same seed. */
export interface CustomerAct {
  at: number;
  act: "post" | "reply" | "dm" | "edit" | "delete" | "thanks" | "answer";
  who: number;
  of: number;
}

export interface Schedule {
  seed: number;
  length: "short" | "long";
  topology: Topology;
  /** Within so many milliseconds customers speak. */
  traffic: number;
  /** Traffic ends when agents have done so many acts, or a while after customers fell silent. */
  acts: number;
  /** Real time passes until all is settled; else the clock is moved to whatever waits. */
  patient: boolean;
  faults: Fault[];
  customers: CustomerAct[];
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Neighbouring seeds share their processes; every five the topology changes. */
export function topologyOf(seed: number): Topology {
  return (["one", "split", "pair"] as const)[Math.floor((seed - 1) / 5) % 3]!;
}

/** All that the seed decides. What the machine makes of it differs from run to run. */
export function scheduleOf(seed: number, length: "short" | "long"): Schedule {
  const random = seeded(`nemesis ${seed}`);
  const topology = topologyOf(seed);
  const short = length === "short";
  const traffic = short ? 300 + random.int(300) : 5_000 + random.int(5_000);
  const acts = short ? 7 + random.int(5) : 60 + random.int(60);
  const wanted = short ? 1 + random.int(2) : 4 + random.int(6);
  const faults = Array.from({ length: wanted }, () => faultOf(random, topology, acts, short));
  const people = short ? 4 : 12;
  const count = short ? 7 + random.int(5) : 50 + random.int(40);
  const customers = Array.from({ length: count }, (_, i): CustomerAct => {
    const first = i < 4;
    return {
      at: first ? i * 20 : random.int(traffic),
      act: first ? "post" : random.pick(ACTS),
      who: random.int(people),
      of: random.int(1_000),
    };
  });
  customers.sort((a, b) => a.at - b.at);
  faults.sort((a, b) => a.after - b.after || a.at - b.at);
  return { seed, length, topology, traffic, acts, patient: !short && seed % 5 === 0, faults, customers };
}

const ACTS = ["post", "post", "post", "reply", "reply", "dm", "edit", "delete", "thanks", "answer"] as const;

const KINDS: readonly (readonly [FaultKind, number])[] = [
  ...([
    ["kill-server", 14],
    ["kill-second", 7],
    ["kill-postgres", 5],
    ["kill-backend", 4],
  ] as const),
  ...([
    ["kill-playground", 4],
    ["stall-server", 4],
    ["stall-second", 3],
    ["stall-postgres", 4],
  ] as const),
  ...([
    ["line-cut", 5],
    ["line-delay", 3],
    ["line-half", 3],
    ["line-hole", 3],
  ] as const),
  ...([
    ["webhook-duplicate", 4],
    ["webhook-delay", 3],
    ["webhook-reorder", 3],
    ["webhook-drop", 3],
  ] as const),
  ...([
    ["api-slow", 3],
    ["api-429", 3],
    ["api-503", 3],
    ["api-500-after-write", 4],
    ["api-hang", 3],
  ] as const),
  ...([
    ["api-reset-after-write", 4],
    ["clock", 8],
  ] as const),
];
export const faultKinds: readonly FaultKind[] = KINDS.map(([kind]) => kind);

function faultOf(random: Random, topology: Topology, acts: number, short: boolean): Fault {
  const bag = KINDS.filter(([kind]) => topology !== "one" || !kind.endsWith("-second"));
  let ticket = random.int(bag.reduce((sum, [, share]) => sum + share, 0));
  const kind = bag.find(([, share]) => {
    ticket -= share;
    return ticket < 0;
  })![0];
  const when = { after: random.int(Math.round(acts * 0.7)), at: random.int(120), ms: lengthOf(kind, random, short) };
  // All draws are made for every kind, so that a kind added later does not move the rest.
  const [rate, wait, delay] = [0.4 + random.next() * 0.6, 50 + random.int(short ? 300 : 1_500), 20 + random.int(150)];
  const line = random.pick(["database", "database", "calls", "hooks"] as const);
  const resumes = random.chance(0.5);
  const who = random.pick(["desk", "desk", "network", "all", topology === "one" ? "desk" : "second"] as const);
  const by = (random.chance(0.75) ? 10 * MINUTE : DAY) * (random.chance(0.5) ? 1 : -1);
  if (kind === "clock") return { ...when, kind, who, by };
  if (kind === "line-cut" || kind === "line-delay" || kind === "line-half" || kind === "line-hole")
    return { ...when, kind, line, delay, resumes };
  if (isNetworkFault(kind)) return { ...when, kind, rate, wait } as Fault;
  return { ...when, kind } as Fault;
}

/** Faults that the playground plays itself. */
export function isNetworkFault(kind: FaultKind): boolean {
  return kind.startsWith("webhook-") || kind.startsWith("api-");
}

function lengthOf(kind: FaultKind, random: Random, short: boolean): number {
  if (isNetworkFault(kind)) return short ? 500 : 500 + random.int(4_000);
  if (kind === "kill-backend" || kind === "line-cut") return 0;
  if (short) return 50 + random.int(350);
  // Longer than a lease of the sequencer (4 s) and a claim of the outbox (9 s), now and then.
  return random.chance(0.2) ? 5_000 + random.int(7_000) : 50 + random.int(1_500);
}

/** One line for each thing that is planned: printed when a seed fails. */
export function describeSchedule(schedule: Schedule): string {
  const { seed, length, topology, traffic, acts: wanted, patient, faults, customers } = schedule;
  const lines = faults.map((fault) => {
    const { after, at, ms, kind, ...more } = fault;
    return `  after act ${after} + ${at} ms: ${kind} for ${ms} ms ${JSON.stringify(more)}`;
  });
  const acts = Map.groupBy(customers, (c) => c.act);
  const said = [...acts].map(([act, all]) => `${all.length} × ${act}`).join(", ");
  return [
    `seed ${seed} (${length}, ${topology}${patient ? ", patient" : ""}): customers speak for ${traffic} ms (${said}), agents act ${wanted} times`,
    ...lines,
  ].join("\n");
}
