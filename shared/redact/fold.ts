/**
 * Several messages as one string that is easy to search and whose offsets still fit the originals: digits of every
 * script become 0–9, compatibility forms of ASCII their plain form, letters small. One UTF-16 unit stays one unit.
 */
export interface Folded {
  text: string;
  /** Offset of each message in `text`; between two messages stands one `boundary`. */
  starts: number[];
}

export const boundary = "\u2029";
const filler = "\u2060";
const cache = new Map<string, string>();

function digitOf(codePoint: number): string {
  // Digits of one script follow each other from zero on; the mathematical ones are five such runs without a gap.
  if (codePoint >= 0x1d7ce && codePoint <= 0x1d7ff) return String((codePoint - 0x1d7ce) % 10);
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(codePoint - value - 1))) value++;
  return String(value);
}

function foldCharacter(c: string): string {
  let plain = c;
  if (/\p{Nd}/u.test(c)) plain = digitOf(c.codePointAt(0) as number);
  else {
    const compatible = c.normalize("NFKC");
    if (compatible.length === 1) plain = compatible;
  }
  const small = plain.toLowerCase();
  if (small.length === 1) plain = small;
  // A character of two units must stay two units wide.
  return plain.length === c.length ? plain : plain.padEnd(c.length, filler).slice(0, c.length);
}

function foldText(text: string): string {
  if (/^[\0-\x7f]*$/u.test(text)) return text.toLowerCase();
  let out = "";
  for (const c of text) {
    if (c < "\x80") {
      out += c.toLowerCase();
      continue;
    }
    let folded = cache.get(c);
    if (folded === undefined) {
      folded = foldCharacter(c);
      if (cache.size < 5000) cache.set(c, folded);
    }
    out += folded;
  }
  return out;
}

export function fold(texts: readonly string[]): Folded {
  const starts: number[] = [];
  let text = "";
  for (const [i, one] of texts.entries()) {
    if (i > 0) text += boundary;
    starts.push(text.length);
    text += foldText(one);
  }
  return { text, starts };
}

/** Which message an offset of the folded text lies in. */
export function messageAt({ starts }: Folded, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
