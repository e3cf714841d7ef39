/**
 * What may stand in the filter bar of the work list: words with typed operators. Different operators must all hold, several of one
 * operator are "or", a minus turns one round: `queue:care -lang:en waiting:>2h is:unread router`.
 */
export const filterKeys = [
  "queue",
  "medium",
  "network",
  "brand",
  "lang",
  "owner",
  "priority",
  "label",
  "is",
  "waiting",
] as const;
export type FilterKey = (typeof filterKeys)[number];
export interface FilterTerm {
  key: FilterKey | "text";
  value: string;
  not: boolean;
  /** Where it stands in the text. */
  start: number;
  end: number;
}
export interface FilterFault {
  start: number;
  end: number;
  /** unknown-key: there is no such operator · empty: nothing after the colon · value: not a value of this operator · many: too many words */
  why: "unknown-key" | "empty" | "value" | "many";
  word: string;
}
export interface ParsedFilter {
  terms: FilterTerm[];
  faults: FilterFault[];
}

/** Values that are words of ours; the others are names of the account. */
export const filterValues: Partial<Record<FilterKey, readonly string[]>> = {
  medium: ["public", "dm", "chat", "email", "phone"],
  priority: ["urgent", "high", "normal", "low"],
  is: ["unread", "late", "public", "private", "snoozed", "waiting", "draft", "trouble"],
};
/** More than that nobody reads. */
export const MOST_TERMS = 20;
/** Longer than any name of ours. */
const MOST_VALUE = 80;

const WORD = /(-?)(?:([\p{L}]+):)?(?:"([^"]*)"?|(\S+))?/gu;

/** Reads what stands in the bar. Never throws; what it does not understand is told in `faults` and left out. */
export function parseFilter(text: string): ParsedFilter {
  const terms: FilterTerm[] = [];
  const faults: FilterFault[] = [];
  for (const match of text.matchAll(WORD)) {
    const [whole, minus = "", key, quoted, bare] = match;
    if (whole === "") continue;
    const place = { start: match.index, end: match.index + whole.length };
    const value = (quoted ?? bare ?? "").trim().slice(0, MOST_VALUE);
    const fault = (why: FilterFault["why"]) => faults.push({ ...place, why, word: whole.slice(0, MOST_VALUE) });
    if (terms.length === MOST_TERMS) {
      fault("many");
      break;
    }
    if (key === undefined) {
      if (value !== "") terms.push({ key: "text", value, not: minus !== "", ...place });
      continue;
    }
    const known = filterKeys.find((one) => one === key.toLowerCase());
    if (!known) fault("unknown-key");
    else if (value === "") fault("empty");
    else if (!fits(known, value)) fault("value");
    else terms.push({ key: known, value, not: minus !== "", ...place });
  }
  return { terms, faults };
}

function fits(key: FilterKey, value: string): boolean {
  if (key === "waiting") return waitingOf(value) !== null;
  const values = filterValues[key];
  return values === undefined || values.includes(value.toLowerCase());
}

const UNIT = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** ">2h", "2h" and "2h30m": at least so long; "<30m": less. In ms. */
export function waitingOf(value: string): { ms: number; less: boolean } | null {
  const read = /^([<>]?)=?((?:\d{1,4}[mhd])+)$/i.exec(value);
  if (!read) return null;
  let ms = 0;
  for (const [, n = "0", unit = "m"] of read[2]!.matchAll(/(\d+)([mhd])/gi))
    ms += Number(n) * UNIT[unit.toLowerCase() as keyof typeof UNIT];
  return { ms, less: read[1] === "<" };
}

/** A term as it is written: names with spaces in quotes. */
export function writeTerm({ key, value, not }: Pick<FilterTerm, "key" | "value" | "not">): string {
  const said = /[\s"]/u.test(value) || value === "" ? `"${value.replaceAll('"', "")}"` : value;
  return `${not ? "-" : ""}${key === "text" ? "" : `${key}:`}${said}`;
}

/** The text without one of its terms. */
export function withoutTerm(text: string, term: Pick<FilterTerm, "start" | "end">): string {
  return `${text.slice(0, term.start)} ${text.slice(term.end)}`.replace(/\s+/gu, " ").trim();
}

/** The text with one more term; the same one twice is once. */
export function withTerm(text: string, term: Pick<FilterTerm, "key" | "value" | "not">): string {
  const said = writeTerm(term);
  const has = parseFilter(text).terms.some((one) => writeTerm(one).toLowerCase() === said.toLowerCase());
  return has ? text.trim() : `${text.trim()} ${said}`.trim();
}
