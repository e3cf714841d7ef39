import { seeded } from "../../../scenarios/random.ts";
import { type Item, type Priority, priorities, type World } from "../../../server/modules/routing/domain/model.ts";
import { type Rules, theRules } from "../../../server/modules/routing/domain/rules.ts";
import { serve } from "../../../server/modules/routing/domain/serve.ts";
import { arrive, assign, end } from "../../../server/modules/routing/domain/transitions.ts";
import { Waiting } from "../../../server/modules/routing/domain/waiting/waiting.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../../server/platform/clock.ts";
import { TEST_START } from "../../support/database.ts";
import { buildAgent, buildItem, buildWorld, TARGETS } from "../../support/routing-world.ts";

/** So much work for so many agents, and how it is mixed (operations.md §1.2). */
export interface Scenario {
  readonly agents: number;
  readonly aht: number;
  /** Work that comes, in parts of what the agents can do, at an hour of the day. */
  readonly load: (hour: number) => number;
  readonly days: number;
  readonly mix: Readonly<Record<Priority, number>>;
}
const base = { agents: 10, aht: 300 * SECOND, days: 3 };
/** 103 % for three days, or another part of what the agents can do. */
export const overloadedBy = (load: number): Scenario => ({ ...base, load: () => load, mix: MIX });
const MIX = { urgent: 0.45, high: 0.5, normal: 0.04, low: 0.01 };
/** A third too much by day, little by night: less than can be done, all in all. */
export const belowSaturation: Scenario = {
  ...base,
  load: (hour) => (hour >= 9 && hour < 17 ? 1.35 : 0.3),
  mix: { urgent: 0.1, high: 0.3, normal: 0.4, low: 0.2 },
};

export interface Job {
  readonly id: string;
  readonly at: Instant;
  readonly priority: Priority;
  readonly takes: number;
  readonly due: Instant;
}
/** What waits and which is next: the engine, or a comparator that only tests know. */
export interface Order {
  come(job: Job, now: Instant): void;
  /** Who is served now, as long as somebody is free. */
  next(now: Instant): Job | null;
  over(job: Job, now: Instant): void;
}

/**
 * People who come, the same for every order of one seed. `even`: one in each stretch of time, at a random moment of it, and each takes the
 * same time, so that the load is what is asked for in every hour. `wild`: they come and take as chance has it (Poisson, exponential), and
 * a seed's own peaks are as high as they are, whoever hands out the work.
 */
export function jobsOf(scenario: Scenario, seed: string, wild = false): Job[] {
  const random = seeded(seed);
  const exponential = (mean: number) => -Math.log(1 - random.next()) * mean;
  const end = TEST_START + scenario.days * DAY;
  const jobs: Job[] = [];
  for (let slot: Instant = TEST_START; slot < end; ) {
    const load = scenario.load(Math.floor((slot - TEST_START) / HOUR) % 24);
    const every = scenario.aht / scenario.agents / load;
    const gap = wild ? exponential(every) : every;
    const at = Math.round(wild ? slot + gap : slot + random.next() * gap);
    slot += gap;
    const priority = drawn(scenario.mix, random.next());
    const takes = wild ? Math.max(SECOND, Math.round(exponential(scenario.aht))) : scenario.aht;
    jobs.push({ id: `job ${String(jobs.length).padStart(6, "0")}`, at, priority, takes, due: at + TARGETS[priority] });
  }
  return jobs;
}

function drawn(mix: Scenario["mix"], u: number): Priority {
  let sum = 0;
  for (const priority of priorities) {
    sum += mix[priority];
    if (u < sum) return priority;
  }
  return "low";
}

export interface Result {
  /** Part of each priority that was served in time, 0 to 1; those who wait at the end past due are not. */
  readonly met: Readonly<Record<Priority, number>>;
  /** The longest wait in parts of its target, of all who were served or still wait. */
  readonly worst: number;
  /** Hours in which the queue was past due all the time, a priority waited all the time, and none of it was served. */
  readonly starved: number;
  readonly hoursLate: number;
  /** How many had been served when each came, and how many when it was served itself; null for those who still wait. */
  readonly places: readonly { readonly job: Job; readonly came: number; readonly served: number | null }[];
  readonly servedAll: number;
}

