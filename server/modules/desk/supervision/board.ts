import { settingOf } from "#modules/company";
import { can, need, staffOf } from "#modules/people";
import {
  type ClearTime,
  clearTimeOf,
  DUE_BINS,
  forecastOf,
  helpersNow,
  keptInTime,
  lateOf,
  loadOf,
  permittedQueues,
  type QueueFacts,
  type QueueStanding,
  queuesOf,
  standingOfQueues,
} from "#modules/routing";
import { type Presence, presencesOf } from "#modules/workforce";
import { DAY, HOUR, type Instant, iso, MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { inTimeGoal } from "../settings.ts";
import { openForNow } from "../store/act-store.ts";
import { inTimeSince, minutesOf } from "../store/minute-store.ts";
import { presentEasings } from "./ease.ts";
import { type BoardFacts, type BoardPerson, type BoardView, isFree, presentClear, worse } from "./facts.ts";
import { flowsOf, inUnits, LOOK_BACK, minuteOf, standingOf, sumSince, waitedBefore } from "./flows.ts";
import { presentLoans } from "./loans.ts";
import { remediesFor } from "./remedies.ts";

/** The queues somebody may see on the board, of one team where one is asked for. */
export async function boardQueues(tx: Tx, actor: Actor, teamId?: string): Promise<QueueFacts[]> {
  const [{ queues: permitted }, all] = await Promise.all([permittedQueues(tx, actor, "work.read"), queuesOf(tx)]);
  return all
    .filter((queue) => permitted === "all" || permitted.includes(queue.id))
    .filter((queue) => teamId === undefined || queue.teamId === teamId);
}

/** How everything stands that the asker may see. */
export function boardFor(db: Tx, actor: Actor, asked: { teamId?: string | undefined }): Promise<BoardView> {
  need(actor, "work.read");
  return db.together(async (tx) => {
    const { now } = tx;
    const [seen, staff, goal, forNow] = await Promise.all([
      boardQueues(tx, actor),
      staffOf(tx),
      settingOf(tx, inTimeGoal),
      openForNow(tx),
    ]);
    const queues = seen;
    const shown = seen.filter((queue) => asked.teamId === undefined || queue.teamId === asked.teamId);
    const teams = new Set(queues.map((queue) => queue.teamId));
    const own = isPartner(actor) ? (staff.byId.get(actor.id)?.routable.teamIds ?? []) : null;
    const wanted = new Set([...queues.flatMap(teamsServing), ...(own ?? [])]);
    const colleagues = staff.agents.filter(({ routable }) => routable.teamIds.some((id) => wanted.has(id)));
    const ids = colleagues.map(({ agent }) => agent.id);
    const visible = new Set(
      colleagues.flatMap(({ routable: { id, teamIds } }) =>
        own === null || teamIds.some((teamId) => own.includes(teamId)) ? [id] : [],
      ),
    );
    const queueIds = queues.map((queue) => queue.id);
    const fellDueSince = minuteOf(now) - 29 * MINUTE;
    const [standings, minutes, day, presences, loads] = await Promise.all([
      standingOfQueues(tx, queueIds, fellDueSince),
      minutesOf(tx, queueIds, minuteOf(now) - LOOK_BACK),
      inTimeSince(
        tx,
        shown.map((queue) => queue.id),
        minuteOf(now) - DAY + MINUTE,
      ),
      presencesOf(tx, ids),
      loadOf(tx, ids),
    ]);
    const people = colleagues.map(({ routable, rights }): BoardPerson => {
      const load = loads.get(routable.id);
      const mayTake = (queue: QueueFacts) =>
        teamsServing(queue).some((teamId) => routable.teamIds.includes(teamId)) &&
        can(rights, "work.take", { queueId: queue.id, teamId: queue.teamId });
      return {
        ...{ id: routable.id, name: routable.name, initials: routable.initials, teamIds: routable.teamIds },
        ...{ presence: presences.get(routable.id) as Presence, used: load?.used ?? 0, aside: load?.parked ?? 0 },
        items: Object.values(load?.counts ?? {}).reduce((sum, n) => sum + n, 0),
        queueIds: queues.filter(mayTake).map((queue) => queue.id),
      };
    });
    const byQueue = Map.groupBy(minutes, (m) => m.queueId);
    const flows = flowsOf(
      queues.map((q) => ({ id: q.id, opensAt: !q.open && q.outOfHours === "hold" ? q.opensAt : null })),
      standings,
      byQueue,
      people.filter(isFree).map((p) => ({ id: p.id, budget: p.presence.budget, queueIds: p.queueIds })),
      now,
    );
    const facts: BoardFacts = { now, staff, queues, shown, standings, minutes: byQueue, people, visible, flows };
    return {
      ...present(facts, own, goal.value, day),
      teams: staff.teams.filter((team) => teams.has(team.id)).map(({ id, name }) => ({ id, name })),
      loans: presentLoans(staff, forNow, visible),
      easings: presentEasings(staff, forNow, shown, now),
    };
  });
}

const share = (inTime: number, of: number) => (of === 0 ? null : inTime / of);

/** Its own team, and whoever helps out now. */
const teamsServing = (queue: QueueFacts): string[] => [queue.teamId, ...helpersNow(queue)];

/** Whoever reads queues by rights on single queues alone is told the names of the own people and nobody else's. */
const isPartner = ({ kind, grants }: Actor): boolean =>
  kind === "agent" && grants.every(({ verb, scope }) => verb !== "work.read" || scope === "queue" || scope === "own");

function present(
  facts: BoardFacts,
  own: readonly string[] | null,
  goal: number,
  day: { answered: number; inTime: number },
): Omit<BoardView, "teams" | "loans" | "easings"> {
  const { now, standings, shown } = facts;
  const minute = minuteOf(now);
  const queues = shown.map((queue) => presentQueue(facts, queue));
  const all = shown.map((queue) => standingOf(standings, queue.id));
  const minutes = shown.flatMap((queue) => facts.minutes.get(queue.id) ?? []);
  const teams = new Set([...shown.flatMap(teamsServing), ...(own ?? [])]);
  const people = facts.people.filter(
    (person) => facts.visible.has(person.id) && person.teamIds.some((id) => teams.has(id)),
  );
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const lately = sumSince(minutes, minute - 9 * MINUTE);
  const first = all.reduce<QueueStanding | null>(
    (a, b) => (b.firstT0 !== null && (a?.firstT0 == null || b.firstT0 < a.firstT0) ? b : a),
    null,
  );
  const inTime = queues.reduce((sum, queue) => sum + queue.inTime.inTime, 0);
  const owedOrGiven = queues.reduce((sum, queue) => sum + queue.inTime.of, 0);
  const late = all.reduce((sum, standing) => sum + standing.late, 0);
  const here = people.filter((person) => person.presence.state !== "offline");
  const states = (...wanted: string[]) => here.filter((person) => wanted.includes(person.presence.state)).length;
  // Room of somebody who may be given nothing is nobody's.
  const free = people.filter((person) => isFree(person) && person.queueIds.length > 0);
  const room = (of: (person: BoardPerson) => number) => inUnits(free.reduce((sum, person) => sum + of(person), 0));
  const clears = shown.map((queue) => clearTimeOf(facts.flows.get(queue.id)!, now));
  const clear = clears.reduce(worse, { state: "clear" });
  const over = queues.filter((queue) => queue.overloadSince !== null);
  const until = clear.state === "clears" ? Math.min(clear.at + HOUR / 2, now + 6 * HOUR) : now + 2 * HOUR;
  const flows = shown.map((queue) => facts.flows.get(queue.id)!);
  const forecast = forecastOf(flows, now, Math.max(until, now + HOUR));
  return {
    at: iso(now),
    waiting,
    waitingChange: lately.came - lately.went,
    longest:
      first?.firstT0 == null
        ? null
        : {
            ...{ queueId: first.queueId, since: iso(first.firstT0) },
            late: first.firstDue !== null && first.firstDue <= now,
          },
    inTime: {
      ...{ share: share(inTime, owedOrGiven), inTime, of: owedOrGiven, goal },
      dayShare: share(day.inTime, day.answered + late),
    },
    atWork: {
      ...{ here: states("available", "busy"), of: here.length },
      ...{ pausing: states("break", "training", "away"), missing: states("not-responding") },
    },
    room: {
      free: room(({ presence, used }) => Math.max(0, presence.budget - used)),
      of: room(({ presence }) => presence.budget),
    },
    overload: over.length === 0 ? null : overloadOf(facts, over, clears),
    clear: presentClear(clear),
    history: waitedBefore(minutes, waiting, now, 2 * HOUR, 5).map((p) => ({ at: iso(p.at), waiting: p.waiting })),
    // The first point is what is, with what is held out to somebody.
    forecast: forecast.map(({ at, ...p }, n) => ({
      at: iso(at),
      ...(n === 0 ? { waiting, low: waiting, high: waiting } : { waiting: p.waiting, low: p.low, high: p.high }),
    })),
    queues,
    people: people.map((person) => ({
      ...{ agentId: person.id, name: person.name, initials: person.initials, state: person.presence.state },
      since: iso(person.presence.version === 0 ? now : person.presence.since),
      until: person.presence.until === null ? null : iso(person.presence.until),
      ...{ reason: person.presence.reason, load: person.used, budget: person.presence.budget },
      ...{ version: person.presence.version, items: person.items, aside: person.aside },
      teamIds: [...person.teamIds],
    })),
    remedies: remediesFor(facts),
  };
}

function presentQueue(facts: BoardFacts, queue: QueueFacts): BoardView["queues"][number] {
  const { now, people } = facts;
  const standing = standingOf(facts.standings, queue.id);
  const flow = facts.flows.get(queue.id)!;
  const minutes = facts.minutes.get(queue.id) ?? [];
  const [hour, half] = [sumSince(minutes, minuteOf(now) - 59 * MINUTE), sumSince(minutes, minuteOf(now) - 29 * MINUTE)];
  const overdue = standing.lateWaiting > 0 && standing.firstDue !== null;
  const full = flow.slots - flow.held < 1;
  const of = half.answered + standing.fellDue;
  return {
    ...{ id: queue.id, name: queue.name, teamId: queue.teamId, open: queue.open },
    ...{ opensAt: queue.opensAt === null ? null : iso(queue.opensAt), targetMs: queue.targets.normal },
    ...{ waiting: standing.waiting, held: standing.held, aside: standing.aside, late: standing.late },
    longestSince: standing.firstT0 === null ? null : iso(standing.firstT0),
    firstDueAt: standing.firstDue === null ? null : iso(standing.firstDue),
    inTime: { share: share(half.inTime, of), inTime: half.inTime, of },
    ...{ cameHour: hour.came, servedHour: hour.went },
    people: people.filter((person) => isFree(person) && person.queueIds.includes(queue.id)).length,
    overloadSince: overdue && full ? iso(standing.firstDue as Instant) : null,
    skills: queue.skills.flatMap(({ skillId, level }) => {
      const skill = facts.staff.skills.get(skillId);
      const asked = skill && { ...skill, had: skill.had };
      return asked && ["skill", "language"].includes(asked.clearance) ? [{ id: skillId, name: asked.name, level }] : [];
    }),
    willBeLate: lateOf(
      standing.dueBins.map((items, n) => ({ items, within: DUE_BINS[n] as number })),
      flow,
    ),
    clear: presentClear(clearTimeOf(flow, now)),
  };
}

/** `clears` of what is shown, in its order. */
function overloadOf(facts: BoardFacts, over: BoardView["queues"], clears: readonly ClearTime[]): BoardView["overload"] {
  const ids = over.map((queue) => queue.id);
  const mine = facts.shown.flatMap((queue, n) => (ids.includes(queue.id) ? [{ queue, clear: clears[n]! }] : []));
  return {
    since: over.map((queue) => queue.overloadSince as string).toSorted()[0] as string,
    clear: presentClear(mine.reduce<ClearTime>((a, { clear }) => worse(a, clear), { state: "clear" })),
    waiting: over.reduce((sum, queue) => sum + queue.waiting, 0),
    kept: mine.reduce((sum, { queue }) => sum + keptInTime(facts.flows.get(queue.id)!, queue.targets.normal), 0),
    willBeLate: over.reduce((sum, queue) => sum + queue.willBeLate, 0),
    queues: ids,
  };
}
