import { setImmediate } from "node:timers/promises";
import { can, type Staff, skillsAt, staffOf } from "#modules/people";
import { type Presence, presenceSpans, presentOf } from "#modules/workforce";
import { type Instant, iso, MINUTE, type Millis, SECOND } from "#platform/clock";
import type { Tx } from "#platform/db";
import { promisedTo } from "./domain/clocks/sla-policy.ts";
import { type MediumClassName, mediumClasses } from "./domain/medium-class.ts";
import { type Stretch, stretchesOf, type Told } from "./domain/rehearse/stretches.ts";
import { type LoadedQueue, loadQueues } from "./queues.ts";
import { rulesOf } from "./settings.ts";
import { itemsForStory, itemsWithDecisions, type StoryItem, stepsBetween } from "./store/history-store.ts";

/** Where nobody has finished anything of a kind yet. */
const UNKNOWN_HANDLE = 5 * MINUTE;

/** Items read at a time, so that others are served meanwhile. */
const PAGE = 500;
/** People whose presence is asked for together. */
const PEOPLE = 50;

/** What became of an item in truth, by the id of its line. */
export interface Really {
  readonly id: string;
  readonly takenAt: Instant | null;
  readonly by: string | null;
  readonly doneAt: Instant | null;
}
export interface RouteHistory {
  readonly lines: object[];
  readonly really: Really[];
  /** Items that ended by themselves, without anybody. */
  readonly left: number;
}

/**
 * The past of an account as a history for `backtest route` (docs/formats/route.md), made of what routing decided and of presence: ids,
 * times and rules. People's skills, teams and limits are those of now.
 */
export async function routeHistory(tx: Tx, from: Instant, to: Instant): Promise<RouteHistory> {
  return (await routeHistoryWithin(tx, from, to, null)) as RouteHistory;
}

/** The same where there are at most so many decisions; null: there are more. */
export async function routeHistoryWithin(
  tx: Tx,
  from: Instant,
  to: Instant,
  most: number | null,
): Promise<RouteHistory | null> {
  const ids = await itemsWithDecisions(tx, from, to, most);
  if (ids === null) return null;
  const [queues, staff, rules] = await Promise.all([loadQueues(tx), staffOf(tx), rulesOf(tx)]);
  const told: Story[] = [];
  for (let n = 0; n < ids.length; n += PAGE) {
    const page = ids.slice(n, n + PAGE);
    const items = await itemsForStory(tx, page);
    const steps = Map.groupBy(await stepsBetween(tx, page, from, to), (step) => step.workItemId);
    told.push(...items.map((item) => ({ item, told: stretchesOf(steps.get(item.id) ?? []) })));
    await setImmediate();
  }
  const wrapUp = Object.entries(rules.wrapUpMs).map(([medium, ms]) => [medium, ms / SECOND]);
  const lines = [
    {
      ...{ type: "rules", wrap_up_s: Object.fromEntries(wrapUp), most_transfers: Math.min(20, rules.maxTransfers) },
      behaviour: behaviourOf(told.map((one) => one.told)),
    },
    ...queues.map((queue) => queueLine(queue, staff)),
    ...(await peopleLines(tx, staff, queues, from, to)),
    ...itemLines(told, queues, staff),
  ];
  return { lines, really: reallyOf(told), left: told.reduce((sum, one) => sum + one.told.neverInHands, 0) };
}

const lineId = (item: StoryItem, n: number) => (n === 0 ? item.id : `${item.id}#${n + 1}`);

const reallyOf = (stories: readonly Story[]): Really[] =>
  stories.flatMap(({ item, told }) =>
    told.stretches.map(({ takenAt, by, doneAt }, n) => ({ id: lineId(item, n), takenAt, by, doneAt })),
  );

function queueLine(queue: LoadedQueue, staff: Staff): object {
  const targets = Object.entries(queue.targets).map(([priority, ms]) => [priority, ms / SECOND]);
  return {
    ...{ type: "queue", id: queue.id, team: queue.teamId, targets_s: Object.fromEntries(targets) },
    ...{ rings: queue.ringParts, overflow: queue.overflow, choice: queue.choice, auto_serve: queue.autoServe },
    ...{ out_of_hours: queue.outOfHours, hours: queue.calendar },
    needs: queue.skills.map(({ skillId, level }) => ({
      ...{ skill: skillId, level, kind: staff.skills.get(skillId)?.had ? staff.skills.get(skillId)?.kind : "hard" },
    })),
  };
}

