import { DAY, type Instant, MINUTE } from "#platform/clock";
import { answersAfter, beginsAfter } from "./likely-gaps.ts";
import { readSaid } from "./said.ts";

/** A public post of a history in which the network's reply links are missing. */
export interface BarePost {
  id: string;
  at: Instant;
  /** The network; a thread may go on in another one when its speaker is known there. */
  channel: string;
  ours: boolean;
  /** Who speaks, as the network names him. */
  from: string;
  /** Whom we wrote to, where that is told. */
  to: string | null;
  text: string;
  /** Who speaks, or whom we wrote to, over all handles; null for our own posts to nobody. */
  customer: string | null;
}

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

/** Posts of one breath are one thread. */
const BREATH = 10 * MINUTE;
/** A thread in which somebody else is called is found again for so long. */
const CALLED_BACK = 14 * DAY;
/** So far apart a matter is looked for on another network when nobody tells who is who. */
const ELSEWHERE = 7 * DAY;
/** From so many calls on a name is a brand's, where our own posts do not tell. */
const CALLED_OFTEN = 5;
/** Below this share of posts that begin with a call, calls tell nothing on a network. */
const CALLS_TELL = 0.2;
/** Answers that lack the call at their head: deleted by hand, or too long. */
const CALL_LOST = 0.03;
/** How much an unknown speaker who answers us is a stranger rather than somebody who moved; ten times as much when nothing shows an answer. */
const STAYS_AWAY = 0.05;
/** First posts that begin by calling the brand (measured on 1,285), and how often a known customer begins anew; where a history is too short to tell. */
const OPENS_LED = 0.35;
const ANEW = 0.04;

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
    if (gap <= BREATH && !(mine.last.ours && leads === false)) return mine;
    // Nobody answered it yet. What follows is said to the same end, unless we come to answer twice.
    if (facts.answered && !mine.answered) return facts.answersComing(i) >= 2 ? undefined : mine;
    return facts.chanceOfAnew(gap, leads) > 0.5 ? undefined : mine;
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

function clamp(n: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, n));
}

