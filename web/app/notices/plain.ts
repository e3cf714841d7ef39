/** Longest quotation in a notice, in code points: what stands after it is still seen. */
const QUOTED = 160;

/** Others' words on one line: no control characters, and no marks that turn the order of the line. */
const oneLine = (words: string): string =>
  words
    .replace(/[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, " ")
    .trim()
    .toWellFormed();

/** A name that is written from the other side stands by itself and moves nothing around it. */
export function isolated(name: string): string {
  const plain = oneLine(name);
  return plain && `\u2068${plain}\u2069`;
}

/** What somebody said, on one line, short. */
export function quoted(words: string): string {
  const plain = [...oneLine(words)];
  return plain.length <= QUOTED ? plain.join("") : `${plain.slice(0, QUOTED - 1).join("")}…`;
}
