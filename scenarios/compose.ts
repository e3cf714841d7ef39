import type { Random } from "./random.ts";

const SLOT = /\{(\w+)\}/g;
const CHOICE = /\[([^[\]]*)\]/;

const GUARD = /^\(\?([^)]*)\) /;

/** A template may begin with a guard, `(?hot|smoke) …`: it is only for somebody who used such a word. */
export function guardOf(template: string): RegExp | null {
  const guard = GUARD.exec(template)?.[1];
  return guard === undefined ? null : new RegExp(`(?<!\\p{L})(?:${guard})`, "iu");
}

/** The slots a template asks for, choices included. */
export function slotsOf(template: string): string[] {
  return [...template.matchAll(SLOT)].map((m) => m[1]!);
}

/**
 * A sentence from a template: `[this|that|]` is one of its parts, `{slot}` is asked of `fill`. Choices may stand in one another.
 * Blanks are tidied and sentences begin with a capital letter.
 */
export function compose(template: string, random: Random, fill: (slot: string) => string): string {
  let text = template.replace(GUARD, "");
  for (let choice = CHOICE.exec(text); choice; choice = CHOICE.exec(text))
    text =
      text.slice(0, choice.index) + random.pick(choice[1]!.split("|")) + text.slice(choice.index + choice[0].length);
  return tidy(text.replace(SLOT, (_all, slot: string) => fill(slot)));
}

function tidy(text: string): string {
  const even = text
    .replace(/[^\S\n]+/g, " ")
    .replace(/\b([Aa]) (?=[AEIOaeio])/g, "$1n ")
    .replace(/ ([,.])/g, "$1")
    .replace(/,([.?!])/g, "$1")
    .replace(/([.?!])\s*\.(?!\.)/g, "$1")
    .trim();
  return even.replace(
    /(^|[.!?]\s+|\n)(\p{Ll})/gu,
    (_all, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
