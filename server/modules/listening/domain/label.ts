/** A piece of the post that pushed a label. `start` and `end` are UTF-16 offsets into the text that was handed in. */
export type Word = { text: string; start: number; end: number; weight: number };

/** What was decided, how sure (0..1), and the words of the post that made it, strongest first. */
export type Label<T> = { value: T; score: number; words: Word[] };

/** The strongest `limit` words; ties stand in the order of the text. Words against the label (negative weight) are left out. */
export function strongest(words: readonly Word[], limit = 5): Word[] {
  return words
    .filter((w) => w.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.start - b.start)
    .slice(0, limit);
}

/** The piece of `text` between two offsets as a reason of the given weight. */
export function wordAt(text: string, start: number, end: number, weight = 1): Word {
  return { text: text.slice(start, end), start, end, weight };
}
