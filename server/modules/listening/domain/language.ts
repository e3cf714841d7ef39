import { commonIn } from "./common-words.ts";
import type { Word } from "./label.ts";
import { addWord, type LanguageTable, wordBetween } from "./language-table.ts";
import type { Token, Tokens } from "./tokens.ts";

/** `code` is ISO 639-1, or `und` where nobody could tell; `confidence` 0..1. */
export type Language = { code: string; direction: "ltr" | "rtl"; confidence: number; words: Word[] };

/** Fewer words made of letters only tell no language (reference figures: even good detectors guess .66 on one word). */
const FEWEST_WORDS = 3;
/** Scripts written without spaces count signs instead. */
const FEWEST_SIGNS = 4;
const LEAST_CONFIDENCE = 0.3;
const READ_WORDS = 80;

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const ASCII = /^[\x20-\x7e]*$/;

/** Scripts that one language of the detector's sixty owns: their writing decides by itself. */
const OWN_SCRIPT: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Hangul}/u, "ko"],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "ja"],
  [/\p{Script=Thai}/u, "th"],
  [/\p{Script=Greek}/u, "el"],
  [/\p{Script=Hebrew}/u, "he"],
  [/\p{Script=Georgian}/u, "ka"],
  [/\p{Script=Armenian}/u, "hy"],
  [/\p{Script=Tamil}/u, "ta"],
  [/\p{Script=Telugu}/u, "te"],
  [/\p{Script=Kannada}/u, "kn"],
  [/\p{Script=Malayalam}/u, "ml"],
  [/\p{Script=Gujarati}/u, "gu"],
  [/\p{Script=Gurmukhi}/u, "pa"],
  [/\p{Script=Bengali}/u, "bn"],
  [/\p{Script=Oriya}/u, "or"],
  [/\p{Script=Lao}/u, "lo"],
  [/\p{Script=Ethiopic}/u, "am"],
];

/**
 * Language of a post. Links, handles, hashtags and numbers are not read. `hint` (what the network claims) only tips the scales
 * where the text leaves it open.
 */
export function readLanguage(post: Tokens, table: LanguageTable, hint?: string): Language {
  const words = runsOfLetters(post);
  const letters = words.map((w) => w.norm).join("");
  const direction = directionOf(letters || post.text.slice(0, 400));
  const own = ASCII.test(letters) ? null : ownScript(words);
  if (own) return { ...own, direction };
  const enough = words.length >= FEWEST_WORDS || signsOf(letters) >= FEWEST_SIGNS;
  if (!words.length) return { code: "und", direction, confidence: 0, words: [] };
  const found = detect(words, table, hintCode(hint));
  if (!enough && found.code !== hintCode(hint))
    return { code: "und", direction, confidence: found.confidence / 4, words: [] };
  if (!enough) return { ...found, direction, confidence: Math.min(found.confidence, LEAST_CONFIDENCE) };
  if (found.confidence < LEAST_CONFIDENCE) return { code: "und", direction, confidence: found.confidence, words: [] };
  return { ...found, direction };
}

type Run = { norm: string; start: number; end: number; text: string };

/** Words of letters only; signs of a script without spaces that stand side by side are one run. */
function runsOfLetters(post: Tokens): Run[] {
  const runs: Run[] = [];
  for (const token of post.tokens) {
    if (runs.length >= READ_WORDS) break;
    if (token.kind !== "word" || /\p{Nd}|_/u.test(token.norm)) continue;
    const last = runs.at(-1);
    if (last && last.end === token.start && isPlain(token) && last.norm.length < 60) {
      last.norm += token.norm;
      last.end = token.end;
      last.text = post.text.slice(last.start, last.end);
    } else {
      runs.push({
        norm: token.norm,
        start: token.start,
        end: token.end,
        text: post.text.slice(token.start, token.end),
      });
    }
  }
  return runs;
}

function isPlain(token: Token): boolean {
  return token.norm.charCodeAt(0) > 0x2e7f && UNSPACED.test(token.norm);
}

function signsOf(letters: string): number {
  if (ASCII.test(letters)) return 0;
  let n = 0;
  for (const sign of letters) if (UNSPACED.test(sign)) n++;
  return n;
}

