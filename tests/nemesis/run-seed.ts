import { DAY } from "../../server/platform/clock.ts";
import type { Agent } from "./agent.ts";
import { work } from "./agents.ts";
import { speak } from "./customers.ts";
import { inject } from "./faults.ts";
import type { Ledger } from "./ledger.ts";
import { type Counts, judge, type Violation } from "./oracles.ts";
import { picture, quiet } from "./quiet.ts";
import type { Fault, FaultKind, Schedule } from "./schedule.ts";
import { conversationsOf, openScreen } from "./screen.ts";
import type { World } from "./world.ts";

export interface SeedResult {
  seed: number;
  violations: Violation[];
  counts: Counts;
  /** What was really injected, by kind. */
  faults: Partial<Record<FaultKind, number>>;
  kills: number;
  /** Milliseconds from each moment in which all faults were mended to the next acknowledged and numbered command; the longest. */
  recovery: number;
  /** Milliseconds from the last mending until nothing was on its way any more. */
  settled: number;
  commands: number;
  reconnects: number;
}

/** Ten times what is asked for (10 s): a deadline, not a timing. */
const RECOVERY_DEADLINE_MS = 100_000;
/** So long nobody acts, and agents have seen all there is. */
const SILENCE_MS = 400;
const SILENCE_DEADLINE_MS = 20_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Plays one schedule on a world that is at rest, mends everything, waits for rest, and holds what is there against what was said. */
export async function runSeed(world: World, schedule: Schedule): Promise<SeedResult> {
  const { seed } = schedule;
  await world.setTopology(schedule.topology);
  const from = await beginning(world);
  const ledger: Ledger = [];
  const injected: FaultKind[] = [];
  let [over, gaveUp] = [false, false];
  const { priya, dana, marek: supervisor } = world.desks;
  const agents = [priya, dana];
  for (const agent of agents) agent.givesUp = () => gaveUp;
  await supervisor.insist("GET", "/api/session");
  const screen = openScreen(supervisor);
  const medic = new Medic(world);

  const acts = () => ledger.filter(({ kind }) => kind !== "take" && kind !== "presence").length;
  const working = agents.map((agent) => work(agent, world, seed, ledger, () => over));
  const speaking = speak(world, seed, schedule.customers);
  let silent = false;
  const listening = speaking
    .then(() => untilNothingMoves(world, from.accepted, acts, () => over))
    .finally(() => {
      silent = true;
    });
  const breaking = schedule.faults.map(async (fault) => {
    while (acts() < fault.after && !silent) await pause(5);
    await pause(fault.at);
    if (fault.kind === "clock" && Math.abs(fault.by) > DAY / 2) gaveUp = true;
    if (await medic.strike(fault)) injected.push(fault.kind);
    gaveUp = false;
  });
  while (acts() < schedule.acts && !silent) await pause(5);
  await Promise.all(breaking);
  over = silent = true;
  const healed = performance.now();
  await world.network.noFaults();
  await world.reviveAll();
  await medic.allWell();
  await Promise.all([...working, speaking, listening]);
  const accepted = () => world.network.accepted(from.accepted);
  const violations: Violation[] = [];
  try {
    await quiet(world, from.accepted, schedule.patient);
  } catch (error) {
    violations.push({ oracle: "it comes to rest", says: (error as Error).message });
  }
  const settled = performance.now() - healed;
  screen.show(
    await conversationsOf(
      world,
      (await accepted()).map((a) => a.objectId),
    ),
  );
  const kills = injected.filter((kind) => kind.startsWith("kill-")).length;
  const verdict = await judge({ world, accepted: await accepted(), ledger, from, supervisor, kills });
  violations.push(...verdict.violations);
  const difference = await screen.differs();
  if (difference) violations.push({ oracle: "the screen equals a fresh fetch", says: difference });
  if (medic.longest > RECOVERY_DEADLINE_MS)
    violations.push({ oracle: "it recovers", says: `it took ${Math.round(medic.longest)} ms` });
  await clear(world, supervisor, from.accepted).catch((error: Error) =>
    violations.push({ oracle: "it comes to rest", says: error.message }),
  );
  await screen.close();
  return {
    ...{ seed, violations, counts: verdict.counts, kills, recovery: medic.longest, settled, commands: ledger.length },
    reconnects: screen.reconnects,
    faults: Object.fromEntries([...Map.groupBy(injected, (k) => k)].map(([kind, all]) => [kind, all.length])),
  };
}

async function beginning(world: World): Promise<{ accepted: number; position: number }> {
  const all = await world.network.accepted(world.seen);
  world.seen = all.at(-1)?.n ?? world.seen;
  const [head] = await world.query<{ position: number }>(
    "select coalesce(max(position), 0)::int as position from journal_head",
  );
  return { accepted: world.seen, position: head!.position };
}

/** Customers have spoken: waits until all of it has come to the agents and they have nothing more to do. */
async function untilNothingMoves(world: World, since: number, acts: () => number, over: () => boolean): Promise<void> {
  const end = performance.now() + SILENCE_DEADLINE_MS;
  let [count, changed] = [acts(), performance.now()];
  while (!over() && performance.now() < end) {
    const { behind, raw, unnumbered, unread, unheard } = await picture(world, since);
    if (acts() !== count || behind + raw + unnumbered + unread + unheard > 0) {
      count = acts();
      changed = performance.now();
    }
    if (performance.now() - changed > SILENCE_MS) return;
    await pause(80);
  }
}

/** Breaks and mends, and measures how soon a command is acknowledged and numbered once everything is mended. */
class Medic {
  longest = 0;
  readonly #world: World;
  #active = 0;
  #epoch = 0;
  readonly #probes: Promise<void>[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Resolves when it is mended again; false when there was nothing to break. */
  async strike(fault: Fault): Promise<boolean> {
    this.#active++;
    this.#epoch++;
    const heal = await inject(this.#world, fault);
    if (heal) await pause(fault.ms);
    const healedAt = performance.now();
    await heal?.();
    if (--this.#active === 0 && heal) this.#probes.push(this.#probe(healedAt));
    return heal !== null;
  }

  async #probe(since: number): Promise<void> {
    const epoch = this.#epoch;
    const body = { scope: "all", on: false, reason: `probe ${epoch}` };
    const answer = await this.#world.desks.medic.insist("PUT", "/api/stop-switch", body);
    if (answer?.status !== 200) throw new Error(`a probe was refused: ${answer?.status} ${answer?.text}`);
    // Its event is among those: none is left without a number.
    while ((await this.#world.query("select 1 from event where position is null limit 1")).length > 0) await pause(20);
    // Broken again meanwhile: then this was not the recovery from one mending.
    if (epoch === this.#epoch) this.longest = Math.max(this.longest, performance.now() - since);
  }

  async allWell(): Promise<void> {
    await Promise.all(this.#probes);
  }
}

/** A supervisor ends all that is open, so that the next seed finds free agents. */
async function clear(world: World, supervisor: Agent, since: number): Promise<void> {
  for (let round = 0; round < 5; round++) {
    const { items } = (await supervisor.get("/api/desk/work?view=all&limit=100"))!;
    if (items.length === 0) return;
    await Promise.all(
      items.map(({ conversationId, version }: { conversationId: string; version: number }) =>
        supervisor.insist("POST", `/api/desk/conversations/${conversationId}/resolve`, {
          ...{ outcome: "no-answer-needed", expectedVersion: version },
        }),
      ),
    );
    await quiet(world, since, false);
  }
}
