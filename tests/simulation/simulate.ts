import { seeded } from "../../scenarios/random.ts";
import { setStop, useKeyRing } from "../../server/modules/company/index.ts";
import { DAY, HOUR, type Instant, iso, ManualClock, MINUTE, type Millis, SECOND } from "../../server/platform/clock.ts";
import { type DatabaseAddress, openDatabase } from "../../server/platform/db.ts";
import { useEntropy } from "../../server/platform/ids.ts";
import { silentLog } from "../../server/platform/log.ts";
import { makeCompany } from "../support/company.ts";
import { agentActs, LOOK_EVERY, presenceOf, type SimulatedAgent } from "./agents.ts";
import { simulatedNetwork } from "./crashing-network.ts";
import { Crowd } from "./crowd.ts";
import { CALM, Fate, type Weather } from "./fate.ts";
import { type Bend, type House, openHouse } from "./house.ts";
import { judge } from "./oracles.ts";

export interface Simulated {
  seed: string;
  hours: number;
  crashes: number;
  failures: number;
  crossings: number;
  messages: number;
  replies: number;
  episodes: number;
  unknown: number;
  faults: string[];
  journal: string;
}

const BEGINS: Instant = Date.UTC(2026, 2, 2, 6);
const STORM: Weather = { fail: 0.03, crash: 0.008 };
const JUDGED_EVERY = 2 * DAY;
/** People of the crowd speak once in so long, by day. */
const BETWEEN: Millis = 20 * MINUTE;
/** A transaction that is refused this often in a row is not bad luck. */
const MOST_LIVES = 400;

/**
 * The whole pipe in one process on a clock, a chance, a network and a storage that are handed in: the same seed gives the same
 * journal, byte by byte. Runs `hours` of simulated time with storms in which transactions and calls fail and the process dies;
 * every two days the sky clears, and the network's own log is held against the tables.
 */
