import { daySaid, type ParsedSearch, type SearchFault, type SearchTerm } from "#shared/search-query";
import { uuidWord } from "./doc.ts";
import { type Needle, needleOf } from "./needle.ts";
import { fold, tokensOf } from "./words.ts";

interface Named {
  id: string;
  name: string;
}
export interface Names {
  me: string;
  queues: readonly Named[];
  brands: readonly Named[];
}

/** What the database is asked. */
export interface Compiled {
  /** A tsquery with `~` before each word; null asks for every message. */
  query: string | null;
  /** How many words are looked up in each slice of time. */
  lexemes: number;
  after: number | null;
  before: number | null;
  isOpen: boolean | null;
  mine: boolean;
  inQueues: string[] | null;
  /** What is marked in what was found. */
  needles: Needle[];
  /** Names of people are looked for by these words alone; null where more was asked than words. */
  people: string | null;
}
export type Outcome = { ok: true; search: Compiled } | { ok: false; why: string };

/** Parts of words that have to be looked up first. */
export function partsOf({ terms }: ParsedSearch): string[] {
  const needles = terms.filter((term) => term.key === "text").map(needleOf);
  return [...new Set(needles.flatMap((one) => (one?.how === "part" ? [one.part] : [])))];
}

/** `wordsWith`: what the vocabulary has for each part. `dayStart`: the instant at which a day of the one who asks begins; days are "2026-11-03". */
export function compile(
  parsed: ParsedSearch,
  names: Names,
  wordsWith: ReadonlyMap<string, readonly string[]>,
  dayStart: (said: { date: string } | { daysAgo: number }) => number,
): Outcome {
  const fault = parsed.faults[0];
  if (fault) return { ok: false, why: faultWords(fault) };
  const must: string[] = [];
  const mustNot: string[] = [];
  const search: Compiled = {
    ...{ query: null, lexemes: 0, after: null, before: null, isOpen: null, mine: false, inQueues: null },
    ...{ needles: [], people: null },
  };
  const either = new Map<string, string[]>();
  for (const term of parsed.terms) {
    const value = term.value.toLowerCase();
    switch (term.key) {
      case "text": {
        const needle = needleOf(term);
        // A sign alone ("-", "…") asks for nothing.
        if (!needle) break;
        (term.not ? mustNot : must).push(textQuery(needle, wordsWith));
        if (!term.not) search.needles.push(needle);
        break;
      }
      case "is":
        if (value === "mine") search.mine = true;
        else if (search.isOpen !== null && search.isOpen !== (value === "open"))
          return { ok: false, why: "“is:open” and “is:done” cannot both hold: leave one out." };
        else search.isOpen = value === "open";
        break;
      case "queue": {
        const found = named(names.queues, term);
        if (found.length === 0) return { ok: false, why: `There is no queue called “${term.value}”.` };
        search.inQueues = [...(search.inQueues ?? []), ...found.map((one) => one.id)];
        break;
      }
      case "after":
        search.after = Math.max(search.after ?? 0, dayStart(daySaid(term.value)!));
        break;
      case "before":
        search.before = Math.min(search.before ?? Number.MAX_SAFE_INTEGER, dayStart(daySaid(term.value)!));
        break;
      default: {
        const said = factQuery(term, names);
        if (said === null) return { ok: false, why: nothingNamed(term) };
        if (term.not) mustNot.push(said);
        else either.set(term.key, [...(either.get(term.key) ?? []), said]);
      }
    }
  }
  for (const said of either.values()) must.push(said.length === 1 ? said[0]! : `(${said.join(" | ")})`);
  // Only "without" is asked of every message.
  if (must.length === 0 && mustNot.length > 0) must.push("('~#d.in' | '~#d.out')");
  if (must.length > 0) search.query = [...must, ...mustNot.map((one) => `!${one}`)].join(" & ");
  search.lexemes = search.query?.split("~").length ?? 0;
  search.people = peopleQuery(parsed);
  return { ok: true, search };
}

function textQuery(needle: Needle, wordsWith: ReadonlyMap<string, readonly string[]>): string {
  if (needle.how === "words") {
    const last = needle.words.length - 1;
    const said = needle.words.map(({ word, after }, n) => {
      const star = n === last && needle.begins ? ":*" : "";
      return `${n === 0 ? "" : ` <${after}> `}'~${word}'${star}`;
    });
    return `(${said.join("")})`;
  }
  const known = wordsWith.get(needle.part) ?? [];
  // The part may be a word by itself, too short for the vocabulary. Nothing else has it: then nothing is found.
  return `(${[...new Set([needle.part, ...known])].map((word) => `'~${word}'`).join(" | ")})`;
}

/** Names are found by their words, all of them; null where nothing is called so. */
function factQuery(term: SearchTerm, names: Names): string | null {
  const value = term.value.toLowerCase();
  switch (term.key) {
    case "from":
    case "to": {
      if (term.key === "from" && value === "me") return `'~#g.${uuidWord(names.me)}'`;
      const words = tokensOf(term.value);
      const sign = term.key === "from" ? "@" : ">";
      if (words.length === 0) return null;
      const last = words.length - 1;
      return `(${words.map(({ word }, n) => `'~${sign}${word}'${n === last && term.how === "begins" ? ":*" : ""}`).join(" & ")})`;
    }
    case "medium":
      return `'~#m.${value}'`;
    case "network": {
      const name = value.replace(/[^a-z0-9-]/gu, "");
      return name === "" ? null : `'~#n.${name}'`;
    }
    case "lang":
      return `'~#l.${value.split("-")[0]}'`;
    case "has":
      return value === "file" ? "'~#f'" : "'~#k'";
    case "brand": {
      const found = named(names.brands, term);
      return found.length === 0 ? null : `(${found.map((one) => `'~#b.${uuidWord(one.id)}'`).join(" | ")})`;
    }
    default:
      return null;
  }
}

/** Called so; else beginning so; else with it inside. */
function named(all: readonly Named[], { value }: SearchTerm): readonly Named[] {
  const said = fold(value);
  const by = (fits: (name: string) => boolean) => all.filter((one) => fits(fold(one.name)));
  const [same, begins] = [by((name) => name === said), by((name) => name.startsWith(said))];
  return same.length > 0 ? same : begins.length > 0 ? begins : by((name) => name.includes(said));
}

function nothingNamed({ key, value }: SearchTerm): string {
  return key === "brand"
    ? `There is no brand called “${value}”.`
    : `“${key}:${value}” names nobody: write letters of a name or handle after the colon.`;
}

function peopleQuery({ terms }: ParsedSearch): string | null {
  if (terms.length === 0 || terms.some((term) => term.key !== "text" || term.not)) return null;
  const words = terms.flatMap((term) => tokensOf(term.value));
  // Of one letter half the town is called.
  if (words.length === 0 || words.every((one) => one.word.length < 2 && !one.run)) return null;
  return words.map(({ word }) => `'~${word}':*`).join(" & ");
}

function faultWords({ why, word }: SearchFault): string {
  switch (why) {
    case "empty":
      return `“${word}” says nothing after the colon.`;
    case "value":
      return `“${word}” is not understood. There are is:open, is:done and is:mine; has:file and has:link; medium:public, dm, chat, email and phone; lang:de; before: and after: a day like 2026-11-03, today or 7d.`;
    case "short":
      return `“${word}” is too short: a part of a word needs three letters.`;
    case "not":
      return `“${word}”: this operator cannot be turned round.`;
    case "many":
      return "These are more words than a search takes: leave some out.";
  }
}
