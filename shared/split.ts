import type { LengthRule } from "./capabilities.ts";
import { fits, graphemeEnds } from "./count.ts";
import { findEntities } from "./entities.ts";

export type Split =
  | { ok: true; parts: string[] }
  /** Something that may not be cut (a link, a mention, a tag, one character, the closing line) is longer than a part. */
  | { ok: false; why: "piece-too-long"; piece: string }
  | { ok: false; why: "too-many-parts"; atMost: number };

export interface SplitOptions {
  /** The last words of the text (a disclosure), kept whole and last. Must be the end of `text`. */
  closing?: string;
  atMost?: number;
}

/** Offsets where a part may end: first choice between words, else between characters, never inside an entity. */
function cutsOf(text: string): { words: number[]; all: number[] } {
  const entities = findEntities(text);
  const all: number[] = [];
  const words: number[] = [];
  let next = 0;
  for (const end of graphemeEnds(text)) {
    while (next < entities.length && (entities[next] as { end: number }).end < end) next++;
    const entity = entities[next];
    if (entity && entity.start < end && end < entity.end) continue;
    all.push(end);
    if (end === text.length || /\s/u.test(text[end] as string)) words.push(end);
  }
  return { words, all };
}

/** The last of `cuts` beyond `from` whose part is short enough; looks at few of them (galloping, then halving). */
function furthest(cuts: readonly number[], from: number, short: (cut: number) => boolean): number | undefined {
  let low = lowerBound(cuts, from + 1);
  if (low >= cuts.length || !short(cuts[low] as number)) return undefined;
  let step = 64;
  let high = low;
  for (; high + step < cuts.length && short(cuts[high + step] as number); step *= 2) high += step;
  low = high;
  let above = Math.min(cuts.length, high + step + 1);
  while (above - low > 1) {
    const middle = (low + above) >> 1;
    if (short(cuts[middle] as number)) low = middle;
    else above = middle;
  }
  return cuts[low];
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const skipSpace = (text: string, at: number): number => {
  while (at < text.length && /\s/u.test(text[at] as string)) at++;
  return at;
};

interface Plan {
  atMost: number;
  body: string;
  /** White space and closing line, as written. */
  tail: string;
  rule: LengthRule;
  marker: string;
  cuts: ReturnType<typeof cutsOf>;
}

/** The stretches of the body that become parts; the tail always goes with the last. */
function stretches({ body, tail, rule, marker, cuts, atMost }: Plan): { from: number; to: number }[] | string {
  const found: { from: number; to: number }[] = [];
  let from = skipSpace(body, 0);
  while (from < body.length && found.length <= atMost) {
    const short = (cut: number) => fits(body.slice(from, cut) + marker, rule);
    const word = furthest(cuts.words, from, short);
    const to = word ?? furthest(cuts.all, from, short);
    // Only near the end is the rest counted whole: for each part of a long text that would be the text again.
    if (body.length - from <= 2 * ((to ?? from) - from) && fits(body.slice(from) + marker + tail, rule)) {
      found.push({ from, to: body.length });
      return found;
    }
    if (to === undefined) return body.slice(from, cuts.all[lowerBound(cuts.all, from + 1)] ?? body.length);
    found.push({ from, to });
    from = skipSpace(body, to);
  }
  if (tail) {
    if (!fits(marker + tail, rule)) return tail.trim();
    found.push({ from: body.length, to: body.length });
  }
  return found;
}

/**
 * A text as the parts a network takes, each with "(2/3)" behind its words; one part stays as it is written. Cuts fall
 * between words, in writing without spaces between characters, never inside a link, a mention, a tag or the closing line.
 * Put together without the marks, the parts give the text again but for white space where it was cut.
 */
export function splitText(text: string, rule: LengthRule, { closing = "", atMost = 25 }: SplitOptions = {}): Split {
  if (fits(text, rule)) return { ok: true, parts: [text] };
  const bodyEnd = closing && text.endsWith(closing) ? text.length - closing.length : text.length;
  const body = text.slice(0, bodyEnd).trimEnd();
  const tail = closing ? text.slice(body.length) : "";
  const cuts = cutsOf(body);
  for (let digits = 1; digits <= 4; digits++) {
    const nines = "9".repeat(digits);
    const found = stretches({ body, tail, rule, marker: ` (${nines}/${nines})`, cuts, atMost });
    if (typeof found === "string") return { ok: false, why: "piece-too-long", piece: found };
    if (found.length > atMost) return { ok: false, why: "too-many-parts", atMost };
    if (found.length > Number(nines)) continue;
    const parts = found.map(({ from, to }, i) => {
      // Too long only by the white space before it: one part needs no number.
      if (found.length === 1) return body.slice(from, to).trimEnd() + tail;
      const mark = `(${i + 1}/${found.length})`;
      const words = body.slice(from, to).trimEnd();
      return (words ? `${words} ${mark}` : mark) + (i === found.length - 1 ? tail : "");
    });
    return { ok: true, parts };
  }
  return { ok: false, why: "too-many-parts", atMost };
}
