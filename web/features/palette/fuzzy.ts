/** How well a text answers what was typed, and the places of the letters that were. */
export type Match = { score: number; at: readonly number[] };

const fold = (letter: string): string => letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** One folded letter for each place of the text, so that places stay true whatever folding does to its length. */
function folded(text: string): string[] {
  return [...text].map((letter) => fold(letter)[0] ?? letter);
}

const isWordStart = (letters: readonly string[], at: number): boolean =>
  at === 0 || /[\s\-_/.,:;()"“”’'#+]/u.test(letters[at - 1] ?? "");

/** The best run of the word in the text: at its beginning, at a word's, anywhere; else its letters one after the other. */
function matchWord(word: readonly string[], letters: readonly string[]): Match | null {
  let best: Match | null = null;
  for (let from = 0; from + word.length <= letters.length; from++) {
    if (!word.every((letter, n) => letters[from + n] === letter)) continue;
    const score = from === 0 ? 100 : isWordStart(letters, from) ? 80 : 50;
    if (best === null || score > best.score) best = { score, at: word.map((_, n) => from + n) };
  }
  return best ?? inTurn(word, letters);
}

/** Each letter begins a word or follows the one before it: "pr" finds "Public reply"; "plbc" does not hit by chance. */
function inTurn(word: readonly string[], letters: readonly string[]): Match | null {
  // What led nowhere once is not tried again: a hostile text of one letter would take for ever.
  const dead = new Set<number>();
  function from(start: number, at: readonly number[]): readonly number[] | null {
    if (at.length === word.length) return at;
    const state = at.length * (letters.length + 1) + start;
    if (dead.has(state)) return null;
    for (let place = start; place < letters.length; place++) {
      if (letters[place] !== word[at.length]) continue;
      if (!isWordStart(letters, place) && place !== (at.at(-1) ?? -2) + 1) continue;
      const found = from(place + 1, [...at, place]);
      if (found) return found;
    }
    dead.add(state);
    return null;
  }
  const at = from(0, []);
  return at && { score: 30 - Math.min(20, (at.at(-1) ?? 0) / 4), at };
}

/** Longer is nothing anybody types to find an act. */
const MOST = 60;

/** Every word typed has to be found; null when one is not. Nothing typed finds everything. */
export function fuzzy(typed: string, text: string): Match | null {
  const words = typed.slice(0, MOST).trim().split(/\s+/u).filter(Boolean);
  const letters = folded(text);
  let score = 0;
  const at = new Set<number>();
  for (const word of words) {
    const match = matchWord(folded(word), letters);
    if (match === null) return null;
    score += match.score;
    for (const place of match.at) at.add(place);
  }
  // Of two that answer alike the shorter says less that was not asked for.
  return {
    score: words.length === 0 ? 0 : score / words.length - letters.length / 200,
    at: [...at].sort((a, b) => a - b),
  };
}

export type Piece = { text: string; hit: boolean };

/** The text in pieces, those that were typed marked. */
export function pieces(text: string, at: readonly number[]): Piece[] {
  const hits = new Set(at);
  const parts: Piece[] = [];
  [...text].forEach((letter, n) => {
    const last = parts.at(-1);
    const hit = hits.has(n);
    if (last && last.hit === hit) last.text += letter;
    else parts.push({ text: letter, hit });
  });
  return parts;
}
