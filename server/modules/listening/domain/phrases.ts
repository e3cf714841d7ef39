import type { Word } from "./label.ts";

/** Alternatives as whole words in any writing, case aside. Inside, a blank matches any run of blanks and `*` the rest of a word. */
export function phrases(...alternatives: string[]): RegExp {
  const body = alternatives.map((a) =>
    a.replace(/ /g, "\\s+").replace(/'/g, "['’]?").replaceAll("*", "[\\p{L}\\p{M}]{0,24}"),
  );
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${body.join("|")})(?![\\p{L}\\p{N}_])`, "giu");
}

/** Where a pattern stands in the text, as reasons of one weight; at most `limit`. */
export function found(text: string, pattern: RegExp, weight = 1, limit = 3): Word[] {
  const words: Word[] = [];
  pattern.lastIndex = 0;
  for (let m = pattern.exec(text); m && words.length < limit; m = pattern.exec(text)) {
    if (!m[0]) pattern.lastIndex++;
    else words.push({ text: m[0], start: m.index, end: m.index + m[0].length, weight });
  }
  pattern.lastIndex = 0;
  return words;
}
