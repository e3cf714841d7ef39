import { hasValues, isValues } from "#shared/query/ast";

/** What could stand at the caret: `from` to `to` is replaced by `write`. */
export interface Completion {
  from: number;
  to: number;
  write: string;
  /** Stable name of what it does, for its words. */
  code: CompletionCode;
}
export type CompletionCode =
  | "and"
  | "or"
  | "not"
  | "near"
  | "onear"
  | "from"
  | "to"
  | "lang"
  | "url"
  | "has"
  | "is"
  | "followers"
  | "value";

const WORDS: readonly (readonly [string, CompletionCode])[] = [
  ["AND", "and"],
  ["OR", "or"],
  ["NOT", "not"],
  ["NEAR/5", "near"],
  ["ONEAR/5", "onear"],
  ["from:", "from"],
  ["to:", "to"],
  ["lang:", "lang"],
  ["url:", "url"],
  ["has:", "has"],
  ["is:", "is"],
  ["followers:", "followers"],
];
const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "ar", "ja", "zh", "ko"];
const VALUES: Readonly<Record<string, readonly string[]>> = {
  has: hasValues,
  is: isValues,
  lang: LANGUAGES,
  followers: [">1000", ">=10k", "1k..50k"],
};
const MOST = 8;
/** Operators are offered where somebody writes capitals, fields from their first letter on. */
const LEAST = 1;

/** What could stand where the caret is; nothing inside of quotation marks and after a space. */
export function completionsAt(query: string, caret: number): Completion[] {
  const before = query.slice(0, caret);
  if (((before.match(/["“”„«»]/gu) ?? []).length & 1) === 1) return [];
  const start = caret - (/[^\s()"]*$/u.exec(before)?.[0].length ?? 0);
  const word = query.slice(start, caret);
  const to = caret + (/^[^\s()"]*/u.exec(query.slice(caret))?.[0].length ?? 0);
  const field = /^([a-z]+):(.*)$/iu.exec(word);
  if (field) {
    const typed = field[2]!.toLowerCase();
    return (VALUES[field[1]!.toLowerCase()] ?? [])
      .filter((value) => value.startsWith(typed) && value !== typed)
      .slice(0, MOST)
      .map((value) => ({ from: start, to, write: `${field[1]}:${value}`, code: "value" as const }));
  }
  if (word.length < LEAST) return [];
  // "is" and "to" are words of their own: what is written out is not offered again.
  return WORDS.filter(([write]) => write.startsWith(word) && write !== word && write !== `${word}:`)
    .slice(0, MOST)
    .map(([write, code]) => ({ from: start, to, write, code }));
}