const MENTION = /(?<![\p{L}\p{N}_])@([\p{L}\p{N}_]{1,40})/gu;
const LEADING = /^[\s."'“”]*(?:@[\p{L}\p{N}_]{1,40}[\s,:;.-]*)+/u;

/** What has to be known of the whole history before its posts can be told apart. */
function readFacts(posts: readonly BarePost[]) {
  const brands = new Set(posts.filter((p) => p.ours).map((p) => fold(p.from)));
  const customerOf = new Map(
    posts.filter((p) => !p.ours && p.customer !== null).map((p) => [fold(p.from), p.customer!]),
  );
  const said = new Map(posts.map((p) => [p.id, readSaid(p.text)]));
  const mentions = new Map(posts.map((p) => [p.id, [...p.text.matchAll(MENTION)].map((m) => fold(m[1]!))]));
  const lead = new Map(
    posts.map((p) => [p.id, [...(LEADING.exec(p.text)?.[0] ?? "").matchAll(MENTION)].map((m) => fold(m[1]!))]),
  );
  const spoken = brands.size > 1 ? null : spokenBrands();
  // Whom we wrote to stands at the head of our post, where it is not told.
  const heard = (p: BarePost) =>
    lead
      .get(p.id)!
      .map((name) => customerOf.get(name))
      .find((who) => who !== undefined) ?? null;
  const sorted = posts.map((p) => (p.ours && p.customer === null ? { ...p, customer: heard(p) } : p));
  const frequency = new Map<string, number>();
  for (const { words } of said.values()) for (const w of words) frequency.set(w, (frequency.get(w) ?? 0) + 1);

  // How often posts begin with a call on each network, and how often first posts do.
  const calls = new Map<string, { all: number; led: number; first: number; firstLed: number }>();
  const seen = new Map<string, { at: Instant; answered: boolean }>();
  const lastWord = new Map<string, Instant>();
  let after = 0;
  let afterBare = 0;
  for (const p of sorted) {
    if (p.customer === null) continue;
    const before = seen.get(p.customer);
    if (!p.ours) {
      const c = calls.get(p.channel) ?? { all: 0, led: 0, first: 0, firstLed: 0 };
      calls.set(p.channel, c);
      const led = lead.get(p.id)!.length > 0;
      c.all += 1;
      if (led) c.led += 1;
      if (!before) {
        c.first += 1;
        if (led) c.firstLed += 1;
      } else if (c.led / c.all >= CALLS_TELL && (before.answered || brands.size === 0) && p.at - before.at > BREATH) {
        after += 1;
        if (!led) afterBare += 1;
      }
      lastWord.set(`${p.customer}\u0000${brandOf(p) ?? ""}`, p.at);
    }
    seen.set(p.customer, { at: p.at, answered: p.ours });
  }
  const tells = [...calls.values()].sort((a, b) => b.all - a.all).find((c) => c.led / c.all >= CALLS_TELL);
  const opensLed = !tells || tells.first < 50 ? OPENS_LED : clamp(tells.firstLed / tells.first, 0.1, 0.9);
  const anew = !tells || after < 50 ? ANEW : clamp((afterBare / after - CALL_LOST) / (1 - opensLed), 0.02, 0.9);
  // Our answers that follow a post before its writer speaks again.
  const answers = new Map<string, { count: number }>();
  const coming = new Array<number>(sorted.length).fill(0);
  for (let i = sorted.length - 1; i >= 0; i--) {
    const p = sorted[i]!;
    if (p.customer === null) continue;
    if (p.ours) {
      if (said.get(p.id)!.laterPart) continue;
      const a = answers.get(p.customer);
      if (a) a.count += 1;
      else answers.set(p.customer, { count: 1 });
    } else {
      coming[i] = answers.get(p.customer)?.count ?? 0;
      answers.delete(p.customer);
    }
  }
  return {
    sorted,
    said,
    brandOf,
    leads,
    /** Customers called at the head of a post. */
    severalPlaces: new Set(posts.map((p) => p.channel)).size > 1,
    /** Our own answers are among the posts. */
    answered: brands.size > 0,
    called: (p: BarePost): string[] => lead.get(p.id)!.flatMap((name) => customerOf.get(name) ?? []),
    answersComing: (i: number): number => coming[i]!,
    chanceOfAnew(gap: number, led: boolean | null): number {
      const fresh = anew * beginsAfter(gap) * (led === null ? 1 : led ? opensLed : 1 - opensLed);
      const answer = (1 - anew) * answersAfter(gap) * (led === null ? 1 : led ? 1 - CALL_LOST : CALL_LOST);
      return fresh / (fresh + answer);
    },
    /** None of these says anything more to the brand. */
    isSilent: (people: ReadonlySet<string>, brand: string, at: Instant): boolean =>
      [...people].every((who) => (lastWord.get(`${who}\u0000${brand}`) ?? 0) < at),
    rarity: (word: string): number =>
      1 + Math.min(4, Math.max(0, Math.log(sorted.length / ((frequency.get(word) ?? 1) * 20)))),
  };

  function brandOf(p: BarePost): string | null {
    if (p.ours) return spoken === null ? fold(p.from) : null;
    const names = mentions.get(p.id)!;
    if (spoken !== null) return names.find((name) => spoken.has(name)) ?? null;
    return names.find((name) => brands.has(name)) ?? (brands.size === 1 ? [...brands][0]! : null);
  }

  /** Where all of us have one name, the brands are those whom customers call; null where that is one at most. */
  function spokenBrands(): Set<string> | null {
    const times = new Map<string, number>();
    for (const p of posts)
      if (!p.ours)
        for (const name of new Set(mentions.get(p.id)!))
          if (!customerOf.has(name) && /\D/u.test(name)) times.set(name, (times.get(name) ?? 0) + 1);
    const names = [...times].filter(([, n]) => n >= CALLED_OFTEN).map(([name]) => name);
    return names.length > 1 ? new Set(names) : null;
  }

  /** Whether a post begins with a call; null where calls tell nothing. */
  function leads(p: BarePost): boolean | null {
    const c = calls.get(p.channel);
    return p.ours || !c || c.led / c.all < CALLS_TELL ? null : lead.get(p.id)!.length > 0;
  }
}

function fold(name: string): string {
  return name.toLowerCase().replace(/^@/, "");
}
