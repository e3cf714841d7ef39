import type { Instant } from "#platform/clock";
import { change } from "./capacity.ts";
import { decide } from "./decide.ts";
import type { Item, Policy, Reason, World } from "./model.ts";

/** How much of an author, or of a text that many post, stands in front and how much waits behind it. */
export interface Crowd {
  front: number;
  behind: number;
}
export const noCrowd = (): Crowd => ({ front: 0, behind: 0 });

export interface Arriving {
  readonly crisis: boolean;
  readonly customerId: string;
  /** What texts that say the same have in common; null for what is too short to tell. */
  readonly alike: string | null;
}
export const authorKey = (customerId: string): string => `author:${customerId}`;
export const alikeKey = (alike: string): string => `alike:${alike}`;
export const capOf = (key: string, policy: Policy): number =>
  key.startsWith("author:") ? policy.authorCap : policy.alikeCap;

/**
 * What new work waits behind, if anything: one author may have so many in front at a time, and so may one text by many authors.
 * A spammer's ten thousand posts therefore never stand at the head. Danger to people is never put behind.
 */
export function behindWhat(
  work: Arriving,
  crowds: ReadonlyMap<string, Crowd>,
  policy: Policy,
): { key: string; reason: Reason } | null {
  if (work.crisis) return null;
  const key = crowdsOf(work).find((k) => {
    const crowd = crowds.get(k);
    // Whoever came before waits behind already: nobody overtakes.
    return crowd !== undefined && (crowd.front >= capOf(k, policy) || crowd.behind > 0);
  });
  if (key === undefined) return null;
  const { front } = crowds.get(key) as Crowd;
  const text = key.startsWith("author:")
    ? `${front} of this author are open already: it waits behind them.`
    : `${front} that say the same are open already: it waits behind them.`;
  return { key, reason: { code: "collapsed", text } };
}

/** Counts new work where it went. */
export function joinCrowds(work: Arriving, behind: string | null, crowds: Map<string, Crowd>): void {
  for (const key of crowdsOf(work)) {
    const crowd = crowds.get(key) ?? noCrowd();
    if (behind === null) crowd.front++;
    else if (behind === key) crowd.behind++;
    crowds.set(key, crowd);
  }
}

/** How many of a crowd come forward now: as many as there is room for in front. */
export function roomInFront(key: string, crowd: Crowd, policy: Policy): number {
  return Math.max(0, Math.min(crowd.behind, capOf(key, policy) - crowd.front));
}

/** Something that waits behind a crowd, with all that it is of. */
export interface Behind extends Pick<Arriving, "customerId" | "alike"> {
  readonly id: string;
  readonly behind: string;
}
export const crowdsOf = ({ customerId, alike }: Pick<Arriving, "customerId" | "alike">): string[] => [
  authorKey(customerId),
  ...(alike === null ? [] : [alikeKey(alike)]),
];

/**
 * Who comes forward, asked in this order. Each counts in every crowd it is of as it goes, so that no cap is passed within one look: where
 * one of them has no room left it stays, and the next goes.
 */
export function comingForward(behind: readonly Behind[], crowds: ReadonlyMap<string, Crowd>, policy: Policy): string[] {
  const front = new Map([...crowds].map(([key, crowd]) => [key, crowd.front]));
  return behind.flatMap((one) => {
    const keys = new Set([one.behind, ...crowdsOf(one)]);
    const inFront = (key: string) => front.get(key) ?? 0;
    if ([...keys].some((key) => inFront(key) >= capOf(key, policy))) return [];
    for (const key of keys) front.set(key, inFront(key) + 1);
    return [one.id];
  });
}

/** It waits like any other from now on, at the place its due time gives it. */
export function comeForward(world: World, item: Item, why: string, now: Instant): void {
  if (item.behind === null) return;
  change(world, item, { behind: null });
  decide(world, item, now, "forward", [{ code: "forward", text: why }]);
}
