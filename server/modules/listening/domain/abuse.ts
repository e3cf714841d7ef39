import { type Label, strongest } from "./label.ts";
import type { Tokens } from "./tokens.ts";
import { ABUSE_WORDS, type AbuseList } from "./told-by-words/abuse-words.ts";
import { type Place, Tagger, wordsAt } from "./told-by-words/tag.ts";

/**
 * Abuse of who works here. `insult`: a person of ours is called names. `threat`: with violence, or death and illness are wished on them. `slur`: against
 * what somebody is. Swearing at a product, harsh words on the service, and what others said to the writer are none.
 */
export const ABUSE = ["threat", "slur", "insult"] as const;
export type Abuse = (typeof ABUSE)[number];

const tagger = new Tagger<AbuseList>(ABUSE_WORDS);

/** How often each way of saying it was meant so, in the half of our posts that was looked at (bench/text/README.md). */
const SURE = { threat: 0.97, slur: 0.96, phrase: 0.97, toYou: 0.97, ofStaff: 0.95, called: 0.9, hidden: 0.95 } as const;

/** So many words may stand between "you" and what one is called. */
const REACH = 6;
const BEHIND = 4;
const TOLD_BEFORE = 7;

/** Letters hidden from filters: f*** you, a**hole. */
const HIDDEN =
  /(?<![\p{L}\p{N}])(?:f(?:[*@#$]{1,3}|u[*@#$]|[*@#$]c|[*@#$]{1,2}k)[ck]*k?\s+(?:you|u|off)|(?:you|u)\s+(?:\S+\s+)?(?:a[*@#$]{2,}(?:hole)?s?|b[*@#$!]{1,3}t?ch(?:es)?|c[*@#$]{1,2}nts?))(?![\p{L}\p{N}])/giu;

/** Which kinds of abuse a post holds, gravest first; empty for nearly all. Says nothing of who wrote it, and hides nothing. */
export function readAbuse(post: Tokens): Label<Abuse>[] {
  const lists = tagger.tag(post);
  const harmless = lists.get("harmless") ?? [];
  const places = (list: AbuseList) =>
    (lists.get(list) ?? []).filter((p) => !harmless.some((h) => h.from <= p.from && p.to <= h.to));
  const made: Label<Abuse>[] = [];
  const told = (place: Place) =>
    (lists.get("reported") ?? []).some(
      (r) => r.from < place.to && place.from - r.to <= TOLD_BEFORE && r.from <= place.from + 1,
    );
  const say = (value: Abuse, score: number, at: readonly Place[]) => {
    const words = strongest(wordsAt(post, at, 2));
    const known = made.find((m) => m.value === value);
    if (!known) made.push({ value, score, words });
    else if (score > known.score) Object.assign(known, { score, words: strongest([...words, ...known.words]) });
  };

  const threats = places("threat").filter((p) => !told(p));
  if (threats.length > 0) say("threat", SURE.threat, threats);
  const slurs = places("slur").filter((p) => !told(p) && !follows(lists, p, "me", 3));
  if (slurs.length > 0) say("slur", SURE.slur, slurs);
  const phrases = places("phrase").filter((p) => !told(p));
  if (phrases.length > 0) say("insult", SURE.phrase, phrases);
  for (const name of places("name")) {
    if (told(name) || precedes(lists, name, "thing", 1)) continue;
    const who = whoIsMeant(lists, name);
    if (who === "you") say("insult", SURE.toYou, [name]);
    else if (who === "staff" || (who === null && precedes(lists, name, "staff", BEHIND)))
      say("insult", SURE.ofStaff, [name]);
    else if (who !== "thing" && isCalled(post, name)) say("insult", SURE.called, [name]);
  }
  for (const trait of places("trait")) {
    if (told(trait) || precedes(lists, trait, "thing", 1)) continue;
    const near = (lists.get("are") ?? []).some((are) => are.to <= trait.from && trait.from - are.to <= 3);
    if (near && whoIsMeant(lists, trait) === "you") say("insult", SURE.toYou, [trait]);
  }
  if (!made.some((m) => m.value === "insult")) {
    HIDDEN.lastIndex = 0;
    const m = HIDDEN.exec(post.text);
    if (m) {
      const word = { text: m[0], start: m.index, end: m.index + m[0].length, weight: 2 };
      made.push({ value: "insult", score: SURE.hidden, words: [word] });
    }
  }
  return made.sort((a, b) => ABUSE.indexOf(a.value) - ABUSE.indexOf(b.value));
}

type Lists = ReadonlyMap<AbuseList, readonly Place[]>;
type Who = "you" | "staff" | "me" | "other" | "thing";
const PEOPLE: readonly (readonly [AbuseList, Who])[] = [
  ["are", "you"],
  ["you", "you"],
  ["staff", "staff"],
  ["me", "me"],
  ["other", "other"],
  ["thing", "thing"],
];

/** Of whom a word is said: who was named last before it. */
function whoIsMeant(lists: Lists, of: Place): Who | null {
  let last = -1;
  let who: Who | null = null;
  for (const [list, meant] of PEOPLE)
    for (const place of lists.get(list) ?? [])
      if (place.to <= of.from && of.from - place.to <= REACH && place.to > last) {
        last = place.to;
        who = meant;
      }
  return who;
}

/** Whether a word of a list stands before a place, within so many words. */
function follows(lists: Lists, place: Place, list: AbuseList, within: number): boolean {
  return (lists.get(list) ?? []).some((p) => p.to <= place.from && place.from - p.to < within);
}

/** Whether a word of a list begins within so many words behind a place. */
function precedes(lists: Lists, place: Place, list: AbuseList, within: number): boolean {
  return (lists.get(list) ?? []).some((p) => p.from >= place.to && p.from - place.to < within);
}

// Names beside each other are parted by blanks: "@a@a@a" read in every way there is would take minutes.
const OPENS = /(?:^|[,;:.!?…\n–—-])\s*(?:@\S+(?:\s+@\S+)*\s*)?$/u;
const ENDS = /^\s*(?:$|[,;:.!?…\n–—-])/u;
const LOOK = 120;

/** "Answer me, idiots!": it stands by itself between signs. */
function isCalled({ text, tokens }: Tokens, { from, to }: Place): boolean {
  const start = tokens[from]!.start;
  const end = tokens[to - 1]!.end;
  return OPENS.test(text.slice(Math.max(0, start - LOOK), start)) && ENDS.test(text.slice(end, end + LOOK));
}