export async function simulate(
  address: DatabaseAddress,
  { seed, hours, bend, tell = () => {} }: { seed: string; hours: number; bend?: Bend; tell?: (line: string) => void },
): Promise<Simulated> {
  const chance = seeded(`${seed} chance`);
  const formerEntropy = useEntropy((n) => Uint8Array.from({ length: n }, () => chance.int(256)));
  const [formerFetch, formerInterval] = [globalThis.fetch, globalThis.setInterval];
  // Nothing ticks by itself: polls are steps of the plan.
  globalThis.setInterval = (() => ({ unref() {}, ref() {} })) as unknown as typeof setInterval;
  const clock = new ManualClock(BEGINS);
  useKeyRing(new Uint8Array(32).fill(7));
  // One connection each: transactions stand in one line, whose order the seed knows.
  const inner = openDatabase(unhurried(address), clock, { appConnections: 1, systemConnections: 1 });
  const fate = new Fate(seed);
  const network = await simulatedNetwork(clock, seed, fate);
  const company = await makeCompany(inner, clock.now(), network.facts);
  const { accountId, agents } = company;
  const staff: SimulatedAgent[] = [
    { id: agents.priya, name: "Priya Nair", away: true },
    { id: agents.dana, name: "Dana Okafor", away: true },
  ];
  const random = seeded(seed);
  const crowd = new Crowd(network, random);
  const plan = new Plan();
  const faults: string[] = [];
  const end = BEGINS + hours * HOUR;
  const total = { crashes: 0, failures: 0, crossings: 0 };
  let lives = 0;
  let house: House = born();

  function born(): House {
    lives++;
    return openHouse(inner, {
      ...{ clock, fate, log: silentLog, network, accountId },
      chance: () => chance.next(),
      ...(bend && { bend }),
    });
  }
  /** Runs a step of the house; when it dies the next life goes on with settling. False when the step did not come to its end. */
  async function alive(step: (h: House) => Promise<unknown>): Promise<boolean> {
    const mine = house;
    const ended = await Promise.race([
      step(mine).then(
        () => "done" as const,
        (error: unknown) => ({ error }),
      ),
      mine.life.died.then(() => "died" as const),
    ]);
    if (ended === "done") return true;
    if (ended === "died") {
      if (lives > MOST_LIVES * Math.max(1, hours / 24)) throw new Error("the house dies without end");
      house = born();
    } else if (!isLine(ended.error)) faults.push(`${iso(clock.now())} unexpected: ${(ended.error as Error).stack}`);
    return false;
  }
  const settle = () => alive((h) => h.settle());

  let heard = 0;
  /** What the network now tells us: soon, twice, late, in another order, or never (the poll finds it). */
  async function push(): Promise<void> {
    const events = await network.feed(heard);
    for (const event of events) {
      heard = event.seq;
      const drawn = random.next();
      if (drawn < 0.1) continue;
      const after = drawn < 0.2 ? random.around(HOUR) : random.around(20 * SECOND);
      const deliver = async () => {
        const { body, headers } = network.signed([event]);
        await alive((h) =>
          h.channels.receiver.take(company.hookId, { method: "POST", query: {}, headers, body }, "simulation"),
        );
        await settle();
      };
      plan.at(clock.now() + after, `push ${event.seq}`, deliver);
      if (random.chance(0.1)) plan.at(clock.now() + after + random.around(MINUTE), `push ${event.seq} again`, deliver);
    }
    for (const { after, act } of crowd.answered())
      plan.at(clock.now() + after, "answered", async () => {
        await act(clock.now());
        await push();
      });
  }

  async function crowdActs(): Promise<void> {
    const hour = new Date(clock.now()).getUTCHours();
    if (random.next() < (hour < 7 || hour > 22 ? 0.15 : 0.9)) await crowd.act(clock.now());
    await push();
    plan.at(clock.now() + random.around(BETWEEN), "crowd", crowdActs);
  }
  async function staffLooks(): Promise<void> {
    for (const person of staff) {
      await alive((h) => presenceOf(h.db, accountId, person, clock.now(), random));
      const others = staff.filter((other) => other !== person);
      if (!person.away) await alive((h) => agentActs(h.db, accountId, person, others, random));
    }
    await settle();
    await push();
    plan.at(clock.now() + LOOK_EVERY, "staff", staffLooks);
  }
  async function poll(): Promise<void> {
    await alive((h) => h.channels.reconcile(company.channelId));
    await settle();
    plan.at(clock.now() + 2 * HOUR, "poll", poll);
  }
  async function weather(): Promise<void> {
    fate.weather = fate.weather === CALM ? STORM : CALM;
    const lasts = fate.weather === CALM ? random.around(6 * HOUR) : random.around(90 * MINUTE);
    plan.at(clock.now() + lasts, "weather", weather);
  }
  async function stopSwitch(): Promise<void> {
    fate.weather = CALM;
    const stop = (on: boolean) =>
      alive((h) =>
        h.db.withAccount(accountId, (tx) => setStop(tx, { brandId: null, on, reason: on ? "a drill" : "", by: null })),
      );
    await stop(true);
    await settle();
    const before = network.net.state.accepted.filter((a) => a.via === "api").length;
    plan.at(clock.now() + random.around(HOUR) + MINUTE, "stop ends", async () => {
      const after = network.net.state.accepted.filter((a) => a.via === "api").length;
      if (after !== before)
        faults.push(`${iso(clock.now())} ${after - before} replies left while outbound was stopped`);
      const calm = fate.weather;
      fate.weather = CALM;
      await stop(false);
      fate.weather = calm;
      await settle();
    });
    plan.at(clock.now() + DAY + random.around(DAY), "stop", stopSwitch);
  }
  /** Good weather until nothing is on its way, then the oracles. */
  async function trial(): Promise<void> {
    const [bad, standing] = [fate.weather, plan.take("push", "stop ends")];
    fate.weather = CALM;
    for (const { run } of standing) await run();
    for (let tick = 0; tick < 40; tick++) {
      clock.advance(10 * MINUTE);
      if (tick % 10 === 0) await alive((h) => h.channels.reconcile(company.channelId));
      await settle();
    }
    const judged = await judge(inner, accountId, network, Object.values(agents));
    faults.push(...judged.faults.map((fault) => `${iso(clock.now())} ${fault}`));
    Object.assign(result, judged.counts, { journal: judged.journal });
    fate.weather = bad;
    tell(
      `${iso(clock.now()).slice(0, 16)}  ${judged.counts.messages} messages, ${judged.counts.replies} replies, ${fate.counts.crashes} crashes, ${faults.length} faults`,
    );
    plan.at(clock.now() + JUDGED_EVERY, "trial", trial);
  }

  const result: Simulated = {
    ...{ seed, hours, crashes: 0, failures: 0, crossings: 0, messages: 0, replies: 0, episodes: 0, unknown: 0 },
    ...{ faults, journal: "" },
  };
  try {
    // The first poll marks where listening begins; what was said before it is history.
    await alive((h) => h.channels.reconcile(company.channelId));
    await settle();
    plan.at(BEGINS, "staff", staffLooks);
    plan.at(BEGINS, "crowd", crowdActs);
    plan.at(BEGINS + HOUR, "poll", poll);
    plan.at(BEGINS + 3 * HOUR, "weather", weather);
    plan.at(BEGINS + 9 * HOUR, "stop", stopSwitch);
    plan.at(Math.min(BEGINS + JUDGED_EVERY, end), "trial", trial);
    for (let step = plan.next(); step && step.at < end && faults.length < 20; step = plan.next()) {
      if (step.at > clock.now()) clock.set(step.at);
      await step.run();
    }
    await trial();
  } finally {
    house.life.die();
    globalThis.fetch = formerFetch;
    globalThis.setInterval = formerInterval;
    useEntropy(formerEntropy);
    await network.close();
    await inner.close();
  }
  const { crashes, failures, crossings } = fate.counts;
  return { ...result, ...total, crashes, failures, crossings };
}

/** Here the process dies and the disk does not: a commit need not wait for it. */
function unhurried(address: DatabaseAddress): DatabaseAddress {
  const lazily = (text: string) => {
    const url = new URL(text);
    url.searchParams.set("options", `${url.searchParams.get("options") ?? ""} -c synchronous_commit=off`.trim());
    return url.href;
  };
  return { ...address, app: lazily(address.app), system: lazily(address.system) };
}

/** The line to the database: whoever calls comes again. */
function isLine(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === "ECONNRESET" || code === "overloaded" || (error as Error).name === "NetworkFailure";
}

interface Step {
  at: Instant;
  n: number;
  what: string;
  run(): Promise<void>;
}

/** What will happen, in the order of time; at the same instant in the order it was planned. */
class Plan {
  #steps: Step[] = [];
  #n = 0;

  at(at: Instant, what: string, run: () => Promise<void>): void {
    const step = { at: Math.round(at), n: this.#n++, what, run };
    const place = this.#steps.findIndex((s) => s.at > step.at);
    this.#steps.splice(place < 0 ? this.#steps.length : place, 0, step);
  }
  next(): Step | undefined {
    return this.#steps.shift();
  }
  /** Takes out what is planned under these names. */
  take(...names: string[]): Step[] {
    const taken = this.#steps.filter((s) => names.some((name) => s.what.startsWith(name)));
    this.#steps = this.#steps.filter((s) => !taken.includes(s));
    return taken;
  }
}
