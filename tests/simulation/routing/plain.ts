import type { MediumClassName } from "../../../server/modules/routing/domain/medium-class.ts";
import type { Need, Priority } from "../../../server/modules/routing/domain/model.ts";
import { HOUR, type Instant, MINUTE, type Millis, SECOND } from "../../../server/platform/clock.ts";

/**
 * What operations.md §1.2 says of routing, told once more and as plainly as can be: nothing here comes from the engine that is held against
 * it, so that a fault in a rule is not shared by those who look for it.
 */
interface Medium {
  weight: number;
  cap: number;
  exclusive: boolean;
  interruptible: boolean;
  offer: Millis;
  sticky: Millis;
  reserve: Millis;
}
const async = { weight: 20, cap: 5, exclusive: false, offer: 180 * SECOND };
export const MEDIA: Readonly<Record<MediumClassName, Medium>> = {
  phone: { weight: 100, cap: 1, exclusive: true, interruptible: false, offer: 20 * SECOND, sticky: 0, reserve: 0 },
  chat: {
    ...{ weight: 33, cap: 3, exclusive: false, interruptible: false },
    ...{ offer: 30 * SECOND, sticky: 30 * SECOND, reserve: 15 * SECOND },
  },
  dm: { ...async, interruptible: false, sticky: 15 * MINUTE, reserve: 5 * MINUTE },
  public: { ...async, interruptible: false, sticky: 15 * MINUTE, reserve: 5 * MINUTE },
  email: { ...async, interruptible: true, sticky: 4 * HOUR, reserve: 30 * MINUTE },
};
export const DECLINE_LASTS = 10 * MINUTE;
export const PARKED_MOST = 50;
export const RINGS = [0.3, 0.6, 0.9];
const ORDER: readonly Priority[] = ["urgent", "high", "normal", "low"];

/** A skill or clearance, from when and until when it counts. */
export interface Certificate {
  readonly skillId: string;
  readonly level: number;
  readonly validFrom: Instant | null;
  readonly validUntil: Instant | null;
}
export interface PlainAgent {
  readonly id: string;
  readonly teams: ReadonlySet<string>;
  readonly closed: ReadonlySet<string>;
  certificates: readonly Certificate[];
  budget: number;
  limits: Partial<Record<MediumClassName, number>>;
  presence: string;
  last: Instant | null;
  /** Everything that takes room of this agent now. */
  readonly carries: Set<PlainItem>;
}
export interface PlainQueue {
  readonly id: string;
  readonly teamId: string;
  readonly overflow: readonly (readonly string[])[];
  readonly choice: "least-loaded" | "longest-idle";
  readonly autoServe: boolean;
  serving: boolean;
}
export interface PlainItem {
  readonly id: string;
  readonly medium: MediumClassName;
  readonly weight: number;
  queueId: string;
  needs: readonly Need[];
  priority: Priority;
  crisis: boolean;
  t0: Instant;
  due: Instant;
  ringsAt: readonly Instant[];
  preferredId: string | null;
  knownIds: readonly string[];
  stickyUntil: Instant | null;
  declines: readonly { agentId: string; at: Instant; ring: number }[];
  barred: readonly string[];
  behind: string | null;
}

export function loadOf(agent: PlainAgent): { used: number; shared: number; calls: number; firm: number } {
  const load = { used: 0, shared: 0, calls: 0, firm: 0 };
  for (const item of agent.carries) {
    const { exclusive, interruptible } = MEDIA[item.medium];
    load.used += item.weight;
    if (exclusive) load.calls++;
    else load.shared += item.weight;
    if (!exclusive && !interruptible) load.firm++;
  }
  return load;
}
export function countOf(agent: PlainAgent, medium: MediumClassName): number {
  let n = 0;
  for (const item of agent.carries) if (item.medium === medium) n++;
  return n;
}
export const capOf = (agent: PlainAgent, medium: MediumClassName): number => agent.limits[medium] ?? MEDIA[medium].cap;

/** Which rule of capacity forbids one more of this kind: R3 for exclusive work, R2 for the rest; null when there is room. */
export function noRoom(agent: PlainAgent, item: Pick<PlainItem, "medium" | "weight">): "R2" | "R3" | null {
  const { used, calls, firm } = loadOf(agent);
  const { exclusive } = MEDIA[item.medium];
  if (calls > 0 || (exclusive && firm > 0)) return "R3";
  if (countOf(agent, item.medium) + 1 > capOf(agent, item.medium)) return "R2";
  return !exclusive && used + item.weight > agent.budget ? "R2" : null;
}

export const ringOf = (item: Pick<PlainItem, "ringsAt">, now: Instant): number =>
  item.ringsAt.reduce((n, at) => n + Number(at <= now), 0);

export function levelOf(agent: PlainAgent, skillId: string, now: Instant): number {
  let level = 0;
  for (const c of agent.certificates)
    if (c.skillId === skillId && (c.validFrom ?? now) <= now && (c.validUntil ?? now + 1) > now) level = c.level;
  return level;
}

