import { HOUR, MINUTE } from "../../server/platform/clock.ts";
import { sql, type Tx } from "../../server/platform/db.ts";

/** Weights of kinds of medium, as the operations manual gives them. */
const WEIGHT: Record<string, number> = { phone: 100, chat: 33, dm: 20, public: 20, email: 20 };
const WAITING = ["queued", "offered"];
const HELD = ["active", "wrapup"];

interface Step {
  at: number;
  state: string;
  queueId: string;
  ownerId: string | null;
}
interface Item {
  steps: Step[];
  weight: number;
  t0: number;
  due: number;
  owed: boolean;
  offeredTo: string | null;
}
interface Entry {
  type: string;
  at: number;
  p: Record<string, string> & { waits?: boolean };
}

/**
 * What the wallboard has to show, told from the journal alone: every entry is read in its order, and of each piece of work its whole
 * course is kept. No table but `event` is asked, and nothing of the board's own counting is used.
 */
export async function boardFromJournal(tx: Tx, queueIds: readonly string[], now: number) {
  const { rows } = await sql<{ type: string; at: number; p: Entry["p"] }>`
    select type, occurred_at as at, payload as p from event where account_id = ${tx.accountId} and position is not null order by position`.execute(
    tx.tables(),
  );
  const items = new Map<string, Item>();
  const workToEpisode = new Map<string, string>();
  const presence = new Map<string, string>();
  const answers: { queueId: string; at: number; inTime: boolean }[] = [];
  const itemOf = (episodeId: string) => {
    const item = items.get(episodeId) ?? { steps: [], weight: 20, t0: 0, due: 0, owed: true, offeredTo: null };
    items.set(episodeId, item);
    return item;
  };
  for (const { type, at, p } of rows) {
    if (type === "PresenceChanged") presence.set(p.agentId!, p.state!);
    if (type === "WorkQueued") workToEpisode.set(p.workItemId!, p.episodeId!);
    const episodeId = p.episodeId ?? workToEpisode.get(p.workItemId ?? "");
    if (!episodeId || !/^(Episode|Work|Offer)/.test(type)) continue;
    const item = itemOf(episodeId);
    const last = item.steps.at(-1);
    const step = (state: string, ownerId: string | null = null) =>
      item.steps.push({ at, state, queueId: p.queueId!, ownerId });
    if (p.dueAt) item.due = Date.parse(p.dueAt);
    if (type === "EpisodeOpened") {
      item.t0 = Date.parse(p.t0!);
      item.weight = WEIGHT[p.medium!] ?? 20;
    } else if (type === "EpisodeContinued" && p.waits) {
      const t0 = Date.parse(p.t0!);
      item.t0 = item.owed ? Math.min(item.t0, t0) : t0;
      item.owed = true;
    } else if (type === "EpisodeAnswered") {
      const answeredAt = Date.parse(p.answeredAt!);
      if (item.owed && last && item.t0 <= answeredAt && last.state !== "done") {
        item.owed = false;
        answers.push({ queueId: last.queueId, at: answeredAt, inTime: answeredAt <= item.due });
      }
    } else if (type === "WorkQueued") step("queued");
    else if (type === "WorkOffered") {
      step("offered");
      item.offeredTo = p.agentId!;
    } else if (type === "OfferEnded") step("queued");
    else if (type === "WorkAccepted") step("active", p.agentId!);
    else if (type === "WorkChanged") step(p.state!, p.ownerId ?? null);
    else if (type === "WorkEnded") step("done");
    if (item.steps.at(-1)?.state !== "offered") item.offeredTo = null;
  }

  const all = [...items.values()].filter((item) => item.steps.length > 0);
  const lastOf = (item: Item) => item.steps.at(-1)!;
  const open = all.filter((item) => lastOf(item).state !== "done" && lastOf(item).state !== "withdrawn");
  const minute = Math.floor(now / MINUTE) * MINUTE;
  /** How many waited when a minute had just ended. */
  const waitedAt = (end: number, of: readonly string[]) =>
    all.filter((item) => {
      const step = item.steps.findLast((one) => one.at < end);
      return step !== undefined && WAITING.includes(step.state) && of.includes(step.queueId);
    }).length;
  /** Into and out of waiting since a minute. */
  const moves = (since: number, of: readonly string[]) => {
    const sum = { came: 0, went: 0 };
    for (const item of all) {
      let before: Step | null = null;
      for (const step of item.steps) {
        const was = before !== null && WAITING.includes(before.state) ? before.queueId : null;
        const is = WAITING.includes(step.state) ? step.queueId : null;
        if (was !== is && step.at >= since) {
          if (was && of.includes(was)) sum.went++;
          if (is && of.includes(is)) sum.came++;
        }
        before = step;
      }
    }
    return sum;
  };
  const inTimeOf = (of: readonly string[]) => {
    const since = minute - 29 * MINUTE;
    const given = answers.filter((answer) => answer.at >= since && of.includes(answer.queueId));
    const fell = open.filter(
      (item) => item.owed && item.due <= now && item.due >= since && of.includes(lastOf(item).queueId),
    ).length;
    const [inTime, total] = [given.filter((answer) => answer.inTime).length, given.length + fell];
    return { share: total === 0 ? null : inTime / total, inTime, of: total };
  };
  const isWaiting = (item: Item) => WAITING.includes(lastOf(item).state);
  const queue = (id: string) => {
    const mine = open.filter((item) => lastOf(item).queueId === id);
    const waits = mine.filter((item) => isWaiting(item) && item.owed);
    const hour = moves(minute - 59 * MINUTE, [id]);
    const least = (of: (item: Item) => number) =>
      waits.length === 0 ? null : new Date(Math.min(...waits.map(of))).toISOString();
    return {
      ...{ id, waiting: mine.filter(isWaiting).length },
      held: mine.filter((item) => HELD.includes(lastOf(item).state)).length,
      aside: mine.filter((item) => lastOf(item).state === "parked").length,
      late: mine.filter((item) => item.owed && item.due <= now).length,
      ...{ longestSince: least((item) => item.t0), firstDueAt: least((item) => item.due) },
      ...{ inTime: inTimeOf([id]), cameHour: hour.came, servedHour: hour.went },
    };
  };
  const person = (agentId: string) => {
    const mine = open.filter((item) => lastOf(item).ownerId === agentId);
    const inHands = [
      ...mine.filter((item) => HELD.includes(lastOf(item).state)),
      ...open.filter((item) => item.offeredTo === agentId),
    ];
    return {
      ...{ agentId, state: presence.get(agentId) ?? "offline", items: inHands.length },
      load: inHands.reduce((sum, item) => sum + item.weight, 0),
      aside: mine.filter((item) => lastOf(item).state === "parked").length,
    };
  };
  const here = (...states: string[]) => [...presence.values()].filter((state) => states.includes(state)).length;
  const people = [...presence.keys()].map(person);
  const free = people.filter((one) => one.state === "available");
  const lately = moves(minute - 9 * MINUTE, queueIds);
  const waits = open.filter((item) => isWaiting(item) && item.owed && queueIds.includes(lastOf(item).queueId));
  const day = answers.filter((answer) => answer.at >= minute - 24 * HOUR + MINUTE && queueIds.includes(answer.queueId));
  const late = open.filter((item) => item.owed && item.due <= now && queueIds.includes(lastOf(item).queueId)).length;
  return {
    waiting: open.filter(isWaiting).length,
    waitingChange: lately.came - lately.went,
    longestSince: waits.length === 0 ? null : new Date(Math.min(...waits.map((item) => item.t0))).toISOString(),
    inTime: inTimeOf(queueIds),
    dayShare: day.length + late === 0 ? null : day.filter((answer) => answer.inTime).length / (day.length + late),
    atWork: {
      here: here("available", "busy"),
      of: [...presence.values()].filter((state) => state !== "offline").length,
      pausing: here("break", "training", "away"),
      missing: here("not-responding"),
    },
    room: {
      free: Math.round(free.reduce((sum, one) => sum + Math.max(0, 100 - one.load), 0)) / 10,
      of: free.length * 10,
    },
    /** At the end of each fifth minute, two hours back. */
    waitedAt: (at: string) => waitedAt(Date.parse(at), queueIds),
    queues: queueIds.map(queue),
    people,
  };
}
