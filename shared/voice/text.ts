import type { Span } from "./finding.ts";

/** A sentence of a text, with what checks ask of it again and again. */
export interface Sentence extends Span {
  /** As written. */
  said: string;
  /** Small letters without accents, of the same length. */
  folded: string;
  question: boolean;
  words: Word[];
}
export interface Word extends Span {
  text: string;
}

const small = new Map<string, string>();
const straight: Record<string, string> = { "’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"' };

function foldUnit(unit: string): string {
  const known = small.get(unit);
  if (known !== undefined) return known;
  const bare = straight[unit] ?? (unit.normalize("NFKD")[0] as string).toLowerCase();
  const one = bare.length === 1 && !/\s/u.test(bare) ? bare : /\s/u.test(unit) ? " " : unit;
  if (small.size < 5_000) small.set(unit, one);
  return one;
}

/** Small letters without accents; each unit stays one unit, so that places in it are places in the text. */
export function foldText(text: string): string {
  if (/^[\x20-\x7e]*$/u.test(text)) return text.toLowerCase();
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const unit = text[i] as string;
    out += unit === "\n" ? "\n" : foldUnit(unit);
  }
  return out;
}

const wordShape = /[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu;
export function wordsOf(folded: string, base = 0): Word[] {
  return Array.from(folded.matchAll(wordShape), (m) => ({
    text: m[0],
    start: base + m.index,
    end: base + m.index + m[0].length,
  }));
}

/** Abbreviations and figures do not end a sentence: a stop counts before a space and a capital, or at the end. */
const sentenceEnd = /(?:[.!?…]+["')\]]*(?=\s|$)|[。！？]|\n+| [–—-] (?=\p{Lu}\p{L}*$))/gu;
const shortForm = /(?:^|[\s(])(?:mr|mrs|ms|dr|st|no|nr|bzw|ca|e\.g|i\.e|z\.b|sr|sra|vs|approx|\p{L})\.$/iu;

export function sentencesOf(text: string): Sentence[] {
  const folded = foldText(text);
  const found: Sentence[] = [];
  let from = 0;
  const add = (to: number) => {
    const said = text.slice(from, to);
    const lead = said.length - said.trimStart().length;
    const start = from + lead;
    const end = from + said.trimEnd().length;
    from = to;
    if (end <= start) return;
    const part = folded.slice(start, end);
    found.push({
      ...{ start, end, said: text.slice(start, end), folded: part },
      question: /[?？]["')\]]*$/u.test(part),
      words: wordsOf(part, start),
    });
  };
  for (const stop of text.matchAll(sentenceEnd)) {
    const to = stop.index + stop[0].length;
    if (to <= from || shortForm.test(text.slice(Math.max(from, to - 8), to))) continue;
    add(to);
  }
  add(text.length);
  return found;
}

/**
 * A pattern of whole words out of a list: one expression a line, written folded. A space stands for any white space, `…` for
 * up to three words between.
 */
export function phrases(lines: string): RegExp {
  const parts = lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) =>
      line.replaceAll(" … ", String.raw`(?:\s+[^\s.!?]+){0,3}?\s+`).replaceAll(/ (?![?*+])/gu, String.raw`[\s,]+`),
    );
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${parts.join("|")})(?![\p{L}\p{N}])`, "gu");
}

/** Where a pattern (with the flag g) stands in a folded text. */
export function spansOf(folded: string, pattern: RegExp, base = 0): Span[] {
  const found: Span[] = [];
  for (const hit of folded.matchAll(pattern)) {
    if (hit[0].length === 0) continue;
    found.push({ start: base + hit.index, end: base + hit.index + hit[0].length });
  }
  return found;
}

export const has = (folded: string, pattern: RegExp): boolean => {
  pattern.lastIndex = 0;
  const is = pattern.test(folded);
  pattern.lastIndex = 0;
  return is;
};

const common = new Set(
  "a an and are as at be been but by can can't could did do does don't for from get got had has have he her him his how i i'd i'll i'm if in into is it it's its just let me my no not of on one or our out she so some than that that's the their them then there there's they this to too up us was we we'd we'll we're we've were what when where which who why will with would you you'd you'll you're you've your please also only now here yes about after again all am any because before being down each ever every more most off once other over own same such very der die das ein eine einen einem einer und oder aber ist sind war wir ihr ihre ihren ihrem ihnen sie es ich du mit von zu zum zur im in auf an am bei fur den dem des nicht auch noch wie was wann wo wer bitte ja nein dass als bis nach hat haben wird werden kann so schon el la los las un una y o pero es son de del en con por para se su sus al lo le les no si que como cuando donde ya muy mas le les des du et ou mais est sont nous vous notre votre vos pour par sur dans avec ce cette ces il elle ne pas qui que il lo gli i e ma sono per con su da di del della che non si het een en maar van voor met op te dat niet wij u uw is zijn o os as e um uma mas com para por na no".split(
    " ",
  ),
);

/** The share of small words of the languages the checks know; about half of an English text, next to none of others. */
export function commonShare(words: readonly Word[]): number {
  return words.length === 0 ? 0 : words.filter((w) => common.has(w.text)).length / words.length;
}

/** A word without its usual endings, so that "refunded" meets "refund"; short words stay. */
export function stem(word: string): string {
  const bare = word.replace(/'s$/u, "").replaceAll(/['-]/gu, "");
  if (bare.length <= 4 || /\p{N}/u.test(bare)) return bare;
  return bare.replace(/(?:ingly|edly|ings|ing|ied|ies|ed|es|er|en|e|s|n|t|ly)$/u, "").slice(0, 12);
}

/** The stems that tell something: no small words. */
export function tellingStems(words: readonly Word[]): Set<string> {
  return new Set(
    words.filter((w) => !common.has(w.text) && (w.text.length > 2 || /\p{N}/u.test(w.text))).map((w) => stem(w.text)),
  );
}
