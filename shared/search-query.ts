/**
 * What may stand in the search field: words, "phrases", beginnings* and *parts*, with typed operators; a minus turns one round.
 * Different operators must all hold, several of one operator are "or": `from:anna medium:email -"thank you" rout* has:file`.
 */
const searchKeys = [
  "from",
  "to",
  "is",
  "queue",
  "medium",
  "network",
  "brand",
  "lang",
  "before",
  "after",
  "has",
] as const;
export type SearchKey = (typeof searchKeys)[number];
export interface SearchTerm {
  key: SearchKey | "text";
  /** Without quotes and stars. */
  value: string;
  not: boolean;
  /** whole: as it stands (one word or a phrase) · begins: whatever begins so · part: whatever has it inside */
  how: "whole" | "begins" | "part";
  start: number;
  end: number;
}
export interface SearchFault {
  start: number;
  end: number;
  /** empty: nothing after the colon · value: not a value of this operator · short: fewer than three letters of a part · not: this operator knows no minus · many: too many words */
  why: "empty" | "value" | "short" | "not" | "many";
  word: string;
}
export interface ParsedSearch {
  terms: SearchTerm[];
  faults: SearchFault[];
}

/** Values that are words of ours; the others are names, languages and days. */
const searchValues: Partial<Record<SearchKey, readonly string[]>> = {
  is: ["open", "done", "mine"],
  has: ["file", "link"],
  medium: ["public", "dm", "chat", "email", "phone"],
};
export const MOST_SEARCH = 300;
const MOST_TERMS = 16;
const LEAST_PART = 3;
/** They say where the work stands or when; "not" of them is another value of theirs. */
const WITHOUT_NOT: readonly string[] = ["is", "before", "after", "queue"];

const WORD = /(-?)(?:([\p{L}]+):(?!\/\/))?(?:"([^"]*)"?|(\S+))?/gu;

/** Reads what stands in the field. Never throws. A word before a colon that is no operator is a word ("re: invoice"). */
export function parseSearch(text: string): ParsedSearch {
  const terms: SearchTerm[] = [];
  const faults: SearchFault[] = [];
  for (const match of text.slice(0, MOST_SEARCH).matchAll(WORD)) {
    const [whole, minus = "", said, quoted, bare] = match;
    if (whole === "" || whole === "-") continue;
    const place = { start: match.index, end: match.index + whole.length };
    const fault = (why: SearchFault["why"]) => faults.push({ ...place, why, word: whole });
    if (terms.length === MOST_TERMS) {
      fault("many");
      break;
    }
    const key = said === undefined ? undefined : searchKeys.find((one) => one === said.toLowerCase());
    const not = minus !== "";
    const value =
      key === undefined && said !== undefined ? `${said}:${quoted ?? bare ?? ""}` : (quoted ?? bare ?? "").trim();
    const { word, how } = quoted === undefined ? starred(value) : { word: value, how: "whole" as const };
    if (key === undefined) {
      if (how === "part" && [...word].length < LEAST_PART) fault("short");
      else if (word !== "") terms.push({ key: "text", value: word, not, how, ...place });
    } else if (word === "") fault("empty");
    else if (not && WITHOUT_NOT.includes(key)) fault("not");
    else if (!fits(key, word)) fault("value");
    else terms.push({ key, value: word, not, how: how === "part" ? "begins" : how, ...place });
  }
  return { terms, faults };
}

function starred(value: string): { word: string; how: SearchTerm["how"] } {
  const word = value.replace(/^\*+|\*+$/gu, "");
  if (value.startsWith("*") && word !== "") return { word, how: "part" };
  return { word, how: value.endsWith("*") && word !== "" ? "begins" : "whole" };
}

function fits(key: SearchKey, value: string): boolean {
  if (key === "before" || key === "after") return daySaid(value) !== null;
  if (key === "lang") return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/iu.test(value);
  return searchValues[key]?.includes(value.toLowerCase()) ?? true;
}

/** "2026-11-03": that day; "today", "yesterday", "7d": so many days before today. */
export function daySaid(value: string): { date: string } | { daysAgo: number } | null {
  const said = value.toLowerCase();
  if (said === "today") return { daysAgo: 0 };
  if (said === "yesterday") return { daysAgo: 1 };
  const ago = /^(\d{1,4})d$/.exec(said)?.[1];
  if (ago !== undefined) return { daysAgo: Number(ago) };
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(said)) return null;
  const at = Date.parse(`${said}T00:00:00Z`);
  // 2026-02-31 is no day, though some read it as one.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== said ? null : { date: said };
}

/** A term as it is written: what has spaces in quotes. */
export function writeSearchTerm({ key, value, not, how }: Pick<SearchTerm, "key" | "value" | "not" | "how">): string {
  const plain = value.replaceAll('"', "");
  const said = /\s/u.test(plain)
    ? `"${plain}"`
    : how === "begins"
      ? `${plain}*`
      : how === "part"
        ? `*${plain}*`
        : plain;
  return `${not ? "-" : ""}${key === "text" ? "" : `${key}:`}${said}`;
}

export function withoutSearchTerm(text: string, term: Pick<SearchTerm, "start" | "end">): string {
  return `${text.slice(0, term.start)} ${text.slice(term.end)}`.replace(/\s+/gu, " ").trim();
}

/** The text with `key:value`; of an operator that can hold one value only the former one goes. */
export function withSearchTerm(text: string, key: SearchKey, value: string): string {
  const only = key === "is" || key === "before" || key === "after";
  let rest = text;
  for (const term of parseSearch(text).terms.toReversed())
    if (term.key === key && (only || term.value.toLowerCase() === value.toLowerCase()))
      rest = withoutSearchTerm(rest, term);
  return `${rest.trim()} ${writeSearchTerm({ key, value, not: false, how: "whole" })}`.trim();
}
