import { findLinks } from "../links.ts";
import type { Hit } from "./cards.ts";
import { type Folded, messageAt } from "./fold.ts";

export type RedactKind = Hit["kind"];

/** A piece taken out: `text` = which text, `start`/`end` in UTF-16 units of that input text, end exclusive. */
export interface Found {
  kind: RedactKind;
  text: number;
  start: number;
  end: number;
}

/** Offsets of the folded text, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

export interface Redacted {
  texts: string[];
  found: Found[];
}

/** No mark holds a word that a detector looks for: clean text stays as it is. */
const marks: Record<RedactKind, string> = {
  card: "[card]",
  cvv: "[code]",
  iban: "[IBAN]",
  phone: "[phone]",
  email: "[e-mail]",
  national_id: "[ID number]",
  password: "[secret]",
};
/** Where two kinds claim the same letters, the earlier one has them. */
const order: readonly RedactKind[] = ["card", "iban", "email", "national_id", "cvv", "password", "phone"];
const earlierMark = /\[card …\d{4}\]/gu;

const spans = (text: string, pattern: RegExp) =>
  Array.from(text.matchAll(pattern), (m) => ({ start: m.index, end: m.index + m[0].length }));

/** Offsets that detectors leave alone: links (their figures are ids) and marks of an earlier run. */
export function untouchable(folded: Folded): Span[] {
  return [
    ...findLinks(folded.text).filter((link) => link.scheme || /[/?]/u.test(folded.text.slice(link.start, link.end))),
    ...spans(folded.text, earlierMark),
  ].sort((a, b) => a.start - b.start);
}

function withoutOverlap(hits: readonly Hit[], blocked: readonly Span[]): Hit[] {
  const rank = (h: Hit) => order.indexOf(h.kind);
  const kept: Hit[] = [];
  const byRank = hits.toSorted((a, b) => rank(a) - rank(b) || a.start - b.start || b.end - a.end);
  const taken: Span[] = [...blocked];
  for (const kind of order) {
    const fresh: Hit[] = [];
    let next = 0;
    let last: Hit | undefined;
    for (const hit of byRank) {
      if (hit.kind !== kind) continue;
      while (next < taken.length && (taken[next] as Span).end <= hit.start) next++;
      if (next < taken.length && (taken[next] as Span).start < hit.end) continue;
      if (last && hit.start < last.end) continue;
      fresh.push(hit);
      last = hit;
    }
    kept.push(...fresh);
    taken.push(...fresh);
    taken.sort((a, b) => a.start - b.start);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** A digit of two units (𝟒) is taken out whole. */
const pairEnd = (text: string, end: number) =>
  /[\ud800-\udbff]/.test(text[end - 1] ?? "") && /[\udc00-\udfff]/.test(text[end] ?? "") ? end + 1 : end;

/** The texts without the hits; nothing of `blocked` is touched. */
export function apply(
  texts: readonly string[],
  folded: Folded,
  hits: readonly Hit[],
  blocked: readonly Span[],
): Redacted {
  const out = texts.map(() => "");
  const at = texts.map(() => 0);
  const found: Found[] = [];
  const put = (hit: Hit, from: number, to: number) => {
    const text = messageAt(folded, from);
    const base = folded.starts[text] as number;
    const start = from - base;
    const end = pairEnd(texts[text] as string, to - base);
    const mark = hit.kind === "card" && hit.keep && to === hit.end ? `[card …${hit.keep}]` : marks[hit.kind];
    out[text] += (texts[text] as string).slice(at[text], start) + mark;
    at[text] = end;
    found.push({ kind: hit.kind, text, start, end });
  };
  for (const hit of withoutOverlap(hits, blocked)) {
    // A hit over several messages is taken out of each; a text's own U+2029 is no border.
    let from = hit.start;
    for (let next = messageAt(folded, from) + 1; (folded.starts[next] ?? Infinity) <= hit.end; next++) {
      const start = folded.starts[next] as number;
      if (start - 1 > from) put(hit, from, start - 1);
      from = start;
    }
    if (hit.end > from) put(hit, from, hit.end);
  }
  return { texts: out.map((done, i) => done + (texts[i] as string).slice(at[i])), found };
}