function ownScript(words: readonly Run[]): { code: string; confidence: number; words: Word[] } | null {
  const total = words.reduce((sum, w) => sum + w.norm.length, 0);
  for (const [script, code] of OWN_SCRIPT) {
    const in_ = words.filter((w) => script.test(w.norm));
    const length = in_.reduce((sum, w) => sum + w.norm.length, 0);
    // Kana decide among Chinese signs; any other script has to be the larger part.
    if (length > total / 2 || (code === "ja" && length > 0 && in_.length > words.length / 3)) {
      const made = in_.slice(0, 3).map((w) => ({ text: w.text, start: w.start, end: w.end, weight: 1 }));
      return { code, confidence: 0.99, words: made };
    }
  }
  return null;
}

/** Scores are sums of log-like frequencies: this turns their differences into odds (found on open benchmark tweets). */
export const TEMPERATURE = 0.03;
/** What a claim of the network is worth, in the detector's units. */
const HINT_WORTH = 60;
/** What a common word is worth to its language, shared where several have it, and the most they are worth together. */
const COMMON_WORTH = 30;
const COMMON_MOST = 150;
/** Languages of most posts are likelier than others before a word is read; in the detector's units. */
const SPOKEN: Record<string, number> = { en: 28, es: 22, pt: 16, fr: 18, de: 18, it: 14, nl: 16 };
/** Languages with few posts anywhere need a little more to be believed; in the detector's units. */
const RARE: Record<string, number> = {
  ca: 20,
  eu: 14,
  is: 10,
  tl: 20,
  yo: 30,
  sq: 10,
  ms: 8,
  et: 12,
  sl: 10,
  hr: 6,
  ro: 6,
  fi: 4,
  lt: 8,
  lv: 8,
};

function detect(
  words: readonly Run[],
  table: LanguageTable,
  hint: string | null,
): { code: string; confidence: number; words: Word[] } {
  const scores = new Float64Array(table.codes.length);
  const seen = new Set<number>();
  for (const w of words) addWord(table, w.norm, scores, seen);
  const common = new Map<string, number>();
  for (const norm of new Set(words.map((w) => w.norm))) {
    const codes = commonIn(norm);
    for (const code of codes) common.set(code, (common.get(code) ?? 0) + COMMON_WORTH / codes.length ** 0.5);
  }
  for (let i = 0; i < scores.length; i++) {
    const code = table.codes[i]!;
    if (!scores[i]) continue;
    scores[i]! += Math.min(COMMON_MOST, common.get(code) ?? 0) - (RARE[code] ?? 0) + (SPOKEN[code] ?? 0);
    if (code === hint) scores[i]! += HINT_WORTH;
  }
  let top = 0;
  let next = -1;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[top]!) top = i;
  for (let i = 0; i < scores.length; i++) if (i !== top && (next < 0 || scores[i]! > scores[next]!)) next = i;
  if (!(scores[top]! > 0)) return { code: "und", confidence: 0, words: [] };
  let sum = 0;
  for (const s of scores) sum += Math.exp((s - scores[top]!) * TEMPERATURE);
  return { code: table.codes[top]!, confidence: 1 / sum, words: wordsFor(words, table, top, next) };
}

/** The words that spoke most for one language against the runner-up. */
function wordsFor(words: readonly Run[], table: LanguageTable, top: number, next: number): Word[] {
  const made: Word[] = [];
  for (const w of words.slice(0, 24)) {
    const weight = wordBetween(table, w.norm, top, next);
    if (weight > 0) made.push({ text: w.text, start: w.start, end: w.end, weight });
  }
  return made.sort((a, b) => b.weight - a.weight || a.start - b.start).slice(0, 3);
}

function directionOf(text: string): "ltr" | "rtl" {
  if (ASCII.test(text)) return "ltr";
  let rtl = 0;
  let letters = 0;
  for (const sign of text.slice(0, 400)) {
    if (!/\p{L}/u.test(sign)) continue;
    letters++;
    if (RTL.test(sign)) rtl++;
  }
  return rtl * 2 > letters ? "rtl" : "ltr";
}

function hintCode(hint?: string): string | null {
  const code = hint ? /^[a-z]{2}/i.exec(hint)?.[0].toLowerCase() : undefined;
  if (!code) return null;
  return code === "iw" ? "he" : code === "nb" || code === "nn" ? "no" : code;
}