/** Plays one scenario under one order. */
export function play(jobs: readonly Job[], scenario: Pick<Scenario, "agents">, order: Order): Result {
  const waiting = new Set<Job>();
  const ends: { at: Instant; job: Job }[] = [];
  const served: Job[] = [];
  const since = new Map<Job, number>();
  const places: { job: Job; came: number; served: number | null }[] = [];
  const met = Object.fromEntries(priorities.map((p) => [p, [0, 0]])) as unknown as Record<Priority, [number, number]>;
  const hours = new Hours();
  let [worst, busy] = [0, 0];
  const count = (job: Job, now: Instant, isServed: boolean) => {
    const wait = (now - job.at) / (job.due - job.at);
    worst = Math.max(worst, wait);
    if (!isServed && wait <= 1) return;
    met[job.priority][1]++;
    if (wait <= 1) met[job.priority][0]++;
  };
  const give = (now: Instant) => {
    while (busy < scenario.agents) {
      const job = order.next(now);
      if (!job) break;
      waiting.delete(job);
      places.push({ job, came: since.get(job) as number, served: served.length });
      served.push(job);
      count(job, now, true);
      hours.served(job, now);
      busy++;
      const at = ends.findLastIndex((one) => one.at <= now + job.takes);
      ends.splice(at + 1, 0, { at: now + job.takes, job });
    }
    hours.stands(waiting, now);
  };
  const finish = (until: Instant) => {
    for (let first = ends[0]; first && first.at <= until; first = ends[0]) {
      ends.shift();
      busy--;
      order.over(first.job, first.at);
      give(first.at);
    }
  };
  for (const job of jobs) {
    finish(job.at);
    waiting.add(job);
    since.set(job, served.length);
    order.come(job, job.at);
    give(job.at);
  }
  const last = jobs.at(-1)?.at ?? TEST_START;
  for (const job of waiting) {
    count(job, last, false);
    places.push({ job, came: since.get(job) as number, served: null });
  }
  const shares = Object.entries(met).map(([p, [ok, all]]) => [p, all === 0 ? 1 : ok / all]);
  return { met: Object.fromEntries(shares), worst, ...hours.result(), places, servedAll: served.length };
}

