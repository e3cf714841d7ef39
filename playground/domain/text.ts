import { type Refusal, refuse } from "./refusal.ts";

/** Longest texts, in graphemes. */
export const POST_LIMIT = 500;
export const DM_LIMIT = 2000;
export const NAME_LIMIT = 50;
export const BIO_LIMIT = 300;

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/** User-perceived characters. */
export function countGraphemes(text: string): number {
  let n = 0;
  for (const _ of segmenter.segment(text)) n++;
  return n;
}

/** Text ready to store, or why not. `noun` is what the sentence calls it ("post"). `allowEmpty` is for biographies. */
export function checkText(
  input: string,
  limit: number,
  noun: string,
  allowEmpty = false,
): { ok: true; text: string } | Refusal {
  const text = input.replace(/\r\n?/g, "\n").trim();
  if (!text && !allowEmpty) return refuse("text-empty", `The ${noun} is empty: write at least one character.`);
  if (!text.isWellFormed()) {
    return refuse("text-invalid", `The ${noun} holds half of a surrogate pair: send well-formed Unicode.`);
  }
  if (CONTROL.test(text)) {
    return refuse("text-invalid", `The ${noun} holds a control character: only line feed and tab are allowed.`);
  }
  if (text.length > limit) {
    const length = countGraphemes(text);
    if (length > limit) {
      return refuse("text-too-long", `The ${noun} has ${length} characters; it may have ${limit}.`, { limit, length });
    }
  }
  return { ok: true, text };
}

const MENTION = /(?<![\p{L}\p{N}_@./])@([a-z0-9_]{2,20})(?![\p{L}\p{N}_])/giu;
const HASHTAG = /(?<![\p{L}\p{N}_&/#])#([\p{L}\p{M}\p{N}_]{1,50})/gu;
const LINK = /https?:\/\/[^\s<>"]{1,400}[^\s<>".,;:!?)\]}']/gu;

export type Piece =
  | { kind: "text"; text: string }
  | { kind: "mention"; text: string; handle: string }
  | { kind: "hashtag"; text: string; tag: string }
  | { kind: "link"; text: string };

/** The text cut into plain runs, mentions, hashtags and links, in order; joined again the pieces are the text. */
export function pieces(text: string): Piece[] {
  const found: { at: number; piece: Piece }[] = [];
  for (const m of text.matchAll(LINK)) found.push({ at: m.index, piece: { kind: "link", text: m[0] } });
  for (const m of text.matchAll(MENTION)) {
    found.push({ at: m.index, piece: { kind: "mention", text: m[0], handle: (m[1] ?? "").toLowerCase() } });
  }
  for (const m of text.matchAll(HASHTAG)) {
    const tag = foldText(m[1] ?? "");
    if (!/^\p{N}+$/u.test(tag)) found.push({ at: m.index, piece: { kind: "hashtag", text: m[0], tag } });
  }
  found.sort((a, b) => a.at - b.at);
  const out: Piece[] = [];
  let end = 0;
  for (const { at, piece } of found) {
    if (at < end) continue; // inside a link
    if (at > end) out.push({ kind: "text", text: text.slice(end, at) });
    out.push(piece);
    end = at + piece.text.length;
  }
  if (end < text.length) out.push({ kind: "text", text: text.slice(end) });
  return out;
}

export function mentionsIn(text: string): string[] {
  return [...new Set(pieces(text).flatMap((p) => (p.kind === "mention" ? [p.handle] : [])))];
}

export function hashtagsIn(text: string): string[] {
  return [...new Set(pieces(text).flatMap((p) => (p.kind === "hashtag" ? [p.tag] : [])))];
}

/** Folded for comparing: NFKC, lower case. */
export function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** Words of a text with one blank on each side of each, so that a whole word is found by `includes(" word ")`. */
export function wordLine(text: string): string {
  return ` ${foldText(text)
    .split(/[^\p{L}\p{M}\p{N}_@#]+/u)
    .filter(Boolean)
    .join(" ")} `;
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Does a word line hold all words? Scripts without blanks are looked for as substrings. A bare word also finds its #tag and @handle. */
export function holdsWords(line: string, words: readonly string[]): boolean {
  return words.every((w) => {
    if (UNSPACED.test(w)) return line.includes(w);
    return line.includes(` ${w} `) || line.includes(` #${w} `) || line.includes(` @${w} `);
  });
}
