/** What belongs to a word, and what stands for one by itself. One set of rules for queries and for posts. */

/** Writing without spaces: each sign counts as one word, and a term of such signs matches anywhere in a run of them. */
const SIGN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u30fc\u3005\u3007]/u;
const WORD = /[\p{L}\p{N}\p{M}_]/u;

export const SEPARATES = 0;
export const IN_WORD = 1;
export const IS_SIGN = 2;
export type CharClass = typeof SEPARATES | typeof IN_WORD | typeof IS_SIGN;

/** Classes of the basic plane, filled as they are met; 255: not met yet. */
const known = new Uint8Array(0x10000).fill(255);

/** The class of a code point, of text that was folded. */
export function classOf(codePoint: number): CharClass {
  const kept = codePoint < 0x10000 ? (known[codePoint] as number) : 255;
  if (kept !== 255) return kept as CharClass;
  const char = String.fromCodePoint(codePoint);
  const found = SIGN.test(char) ? IS_SIGN : WORD.test(char) ? IN_WORD : SEPARATES;
  if (codePoint < 0x10000) known[codePoint] = found;
  return found;
}

const EMOJI_BASE = String.raw`(?:\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})*(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})*)*)`;
/** Pictures, flags and key caps. © and the like are signs of text and do not count. */
export const EMOJI = new RegExp(`${EMOJI_BASE}|\\p{Regional_Indicator}{2}|[0-9#*]\\ufe0f?\\u20e3`, "gu");
