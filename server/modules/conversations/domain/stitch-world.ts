import type { Instant } from "#platform/clock";
import type { Said } from "./said.ts";

/** A message as the stitcher sees it. `key` and `parentKey` name it and what it answers inside its channel. */
export interface StitchMessage {
  id: string;
  /** When it was said; never before what it answers (see `settleTimes`). */
  at: Instant;
  key: string;
  parentKey: string | null;
  /** Channel and thread together. */
  thread: string;
  /** The thread is one line with one customer, not a tree. */
  linear: boolean;
  audience: "public" | "private";
  by: "customer" | "us" | "bot";
  handleId: string | null;
  customerId: string | null;
  /** Our own reply: the conversation its delivery was written for. */
  deliveredFor: string | null;
  /** A program of ours said it by itself: it belongs where it was sent, and answers nobody. */
  automatic?: boolean;
  noise: boolean;
  addressed: string;
  intent: string;
  thanksOnly: boolean;
  /** Work by the account's policy whatever conversation it is in; such a message is never left outside. */
  workAlone: boolean;
  said: Said;
  /** The mail address or telephone number (as `said` names it) it comes from, where the handle is one. */
  address?: string | undefined;
  /** The name its writer shows. */
  name?: string | undefined;
  /** It says the code of an invite to this conversation, and the code is for its speaker (`joins`) or is not. */
  invited?: { conversationId: string; joins: boolean; text: string };
  /** The very same mail came to another mailbox of the brand and stands already: the name of that one, and what is said of this one. */
  copyOf?: { key: string; text: string };
  /** Its subject carries a conversation's number, and its writer has part in that conversation (`joins`) or has not. */
  numbered?: { conversationId: string; joins: boolean; text: string };
}

/** A message that has its place. `wants`: it asked something of us. */
export interface Placed {
  id: string;
  at: Instant;
  key: string;
  thread: string;
  by: StitchMessage["by"];
  audience: "public" | "private";
  customerId: string | null;
  conversationId: string | null;
  intent: string;
  wants: boolean;
  /** An agent put it where it is. */
  byHand?: boolean;
  said: Said;
}

/** What is known of a conversation: whose it is, when a person last finished it, and what the customer and we said, oldest first (bystanders are no evidence). */
export interface Matter {
  id: string;
  customerId: string;
  /** Only where it may be somebody else who speaks of it. */
  customerName?: string;
  doneAt: Instant | null;
  messages: Placed[];
}

/** Somebody named a number. */
export interface Naming {
  at: Instant;
  key: string;
  customerId: string;
  /** A conversation of the speaker's own in which it was said; null: elsewhere. */
  conversationId: string | null;
}

/** All that bears on the next decision. It grows by `place`; a decision only reads it. */
export interface StitchWorld {
  matters: Map<string, Matter>;
  byKey: Map<string, Placed>;
  /** Where a handle's own part of a thread belongs. */
  links: Map<string, string>;
  /** What principals and we said in a thread, oldest first. */
  threads: Map<string, Placed[]>;
  byCustomer: Map<string, Set<string>>;
  /** Who named a number, and where; null where nobody else named what is decided about. */
  byReference: Map<string, Naming[]> | null;
}

/** `acrossCustomers`: what others said of the same numbers is here, so that a number leads to another customer's conversation. */
export function emptyWorld(acrossCustomers = false): StitchWorld {
  return {
    matters: new Map(),
    byKey: new Map(),
    links: new Map(),
    threads: new Map(),
    byCustomer: new Map(),
    byReference: acrossCustomers ? new Map() : null,
  };
}

export function linkKey(thread: string, handleId: string): string {
  return `${thread}\u0000${handleId}`;
}

export function addMatter(world: StitchWorld, matter: Matter): void {
  world.matters.set(matter.id, matter);
  const of = world.byCustomer.get(matter.customerId);
  if (of) of.add(matter.id);
  else world.byCustomer.set(matter.customerId, new Set([matter.id]));
}

