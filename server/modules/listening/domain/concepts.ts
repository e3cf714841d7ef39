import { CONCEPT_WORDS } from "./concept-words.ts";

/** Names of all concepts; a concept is spoken of by its place in this list. */
export const CONCEPTS: readonly string[] = Object.keys(CONCEPT_WORDS);

const whole = new Map<string, number[]>();
const stems = new Map<string, number[]>();
let shortest = 99;
let longest = 0;

for (const [at, name] of CONCEPTS.entries()) {
  for (const word of CONCEPT_WORDS[name]!.split(" ")) {
    const stem = word.endsWith("*") ? word.slice(0, -1) : "";
    const into = stem ? stems : whole;
    const key = stem || word;
    const list = into.get(key) ?? [];
    if (!list.includes(at)) list.push(at);
    into.set(key, list);
    if (stem) {
      shortest = Math.min(shortest, stem.length);
      longest = Math.max(longest, stem.length);
    }
  }
}

const remembered = new Map<string, readonly number[]>();
const REMEMBER = 20_000;
const NONE: readonly number[] = [];

/** The concepts of one normalised word; mostly none. */
export function conceptsOf(norm: string): readonly number[] {
  const known = remembered.get(norm);
  if (known) return known;
  const found = lookUp(norm);
  if (remembered.size >= REMEMBER) remembered.clear();
  remembered.set(norm, found);
  return found;
}

function lookUp(norm: string): readonly number[] {
  const plain = /^[\x20-\x7e]*$/.test(norm) ? norm : norm.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
  const found = new Set(whole.get(plain) ?? NONE);
  for (let n = shortest; n <= Math.min(longest, plain.length); n++) {
    for (const concept of stems.get(plain.slice(0, n)) ?? NONE) found.add(concept);
  }
  return found.size ? [...found] : NONE;
}
