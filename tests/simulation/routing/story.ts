import { type Random, seeded } from "../../../scenarios/random.ts";
import { isOpen } from "../../../server/modules/company/domain/calendar.ts";
import type { Item, World } from "../../../server/modules/routing/domain/model.ts";
import { type Rules, theRules } from "../../../server/modules/routing/domain/rules.ts";
import { Waiting } from "../../../server/modules/routing/domain/waiting/waiting.ts";
import type { LoadedQueue } from "../../../server/modules/routing/queues.ts";
import type { Instant } from "../../../server/platform/clock.ts";
import { buildAgent, buildQueue, buildWorld } from "../../support/routing-world.ts";
import { type ActName, acts } from "./acts.ts";
import { Checks } from "./checks.ts";
import { type Company, type Manner, makeCompany, pause } from "./company.ts";
import { type Engine, theEngine } from "./engine.ts";
import { handedOut } from "./handing.ts";
import { type Act, afterAct, EveryPrefix, newAct } from "./oracles.ts";
import { RINGS } from "./plain.ts";
import { sameAsFold, whenQuiet } from "./quiet.ts";
import { Seen } from "./seen.ts";
import type { About, Stage } from "./stage.ts";
import { dueInTime } from "./times.ts";

export interface Bent {
  readonly engine?: Partial<Engine>;
  readonly rules?: Partial<Rules>;
}
export interface Told {
  readonly seed: string;
  readonly manner: Manner;
  readonly bent?: Bent;
  /** Without: the story is only told, for a comparison. */
  readonly watched?: boolean;
  /** How often a process dies between two steps, 0 to 1. */
  readonly deaths?: number;
}

/** One company's history: what happens to it comes from the seed, what is decided from the engine, what is thought of it from the oracles. */
export class Story implements Stage {
  readonly checks = new Checks();
  readonly random: Random;
  readonly company: Company;
  readonly engine: Engine;
  readonly rules: Rules;
  readonly watched: boolean;
  readonly seen: Seen;
  readonly about = new Map<string, About>();
  /** Conversations without open work, with who had it last. */
  readonly over: (About & { ownerId: string | null })[] = [];
  readonly offers: { itemId: string; offerId: string; agentId: string }[] = [];
  readonly plan: readonly ActName[];
  /** A text for each step: what was decided in it. */
  readonly told: string[] = [];
  world: World;
  now: Instant;
  act: Act = newAct();
  decisions = 0;
  made = 0;
  readonly #fate: Random;
  readonly #deaths: number;
  readonly #prefix: EveryPrefix;
  #heard = 0;

  constructor({ seed, manner, bent = {}, watched = true, deaths = 0 }: Told) {
    this.random = seeded(seed);
    this.#fate = seeded(`${seed} fate`);
    this.#deaths = deaths;
    this.watched = watched;
    this.company = makeCompany(this.random, manner);
    this.engine = { ...theEngine, ...bent.engine };
    this.rules = { ...theRules, ...bent.rules };
    this.plan = planOf(manner);
    this.now = this.company.start;
    this.seen = new Seen(this.company);
    this.#prefix = new EveryPrefix(this.seen, this.checks);
    this.world = this.#newWorld();
    this.#index();
  }

