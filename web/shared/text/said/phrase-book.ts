/** A sentence of the server, in English with holes: compiled as Lingui compiles it ("Offered to {name}" is `["Offered to ", ["name"]]`). */
export type Phrase = {
  id: string;
  message?: unknown;
  /** Of reasons with this code alone: the words are too common to be known by themselves. */
  code?: string;
};

/** A phrase that was recognised, and what stood in its holes. */
type Found = { phrase: Phrase; values: Record<string, string> };
type Pattern = { phrase: Phrase; shape: RegExp; names: string[]; literal: number };

export type PhraseBook = {
  sentences: ReadonlyMap<string, readonly Phrase[]>;
  patterns: readonly Pattern[];
};

/** Longer texts are somebody's own words, and trying every pattern on them costs time. */
const LONGEST = 1_500;
const MOST_SENTENCES = 12;

/** What stands in a hole within a sentence goes over the end of none; the last hole may hold several. */
const WITHIN = "(?:(?![.?!] \\p{Lu}).)+?";

/** What stands in a hole between “ and ” is a name, full stops and all: “St. James” is one. */
const QUOTED = "[^“”]+?";

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

type Shape = { literal: string; pattern: string; names: string[] };
function shapeOf(message: unknown): Shape {
  const parts = typeof message === "string" ? [message] : Array.isArray(message) ? message : [];
  const isQuoted = (at: number): boolean => /“$/.test(String(parts[at - 1])) && /^”/.test(String(parts[at + 1]));
  const hole = (at: number): string => (at === parts.length - 1 ? ".+?" : isQuoted(at) ? QUOTED : WITHIN);
  const names: string[] = [];
  let [literal, pattern] = ["", ""];
  for (const [at, part] of parts.entries()) {
    if (typeof part === "string") {
      literal += part;
      pattern += escaped(part);
      continue;
    }
    const name = String((part as unknown[])[0]);
    // The same hole twice holds the same words.
    if (names.includes(name)) pattern += `\\k<${name}>`;
    else {
      names.push(name);
      pattern += `(?<${name}>${hole(at)})`;
    }
  }
  return { literal, pattern, names };
}

export function makeBook(phrases: readonly Phrase[]): PhraseBook {
  const sentences = new Map<string, Phrase[]>();
  const patterns: Pattern[] = [];
  for (const phrase of phrases) {
    const { literal, pattern, names } = shapeOf(phrase.message);
    if (names.length === 0) sentences.set(literal, [...(sentences.get(literal) ?? []), phrase]);
    else patterns.push({ phrase, shape: new RegExp(`^${pattern}$`, "su"), names, literal: literal.length });
  }
  // What says more by itself is asked first: "{a} needed, relaxed to {b}" before "{a} needed".
  patterns.sort((a, b) => b.literal - a.literal);
  return { sentences, patterns };
}

const fits = (phrase: Phrase, code: string | undefined): boolean => phrase.code === undefined || phrase.code === code;

function findWhole(book: PhraseBook, text: string, code: string | undefined): Found | null {
  const sentence = book.sentences.get(text)?.find((one) => fits(one, code));
  if (sentence) return { phrase: sentence, values: {} };
  for (const { phrase, shape, names } of book.patterns) {
    if (!fits(phrase, code)) continue;
    const groups = shape.exec(text)?.groups;
    if (groups) return { phrase, values: Object.fromEntries(names.map((name) => [name, groups[name] ?? ""])) };
  }
  return null;
}

export type Wording = {
  /** The phrase in the page's language. */
  say: (phrase: Phrase, values: Record<string, string>) => string;
  list: (all: readonly string[]) => string;
  and: (all: readonly string[]) => string;
  /** What was put in stands apart, so that a name from left to right does not turn a sentence from right to left round. */
  apart: (value: string) => string;
};

/** What stands in a hole: words of the server again, a list of such, else a name or a figure as it is. */
function sayValue(book: PhraseBook, value: string, wording: Wording): string {
  const found = findWhole(book, value, undefined);
  if (found) return sayFound(book, found, wording);
  for (const [sign, join] of [
    [", ", wording.list],
    [" and ", wording.and],
  ] as const) {
    const parts = value.split(sign);
    if (parts.length < 2) continue;
    const said = parts.map((part) => findWhole(book, part, undefined));
    if (said.every((one) => one !== null)) return join(said.map((one) => sayFound(book, one, wording)));
  }
  return saySentences(book, value, undefined, wording) ?? wording.apart(value);
}

function sayFound(book: PhraseBook, { phrase, values }: Found, wording: Wording): string {
  const said = Object.entries(values).map(([name, value]) => [name, sayValue(book, value, wording)]);
  return wording.say(phrase, Object.fromEntries(said));
}

/** Several sentences one after another; null as soon as one of them is not known. The longest stretch is tried first. */
function saySentences(book: PhraseBook, text: string, code: string | undefined, wording: Wording): string | null {
  const pieces = text.split(/(?<=[.?!]["”»]?) (?=\S)/);
  if (pieces.length < 2 || pieces.length > MOST_SENTENCES) return null;
  for (let length = pieces.length - 1; length > 0; length--) {
    const head = findWhole(book, pieces.slice(0, length).join(" "), code);
    if (!head) continue;
    const rest = saidIn(book, pieces.slice(length).join(" "), code, wording);
    if (rest !== null) return `${sayFound(book, head, wording)} ${rest}`;
  }
  return null;
}

/**
 * The server's words in the page's language; null where they are not in the book. The params of a reason are read out of its
 * text: so what was stored years ago, without any, is said as well as what is made now.
 */
export function saidIn(book: PhraseBook, text: string, code: string | undefined, wording: Wording): string | null {
  if (text.length > LONGEST) return null;
  const found = findWhole(book, text, code);
  return found ? sayFound(book, found, wording) : saySentences(book, text, code, wording);
}
