import type { Spot, WordPart } from "./ast.ts";
import { type Accents, bareEmoji, fold, keepCase } from "./fold.ts";
import { refuse } from "./query-error.ts";
import { classOf, EMOJI, IN_WORD, IS_SIGN } from "./word-cuts.ts";

/** A star takes the place of letters after at least so many. */
const LETTERS_BEFORE_STAR = 2;

/** Words and emoji of one term. `wild`: `*` and `?` stand for letters. */
export function cutTerm(
  raw: string,
  spot: Spot,
  how: { accents: Accents; exact: boolean; wild: boolean },
): { words: WordPart[]; emoji: string[] } {
  const emoji: string[] = [];
  const bare = raw.replace(EMOJI, (sign) => {
    emoji.push(bareEmoji(sign.normalize("NFKC")));
    return " ";
  });
  const text = how.exact ? keepCase(bare) : fold(bare, how.accents);
  const words: WordPart[] = [];
  let run = "";
  let lastEnd = -1;
  const flush = () => {
    if (run !== "") words.push(wordOf(run, spot, how.wild));
    run = "";
  };
  for (let i = 0; i < text.length; ) {
    const code = text.codePointAt(i) as number;
    const char = String.fromCodePoint(code);
    const next = i + char.length;
    const kind = classOf(code);
    if (kind === IN_WORD) run += char;
    else if (how.wild && char === "*") {
      // After a sign of Chinese or Japanese a star asks for nothing: such terms match inside of runs.
      if (words.at(-1)?.kind !== "sign" || run !== "" || lastEnd !== i) run += "*";
    } else if (
      how.wild &&
      char === "?" &&
      run !== "" &&
      next < text.length &&
      classOf(text.codePointAt(next) as number) === IN_WORD
    )
      run += "?";
    else {
      flush();
      if (kind === IS_SIGN) {
        words.push({ text: char, kind: "sign", glued: lastEnd === i });
        lastEnd = next;
      }
    }
    i = next;
  }
  flush();
  return { words, emoji };
}

function wordOf(run: string, spot: Spot, wild: boolean): WordPart {
  const first = wild ? run.search(/[*?]/) : -1;
  if (first < 0) return { text: run, kind: "word", glued: false };
  if (/^[*?]+$/.test(run))
    refuse(
      "star-alone",
      spot,
      "A * alone stands for every word.",
      "a beginning of at least two letters, such as lift*",
    );
  const before = [...run.slice(0, first)].length;
  if (before < LETTERS_BEFORE_STAR)
    refuse(
      "star-in-front",
      spot,
      "Before a * at least two letters are needed: a word is found by how it begins.",
      "the words you expect, with OR between them",
    );
  if (/^[^*?]+\*+$/.test(run)) return { text: run.replace(/\*+$/, ""), kind: "prefix", glued: false };
  return { text: run.replace(/\*{2,}/g, "*"), kind: "pattern", glued: false };
}
