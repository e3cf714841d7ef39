/**
 * The n-gram table of the language detector `eld` (Apache-2.0), held in typed arrays. Evaluating eld's own 4.5 MB module takes
 * half a gigabyte; reading the same file as text into this table takes about 8 MB and gives the same answers.
 */
export type LanguageTable = {
  codes: string[];
  /** Open addressing: hash of an n-gram (0 = empty slot) and where its pairs lie. */
  keys: Uint32Array;
  at: Uint32Array;
  /** Runs of (language, score) pairs; each run is preceded by its length. */
  pairs: Uint8Array;
  /** How eld writes a byte ≥ 0x80 as a character. */
  dictionary: string[];
};

const SLOTS = 2 ** 19;
/** eld stores scores reduced by their minimum. */
const BASE_SCORE = 53;

/** Reads the source text of an eld n-gram file (`eld/src/ngrams/*.js`, 2.1) into a table; throws where its shape is another. */
export function parseLanguageTable(source: string, dictionary: string[]): LanguageTable {
  const start = source.indexOf("ngrams:{");
  const languages = source.slice(source.indexOf("languages:{"), start);
  const codes: string[] = [];
  for (const m of languages.matchAll(/(\d+):'([a-z]+)'/g)) codes[Number(m[1])] = m[2]!;
  if (start < 0 || codes.length < 10)
    throw new Error("The n-gram file of eld has an unknown shape: install the locked version of eld.");
  const table: LanguageTable = {
    codes,
    keys: new Uint32Array(SLOTS),
    at: new Uint32Array(SLOTS),
    pairs: new Uint8Array(Math.ceil(source.length / 3)),
    dictionary,
  };
  const end = fill(table, source, start + "ngrams:{".length);
  table.pairs = table.pairs.slice(0, end);
  return table;
}

function fill(table: LanguageTable, source: string, from: number): number {
  let used = 1;
  let at = from;
  while (at < source.length && source.charCodeAt(at) !== 125) {
    const quote = source.charCodeAt(at);
    const quoted = quote === 39 || quote === 34;
    const keyStart = quoted ? at + 1 : at;
    const keyEnd = quoted ? source.indexOf(String.fromCharCode(quote), keyStart) : source.indexOf(":", at);
    const open = source.indexOf("{", keyEnd);
    if (keyEnd < 0 || open < 0)
      throw new Error("The n-gram file of eld ends too early: install the locked version of eld.");
    put(table, hashRange(source, keyStart, keyEnd), used);
    const lengthAt = used++;
    at = open + 1;
    let number = 0;
    for (; ; at++) {
      const c = source.charCodeAt(at);
      if (c >= 48 && c <= 57) number = number * 10 + c - 48;
      else {
        table.pairs[used++] = number;
        number = 0;
        if (c !== 58 && c !== 44) break;
      }
    }
    table.pairs[lengthAt] = used - lengthAt - 1;
    at++;
    if (source.charCodeAt(at) === 44) at++;
  }
  return used;
}

function put(table: LanguageTable, hash: number, pairsAt: number): void {
  let slot = hash & (SLOTS - 1);
  while (table.keys[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
  table.keys[slot] = hash;
  table.at[slot] = pairsAt;
}

const SEED = 0x811c9dc5;

function hashRange(text: string, start: number, end: number): number {
  let h = SEED;
  for (let i = start; i < end; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return finish(h);
}

function finish(h: number): number {
  let x = h ^ (h >>> 15);
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 14;
  return x >>> 0 || 1;
}

/** The n-grams of a word: their hashes, and where the table has their pairs (-1: nowhere). */
interface Grams {
  hashes: number[];
  at: number[];
}
/** People use the same words all the time; a word's n-grams are looked up once. */
const known = new WeakMap<LanguageTable, Map<string, Grams>>();
const REMEMBERED = 20_000;

function gramsOf(table: LanguageTable, word: string): Grams {
  let words = known.get(table);
  if (!words) {
    words = new Map();
    known.set(table, words);
  }
  const before = words.get(word);
  if (before) return before;
  const coded = encode(table, word);
  const length = Math.min(coded.length, 70);
  const made: Grams = { hashes: [], at: [] };
  for (let j = 0; j + 4 < length; j += 3) addGram(table, (j === 0 ? " " : "") + coded.slice(j, j + 4), made);
  const tail = coded.slice(length !== 3 ? Math.max(0, length - 4) : 0);
  addGram(table, `${length <= 4 ? " " : ""}${tail} `, made);
  if (words.size >= REMEMBERED) words.clear();
  words.set(word, made);
  return made;
}

function addGram(table: LanguageTable, gram: string, into: Grams): void {
  const hash = hashRange(gram, 0, gram.length);
  into.hashes.push(hash);
  let slot = hash & (SLOTS - 1);
  while (table.keys[slot] !== 0 && table.keys[slot] !== hash) slot = (slot + 1) & (SLOTS - 1);
  into.at.push(table.keys[slot] === hash ? table.at[slot]! : -1);
}

/** Adds the scores of one word's n-grams to `scores` (one per language); `seen` keeps an n-gram from counting twice. */
export function addWord(table: LanguageTable, word: string, scores: Float64Array, seen: Set<number>): void {
  const { hashes, at } = gramsOf(table, word);
  for (let n = 0; n < hashes.length; n++) {
    if (seen.has(hashes[n]!)) continue;
    seen.add(hashes[n]!);
    const from = at[n]!;
    if (from < 0) continue;
    const stop = from + table.pairs[from]!;
    for (let i = from + 1; i < stop; i += 2) scores[table.pairs[i]!]! += table.pairs[i + 1]! + BASE_SCORE;
  }
}

/** By how much one word by itself speaks for a language against another. */
export function wordBetween(table: LanguageTable, word: string, language: number, other: number): number {
  const { hashes, at } = gramsOf(table, word);
  let [own, others] = [0, 0];
  for (let n = 0; n < hashes.length; n++) {
    const from = at[n]!;
    if (from < 0 || hashes.indexOf(hashes[n]!) < n) continue;
    const stop = from + table.pairs[from]!;
    for (let i = from + 1; i < stop; i += 2) {
      const of = table.pairs[i]!;
      if (of === language) own += table.pairs[i + 1]! + BASE_SCORE;
      else if (of === other) others += table.pairs[i + 1]! + BASE_SCORE;
    }
  }
  return own - others;
}

/** Letters as UTF-8 bytes, written with eld's signs. Words are lower case, so ASCII capitals are free to mean other bytes. */
function encode(table: LanguageTable, word: string): string {
  let out = "";
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i);
    const d = table.dictionary;
    if (c < 0x80) out += word[i];
    else if (c < 0x800) out += d[0xc0 | (c >> 6)]! + d[0x80 | (c & 0x3f)]!;
    else out += d[0xe0 | (c >> 12)]! + d[0x80 | ((c >> 6) & 0x3f)]! + d[0x80 | (c & 0x3f)]!;
  }
  return out;
}
