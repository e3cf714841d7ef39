/** Colleagues named in a note by `@@`. Pure: the server tells them, the composer completes and marks them. */

export interface Callable {
  id: string;
  name: string;
  email: string;
}
export interface Mention {
  start: number;
  end: number;
  text: string;
  /** One: they are meant. None: nobody is called that. Several: it could be any of them. */
  ids: readonly string[];
}

/** No more than these are looked at in one note. */
const MOST = 50;
const LONGEST = 160;
// A language by name: without one the machine's own would decide which letters are the same.
const letters = new Intl.Collator("en", { usage: "search", sensitivity: "base" });
const same = (a: string, b: string): boolean => a.length === b.length && letters.compare(a, b) === 0;
const localPart = (email: string): string => email.split("@")[0] ?? "";

/** What each is called by: the name where no other has it, else with as much of the address as tells them apart. */
export function callNames(people: readonly Callable[]): Map<string, string> {
  const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const count = new Map<string, number>();
  const add = (key: string) => count.set(key, (count.get(key) ?? 0) + 1);
  for (const one of people) {
    add(fold(one.name));
    add(fold(`${one.name} (${localPart(one.email)})`));
  }
  return new Map(
    people.map((one) => {
      const [short, longer] = [one.name, `${one.name} (${localPart(one.email)})`];
      const name =
        count.get(fold(short)) === 1 ? short : count.get(fold(longer)) === 1 ? longer : `${short} (${one.email})`;
      return [one.id, name];
    }),
  );
}

/** Every `@@` of the text with whom it can mean. The longest name that fits counts. */
export function mentionsIn(text: string, people: readonly Callable[]): Mention[] {
  const names = callNames(people);
  const spoken = people.flatMap((one) => [
    { said: names.get(one.id) ?? one.name, id: one.id },
    { said: one.name, id: one.id },
    { said: one.email, id: one.id },
    { said: one.name.trim().split(/\s+/u)[0] ?? "", id: one.id },
  ]);
  const found: Mention[] = [];
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}@])@@(?=[\p{L}\p{N}])/gu)) {
    if (found.length >= MOST) break;
    if (index < (found.at(-1)?.end ?? 0)) continue;
    const rest = text.slice(index + 2, index + 2 + LONGEST);
    let best = { length: 0, ids: new Set<string>() };
    for (const { said, id } of spoken) {
      if (said === "" || said.length < best.length || !same(rest.slice(0, said.length), said) || !ends(rest, said))
        continue;
      if (said.length > best.length) best = { length: said.length, ids: new Set() };
      best.ids.add(id);
    }
    const length = best.length || (/^[\p{L}\p{N}][\p{L}\p{N}\p{M}'’._-]*/u.exec(rest)?.[0].length ?? 1);
    const end = index + 2 + length;
    found.push({ start: index, end, text: text.slice(index + 2, end), ids: [...best.ids] });
  }
  return found;
}

/** Does a name end there, and not in the middle of a word? */
function ends(rest: string, said: string): boolean {
  return !/^[\p{L}\p{N}\p{M}]/u.test(rest.slice(said.length));
}

/** What is being typed behind `@@` just before the cursor; null when nothing is. */
export function mentionBegun(text: string, caret: number): { from: number; typed: string } | null {
  const before = text.slice(Math.max(0, caret - 62), caret);
  const match = /(?<![\p{L}\p{N}@])@@([\p{L}\p{N}][\p{L}\p{N}\p{M}'’.() -]{0,58})?$/u.exec(before);
  if (!match) return null;
  return { from: caret - match[0].length, typed: match[1] ?? "" };
}

/** Who could be meant by what is typed so far: names that begin so before names that have a word that does. */
export function mentionable<One extends { name: string; callName: string }>(
  people: readonly One[],
  typed: string,
): One[] {
  const wanted = typed.trimStart();
  const begins = (text: string) => same(text.slice(0, wanted.length), wanted);
  const rank = (one: One) => (begins(one.callName) ? 0 : one.name.split(/\s+/u).some(begins) ? 1 : 2);
  return people
    .map((one) => ({ one, rank: rank(one) }))
    .filter(({ rank: at }) => at < 2)
    .sort((a, b) => a.rank - b.rank || letters.compare(a.one.callName, b.one.callName))
    .map(({ one }) => one);
}
