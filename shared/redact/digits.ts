import { boundary, type Folded } from "./fold.ts";

/** A run of digits without anything between. Offsets of the folded text. */
export interface Group {
  start: number;
  end: number;
  digits: string;
  /** Which message, and which chain: groups of one chain are parted by spaces, dashes, dots and the like only. */
  message: number;
  chain: number;
}

const between = /^[\s\p{Zs}\p{Pd}\p{Cf}.·•∙‧_/|\\~'’`,−]{1,6}$/u;

/** All digit groups of the messages. Digits inside one of `skip` (links, earlier marks) are left out. */
export function digitGroups({ text }: Folded, skip: readonly { start: number; end: number }[]): Group[] {
  const groups: Group[] = [];
  let message = 0;
  let chain = 0;
  let next = 0;
  let passed = 0;
  for (const hit of text.matchAll(/[0-9](?:\u2060?[0-9])*/gu)) {
    const start = hit.index;
    const end = start + hit[0].length;
    while (next < skip.length && (skip[next] as { end: number }).end <= start) next++;
    const previous = groups.at(-1);
    for (; passed < start; passed++) if (text[passed] === boundary) message++;
    const hidden = next < skip.length && (skip[next] as { start: number }).start < end;
    if (!previous || previous.message !== message || start - previous.end > 6) chain++;
    else {
      const gap = text.slice(previous.end, start);
      if (!between.test(gap)) chain++;
    }
    if (hidden) {
      chain++;
      continue;
    }
    groups.push({ start, end, digits: hit[0].replace(/\u2060/gu, ""), message, chain });
  }
  return groups;
}

/** ISO/IEC 7812-1: every second digit from the right doubled, digit sums added, the whole divisible by ten. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let d = digits.charCodeAt(digits.length - 1 - i) - 48;
    if (i % 2 === 1) d = d > 4 ? d * 2 - 9 : d * 2;
    sum += d;
  }
  return sum % 10 === 0;
}

/** Weighted sum of digits from the left; missing weights count nothing. */
export function weigh(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, w, i) => sum + w * (digits.charCodeAt(i) - 48), 0);
}

/** Remainder of a long decimal number, for IBAN and its kin. */
export function mod(digits: string, divisor: number): number {
  let rest = 0;
  for (const d of digits) rest = (rest * 10 + (d.charCodeAt(0) - 48)) % divisor;
  return rest;
}
