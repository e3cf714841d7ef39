import { type Instant, MINUTE } from "#platform/clock";
import type { BarePost } from "./bare-post.ts";
import { addsAfter, answersAfter, beginsAfter } from "./likely-gaps.ts";
import { type Heard, learnVoice } from "./likely-voice.ts";
import { readSaid } from "./said.ts";

/** Posts of one breath are one thread, unless each is answered. */
export const BREATH = 10 * MINUTE;
/** From so many calls on a name is a brand's, where our own posts do not tell. */
const CALLED_OFTEN = 5;
/** Below this share of posts that begin with a call, calls tell nothing on a network. */
const CALLS_TELL = 0.2;
/** Answers that lack the call at their head: deleted by hand, or too long. */
const CALL_LOST = 0.03;
/** First posts that begin by calling the brand (measured on 1,285), and how often a known customer begins anew; where a history is too short to tell. */
const OPENS_LED = 0.35;
const ANEW = 0.04;
/** Customers' posts that add to their own in the same thread (166 of 2,778), and how many of these repeat the call of what they add to (an estimate). */
const ADDS = 0.06;
const CALL_KEPT = 0.8;
/** Who is answered twice asked twice, as a rule; who is answered once asked once. */
const ANSWERED_EACH = 10;
/** A history with fewer cases is too short to tell. */
const FEWEST = 50;
/** So many cases of everybody stand beside those of people who began anew before. */
const HELD = 20;
/** Two answers of ours within this time are one in two parts. */
const ONE_ANSWER = MINUTE;
/** A call at the head so soon after our answer is an answer to it as a rule. */
const SOON = 360 * MINUTE;
/** Who signs an answer: "^AB", "-Ann", "*Bo" at the end, before or after a link or the number of a part. */
const SIGNED = /(?:\^|(?:^|\s)[-–—*/~])\s?(\p{L}{1,12})(?:\s+(?:https?:\/\/\S+|\(?\d\/\d\)?))*\s*$/u;
const MENTION = /(?<![\p{L}\p{N}_])@([\p{L}\p{N}_]{1,40})/gu;
const LEADING = /^[\s."'“”]*(?:@[\p{L}\p{N}_]{1,40}[\s,:;.-]*)+/u;

/** What has to be known of the whole history before its posts can be told apart. */
export function readFacts(posts: readonly BarePost[]) {
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
  // Who is called at the head and never says anything here is nobody whom one answers.
  const calledFirst = new Map<string, number>();
  for (const p of posts)
    if (!p.ours) for (const name of lead.get(p.id)!) calledFirst.set(name, (calledFirst.get(name) ?? 0) + 1);
  const answerable = (name: string) =>
    brands.has(name) || customerOf.has(name) || (brands.size === 0 && (calledFirst.get(name) ?? 0) >= CALLED_OFTEN);
  const isLed = (p: BarePost) =>
    (lead.get(p.id)!.length > 0 && posts.length < FEWEST) || lead.get(p.id)!.some(answerable);
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
  const before = new Map<string, { i: number; answered: boolean; answer: number | null }>();
  const lastWord = new Map<string, Instant>();
  const firsts: number[] = [];
  /** Customers' posts that come after an answer of ours (where we are not there: after their own), a breath later and more. */
  const steps = new Map<number, { gap: number; led: boolean; who: string; since: number | null }>();
  sorted.forEach((p, i) => {
    if (p.customer === null) return;
    const was = before.get(p.customer);
    if (!p.ours) {
      const c = calls.get(p.channel) ?? { all: 0, led: 0, first: 0, firstLed: 0 };
      calls.set(p.channel, c);
      const led = isLed(p);
      c.all += 1;
      if (led) c.led += 1;
      const gap = was === undefined ? 0 : p.at - sorted[was.i]!.at;
      if (!was) {
        c.first += 1;
        if (led) c.firstLed += 1;
        firsts.push(i);
      } else if (c.led / c.all >= CALLS_TELL && (was.answered || brands.size === 0) && gap > BREATH)
        steps.set(i, { gap, led, who: p.customer, since: was.answer });
      lastWord.set(`${p.customer}\u0000${brandOf(p) ?? ""}`, p.at);
    }
    before.set(p.customer, { i, answered: p.ours, answer: p.ours ? i : (was?.answer ?? null) });
  });
  const { coming, next } = answersAhead();
  const tells = [...calls.values()].sort((a, b) => b.all - a.all).find((c) => c.led / c.all >= CALLS_TELL);
  const opensLed = !tells || tells.first < FEWEST ? OPENS_LED : clamp(tells.firstLed / tells.first, 0.1, 0.9);
  const bareOf = new Map<string, number>();
  for (const s of steps.values()) if (!s.led) bareOf.set(s.who, (bareOf.get(s.who) ?? 0) + 1);
  const beganAnew = (who: string, led: boolean | null) => (bareOf.get(who) ?? 0) - (led === false ? 1 : 0) > 0;
  const { anew, anewAgain } = howOften();
  const opens = learnVoice(...voices((i) => sorted[i]!.text));
  const answersFirst = learnVoice(...voices((i) => (next[i] === null ? null : sorted[next[i]!]!.text)));
  const sameHand = signatures();
  return {
    sorted,
    said,
    brandOf,
    leads,
    /** Customers called at the head of a post. */
    called: (p: BarePost): string[] => lead.get(p.id)!.flatMap((name) => customerOf.get(name) ?? []),
    severalPlaces: new Set(posts.map((p) => p.channel)).size > 1,
    /** Our own answers are among the posts. */
    answered: brands.size > 0,
    /** Answers of ours to the writer before he speaks again. */
    answersComing: (i: number): number => coming[i]!,
    /** How likely a customer's post begins a thread, a pause of `gap` after the last word in his last one, which was ours. */
    chanceOfAnew(i: number, gap: number, led: boolean | null): number {
      const answer = answersAfter(gap) * (led === null ? 1 : led ? 1 - CALL_LOST : CALL_LOST);
      const goesOn = (1 - often(i, led)) * answer;
      const begins = fresh(i, gap, led) * sameHand(i);
      return begins / (begins + goesOn);
    },
    /** The same where the last word in his last thread, `last`, was his own. `answered`: we had answered in it before. */
    chanceOfNoAddition(i: number, last: { id: string; at: Instant }, led: boolean | null, answered: boolean): number {
      const gap = sorted[i]!.at - last.at;
      const calls = lead.get(last.id)!.length > 0 || mentions.get(last.id)!.some(answerable);
      const kept = calls ? CALL_KEPT : CALL_LOST;
      const adds = ADDS * addsAfter(gap) * (led === null ? 1 : led ? kept : 1 - kept);
      const each = coming[i]! >= 2 ? ANSWERED_EACH : answered ? 1 : 1 / ANSWERED_EACH;
      const begins = fresh(i, gap, led) * each;
      return begins / (begins + adds);
    },
    /** None of these says anything more to the brand. */
    isSilent: (people: ReadonlySet<string>, brand: string, at: Instant): boolean =>
      [...people].every((who) => (lastWord.get(`${who}\u0000${brand}`) ?? 0) < at),
    rarity: (word: string): number =>
      1 + Math.min(4, Math.max(0, Math.log(sorted.length / ((frequency.get(word) ?? 1) * 20)))),
  };

  function often(i: number, led: boolean | null): number {
    const who = sorted[i]!.customer;
    return who !== null && beganAnew(who, led) ? anewAgain : anew;
  }

  /** How much speaks for a beginning, whatever it would else be. */
  function fresh(i: number, gap: number, led: boolean | null): number {
    const said = opens(sorted[i]!.text) + (next[i] == null ? 0 : answersFirst(sorted[next[i]!]!.text));
    return often(i, led) * beginsAfter(gap) * (led === null ? 1 : led ? opensLed : 1 - opensLed) * Math.exp(said);
  }

  /** Our answers that follow a post before its writer speaks again: how many, and the first of them. */
  function answersAhead(): { coming: number[]; next: (number | null)[] } {
    const ahead = new Map<string, { count: number; at: Instant; i: number }>();
    const found = {
      coming: new Array<number>(sorted.length).fill(0),
      next: new Array<number | null>(sorted.length).fill(null),
    };
    for (let i = sorted.length - 1; i >= 0; i--) {
      const p = sorted[i]!;
      if (p.customer === null) continue;
      const a = ahead.get(p.customer);
      if (!p.ours) {
        found.coming[i] = a?.count ?? 0;
        found.next[i] = a?.i ?? null;
        ahead.delete(p.customer);
      } else if (!said.get(p.id)!.laterPart)
        ahead.set(p.customer, { count: (a?.count ?? 0) + (a && a.at - p.at < ONE_ANSWER ? 0 : 1), at: p.at, i });
    }
    return found;
  }

  /** How often a customer begins anew, seen by the posts without a call; and one who did so elsewhere in this history. */
  function howOften(): { anew: number; anewAgain: number } {
    const share = (bare: number, all: number) => clamp((bare / all - CALL_LOST) / (1 - opensLed), 0.02, 0.9);
    const all = [...steps.values()];
    const bare = all.filter((s) => !s.led).length;
    if (!tells || all.length < FEWEST) return { anew: ANEW, anewAgain: ANEW };
    const again = all.filter((s) => beganAnew(s.who, s.led));
    const held = (HELD * bare) / all.length;
    return {
      anew: share(bare, all.length),
      anewAgain: share(again.filter((s) => !s.led).length + held, again.length + HELD),
    };
  }

  /** Texts about posts that begin, about posts that go on, and about those that certainly begin although their writer is known. */
  function voices(text: (i: number) => string | null): [Heard[], Heard[], Heard[]] {
    const heard = (list: readonly number[]) =>
      list.flatMap((i): Heard[] => {
        const said = text(i);
        return said === null ? [] : [{ text: said, whose: sorted[i]!.customer! }];
      });
    const bare = [...steps].filter(([, s]) => !s.led).map(([i]) => i);
    const led = [...steps].filter(([, s]) => s.led && s.gap < SOON).map(([i]) => i);
    return [heard([...firsts, ...bare]), heard(led), heard(bare)];
  }

  /** Whether one of us goes on or another one comes, where answers are signed: as often as that is so when a thread begins, and when it goes on. */
  function signatures(): (i: number) => number {
    const hand = (i: number | null) => (i === null ? null : (SIGNED.exec(sorted[i]!.text)?.[1]?.toLowerCase() ?? null));
    const goesOn = (i: number, since: number | null): boolean | null => {
      const [was, is] = [hand(since), hand(next[i] ?? null)];
      return was === null || is === null ? null : was === is;
    };
    const counts = { bare: [1, 1], led: [1, 1] };
    for (const [i, s] of steps) {
      const same = goesOn(i, s.since);
      if (same !== null) counts[s.led ? "led" : "bare"][same ? 0 : 1]! += 1;
    }
    const share = (of: number[], same: boolean) => of[same ? 0 : 1]! / (of[0]! + of[1]!);
    if (counts.bare[0]! + counts.bare[1]! < FEWEST) return () => 1;
    return (i) => {
      const same = goesOn(i, steps.get(i)?.since ?? null);
      return same === null ? 1 : share(counts.bare, same) / share(counts.led, same);
    };
  }

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
    return p.ours || !c || c.led / c.all < CALLS_TELL ? null : isLed(p);
  }
}

export function fold(name: string): string {
  return name.toLowerCase().replace(/^@/, "");
}

function clamp(n: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, n));
}