export function addLink(world: StitchWorld, thread: string, handleId: string, conversationId: string): void {
  world.links.set(linkKey(thread, handleId), conversationId);
}

export function addPlaced(world: StitchWorld, placed: Placed): void {
  world.byKey.set(placed.key, placed);
  if (placed.conversationId === null) return;
  const matter = world.matters.get(placed.conversationId);
  noteReferences(world, placed, matter);
  if (!matter || (placed.by !== "us" && placed.customerId !== matter.customerId)) return;
  const line = world.threads.get(placed.thread);
  if (line) insert(line, placed);
  else world.threads.set(placed.thread, [placed]);
  insert(matter.messages, placed);
}

function noteReferences(world: StitchWorld, placed: Placed, matter: Matter | undefined): void {
  if (world.byReference === null || placed.by !== "customer" || placed.customerId === null) return;
  const { at, key, customerId } = placed;
  const naming = { at, key, customerId, conversationId: matter?.customerId === customerId ? matter.id : null };
  for (const ref of placed.said.refs) {
    const named = world.byReference.get(ref);
    if (!named) world.byReference.set(ref, [naming]);
    else if (!named.some((n) => n.key === key)) named.push(naming);
  }
}

function insert(line: Placed[], placed: Placed): void {
  line.push(placed);
  if (line.length > 1 && compareSaid(line.at(-2)!, placed) > 0) line.sort(compareSaid);
}

/** What stood in a conversation when `m` was said. Later words never bear on an earlier message. */
export function saidBefore(matter: Matter, m: { at: Instant; key: string }): Placed[] {
  const last = matter.messages.at(-1);
  return last && compareSaid(last, m) < 0 ? matter.messages : matter.messages.filter((p) => compareSaid(p, m) < 0);
}

/** One order for all: by time, then by the message's name on its network, which no order of arrival can change. */
export function compareSaid(a: { at: Instant; key: string }, b: { at: Instant; key: string }): number {
  return a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/**
 * An answer comes after what it answers, whatever the clocks of networks say: each message gets at least its parent's time and a
 * millisecond. Returned in the order in which they were said. `known`: times of parents placed before.
 */
export function settleTimes<T extends { at: Instant; key: string; parentKey: string | null }>(
  messages: readonly T[],
  known: (key: string) => Instant | undefined = () => undefined,
): T[] {
  const byKey = new Map(messages.map((m) => [m.key, m]));
  const settled = new Map<string, Instant>();
  const timeOf = (m: T): Instant => {
    const chain: T[] = [];
    const seen = new Set<string>();
    let floor = Number.NEGATIVE_INFINITY; // the parent's time
    let next: T | undefined = m;
    while (next && !seen.has(next.key)) {
      const done = settled.get(next.key);
      if (done !== undefined) {
        floor = done;
        break;
      }
      seen.add(next.key);
      chain.push(next);
      if (next.parentKey === null) break;
      const parent: T | undefined = byKey.get(next.parentKey);
      if (!parent) floor = known(next.parentKey) ?? Number.NEGATIVE_INFINITY;
      next = parent;
    }
    const settle = (one: T) => {
      floor = Math.max(floor + 1, one.at);
      settled.set(one.key, floor);
    };
    const closes = next === undefined || settled.has(next.key) ? -1 : chain.findIndex((one) => one.key === next?.key);
    if (closes >= 0 && chain.at(-1)?.parentKey !== null) {
      // Answers in a circle: it is cut before the one that was said first, wherever the reading began.
      const circle = chain.splice(closes);
      const first = circle.indexOf(circle.toSorted(compareSaid)[0]!);
      for (const one of [...circle.slice(0, first + 1).reverse(), ...circle.slice(first + 1).reverse()]) settle(one);
      floor = settled.get(circle[0]!.key)!;
    }
    for (const one of chain.reverse()) settle(one);
    return settled.get(m.key)!;
  };
  return messages.map((m) => ({ ...m, at: timeOf(m) })).sort(compareSaid);
}