/** Why the agent could not work on it at all, whatever there is room for. */
export function unfit(item: PlainItem, agent: PlainAgent, queue: PlainQueue, now: Instant): string | null {
  const ring = ringOf(item, now);
  if (agent.closed.has(queue.id)) return "may not take work of this queue";
  const helps = queue.overflow.some((teams, k) => k < ring && teams.some((team) => agent.teams.has(team)));
  if (!agent.teams.has(queue.teamId) && !helps) return "is of no team that serves it in this ring";
  for (const need of item.needs) {
    const has = levelOf(agent, need.skillId, now);
    if (need.kind === "hard" && has < need.level) return `lacks the hard need ${need.skillId}`;
    // A third of a soft level falls with each ring.
    if (need.kind === "soft" && has * 3 < need.level * (3 - ring)) return `lacks what is left of ${need.skillId}`;
  }
  return null;
}

export const hasDeclined = (item: PlainItem, agentId: string, now: Instant): boolean =>
  item.declines.some((d) => d.agentId === agentId && now - d.at < DECLINE_LASTS && ringOf(item, now) <= d.ring);
export const isHeldNow = (item: PlainItem, now: Instant): boolean =>
  item.preferredId !== null && item.stickyUntil !== null && item.stickyUntil > now;
/** A queue that holds its work until it opens serves crises only; who is waited for gets it at any time. */
export const isServed = (item: PlainItem, queue: PlainQueue, now: Instant): boolean =>
  isHeldNow(item, now) || (queue.autoServe && (queue.serving || item.crisis));

/** The admit rule. */
export function mayHave(item: PlainItem, agent: PlainAgent, queue: PlainQueue, now: Instant): boolean {
  return (
    agent.presence === "available" &&
    item.behind === null &&
    !item.barred.includes(agent.id) &&
    (!isHeldNow(item, now) || item.preferredId === agent.id) &&
    !hasDeclined(item, agent.id, now) &&
    noRoom(agent, item) === null &&
    unfit(item, agent, queue, now) === null
  );
}

/** Crisis, then earliest due, then longest waiting, then the id. */
export function isBefore(a: PlainItem, b: PlainItem): boolean {
  if (a.crisis !== b.crisis) return a.crisis;
  if (a.due !== b.due) return a.due < b.due;
  return a.t0 !== b.t0 ? a.t0 < b.t0 : a.id < b.id;
}
export const inOrder = (a: PlainItem, b: PlainItem): number => (isBefore(a, b) ? -1 : 1);
export const rankOf = (priority: Priority): number => ORDER.indexOf(priority);

/** The least that each priority has of a hundred turns while its queue is past due. */
export const SHARE: Readonly<Record<Priority, number>> = { urgent: 8, high: 4, normal: 2, low: 1 };
export type TurnCheck = "R8 turns" | "R8 urgent in time" | "R8 bound" | "R8 in time first" | "R8 lateness";

/**
 * Whose turn it is in a queue that is past due, of the first of each priority in the order of due times (docs/decisions/0016), and which
 * rule says so. `passed`: turns each priority was passed over since it had one.
 */
export function turnOf<T extends PlainItem>(
  heads: readonly T[],
  passed: ReadonlyMap<string, number>,
  now: Instant,
): { item: T; by: TurnCheck } {
  const owed = (item: T) => (passed.get(item.priority) ?? 0) * SHARE[item.priority];
  const late = (item: T) => (now - item.t0) / Math.max(1, item.due - item.t0);
  const most = (items: readonly T[], of: (item: T) => number) =>
    items.reduce<T | null>((best, item) => (best === null || of(item) > of(best) ? item : best), null);
  const starved = most(
    heads.filter((item) => owed(item) >= 100),
    owed,
  );
  if (starved) return { item: starved, by: "R8 turns" };
  const urgent = heads.find((item) => item.priority === "urgent" && late(item) >= 0.7);
  if (urgent) return { item: urgent, by: "R8 urgent in time" };
  const beyond = most(
    heads.filter((item) => late(item) >= 2.5),
    late,
  );
  if (beyond) return { item: beyond, by: "R8 bound" };
  const soon = heads.find((item) => late(item) >= 0.9 && late(item) < 1);
  if (soon) return { item: soon, by: "R8 in time first" };
  return { item: most(heads, late) as T, by: "R8 lateness" };
}

/** What is recorded of a choice: last owner, known, shortfall, surplus, load and last assignment in the queue's order, id. */
export function scoreOf(item: PlainItem, agent: PlainAgent, queue: PlainQueue, now: Instant): (number | string)[] {
  let [short, over] = [0, 0];
  for (const need of item.needs) {
    const by = levelOf(agent, need.skillId, now) - need.level;
    if (by < 0) short -= by;
    else over += by;
  }
  const known = item.knownIds.slice(0, 5).indexOf(agent.id);
  const load = loadOf(agent).used / agent.budget;
  const last = agent.last ?? Number.MIN_SAFE_INTEGER;
  const turn = queue.choice === "longest-idle" ? [last, load] : [load, last];
  return [agent.id === item.preferredId ? 0 : 1, known < 0 ? 5 : known, short, over, ...turn, agent.id];
}
export function compareScores(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  const at = a.findIndex((one, i) => one !== b[i]);
  return at < 0 ? 0 : (a[at] as number) < (b[at] as number) ? -1 : 1;
}
