import { cardWord, cvvWord } from "./card-words.ts";
import { digitGroups, type Group, luhn } from "./digits.ts";
import { boundary, type Folded } from "./fold.ts";
import { businessWordBefore } from "./near.ts";

/** Offsets of the folded text, end exclusive; `keep` are digits that may stay visible (the last four of a card). */
export interface Hit {
  kind: "card" | "cvv" | "iban" | "phone" | "email" | "national_id" | "password";
  start: number;
  end: number;
  keep?: string;
}

// Issuer ranges with the lengths they are issued in. 13 digits of Visa are old, but live on in test numbers.
const issuers =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|09|[689]\d)\d{11}|3[689]\d{14,17}|6(?:011|4[4-9]\d|5\d\d)\d{12}(?:\d{3})?|35(?:2[89]|[3-8]\d)\d{12}(?:\d{3})?|(?:62|81)\d{14,17}|220[0-4]\d{12,15}|9792\d{12}|(?:508\d|60\d\d|82\d\d)\d{12}|(?:8600|9860|5614)\d{12}|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{9,15})$/u;
const rareIssuers = /^(?:50|5[6-9]|6\d|9[0-9]|1)\d{11,17}$/u;

function isEan13(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < 13; i++) sum += (digits.charCodeAt(i) - 48) * (i % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

/** 4-4-4-4, 4-6-5, 8-8, 6-13, single digits …: the ways people group a card number. */
function isRegular(sizes: readonly number[]): boolean {
  if (sizes.length === 1) return true;
  const first = sizes[0] as number;
  const last = sizes.at(-1) as number;
  if (sizes.slice(0, -1).every((n) => n === first) && last <= first) return true;
  return /^(?:4-6-[45]|6-\d{1,2}|4-\d{1,2}|4-4-\d|4-4-4-\d{1,3}|4-3-3-3|4-4-4-4-\d)$/u.test(sizes.join("-"));
}

function plausible(digits: string, sizes: readonly number[], sameMessage: boolean, named: boolean): boolean {
  if (!luhn(digits) || /^(\d)\1*$/u.test(digits)) return false;
  if (named && /^(?:[3-6]|22|9)/u.test(digits) && isRegular(sizes)) return true;
  if (issuers.test(digits)) return digits.length > 13 || (isRegular(sizes) && !(sizes.length === 1 && isEan13(digits)));
  return rareIssuers.test(digits) && sameMessage && sizes.length > 1 && isRegular(sizes) && sizes[0] === 4;
}

/** Letters glued to digits make a code (JD0146…, 1Z…), unless they are a word. */
function standsFree(text: string, start: number, end: number): boolean {
  const before = /(?:^|[^a-z0-9])([a-z]{0,3})$/u.exec(text.slice(Math.max(0, start - 4), start))?.[1];
  const after = /^([a-z]{0,3})(?:$|[^a-z])/u.exec(text.slice(end, end + 4))?.[1];
  if (
    before !== undefined &&
    (before.length === 1 || before.length === 2) &&
    !/^(?:nr|no|cc|mc|n|is|to)$/u.test(before)
  )
    return false;
  if (after !== undefined && after.length === 1) return false;
  // "0.4111…" is a fraction, "+44 …" a telephone number.
  return !/(?:^|\D)0[.,]$|\+$/u.test(text.slice(Math.max(0, start - 3), start));
}

/** May a card number go on from one group to the next? Across messages only from the last digits to the first. */
function linked(groups: readonly Group[], i: number): boolean {
  const [a, b] = [groups[i] as Group, groups[i + 1]];
  if (!b) return false;
  if (a.message === b.message) return a.chain === b.chain;
  return b.message - a.message <= 3;
}

/** The shortest card number. */
const FEWEST_DIGITS = 13;

/** Somebody who says a number piece by piece writes little else; these many letters beside a piece are a sentence. */
const FEW_LETTERS = 16;

/** Figures of several messages are one number when they are grouped like one, or when the messages hold hardly anything else. */
function toldInPieces(groups: readonly Group[], sizes: readonly number[], messages: readonly string[]): boolean {
  if (isRegular(sizes)) return true;
  return groups.every((g) => (messages[g.message]?.match(/\p{L}/gu)?.length ?? 0) <= FEW_LETTERS);
}

interface Window {
  from: number;
  to: number;
  digits: string;
  regular: boolean;
}

function cardFrom(
  groups: readonly Group[],
  from: number,
  text: string,
  messages: readonly string[],
  named: (g: Group) => boolean,
): Window | undefined {
  let digits = "";
  let best: Window | undefined;
  const sizes: number[] = [];
  for (let to = from; to < groups.length; to++) {
    const group = groups[to] as Group;
    digits += group.digits;
    sizes.push(group.digits.length);
    if (digits.length > 19) break;
    const first = groups[from] as Group;
    if (
      digits.length >= FEWEST_DIGITS &&
      plausible(digits, sizes, first.message === group.message, named(first)) &&
      (first.message === group.message || toldInPieces(groups.slice(from, to + 1), sizes, messages)) &&
      standsFree(text, first.start, group.end)
    ) {
      const found = { from, to, digits, regular: isRegular(sizes) };
      // Sixteen in regular groups is the usual card; what follows is a date or a code.
      if (!best || (!best.regular && found.regular)) best = found;
      if (best.digits.length >= 15 && best.regular) break;
    }
    if (!linked(groups, to)) break;
  }
  return best;
}

/** One hit for each message a card number touches; the last four digits may stay, once. */
function hitsOf(window: Window, groups: readonly Group[], kept: Set<string>): Hit[] {
  const hits: Hit[] = [];
  let message = -1;
  for (const group of groups.slice(window.from, window.to + 1)) {
    const last = hits.at(-1);
    if (last && message === group.message) last.end = group.end;
    else hits.push({ kind: "card", start: group.start, end: group.end });
    message = group.message;
  }
  const lastFour = window.digits.slice(-4);
  const final = hits.at(-1) as Hit;
  if (!kept.has(lastFour)) final.keep = lastFour;
  kept.add(lastFour);
  return hits;
}

// "… 4444 12/26 123" or "… 4444, exp 12/26, 123": the code stands behind the number without being named.
const codeBehind =
  /^[\s,;:|/-]{0,4}(?:(?:exp\p{L}{0,8}\.?|valid\p{L}{0,4}(?: (?:thru|until|to))?|g[üu]ltig(?: bis)?|bis|до|val\p{L}{0,6}|cad\p{L}{0,6}|scad\p{L}{0,6})[\s:]{0,3})?(?:(?:0[1-9]|1[0-2])\s?[/.-]\s?(?:20)?[2-4]\d)[\s,;:|/-]{1,4}(\d{3,4})(?![\d/.:-]|\s?\p{L}{0,2}\d|\s?(?:€|\$|£|eur|usd|kr))/u;

function codesBehind(text: string, cards: readonly Hit[]): Hit[] {
  const hits: Hit[] = [];
  for (const card of cards) {
    const tail = text.slice(card.end, card.end + 60);
    const found = codeBehind.exec(tail);
    if (found?.[1])
      hits.push({ kind: "cvv", start: card.end + found[0].length - found[1].length, end: card.end + found[0].length });
  }
  return hits;
}

const codeAfter =
  /^[^\d\u2029[]{0,34}?(?:\u2029[^\d\u2029[]{0,16}?)?(?<![\d.,][.,]?)((?:\d[ -]?){2,3}\d)(?![\d]|[.,:/]\d)/u;
// The code was taken out before; what stands in front of the word is something else.
const codeGone = /^[^\d\u2029[]{0,34}(?:\u2029[^\d\u2029[]{0,16})?\[code\]/u;
const codeBefore = /(?<![\d.,:/])(\d{3,4})[^\d\u2029\]]{0,18}$/u;

/** Three or four digits beside a word that names the security code; the nearest behind it, else the nearest before. */
function namedCodes(text: string, taken: readonly Hit[]): Hit[] {
  const hits: Hit[] = [];
  const covered = new Uint8Array(text.length);
  for (const { start, end } of taken) covered.fill(1, start, end);
  const add = (start: number, end: number): boolean => {
    if (covered.subarray(start, end).includes(1)) return false;
    covered.fill(1, start, end);
    hits.push({ kind: "cvv", start, end });
    return true;
  };
  for (const word of text.matchAll(cvvWord)) {
    const wordEnd = word.index + word[0].length;
    const after = codeAfter.exec(text.slice(wordEnd, wordEnd + 60));
    if (after?.[1] && add(wordEnd + after[0].length - after[1].length, wordEnd + after[0].length)) continue;
    if (codeGone.test(text.slice(wordEnd, wordEnd + 60))) continue;
    const from = Math.max(0, word.index - 24);
    const before = codeBefore.exec(text.slice(from, word.index));
    if (before?.[1]) add(from + before.index, from + before.index + before[1].length);
  }
  return hits;
}

/** False where `findCards` finds nothing, told at a glance: too few digits for a number, and no word for a code. */
export function mayHoldCards({ text }: Folded): boolean {
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) digits++;
  }
  return digits >= FEWEST_DIGITS || (digits > 0 && text.search(cvvWord) >= 0);
}

/** Card numbers and security codes: what may never be stored. */
export function findCards(folded: Folded, skip: readonly { start: number; end: number }[]): Hit[] {
  const { text } = folded;
  if (!/\d/u.test(text)) return [];
  const groups = digitGroups(folded, skip);
  const messages = text.split(boundary);
  const namedMessages = messages.map((message) => cardWord.test(message));
  const named = (g: Group) => namedMessages[g.message] === true && !businessWordBefore(text, g.start);
  const hits: Hit[] = [];
  const kept = new Set<string>();
  for (let i = 0; i < groups.length; i++) {
    const window = cardFrom(groups, i, text, messages, named);
    if (!window) continue;
    hits.push(...hitsOf(window, groups, kept));
    i = window.to;
  }
  hits.push(...codesBehind(text, hits));
  hits.push(...namedCodes(text, hits));
  return hits;
}
