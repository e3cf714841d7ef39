import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { refuses } from "../server/modules/routing/domain/admit.ts";
import type { Agent, Item, World } from "../server/modules/routing/domain/model.ts";
import { compareWaiting } from "../server/modules/routing/domain/order.ts";
import { theRules } from "../server/modules/routing/domain/rules.ts";
import { serve } from "../server/modules/routing/domain/serve.ts";
import { Waiting } from "../server/modules/routing/domain/waiting/waiting.ts";
import type { Instant } from "../server/platform/clock.ts";
import { TEST_START } from "../tests/support/database.ts";
import { BIG, type BigWorld, bigWorld, offeredIn, oneGoesOneComes } from "../tests/support/routing-scale.ts";
import { servePlainly } from "../tests/support/serve-plain.ts";
import { type Bench, counted, type Figure, inTurns, latency, median, parseRate } from "./measure.ts";

const ROUNDS = 5;
/** Work that ends and work that comes in one round, and the time between: 333 a second, ten times the peak of the biggest centres. */
const [EVENTS, EVERY_MS] = [10_000, 3];
/** The scan of a sorted list takes its share of the list for every decision: fewer of them say enough. */
const SCANS = 100;
/** What holding every item against every agent can bear. */
const SMALL = { ...BIG, agents: 100, waiting: 1_000, queues: 5, sets: 30, skills: 20 };
const SMALL_EVENTS = 40;

const micros = (since: NodeJS.CpuUsage, n: number): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / n;
};

function bytesAlive(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

/** One centre with its index, its clock, and the work that is held out. */
interface Centre {
  readonly big: BigWorld;
  readonly given: Item[];
  now: Instant;
}
function keepOffered({ big: { world }, given }: Pick<Centre, "big" | "given">): number {
  let n = 0;
  for (const d of world.decisions) {
    if (d.act !== "offered") continue;
    given.push(world.items.get(d.itemId) as Item);
    n++;
  }
  world.decisions.length = 0;
  world.touched.clear();
  return n;
}

/** What ends and comes is put down first; what is timed is filing it and deciding. Returns µs of CPU for a decision. */
function round(centre: Centre, milliseconds: number[]): number {
  const { world } = centre.big;
  let decisions = 0;
  let cpu = 0;
  for (let n = 0; n < EVENTS; n++) {
    centre.now += EVERY_MS;
    oneGoesOneComes(centre.big, centre.given, centre.now);
    world.decisions.length = 0;
    const [began, used] = [performance.now(), process.cpuUsage()];
    serve(world, centre.now);
    cpu += micros(used, 1);
    milliseconds.push(performance.now() - began);
    decisions += keepOffered(centre);
  }
  return cpu / decisions;
}

/** The first in a list sorted by due time that an agent with room may have: what there was to beat (DESIGN §6). */
function scans(world: World, sorted: readonly Item[], agents: readonly Agent[], now: Instant): number {
  const used = process.cpuUsage();
  for (let n = 0; n < SCANS; n++) {
    const agent = agents[(n * 7_919) % agents.length] as Agent;
    const idle = { ...agent, load: { used: 0, parked: 0, exclusive: 0, firm: 0, counts: {} } };
    sorted.find((item) => refuses(item, idle, world, now) === null);
  }
  return micros(used, SCANS);
}

/** Every item against every agent, in a small centre; returns µs of CPU for a decision there, and with the index. */
function plainly(): [number, number] {
  return [servePlainly, serve].map((run): number => {
    const big = bigWorld(SMALL, TEST_START);
    if (run === serve) big.world.watch = new Waiting(big.world, theRules);
    serve(big.world, TEST_START);
    const given = offeredIn(big.world);
    let decisions = 0;
    const used = process.cpuUsage();
    for (let n = 1; n <= SMALL_EVENTS; n++) {
      const now = TEST_START + n * 1_000;
      oneGoesOneComes(big, given, now);
      big.world.decisions.length = 0;
      run(big.world, now);
      decisions += keepOffered({ big, given });
    }
    return micros(used, Math.max(1, decisions));
  }) as [number, number];
}

const lower = (what: string, unit: string, rounds: number[], base: { what: string; rounds: number[] }): Figure => ({
  ...{ what, unit, rounds, value: median(rounds) },
  baseline: { what: base.what, value: median(base.rounds), ratio: median(rounds) / median(base.rounds) },
});

export const routing: Bench = {
  about: `${BIG.agents.toLocaleString("en")} agents, ${BIG.waiting.toLocaleString("en")} waiting, ${BIG.skills} skills, ${BIG.sets} sets of needs in ${BIG.queues} queues, with rings and capacity, in memory: CPU and comparisons of a decision. Baselines: a scan of the sorted list; every item against every agent in a small centre`,
  async run({ say }) {
    const before = bytesAlive();
    const big = bigWorld(BIG, TEST_START);
    const plain = bytesAlive();
    const index = new Waiting(big.world, theRules);
    big.world.watch = index;
    let used = process.cpuUsage();
    index.settle(TEST_START);
    say(`${(micros(used, BIG.waiting) || 0).toFixed(1)} µs to file one item at the start`);
    used = process.cpuUsage();
    serve(big.world, TEST_START);
    const centre: Centre = { big, given: offeredIn(big.world), now: TEST_START };
    const atOnce = big.world.decisions.length;
    say(`${atOnce} decisions in one go when all agents come at once: ${micros(used, atOnce).toFixed(1)} µs each`);
    big.world.decisions.length = 0;
    const filed = bytesAlive();
    const sorted = [...big.world.items.values()].filter((item) => item.state === "queued").sort(compareWaiting);
    const agents = [...big.world.agents.values()];
    const [ours, scanned, small, smallOurs, parsed, times]: number[][] = [[], [], [], [], [], []] as never;
    Object.assign(index.looked, { sum: 0, decisions: 0 });
    round(centre, []);
    await inTurns(ROUNDS, [
      async () => void ours!.push(round(centre, times!)),
      async () => void scanned!.push(scans(big.world, sorted, agents, centre.now)),
      async () => {
        const [everyOne, indexed] = plainly();
        small!.push(everyOne);
        smallOurs!.push(indexed);
      },
      async () => void parsed!.push(parseRate()),
    ]);
    const { most, sum, decisions } = index.looked;
    return [
      lower("CPU of a decision", "µs", ours!, { what: "a scan of the sorted list", rounds: scanned! }),
      counted(
        "… in lines of JSON.parse",
        "lines",
        ours!.map((us, i) => (us * parsed![i]!) / 1e6),
      ),
      latency("one act, p50", times!, 0.5),
      latency("one act, p99", times!, 0.99),
      counted("items and agents compared, at most", "a decision", [most]),
      counted("items and agents compared, mean", "a decision", [sum / decisions]),
      counted("memory of the index, an item", "bytes", [(filed - plain) / BIG.waiting]),
      counted("memory of the items themselves", "bytes", [(plain - before) / BIG.waiting]),
      lower(`in a centre of ${SMALL.agents} and ${SMALL.waiting}`, "µs", smallOurs!, {
        what: "every item against every agent",
        rounds: small!,
      }),
    ];
  },
};
