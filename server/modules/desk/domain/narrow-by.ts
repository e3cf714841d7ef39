import type { Narrow } from "#modules/routing";
import type { Instant } from "#platform/clock";
import { type FilterKey, type FilterTerm, parseFilter, waitingOf } from "#shared/work-filter";

/** What the names in a filter stand for. */
export interface Names {
  me: string;
  queues: readonly { id: string; name: string }[];
  brands: readonly { id: string; name: string }[];
  agents: readonly { id: string; name: string }[];
  channels: readonly { id: string; name: string; network: string }[];
}
/** `rest`: what can be told only from what a row shows. */
export type Narrowed = { ok: true; narrow: Narrow; rest: FilterTerm[] } | { ok: false; why: string };

type Several = { any: string[]; not: string[] };

/** What a filter asks for, in the words of the work list. */
export function narrowBy(text: string, names: Names, now: Instant): Narrowed {
  const { terms, faults } = parseFilter(text);
  const fault = faults[0];
  if (fault) return no(sayFault(fault.why, fault.word));
  const of = Map.groupBy(terms, (term) => term.key);
  const narrow: Record<string, unknown> = {};
  const rest: FilterTerm[] = [...(of.get("lang") ?? []), ...(of.get("label") ?? []), ...(of.get("text") ?? [])];
  const several = (key: FilterKey, as: string, ids: (value: string) => readonly string[] | null): string | null => {
    const found: Several = { any: [], not: [] };
    for (const term of of.get(key) ?? []) {
      const those = ids(term.value);
      if (those === null) return `There is no ${key} called ${term.value}.`;
      found[term.not ? "not" : "any"].push(...those);
    }
    if (found.any.length + found.not.length > 0) narrow[as] = found;
    return null;
  };
  const word = (value: string) => [value.toLowerCase()];
  const wrong =
    several("queue", "queueIds", (value) => called(names.queues, value)) ??
    several("brand", "brandIds", (value) => called(names.brands, value)) ??
    several("network", "channelIds", (value) =>
      called(
        names.channels.map((one) => ({ id: one.id, name: one.network })),
        value,
      ),
    ) ??
    several("medium", "mediums", word) ??
    several("priority", "priorities", word);
  if (wrong) return no(wrong);
  const owners = ownersOf(of.get("owner") ?? [], names);
  if (typeof owners === "string") return no(owners);
  if (owners) narrow.ownerIds = owners;
  for (const { value, not } of of.get("waiting") ?? []) {
    const { ms, less } = waitingOf(value)!;
    narrow.waitsSince = { ...(narrow.waitsSince as object), [less === not ? "before" : "after"]: now - ms };
  }
  const visibility: Several = { any: [], not: [] };
  for (const term of of.get("is") ?? []) {
    const value = term.value.toLowerCase();
    if (value === "late" || value === "snoozed") narrow[value] = !term.not;
    else if (value === "waiting") narrow.free = !term.not;
    else if (value === "public" || value === "private")
      visibility[(value === "private") === term.not ? "not" : "any"].push("private");
    else rest.push(term);
  }
  if (visibility.any.length + visibility.not.length > 0) narrow.visibilities = visibility;
  return { ok: true, narrow: narrow as Narrow, rest };
}

const no = (why: string): Narrowed => ({ ok: false, why });
const same = (a: string, b: string) => a.toLocaleLowerCase("en") === b.toLocaleLowerCase("en");

/** By the name, or by its beginning where only that was typed; null: nothing is called so. */
function called(all: readonly { id: string; name: string }[], value: string): string[] | null {
  const exactly = all.filter((one) => same(one.name, value));
  const found = exactly.length > 0 ? exactly : all.filter((one) => same(one.name.slice(0, value.length), value));
  return found.length === 0 ? null : found.map((one) => one.id);
}

function ownersOf(terms: readonly FilterTerm[], { agents, me }: Names) {
  const found: { any: (string | null)[]; not: (string | null)[] } = { any: [], not: [] };
  for (const { value, not } of terms) {
    const ids = same(value, "me") ? [me] : same(value, "none") ? [null] : called(agents, value);
    if (ids === null) return `Nobody here is called ${value}. Say owner:me, owner:none or a colleague's name.`;
    found[not ? "not" : "any"].push(...ids);
  }
  return terms.length > 0 ? found : null;
}

function sayFault(why: string, word: string): string {
  if (why === "unknown-key") return `The filter knows no operator like ${word}.`;
  if (why === "empty") return `Say a value after ${word}`;
  if (why === "many") return "These are too many words for one filter.";
  return `${word} is no value of this operator.`;
}

/** What a row of the list shows, as far as a filter asks for it. */
export interface RowFacts {
  language: string;
  risks: readonly string[];
  sentiment: string | null;
  /** Signals, kinds, abuse, names of products and places. */
  tells?: readonly string[];
  unread: boolean;
  draft: boolean;
  trouble: string | null;
  customer: { name: string; handle: string };
  number: string;
  subject: string;
  snippet: string;
}

/** Whether a row is what the rest of a filter asks for: different operators must all hold, several of one are "or". */
export function passesRest(row: RowFacts, rest: readonly FilterTerm[]): boolean {
  const byKey = Map.groupBy(rest, (term) => (term.key === "text" || term.key === "is" ? term : term.key));
  return [...byKey.values()].every((terms) => {
    const wanted = terms.filter((term) => !term.not);
    return (
      terms.every((term) => !term.not || !holds(row, term)) &&
      (wanted.length === 0 || wanted.some((term) => holds(row, term)))
    );
  });
}

function holds(row: RowFacts, { key, value }: FilterTerm): boolean {
  const word = value.toLocaleLowerCase("en");
  if (key === "lang") return row.language.toLowerCase().split("-")[0] === word || row.language.toLowerCase() === word;
  if (key === "label")
    return [...row.risks, row.sentiment ?? "", ...(row.tells ?? [])].some((label) => label.toLowerCase() === word);
  if (key === "is") return word === "unread" ? row.unread : word === "draft" ? row.draft : row.trouble !== null;
  const { customer, number, subject, snippet } = row;
  return [customer.name, customer.handle, number, subject, snippet].some((part) =>
    part.toLocaleLowerCase("en").includes(word),
  );
}