  #newWorld(): World {
    const { company, engine } = this;
    let offers = 0;
    const loaded = new Map(
      company.queues.map(({ id, calendar }) => {
        const sla = { policy: { rows: [], warnAt: [], pauses: {} }, calendars: new Map([["its", calendar]]) };
        return [
          id,
          { id, calendarId: "its", targets: company.targets, ringParts: RINGS, sla } as unknown as LoadedQueue,
        ];
      }),
    );
    const world = buildWorld({
      queues: company.queues.map(({ id, teamId, overflow, choice, autoServe }) =>
        buildQueue({ id, teamId, overflow, choice, autoServe }),
      ),
      agents: company.agents.map(({ id, teams, closed, budget, limits, certificates }) => {
        const { levels, changesAt } = engine.skillsAt(certificates as never, this.now);
        const agent = { id, teams: [...teams], closed: new Set(closed), budget, limits, changesAt };
        return buildAgent({ ...agent, skills: Object.fromEntries(levels) });
      }),
      policy: company.policy,
    });
    return {
      ...world,
      nextOfferId: () => `offer ${++offers}`,
      terms: (of) => engine.termsOf(loaded.get(of.queueId) as LoadedQueue, of),
    };
  }
  #index(): void {
    this.world.watch = new Waiting(this.world, this.rules);
  }
  get index(): Waiting {
    return this.world.watch as Waiting;
  }
  items(state?: Item["state"]): Item[] {
    const all = [...this.world.items.values()];
    return state === undefined ? all : all.filter((item) => item.state === state);
  }

  /** One step as the durable owner takes it: what came due and what somebody did, then everything that can be handed out is. */
  step(): void {
    const { random, engine } = this;
    this.now += pause(random, this.company.manner);
    this.#timeIs();
    this.act = newAct();
    const late = random.chance(0.3);
    if (!late) engine.passTime(this.world, this.now, this.rules);
    for (let n = 1 + random.int(3); n > 0; n--) {
      acts[random.pick(this.plan)](this);
      this.flush();
    }
    if (late) engine.passTime(this.world, this.now, this.rules);
    this.flush();
    engine.serve(this.world, this.now, this.rules);
    this.#hearServed();
    engine.noteOverCapacity(this.world, this.now);
    this.#hearRest();
    this.#tidy();
    if (this.#deaths > 0 && this.#fate.chance(this.#deaths)) {
      this.world = engine.reborn(this.world);
      this.#index();
    }
  }
  #timeIs(): void {
    const { world, now, company, seen } = this;
    seen.timeIs(now);
    for (const { id, holds, calendar } of company.queues) {
      const queue = world.queues.get(id);
      const serving = !holds || isOpen(now, calendar);
      if (!queue || queue.serving === serving) continue;
      queue.serving = serving;
      this.index.queueMoved(id);
    }
    for (const { id, changesAt } of world.agents.values()) if (changesAt && changesAt <= now) this.learnAgain(id);
  }
  /** The agent's skills as they count now. */
  learnAgain(id: string): void {
    const { world } = this;
    const agent = world.agents.get(id);
    const certificates = this.seen.agents.get(id)?.certificates;
    if (!agent || !certificates) return;
    const { levels, changesAt } = this.engine.skillsAt(certificates as never, this.now);
    world.agents.set(id, { ...agent, skills: levels, changesAt });
    this.index.agentMoved(id);
  }

  /** Hears what was decided so far: before something comes in from outside that no decision tells. */
  flush(): void {
    const { world, seen, act, checks } = this;
    if (!this.watched) return;
    for (const id of world.touched) {
      const was = seen.items.get(id);
      if (was && !was.paused) act.ran.add(id);
    }
    const decisions = world.decisions.slice(this.#heard);
    this.#prefix.next();
    for (const d of decisions) if (d.reasons[0]?.code === "answered") act.ran.delete(d.itemId);
    for (const d of decisions) this.#prefix.hear(d, act);
    afterAct(seen, world, checks, act);
    for (const d of decisions) {
      const [was, item] = [seen.items.get(d.itemId), world.items.get(d.itemId)];
      if (was && item) dueInTime(seen, this.company, was, act.ran.has(d.itemId), item, d, checks);
    }
    seen.learn(world);
    sameAsFold(seen, world.touched, world, checks);
    this.#heard = world.decisions.length;
  }
  #hearServed(): void {
    const { world, seen, checks, act, now } = this;
    if (!this.watched) return;
    for (const d of world.decisions.slice(this.#heard)) {
      handedOut(seen, d, checks, now);
      this.#prefix.hear(d, act);
    }
    sameAsFold(seen, world.touched, world, checks);
    this.#heard = world.decisions.length;
  }
  #hearRest(): void {
    if (!this.watched) return;
    const { world, seen, checks, now } = this;
    for (const d of world.decisions.slice(this.#heard)) this.#prefix.hear(d, this.act);
    whenQuiet(seen, world, checks, now);
  }
  /** What has ended leaves memory, as it does with the durable owner. */
  #tidy(): void {
    const { world, about, seen } = this;
    this.decisions += world.decisions.length;
    this.told.push(JSON.stringify(world.decisions));
    for (const d of world.decisions) {
      if (d.act === "offered")
        this.offers.push({ itemId: d.itemId, offerId: d.offerId as string, agentId: d.agentId as string });
      if (d.act !== "ended") continue;
      const item = world.items.get(d.itemId) as Item;
      this.over.push({ ...(about.get(item.id) as About), ownerId: item.ownerId });
      world.items.delete(item.id);
      about.delete(item.id);
      this.index.itemGone(item.id);
      if (seen.items.delete(item.id)) seen.forgotten++;
    }
    this.offers.splice(0, this.offers.length - 30);
    this.over.splice(0, this.over.length - 20);
    world.decisions.length = 0;
    world.touched.clear();
    world.silent.clear();
    this.#heard = 0;
  }
}

/** How often what happens, by the manner of a company. */
const OFTEN: Readonly<Record<ActName, number>> = {
  ...{
    comes: 10,
    accepts: 10,
    declines: 3,
    clicksAgain: 2,
    answers: 6,
    writesAgain: 4,
    wakesMany: 1,
    ends: 5,
    snoozes: 1,
  },
  ...{
    takes: 2,
    takesNext: 1,
    sendsOn: 2,
    asksIn: 1,
    seesOff: 1,
    handsOver: 1,
    complains: 1,
    forgives: 1,
    setsPriority: 1,
  },
  ...{ goes: 2, returns: 5, leaves: 1, floods: 1, wrapsUp: 3, setsLimits: 1, teaches: 1, gives: 1 },
};
const MORE: Readonly<Record<Manner, Partial<Record<ActName, number>>>> = {
  ...{ calm: {}, peak: { comes: 26, goes: 1 }, calls: { snoozes: 2, wrapsUp: 6 }, flood: { comes: 8, floods: 8 } },
  shift: { leaves: 4, returns: 8, wakesMany: 3, writesAgain: 6 },
  handovers: { sendsOn: 5, asksIn: 6, handsOver: 4, seesOff: 3, complains: 2, takes: 4, gives: 3 },
};
function planOf(manner: Manner): ActName[] {
  const often = { ...OFTEN, ...MORE[manner] };
  return (Object.keys(often) as ActName[]).flatMap((name) => Array.from({ length: often[name] }, () => name));
}