/** Hour by hour: who waited all of it, and who of them was served. */
class Hours {
  #hour = -1;
  #stood = new Set<Priority>();
  #served = new Set<Priority>();
  #late = true;
  #starved = 0;
  #hoursLate = 0;
  served({ priority }: Job, now: Instant): void {
    this.#turn(now);
    this.#served.add(priority);
  }
  stands(waiting: ReadonlySet<Job>, now: Instant): void {
    this.#turn(now);
    const [present, late] = [new Set<Priority>(), { is: false }];
    for (const { priority, due } of waiting) {
      present.add(priority);
      if (due <= now) late.is = true;
    }
    for (const p of this.#stood) if (!present.has(p)) this.#stood.delete(p);
    this.#late &&= late.is;
  }
  #turn(now: Instant): void {
    const hour = Math.floor(now / HOUR);
    if (hour === this.#hour) return;
    if (this.#late && this.#hour >= 0) {
      this.#hoursLate++;
      for (const p of this.#stood) if (!this.#served.has(p)) this.#starved++;
    }
    this.#hour = hour;
    this.#stood = new Set(priorities);
    this.#served = new Set();
    this.#late = true;
  }
  result(): { starved: number; hoursLate: number } {
    return { starved: this.#starved, hoursLate: this.#hoursLate };
  }
}

/** The engine itself: agents who hold one public post each. */
export function engineOrder(scenario: Pick<Scenario, "agents">, rules: Rules = theRules): Order {
  const agents = Array.from({ length: scenario.agents }, (_, i) =>
    buildAgent({ id: `agent ${i}`, limits: { public: 1 } }),
  );
  const world: World = buildWorld({ agents });
  world.watch = new Waiting(world, rules);
  const jobs = new Map<string, Job>();
  const given: Item[] = [];
  const settle = (now: Instant) => {
    serve(world, now, rules);
    for (const d of world.decisions)
      if (d.act === "offered") {
        const item = world.items.get(d.itemId) as Item;
        assign(world, item, d.agentId as string, "offer", now, false, [], d.offerId);
        given.push(item);
      }
    world.decisions.length = 0;
    world.touched.clear();
  };
  return {
    come(job, now) {
      jobs.set(job.id, job);
      arrive(world, buildItem({ id: job.id, t0: job.at, priority: job.priority }), [], now, rules);
    },
    next(now) {
      if (given.length === 0) settle(now);
      const item = given.shift();
      return item ? (jobs.get(item.id) as Job) : null;
    },
    over(job, now) {
      const item = world.items.get(job.id) as Item;
      end(world, item, "done", "Over.", now, true);
      world.items.delete(job.id);
      jobs.delete(job.id);
    },
  };
}

/** An order by a number that does not change while somebody waits: smaller is first; who came first among equals. */
export function byNumber(numberOf: (job: Job) => number): Order {
  const line: { job: Job; n: number }[] = [];
  return {
    come(job) {
      const n = numberOf(job);
      const at = line.findLastIndex((one) => one.n <= n);
      line.splice(at + 1, 0, { job, n });
    },
    next: () => line.shift()?.job ?? null,
    over: () => {},
  };
}
const BONUS: Readonly<Record<Priority, number>> = { urgent: 60, high: 30, normal: 10, low: 0 };
export const dueFirst = (): Order => byNumber((job) => job.due);
export const strictPriority = (): Order => byNumber((job) => priorities.indexOf(job.priority));
/** Minutes waited and a bonus: who waits longer by as many minutes is equal. */
export const additiveScore = (): Order => byNumber((job) => job.at - BONUS[job.priority] * MINUTE);

/** While the head is past due: whoever is latest in parts of the target, an urgent minute counting threefold. */
export function latestFirst(): Order {
  const lines = priorities.map((): Job[] => []);
  return {
    come: (job) => void lines[priorities.indexOf(job.priority)]?.push(job),
    next(now) {
      const heads = lines.flatMap((line, i) => (line[0] ? [{ i, job: line[0] }] : []));
      const late = ({ job }: { job: Job }) =>
        ((now - job.at) / (job.due - job.at)) * (job.priority === "urgent" ? 3 : 1);
      const byDue = heads.toSorted((a, b) => a.job.due - b.job.due);
      if (!byDue[0]) return null;
      const first = byDue[0].job.due > now ? byDue[0] : heads.toSorted((a, b) => late(b) - late(a))[0];
      return first ? (lines[first.i]?.shift() ?? null) : null;
    },
    over: () => {},
  };
}

/** Earliest due; while the head is past due, turns by other weights than ours. */
export function weighted(weights: Readonly<Record<Priority, number>>): Order {
  const lines = priorities.map((): Job[] => []);
  const credit = priorities.map(() => 0);
  return {
    come: (job) => void lines[priorities.indexOf(job.priority)]?.push(job),
    next(now) {
      const heads = lines.flatMap((line, i) => (line[0] ? [{ i, job: line[0] }] : []));
      const first = heads.toSorted((a, b) => a.job.due - b.job.due)[0];
      if (!first) return null;
      if (first.job.due > now) return lines[first.i]?.shift() ?? null;
      let [best, sum] = [first.i, 0];
      for (const { i } of heads) {
        const weight = weights[priorities[i] as Priority];
        credit[i] = (credit[i] as number) + weight;
        sum += weight;
      }
      for (const { i } of heads) if ((credit[i] as number) > (credit[best] as number)) best = i;
      credit[best] = (credit[best] as number) - sum;
      return lines[best]?.shift() ?? null;
    },
    over: () => {},
  };
}