async function peopleLines(tx: Tx, staff: Staff, queues: LoadedQueue[], from: Instant, to: Instant): Promise<object[]> {
  const presences = await presentOf(
    tx,
    staff.agents.map((one) => one.agent.id),
  );
  const lines: object[] = [];
  const agents = staff.agents.toSorted((a, b) => (a.agent.id < b.agent.id ? -1 : 1));
  for (let n = 0; n < agents.length; n += PEOPLE) {
    const page = agents.slice(n, n + PEOPLE);
    const spans = await tx.together((t) => Promise.all(page.map((one) => presenceSpans(t, one.agent.id, from, to))));
    for (const [i, one] of page.entries()) {
      const { id } = one.agent;
      lines.push(agentLine(one, queues, presences.get(id), tx.now));
      for (const span of spans[i] ?? [])
        if (span.state !== "offline")
          lines.push({ type: "presence", agent: id, from: iso(span.from), to: iso(span.to), state: span.state });
    }
  }
  return lines;
}

/** Teams whose queues the agent may take nothing from are left out: nothing is held out there. */
function agentLine(
  { agent, routable, rights }: Staff["agents"][number],
  queues: LoadedQueue[],
  presence: Presence | undefined,
  now: Instant,
): object {
  const may = (team: string) => {
    const own = queues.filter((queue) => queue.teamId === team);
    return own.length === 0 || own.some((queue) => can(rights, "work.take", { queueId: queue.id, teamId: team }));
  };
  return {
    ...{ type: "agent", id: agent.id, teams: routable.teamIds.filter(may) },
    skills: Object.fromEntries(skillsAt(routable.skills, now).levels),
    ...{ budget: presence?.budget ?? 100, limits: presence?.limits ?? {} },
  };
}

interface Story {
  readonly item: StoryItem;
  readonly told: Told;
}

function itemLines(stories: readonly Story[], queues: readonly LoadedQueue[], staff: Staff): object[] {
  const byId = new Map(queues.map((queue) => [queue.id, queue]));
  const usual = usualHandle(stories);
  const lines = stories.flatMap(({ item, told }) =>
    told.stretches.map((stretch, n) => itemLine(item, stretch, n, { usual, byId, staff })),
  );
  return lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
}

function itemLine(
  item: StoryItem,
  stretch: Stretch,
  n: number,
  of: { usual: ReadonlyMap<MediumClassName, Millis>; byId: ReadonlyMap<string, LoadedQueue>; staff: Staff },
) {
  const here = (id: string | null): id is string => id !== null && of.byId.has(id);
  const queue = of.byId.get(here(stretch.queueId) ? stretch.queueId : item.queueId) as LoadedQueue;
  const asked = queue.skills.map((skill) => skill.skillId);
  const { medium, priority, crisis, brandId } = item;
  const about = { queueId: queue.id, priority, crisis, brandId, medium };
  // What was longer for an hour is not what is played.
  const promised = promisedTo(about, queue.sla.policy, { ...queue, easing: [] });
  const target = n === 0 ? promised.firstResponseMs : promised.nextResponseMs;
  const known = (agentId: string) => of.staff.byId.has(agentId);
  return {
    ...{ type: "item", id: lineId(item, n), at: iso(stretch.at) },
    // Of the first stretch only it is told since when the customer waited; later ones move the item's own.
    ...(n === 0 && item.t0 < stretch.at && { t0: iso(item.t0) }),
    ...{ medium, queue: queue.id, priority, crisis },
    needs: item.needs
      .filter((need) => !asked.includes(need.skillId))
      .map(({ skillId: skill, level, kind }) => ({ skill, level, kind })),
    handle_s: (stretch.handle ?? of.usual.get(medium) ?? UNKNOWN_HANDLE) / SECOND,
    ...(target !== queue.targets[priority] && { target_s: target / SECOND }),
    ...(stretch.before !== null && known(stretch.before) && { preferred: stretch.before }),
    known: item.known.filter((one) => known(one) && one !== stretch.before).slice(0, 5),
    moves: stretch.moves.map(({ after, queueId }) => ({
      ...{ after_s: after / SECOND, queue: here(queueId) ? queueId : item.queueId },
    })),
  };
}

/** What waits still is taken to need what half of its kind needed at most. */
function usualHandle(stories: readonly Story[]): Map<MediumClassName, Millis> {
  const all = Map.groupBy(stories, (one) => one.item.medium);
  return new Map(
    (Object.keys(mediumClasses) as MediumClassName[]).flatMap((medium) => {
      const times = (all.get(medium) ?? []).flatMap((one) => one.told.stretches.flatMap((s) => s.handle ?? []));
      const half = median(times);
      return half === null ? [] : [[medium, half] as const];
    }),
  );
}

/** How people answered offers in that time. */
function behaviourOf(told: readonly Told[]): object {
  const sum = (of: "offers" | "declines" | "misses") => told.reduce((all, one) => all + one[of], 0);
  const offers = sum("offers");
  const accept = median(told.flatMap((one) => one.accepts));
  const part = (n: number) => Math.min(0.45, Math.round((10_000 * n) / offers) / 10_000);
  return {
    ...(accept !== null && { accept_s: Math.max(1, accept) / SECOND }),
    ...(offers > 0 && { declines: part(sum("declines")), misses: part(sum("misses")) }),
  };
}

function median(times: readonly Millis[]): Millis | null {
  return times.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(times.length / 2) - 1)] ?? null;
}
