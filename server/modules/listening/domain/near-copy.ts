import { mix } from "./mix.ts";
import type { Tokens } from "./tokens.ts";

/** So many words a text needs before saying it twice means anything. */
const FEWEST_WORDS = 8;
/** Of the pairs of words so many are kept, those with the least hashes. */
const SKETCH = 4;
const WORDS_READ = 400;

/**
 * A key that nearly the same texts share: what stands apart in links, handles, figures, signs, case or, mostly, a word or two has the same key; texts that
 * share less than most of their words have not. 64 bits as a decimal number that fits `bigint`; null: too short to tell.
 * A sketch of the least hashes of its pairs of words (Broder, "On the resemblance and containment of documents", 1997).
 */
export function copyKey(post: Tokens): string | null {
  const words: number[] = [];
  for (const { kind, norm } of post.tokens) {
    if (kind === "word" || kind === "hashtag") words.push(hash(norm));
    if (words.length === WORDS_READ) break;
  }
  if (words.length < FEWEST_WORDS) return null;
  const pairs = new Set<number>();
  for (let i = 1; i < words.length; i++) pairs.add(mix(Math.imul(words[i - 1]!, 0x85ebca6b) ^ words[i]!));
  const least = [...pairs].sort((a, b) => a - b).slice(0, SKETCH);
  let [high, low] = [0x811c9dc5, 0x2545f491];
  for (const one of least) {
    high = mix(Math.imul(high ^ one, 0x01000193));
    low = mix(Math.imul(low ^ one, 0x85ebca6b));
  }
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)).toString();
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}
