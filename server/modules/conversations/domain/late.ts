import type { Instant } from "#platform/clock";
import { ownNumbers } from "./of-another.ts";
import type { StitchMessage } from "./stitch-world.ts";

/** What a set of messages can change the place of: everything said later by these customers, in these lines, or in answer to these. */
export interface Reach {
  customers: Map<string, Instant>;
  threads: Map<string, Instant>;
  answersTo: Set<string>;
  /** Numbers that were named: who else names one later may speak of the same. */
  numbers: Map<string, Instant>;
}

/** The few facts of a placed message that tell whether another one bears on it. */
export type Reachable = Pick<
  StitchMessage,
  "key" | "parentKey" | "at" | "thread" | "linear" | "customerId" | "by" | "said"
>;

export function emptyReach(): Reach {
  return { customers: new Map(), threads: new Map(), answersTo: new Set(), numbers: new Map() };
}

/** Widens the reach by one message that is new or decided again. */
export function extend(reach: Reach, m: Reachable): void {
  if (m.customerId !== null) earliest(reach.customers, m.customerId, m.at);
  if (m.linear || m.by !== "us") earliest(reach.threads, m.thread, m.at);
  reach.answersTo.add(m.key);
  if (m.by === "customer") for (const number of ownNumbers(m.said.refs)) earliest(reach.numbers, number, m.at);
}

/** Widens it to all a customer says from then on: words of ours ("please DM us") came into or left his conversation. */
export function extendToHearer(reach: Reach, customerId: string, at: Instant): void {
  earliest(reach.customers, customerId, at);
}

/**
 * Widens it to what is said from then on in a private line of the conversation into which our words came, or which they left. Whose
 * line it is does not matter: a relative speaks in it as the customer does.
 */
export function extendToLine(reach: Reach, thread: string, at: Instant): void {
  earliest(reach.threads, thread, at);
}

/** Whether a placed message may have to be decided again. At the same instant it may: the order of names decides then. */
export function reaches(reach: Reach, p: Reachable): boolean {
  if (p.parentKey !== null && reach.answersTo.has(p.parentKey)) return true;
  if (p.customerId !== null && p.at >= (reach.customers.get(p.customerId) ?? Number.POSITIVE_INFINITY)) return true;
  if (
    p.by === "customer" &&
    ownNumbers(p.said.refs).some((n) => p.at >= (reach.numbers.get(n) ?? Number.POSITIVE_INFINITY))
  )
    return true;
  return (p.linear || p.parentKey === null) && p.at >= (reach.threads.get(p.thread) ?? Number.POSITIVE_INFINITY);
}

function earliest(map: Map<string, Instant>, key: string, at: Instant): void {
  const before = map.get(key);
  if (before === undefined || at < before) map.set(key, at);
}
