/** One word of a text, as it is searched. */
export interface Token {
  /** Folded: NFKC, small letters, without accents; at most 64 letters. */
  word: string;
  /** Its place among the words, from 1. Of writing without spaces each letter is a place. */
  at: number;
  /** Where it stands in the text, UTF-16. */
  start: number;
  end: number;
  /** Of writing without spaces: a letter with the next one, or the last letter of a run by itself. */
  run?: "pair" | "last";
}

const MOST_LETTERS = 64;
/** Of a very long text the beginning is found. PostgreSQL knows places up to 16,383. */
const MOST_TOKENS = 8_000;

/** Scripts that write no spaces between words. */
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LETTER = /^[\p{L}\p{N}\p{M}]/u;
/** A letter with all that is put on it; Korean letters in parts belong together. */
const CLUSTER = /[\u1100-\u115f][\u1160-\u11ff]*|[^\p{M}\uff9e\uff9f][\p{M}\uff9e\uff9f]*|[\p{M}\uff9e\uff9f]+/gu;
/** Accents of Latin, Greek and Cyrillic, vowel points of Hebrew and Arabic, which people leave out; and the Arabic stroke. */
const LEFT_OUT = /[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0640]/gu;

/** Letters that no form takes apart, as people write them on other keyboards. */
const SPELT: Readonly<Record<string, string>> = {
  ...{ ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i" },
};

export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(LEFT_OUT, "")
    .normalize("NFC")
    .replace(/[ßøłđðþæœı]/gu, (letter) => SPELT[letter] ?? letter);
}

interface Folded {
  letter: string;
  kind: "unspaced" | "mark" | "letter" | "none";
}
/** Writing uses few letters over and over; folding one takes longer than all the rest. */
const known = new Map<string, readonly Folded[]>();
const MOST_KNOWN = 4_000;

/** What becomes of a letter with all that is put on it. */
function lettersOf(cluster: string): readonly Folded[] {
  const before = known.get(cluster);
  if (before) return before;
  // A run of thousands of marks on one letter is no writing.
  const folded = [...fold(cluster.slice(0, 16))].map((letter) => ({ letter, kind: kindOf(letter) }));
  if (cluster.length > 16) return folded;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(cluster, folded);
  return folded;
}

function kindOf(letter: string): Folded["kind"] {
  if (!LETTER.test(letter)) return "none";
  if (/^\p{M}/u.test(letter)) return "mark";
  return UNSPACED.test(letter) ? "unspaced" : "letter";
}

interface Letter {
  text: string;
  start: number;
  end: number;
}

/** The words of a text, in order. */
export function tokensOf(text: string): Token[] {
  return isAscii(text) ? plainTokens(text) : foldedTokens(text);
}

function isAscii(text: string): boolean {
  for (let n = 0; n < text.length; n++) if (text.charCodeAt(n) > 127) return false;
  return true;
}

function plainTokens(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(/[A-Za-z0-9]+/g)) {
    if (tokens.length === MOST_TOKENS) break;
    const start = match.index;
    const word = match[0].slice(0, MOST_LETTERS).toLowerCase();
    tokens.push({ word, at: tokens.length + 1, start, end: start + match[0].length });
  }
  return tokens;
}

function foldedTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let place = 0;
  let word: Letter[] = [];
  let run: Letter[] = [];
  const endWord = () => {
    if (word.length > 0) {
      const letters = word.map((one) => one.text).join("");
      const kept = [...letters].slice(0, MOST_LETTERS).join("");
      tokens.push({ word: kept, at: ++place, start: word[0]!.start, end: word.at(-1)!.end });
      word = [];
    }
  };
  const endRun = () => {
    run.forEach((one, n) => {
      const next = run[n + 1];
      tokens.push(
        next
          ? { word: one.text + next.text, at: ++place, start: one.start, end: next.end, run: "pair" }
          : { word: one.text, at: ++place, start: one.start, end: one.end, run: "last" },
      );
    });
    run = [];
  };
  for (const match of text.matchAll(CLUSTER)) {
    if (tokens.length >= MOST_TOKENS) break;
    const [start, end] = [match.index, match.index + match[0].length];
    for (const { letter, kind } of lettersOf(match[0])) {
      if (kind === "unspaced") {
        endWord();
        run.push({ text: letter, start, end });
        if (run.length + tokens.length >= MOST_TOKENS) endRun();
      } else if (kind !== "none") {
        // A vowel sign of writing without spaces belongs to the letter before it.
        const last = run.at(-1);
        if (last && kind === "mark") {
          last.text += letter;
          last.end = end;
          continue;
        }
        endRun();
        word.push({ text: letter, start, end });
      } else {
        endWord();
        endRun();
      }
    }
  }
  endWord();
  endRun();
  return tokens.slice(0, MOST_TOKENS);
}

/** Words that are looked for by a part of them: those that have more letters than the shortest part. */
export function gramsOf(word: string): string[] {
  const letters = [...word];
  const grams = new Set<string>();
  for (let n = 0; n + 3 <= letters.length; n++) grams.add(letters.slice(n, n + 3).join(""));
  return [...grams];
}
