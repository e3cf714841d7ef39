import { fold } from "./redact/fold.ts";

/** Something said in private that stands in a public text. UTF-16 units of the public text, end exclusive. */
export interface PrivateFact {
  kind: "number" | "code" | "email" | "words";
  start: number;
  end: number;
}

/** A piece of text in a form that compares equal however it is spaced or written. */
interface Piece extends PrivateFact {
  key: string;
}

const number = /\+?\d(?:[\s\p{Zs}\p{Pd}./()]{0,3}\d){4,24}/gu;
const code =
  /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}-]{0,40}\d)(?=[\p{L}\p{N}-]{0,40}\p{L})[\p{L}\p{N}](?:[\p{L}\p{N}-]{4,40})(?![\p{L}\p{N}])/gu;
const email = /[\p{L}\p{N}_.+%-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
const segmenter = new Intl.Segmenter("und", { granularity: "word" });
const runLength = 4;

// Words that tell nothing about a person; a run needs two others to count as copied.
const common = new Set(
  "hello days hours weeks minutes tage stunden hallo hola ciao bonjour please thank thanks thankyou danke bitte merci gracias grazie obrigado help hilfe sorry hope have has had been being that this with from your yours their they them there then than what when where which will would could should about after again also always because before just like more most much need only other over some such take very want were into make here know does doing done well back still really order email number message phone account service support customer team contact haben habe hatte sein sind wird wurde werden kann können nicht noch auch aber oder dass eine einen einer einem mein meine meinen ihre ihren wenn dann schon sehr mehr immer bestellung avoir être suis vous nous avec pour dans votre notre mais plus tout bien comme cette aussi encore commande para como pero porque cuando tengo tiene esta este estoy muy todo pedido sono della delle questo questa perché anche come molto ordine".split(
    " ",
  ),
);

// In these writings a word is often one or two signs.
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

function pieces(text: string): Piece[] {
  const { text: folded } = fold([text]);
  const found: Piece[] = [];
  const add = (kind: Piece["kind"], pattern: RegExp, key: (written: string) => string) => {
    for (const hit of folded.matchAll(pattern))
      found.push({ kind, start: hit.index, end: hit.index + hit[0].length, key: `${kind} ${key(hit[0])}` });
  };
  // The last eight figures tell a number however its country code is written.
  add("number", number, (w) => w.replace(/[^0-9]/gu, "").slice(-8));
  add("code", code, (w) => w.replace(/-/gu, ""));
  if (folded.includes("@")) add("email", email, (w) => w.replace(/[.]+$/u, ""));
  found.push(...runs(folded));
  return found;
}

function runs(folded: string): Piece[] {
  const words = Array.from(segmenter.segment(folded))
    .filter((s) => s.isWordLike)
    .map((s) => ({ word: s.segment, start: s.index, end: s.index + s.segment.length }));
  const found: Piece[] = [];
  for (let i = 0; i + runLength <= words.length; i++) {
    const run = words.slice(i, i + runLength);
    const telling = run.filter(({ word }) => !common.has(word) && (word.length > 3 || unspaced.test(word)));
    if (telling.length < 2) continue;
    const [first, last] = [run[0], run.at(-1)] as [(typeof run)[0], (typeof run)[0]];
    found.push({ kind: "words", start: first.start, end: last.end, key: `words ${run.map((w) => w.word).join(" ")}` });
  }
  return found;
}

/**
 * What of a public text was told in private: telephone and order numbers, codes, addresses, four words or more in a row.
 * What the customer also said in public is no secret.
 */
export function findPrivateFacts(
  text: string,
  privateTexts: readonly string[],
  publicTexts: readonly string[] = [],
): PrivateFact[] {
  if (privateTexts.length === 0) return [];
  const secret = new Set(privateTexts.flatMap((t) => pieces(t).map((p) => p.key)));
  for (const said of publicTexts) for (const { key } of pieces(said)) secret.delete(key);
  if (secret.size === 0) return [];
  const found: PrivateFact[] = [];
  for (const { kind, start, end, key } of pieces(text).toSorted((a, b) => a.start - b.start)) {
    if (!secret.has(key)) continue;
    const last = found.at(-1);
    // Runs of four that overlap are one copied sentence.
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else found.push({ kind, start, end });
  }
  return found;
}
