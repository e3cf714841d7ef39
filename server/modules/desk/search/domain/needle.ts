import type { SearchTerm } from "#shared/search-query";
import { type Token, tokensOf } from "./words.ts";

/** What is looked for in a text: words one after the other, the last of them maybe only a beginning; or a part of a word. */
export type Needle =
  | { how: "words"; words: readonly { word: string; after: number }[]; begins: boolean }
  | { how: "part"; part: string };

/** Null where a term holds no letter at all. */
export function needleOf({ value, how }: Pick<SearchTerm, "value" | "how">): Needle | null {
  const tokens = tokensOf(value);
  const first = tokens[0];
  if (!first) return null;
  // Writing without spaces is found inside of other writing by its pairs; a part that is several words is a phrase.
  if (how === "part" && tokens.length === 1 && !first.run) return { how: "part", part: first.word };
  const kept = tokens.filter((one, n) => one.run !== "last" || n === 0 || tokens[n - 1]?.run !== "pair");
  const words = kept.map(({ word, at }, n) => ({ word, after: n === 0 ? 0 : at - kept[n - 1]!.at }));
  const last = kept.at(-1)!;
  // One letter alone may be the first of a pair.
  return { how: "words", words, begins: how === "begins" || last.run === "last" };
}

export interface Span {
  at: number;
  length: number;
}

/** Where needles stand in a text, in order, without overlap. A hit of a beginning or a part is the whole word. */
export function spansOf(tokens: readonly Token[], needles: readonly Needle[]): Span[] {
  const found: [start: number, end: number][] = [];
  const byPlace = new Map(tokens.map((token) => [token.at, token]));
  for (const needle of needles)
    for (const token of tokens) {
      if (needle.how === "part") {
        if (token.word.includes(needle.part)) found.push([token.start, token.end]);
        continue;
      }
      const end = endOf(needle, token, byPlace);
      if (end !== null) found.push([token.start, end]);
    }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const spans: Span[] = [];
  let upTo = 0;
  for (const [start, end] of found) {
    const last = spans.at(-1);
    if (last && start < upTo) {
      upTo = Math.max(upTo, end);
      last.length = upTo - last.at;
    } else {
      spans.push({ at: start, length: end - start });
      upTo = end;
    }
  }
  return spans;
}

function endOf(needle: Needle & { how: "words" }, first: Token, byPlace: ReadonlyMap<number, Token>): number | null {
  let at = first.at;
  let end = first.end;
  for (const [n, { word, after }] of needle.words.entries()) {
    at += after;
    const token = byPlace.get(at);
    const last = n === needle.words.length - 1;
    const same = last && needle.begins ? token?.word.startsWith(word) : token?.word === word;
    if (!token || !same) return null;
    end = token.end;
  }
  return end;
}

const SHOWN = 220;
const BEFORE = 60;

/** The part of a text with the first hit in it, short enough to read at a glance; `spans` count in it. */
export function excerpt(text: string, needles: readonly Needle[]): { text: string; spans: Span[] } {
  const spans = spansOf(tokensOf(text), needles);
  const first = spans[0]?.at ?? 0;
  if (text.length <= SHOWN) return { text, spans };
  const from = first <= BEFORE + 20 ? 0 : wordStart(text, first - BEFORE, first);
  const to = Math.min(text.length, from + SHOWN);
  const end = to === text.length ? to : wordEnd(text, to, from);
  const [head, tail] = [from > 0 ? "… " : "", end < text.length ? " …" : ""];
  const shown = spans
    .filter((span) => span.at >= from && span.at + span.length <= end)
    .map((span) => ({ at: span.at - from + head.length, length: span.length }));
  return { text: `${head}${text.slice(from, end)}${tail}`, spans: shown };
}

/** A cut never parts a letter of two halves. */
const whole = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at);
function wordStart(text: string, at: number, most: number): number {
  const space = text.slice(at, most).search(/\s\S/u);
  return space < 0 ? whole(text, at) : at + space + 1;
}
function wordEnd(text: string, at: number, least: number): number {
  const space = text.slice(Math.max(least, at - 40), at).search(/\s\S*$/u);
  return space < 0 ? whole(text, at) : Math.max(least, at - 40) + space;
}
