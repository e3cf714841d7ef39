import { DAY, type Instant } from "#platform/clock";
import type { BarePost } from "./bare-post.ts";
import { BREATH, readFacts } from "./likely-facts.ts";
import { answersAfter } from "./likely-gaps.ts";

interface Thread {
  id: string;
  brand: string | null;
  last: { id: string; at: Instant; ours: boolean };
  channels: Set<string>;
  people: Set<string>;
  words: Set<string>;
  answered: boolean;
  invites: boolean;
}

/** A thread in which somebody else is called is found again for so long. */
const CALLED_BACK = 14 * DAY;
/** So far apart a matter is looked for on another network when nobody tells who is who. */
const ELSEWHERE = 7 * DAY;
/** How much an unknown speaker who answers us is a stranger rather than somebody who moved; ten times as much when nothing shows an answer. */
const STAYS_AWAY = 0.05;

/**
 * Finds what each post most likely answers. What it goes by: who is called at the head of a post (networks put the names of those who
 * are answered there), which brand, the pause, whether we answered in between, and how often in this history a known customer begins
 * anew. Returns the thread of each post, named by its first post.
 */
export function likelyReplies(posts: readonly BarePost[]): Map<string, string> {
  const facts = readFacts(posts.toSorted((a, b) => a.at - b.at));
  const { sorted } = facts;
  const threadOf = new Map<string, string>();
  const threadsOf = new Map<string, Thread[]>();
  const all: Thread[] = [];
  sorted.forEach((post, i) => {
    const found = post.ours ? ourThread(post) : theirThread(post, i);
    const thread = found ?? begin(post);
    threadOf.set(post.id, thread.id);
    grow(thread, post);
  });
  return threadOf;

  function begin(post: BarePost): Thread {
    const made: Thread = {
      id: post.id,
      brand: null,
      last: { id: post.id, at: post.at, ours: post.ours },
      channels: new Set(),
      people: new Set(),
      words: new Set(),
      answered: false,
      invites: false,
    };
    all.push(made);
    return made;
  }

  function grow(thread: Thread, post: BarePost): void {
    const said = facts.said.get(post.id)!;
    thread.brand ??= facts.brandOf(post);
    thread.last = { id: post.id, at: post.at, ours: post.ours };
    thread.channels.add(post.channel);
    if (post.ours) thread.answered = true;
    thread.invites = post.ours && said.invitesPrivate;
    for (const w of said.words) thread.words.add(w);
    const people = [post.customer, ...(post.ours ? facts.called(post) : [])];
    for (const who of people) {
      if (who === null || thread.people.has(who)) continue;
      thread.people.add(who);
      const theirs = threadsOf.get(who);
      if (theirs) theirs.push(thread);
      else threadsOf.set(who, [thread]);
    }
  }

  function own(who: string | null, brand: string | null): Thread[] {
    const found = who === null ? [] : (threadsOf.get(who) ?? []);
    return found.filter((t) => t.brand === null || brand === null || t.brand === brand);
  }

  function ourThread(post: BarePost): Thread | undefined {
    const brand = facts.brandOf(post);
    const called = [...new Set([post.customer, ...facts.called(post)])].filter((who) => who !== null);
    if (called.length === 0) return undefined;
    const together = called.length > 1 ? own(called[0]!, brand).findLast((t) => t.people.has(called[1]!)) : undefined;
    if (together) return together;
    for (const who of called) {
      const theirs = own(who, brand);
      const waiting = theirs.filter((t) => !t.last.ours && post.at - t.last.at < CALLED_BACK);
      const last = latest(waiting) ?? latest(theirs);
      // Of several first posts without an answer the oldest comes first; else it belongs to what was said last.
      if (last) return last.answered ? last : (waiting.find((t) => !t.answered) ?? last);
    }
    return movedFrom(post, brand);
  }

  function theirThread(post: BarePost, i: number): Thread | undefined {
    const brand = facts.brandOf(post);
    const mine = latest(own(post.customer, brand));
    const other = facts
      .called(post)
      .filter((who) => who !== post.customer)
      .map((who) => latest(own(who, brand)))
      .find((t) => t !== undefined && post.at - t.last.at < CALLED_BACK);
    if (other && other !== mine && !(mine?.people.has(facts.called(post)[0] ?? "") ?? false)) return other;
    if (!mine) return threadsOf.has(post.customer ?? "") ? undefined : movedFrom(post, brand);
    const gap = post.at - mine.last.at;
    const leads = facts.leads(post);
    if (facts.answered && !mine.last.ours)
      return facts.chanceOfNoAddition(i, mine.last, leads, mine.answered) > 0.5 ? undefined : mine;
    if (gap <= BREATH && !(mine.last.ours && leads === false)) return mine;
    return facts.chanceOfAnew(i, gap, leads) > 0.5 ? undefined : mine;
  }

  /** A speaker nobody knows, in another place: the thread of the same brand that fell silent and fits best in time and words. */
  function movedFrom(post: BarePost, brand: string | null): Thread | undefined {
    if (!facts.severalPlaces || brand === null || facts.leads(post) === false) return undefined;
    const said = facts.said.get(post.id)!;
    const scored = all
      .filter(
        (t) =>
          t.brand === brand &&
          !t.channels.has(post.channel) &&
          post.at - t.last.at < ELSEWHERE &&
          facts.isSilent(t.people, brand, post.at),
      )
      .map((t) => {
        let weight = answersAfter(post.at - t.last.at) * (t.last.ours === post.ours ? 0.4 : 1.2) * (t.invites ? 2 : 1);
        for (const w of said.words) if (t.words.has(w)) weight *= facts.rarity(w);
        return { t, weight };
      });
    const sum = scored.reduce(
      (s, x) => s + x.weight,
      facts.leads(post) === true || post.ours ? STAYS_AWAY : 10 * STAYS_AWAY,
    );
    const best = scored.reduce<{ t: Thread; weight: number } | undefined>(
      (a, b) => (a && a.weight >= b.weight ? a : b),
      undefined,
    );
    return best && best.weight / sum > 0.5 ? best.t : undefined;
  }
}

function latest(threads: readonly Thread[]): Thread | undefined {
  return threads.reduce<Thread | undefined>((a, b) => (a && a.last.at > b.last.at ? a : b), undefined);
}
