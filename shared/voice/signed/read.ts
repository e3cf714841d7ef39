import type { AutomaticWords, DisclosureAsked, Signed } from "../finding.ts";
import { type Clause, clausesOf, ownScope, type Scope, versionsOf } from "./clauses.ts";
import { companyIn, withCompany } from "./company.ts";
import { exampleIn } from "./example.ts";
import { type Networks, networkId, reach } from "./networks.ts";
import * as says from "./words.ts";

/** What one clause asks of the agents' replies; no ways: nothing is asked. */
interface Asked {
  scope: Exclude<Scope, "unsaid">;
  networks: Networks | null;
  ways: readonly Signed[];
}
/** What one language of a rule asks for. */
interface Reading {
  asked: Asked[];
  automatic: { networks: Networks | null; words: AutomaticWords | null }[];
}

const anyTrace: Signed = { who: "name", mark: "", company: false, where: "anywhere", loose: true };
const unsigned: Signed = { who: "nobody", mark: "", company: false, where: "anywhere" };

function markOf(text: string): { mark: string; close: string } {
  const quoted =
    /["'“„«‘`]\s?([\^~/|*_:#–—-]{1,2})\s?["'”“»’`]/u.exec(text)?.[1] ??
    /(?<!\S)([/#*_|–—-])\s(?:and|plus|und|mit|y|et|e|\+)\s/u.exec(text)?.[1] ??
    /[\^~|]/u.exec(text)?.[0];
  if (quoted) return { mark: quoted, close: "" };
  const hit = says.marks.find(([pattern]) => pattern.test(text));
  return hit ? { mark: hit[1], close: hit[2] } : { mark: "", close: "" };
}

const kinds: readonly (readonly [Signed["who"], RegExp])[] = [
  ["first-initial", says.firstInitial],
  ["full-name", says.full],
  ["initials", says.initials],
  ["first-name", says.first],
];

/** How a clause asks for a signature, in any of several ways; none where it speaks of no form that is known. */
function waysIn(text: string): Signed[] {
  // "The first name or the initials".
  const choices = text.split(/(?:,\s*)?\s(?:or|oder|ou)\s(?:else |auch |bien )?/iu);
  const named = choices.filter((one) => kinds.some(([, pattern]) => pattern.test(one)));
  if (named.length > 1) {
    const where = placeOf(text, "");
    return named.flatMap((one) => wayOf(one)).map((way) => ({ ...way, where }));
  }
  return wayOf(text);
}

function placeOf(text: string, mark: string): Signed["where"] {
  const start = says.atStart.test(text);
  const end = says.atEnd.test(text) || mark === "^";
  return start && !end ? "start" : end && !start ? "end" : "anywhere";
}

function wayOf(text: string): Signed[] {
  const spoken = kinds.find(([, pattern]) => pattern.test(text));
  const hit = (spoken?.[1] ?? says.name).exec(text);
  const from = hit ? hit.index + hit[0].length : 0;
  const company = companyIn(text, spoken?.[0] ?? "name", from);
  // What stands between the name and the company is no mark before the name.
  const named = markOf(company && hit ? text.slice(0, from) : text);
  const shape = exampleIn(company && hit ? text.slice(0, from) : text, named.close !== "");
  const who: Signed["who"] | null = spoken?.[0] ?? shape?.kind ?? (hit || company?.mark !== undefined ? "name" : null);
  if (!who) return [];
  const marked = shape && (shape.before !== "" || shape.after !== "");
  const mark = company?.mark ?? (marked ? shape.before : named.mark);
  const close = marked ? shape.after : named.close;
  const asked: Signed = {
    who,
    mark,
    ...(close !== "" && !company && { close }),
    company: false,
    where: placeOf(text, named.mark),
    ...(says.firstMessage.test(text) && { firstOnly: true }),
  };
  return company ? withCompany(asked, company) : [asked];
}

/** The words a clause gives for automatic replies: 'begins with "I am a bot"', 'what nobody wrote closes with /bot'. */
function automaticIn(text: string, otherwise?: AutomaticWords["where"]): AutomaticWords | null {
  const start = says.atStart.exec(text);
  const end = says.atEnd.exec(text);
  if (!start && !end && !otherwise) return null;
  const words =
    /"([^"\n]{2,60})"|“([^”\n]{2,60})”|„([^“”\n]{2,60})[“”]|«\s?([^»\n]{2,60}?)\s?»|(?<!\p{L})[‘']([^’'\n]{2,60})[’'](?!\p{L})/u
      .exec(text)
      ?.slice(1)
      .find(Boolean) ??
    /[[{<][^\]}>\n]{2,40}[\]}>]/u.exec(text)?.[0] ??
    /\((?!(?:or|oder|o|ou|and|und|y|et|e|the same|likewise)\s)([^()\n]{2,40})\)/u.exec(text)?.[1] ??
    /(?<!\S)[/^~#*|]\s?\p{L}{2,12}(?=[.,;:)\s]|$)/u.exec(text)?.[0] ??
    /\p{Extended_Pictographic}/u.exec(text)?.[0] ??
    (/(?<!\p{L})rob(?:o|ó)t\p{L}* (?:emoji|face|sign)|(?:emoji|emoticono)\p{L}* (?:de |d['’]un |of a )?rob[oó]t|roboter-?(?:emoji|gesicht|zeichen)/iu.test(
      text,
    )
      ? "🤖"
      : null);
  if (!words) return null;
  if (!start && !end && otherwise) return { words, where: otherwise };
  return { words, where: start && (!end || start.index < end.index) ? "start" : "end" };
}

/** "No reply goes out without the initials" asks for them. */
const twiceDenied =
  /(?<!\p{L})(?:no|never|not|none|nothing|nobody|kein\p{L}*|nie|niemals|nichts|ning[uú]n\p{L}*|nunca|nada|aucun\p{L}*|jamais|rien)(?!\p{L})[^.;]*(?<!\p{L})(?:without|unsigned|ohne|sin|sans|senza|sem|zonder)(?!\p{L})/iu;

function asksNothing(said: string): boolean {
  const bare = said.replace(/^[^:]{1,60}:/u, "");
  if (says.firstMessage.test(said) && !says.nobody.test(bare)) return false;
  if (says.nobody.test(bare)) return true;
  if (twiceDenied.test(said)) return false;
  if (!says.unsigned.test(said)) return says.nothing.test(said) && waysIn(said).every((way) => way.who === "name");
  // "No name, the initials at the end" asks for something all the same.
  const left = said.replaceAll(new RegExp(says.unsigned, "giu"), " ");
  return !(kinds.some(([, pattern]) => pattern.test(left)) && (says.atStart.test(left) || says.atEnd.test(left)));
}

const likeBefore =
  /(?<!\p{L})(?:the same|same way|likewise|ditto|as well|too|ebenso|genauso|gleich|auch|igual|lo mismo|también|de même|pareil\p{L}*|aussi|idem)(?!\p{L})/iu;
/** "What nobody signs" is no automatic reply. */
const nobodySigns =
  /(?<!\p{L})(?:(?:nobody|no one|no agent) (?:signs|(?:has|needs) to sign)|niemand (?:unterschreib|unterzeichn)\p{L}*|nadie firma|personne ne signe)(?!\p{L})/iu;

function readVersion(text: string, network: string | undefined): Reading {
  const out: Reading = { asked: [], automatic: [] };
  let last: Scope = "unsaid";
  let before: readonly Signed[] = [];
  let ofMachine = false;
  let place: AutomaticWords["where"] | undefined;
  const add = (scope: Scope, networks: Networks | null, ways: readonly Signed[]) => {
    const ownOnes = networks && scope === "unsaid" ? ownScope(networks) : scope;
    // Where only two read, what is said of the place is said of its private messages.
    if (networks && ownScope(networks) === "private" && ownOnes !== "private")
      out.asked.push({ scope: "private", networks, ways });
    out.asked.push({ scope: ownOnes === "unsaid" ? "public" : ownOnes, networks, ways });
  };
  for (const clause of clausesOf(text, network)) {
    const { text: said, scope, networks } = clause;
    if (isAutomatic(clause, ofMachine)) {
      ofMachine = true;
      out.automatic.push({ networks, words: automaticIn(said, clause.goesOn ? place : undefined) });
      place = out.automatic.at(-1)?.words?.where ?? place;
      // One sentence may speak of both: what stands before the machine's part is the agent's.
      const at = said.search(says.automatic);
      const people = said
        .slice(0, Math.max(0, at))
        .split(/[,;:]\s|\s(?:or|oder|o|ou|of)\s/u)
        .slice(0, -1)
        .join(", ");
      const ways = waysIn(people);
      if (ways.length > 0 && (says.atStart.test(people) || says.atEnd.test(people))) add("public", networks, ways);
      continue;
    }
    ofMachine = false;
    const here: Scope = scope === "unsaid" && !networks ? last : scope;
    last = here;
    if (asksNothing(said)) {
      add(here, networks, [unsigned]);
      continue;
    }
    let ways: readonly Signed[] = waysIn(said);
    if (ways.length === 0 && networks) {
      const signs = says.atEnd.test(said) || says.atStart.test(said);
      if (likeBefore.test(said)) ways = before;
      else if (clause.goesOn && before[0] && markOf(said).mark !== "") ways = remarked(before[0], said);
      if (ways.length === 0 && (signs || clause.goesOn)) ways = [anyTrace];
    }
    if (ways.length === 0) continue;
    before = ways;
    add(here, networks, ways);
  }
  return out;
}

/** "Initials, on x after a caret": the kind of name goes on, the mark is another. */
function remarked(way: Signed, said: string): Signed[] {
  const { mark, close } = markOf(said);
  const { close: _close, ...rest } = way;
  return [{ ...rest, mark, ...(close !== "" && { close }) }];
}

function isAutomatic({ text, scope, goesOn }: Clause, ofMachine: boolean): boolean {
  if (nobodySigns.test(text)) return false;
  if (says.automatic.test(text)) return !(says.initials.test(text) && scope !== "unsaid" && !automaticIn(text));
  return goesOn && ofMachine && !kinds.some(([, pattern]) => pattern.test(text));
}

/** The clauses that speak of a network most narrowly, the first of each language; `undefined`: which network is not known. */
function narrowest<T extends { networks: Networks | null }>(
  lists: readonly (readonly T[])[],
  network: string | undefined,
): T[] {
  if (network === undefined) {
    const some = lists.some((list) => list.some((one) => one.networks));
    return lists.flatMap((list) => (some ? list : list.slice(0, 1)));
  }
  return lists.flatMap((list) => {
    const most = Math.max(0, ...list.map((one) => reach(one.networks, network)));
    const found = most === 0 ? undefined : list.find((one) => reach(one.networks, network) === most);
    return found ?? [];
  });
}

/**
 * The signature a rule asks for, read out of its words, on a network (its id, as "x"; not given: what the rule asks on any).
 * What is not understood is never held against a reply that names its writer.
 */
export function readDisclosure(rule: unknown, network?: string): DisclosureAsked {
  const text = typeof rule === "string" ? rule.slice(0, 2_000) : "End with ^ initials";
  if (says.nobody.test(text)) return { ...unsigned, alsoPrivate: false };
  const on = network === undefined ? undefined : networkId(network);
  const read = versionsOf(text).map((one) => readVersion(one, on));
  const within = (...scopes: Scope[]) =>
    narrowest(
      read.map((one) => one.asked.filter(({ scope }) => scopes.includes(scope))),
      on,
    );
  const open = within("public", "both");
  const [main = anyTrace, ...or] = open.flatMap((one) => one.ways);
  const apart = within("private");
  const shared = apart.length === 0 ? within("both") : [];
  const alsoPrivate = shared.length > 0 && shared.every((one) => open.includes(one));
  const closed = alsoPrivate ? [] : [...apart, ...shared].flatMap((one) => one.ways);
  const inPrivate = closed.every((one) => one.who === "nobody") ? [] : closed;
  // The first private message may name the agent anywhere in it.
  const firstInPrivate =
    inPrivate.length > 0 &&
    inPrivate.every((one) => one.firstOnly && one.who === "first-name" && one.mark === "" && !one.company);
  const machine = narrowest(
    read.map((one) => one.automatic.filter(({ words }) => words)),
    on,
  );
  const spoken = read.some((one) => one.automatic.some((two) => two.networks))
    ? machine.flatMap(({ words }) => words ?? [])
    : read.flatMap((one) => one.automatic.flatMap(({ words }) => words ?? []));
  const [automatic, ...more] = spoken.filter(
    (one, i) => spoken.findIndex((o) => o.words === one.words && o.where === one.where) === i,
  );
  return {
    ...main,
    alsoPrivate,
    ...(or.length > 0 && { or }),
    ...(inPrivate.length > 0 && !firstInPrivate && { inPrivate }),
    ...(firstInPrivate && { firstInPrivate }),
    ...(automatic && { automatic: { ...automatic, ...(more.length > 0 && { or: more }) } }),
  };
}
