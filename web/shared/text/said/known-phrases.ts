import { i18n, type MessageDescriptor } from "@lingui/core";
import { directionOf } from "../../look/direction.ts";
import { listsOf } from "../lists.ts";
import { type PhraseBook, saidIn, type Wording } from "./phrase-book.ts";

let book: PhraseBook | null = null;

/** English pages say what the server says and need none of it. */
export async function loadPhrases(): Promise<void> {
  book ??= (await import("./phrases.ts")).serverPhrases;
}

export type Said = {
  words: string;
  /** The server's English on a page in another language: it is marked as such. */
  foreign: boolean;
};

const kept = new Map<string, Said>();
let keptFor = "";
const MOST_KEPT = 3_000;

function wordingOf(locale: string): Wording {
  const { list, and } = listsOf(locale);
  return {
    ...{ list, and },
    say: ({ id, message }, values) => i18n._({ id, message, values } as MessageDescriptor),
    apart: directionOf(locale) === "rtl" ? (value) => `\u2068${value}\u2069` : (value) => value,
  };
}

/** What the server says, in the language that is shown now. `code`: of the reason or problem it belongs to. */
export function sayServer(text: string, code?: string): Said {
  const { locale } = i18n;
  if (locale === "en" || text === "") return { words: text, foreign: false };
  if (keptFor !== locale || kept.size > MOST_KEPT) kept.clear();
  keptFor = locale;
  const key = `${code ?? ""} ${text}`;
  const before = kept.get(key);
  if (before) return before;
  const words = book && saidIn(book, text, code, wordingOf(locale));
  const said = words === null ? { words: text, foreign: true } : { words, foreign: false };
  kept.set(key, said);
  return said;
}
