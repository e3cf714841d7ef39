import { parseQuery } from "#shared/query/parse";
import { type Label, strongest, wordAt } from "./label.ts";
import { Matcher } from "./matching/matcher.ts";
import { Why } from "./matching/why.ts";

export const THING_KINDS = ["product", "place"] as const;
export type ThingKind = (typeof THING_KINDS)[number];
/** Something of the account's list: a product it sells, a place it has. `brandId` null: of all brands. */
export interface Thing {
  id: string;
  kind: ThingKind;
  name: string;
  /** Other ways to say it: words, phrases, #tags, @handles; a final `*` stands for any ending. */
  synonyms: readonly string[];
  brandId: string | null;
}
export type ThingLabel = Label<string> & { name: string; kind: ThingKind };

/** Of one post so many are told. */
const MOST_TOLD = 8;
/** Where a text names so many it is a list itself: no more of them are looked for in it, word by word. */
const MOST_SOUGHT = 50;
/**
 * Written as the list has it; written otherwise, where a name may be a common word ("go", "polo"); so short that it may be anything. So often it was
 * meant in `labels/every_dev` of bench/judge, half of whose names are common words.
 */
const AS_LISTED = 0.95;
const OTHERWISE = 0.5;
const SHORT = 0.3;
const SHORT_UNITS = 3;

/** Scripts that write without blanks and of which no words are cut: a name is looked for as it stands. */
const RUNNING = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The names of a thing as one query; null: none of them can be looked for by words. */
function queryOf(names: readonly string[]): string | null {
  const terms = names.filter((name) => !RUNNING.test(name)).map(termOf);
  return terms.length === 0 ? null : terms.join(" OR ");
}
function termOf(name: string): string {
  const plain = name.replace(/["\s]+/gu, " ").trim();
  return /^[#@$][\p{L}\p{N}_.-]+$/u.test(plain) ? plain : `"${plain}"`;
}

/** Why a name cannot be looked for; null: it can. */
export function faultOfName(name: string): string | null {
  if (RUNNING.test(name)) return name.trim().length >= 2 ? null : "It is too short to be told apart.";
  const parsed = parseQuery(termOf(name));
  return parsed.ok ? null : parsed.fault.says;
}

/** The list of an account, ready to be looked for. Pure. */
export class ThingFinder {
  readonly #things: ReadonlyMap<string, Thing>;
  readonly #matcher = new Matcher();
  readonly #whys = new Map<string, Why>();
  readonly #running: { id: string; name: string }[] = [];
  readonly #listed = new Set<string>();

  constructor(things: readonly Thing[]) {
    this.#things = new Map(things.map((t) => [t.id, t]));
    for (const { id, name, synonyms } of things) {
      const names = [name, ...synonyms];
      for (const one of names) this.#listed.add(one.replace(/\*$/u, ""));
      this.#running.push(...names.filter((one) => RUNNING.test(one)).map((one) => ({ id, name: one })));
      const query = queryOf(names);
      const parsed = query === null ? null : parseQuery(query);
      if (!parsed?.ok) continue;
      this.#matcher.add(id, parsed.query);
      this.#whys.set(id, new Why(parsed.query));
    }
  }

  /** What of the list a text names, in the order of the text. `brandId`: whose post it is. */
  find(text: string, brandId: string | null): ThingLabel[] {
    if (this.#things.size === 0 || text === "") return [];
    const spans = new Map<string, (readonly [number, number])[]>();
    // Another brand's thing is none here, and does not stand in the way of a shorter name either.
    const isOurs = (id: string) => [null, brandId].includes(this.#things.get(id)?.brandId ?? null);
    for (const id of [...this.#matcher.match({ text })].filter(isOurs).slice(0, MOST_SOUGHT))
      spans.set(id, [...(this.#whys.get(id)?.spans({ text }) ?? [])]);
    for (const { id, name } of this.#running) {
      const at = isOurs(id) ? text.indexOf(name) : -1;
      if (at >= 0) spans.set(id, [...(spans.get(id) ?? []), [at, at + name.length]]);
    }
    return this.#longest(spans)
      .flatMap(([id, found]) => {
        const thing = this.#things.get(id);
        if (!thing || found.length === 0) return [];
        const words = strongest(found.map(([from, to]) => wordAt(text, from, to)));
        const score = Math.max(...words.map((w) => this.#sure(w.text)));
        return [{ value: id, name: thing.name, kind: thing.kind, score, words }];
      })
      .sort((a, b) => a.words[0]!.start - b.words[0]!.start || (a.value < b.value ? -1 : 1))
      .slice(0, MOST_TOLD);
  }

  /** "Lumo Mini" is not also a Lumo: what stands inside a longer name does not count. */
  #longest(spans: ReadonlyMap<string, readonly (readonly [number, number])[]>) {
    const all = [...spans.values()].flat();
    const inside = ([from, to]: readonly [number, number]) =>
      all.some(([a, b]) => a <= from && to <= b && b - a > to - from);
    return [...spans].map(([id, found]) => [id, found.filter((span) => !inside(span))] as const);
  }

  #sure(word: string): number {
    if (this.#listed.has(word)) return AS_LISTED;
    return [...word].length <= SHORT_UNITS ? SHORT : OTHERWISE;
  }
}
