import { type KeyBinding, type KeySettings, keysOf } from "../../shared/keys/match.ts";
import type { IconName } from "../../shared/ui/icon.tsx";
import { fuzzy } from "./fuzzy.ts";

/** One line of the palette. */
export type Item = {
  id: string;
  label: string;
  heading: string;
  /** Its key, as the agent has it. */
  keys?: string | undefined;
  end?: string | undefined;
  icon?: IconName | undefined;
  /** Why it cannot be done now; it is shown and does nothing. */
  refused?: string | undefined;
  run: () => void;
};
export type Found = Item & { at: readonly number[] };
export type Section = { heading: string; items: readonly Found[] };

/** More cannot be read; whoever types one letter more sees the rest. */
const MOST_SHOWN = 60;
const LATELY = 5;

/** The acts of the screen, each once, the nearest first. What is only for moving about in the palette itself is left out. */
export function actItems(
  bindings: readonly KeyBinding[],
  settings: KeySettings,
  words: { notNow: string },
  without: readonly string[],
): Item[] {
  const items = new Map<string, Item>();
  for (const binding of bindings) {
    if (without.includes(binding.id)) continue;
    const before = items.get(binding.id);
    // Of two with one name the nearer counts, unless only the other can be done.
    if (before && !(before.refused && !binding.disabled)) continue;
    items.set(binding.id, {
      ...{ id: binding.id, label: binding.label, heading: binding.group, run: binding.run },
      keys: keysOf(binding, settings)[0],
      refused: binding.disabled ? (binding.refused ?? words.notNow) : undefined,
    });
  }
  return [...items.values()];
}

/** What answers to the words typed, in sections, the best first. With nothing typed: what was used lately, then everything. */
export function sectionsOf(
  typed: string,
  items: readonly Item[],
  lately: readonly string[],
  words: { lately: string },
): Section[] {
  if (typed.trim() === "") {
    const used = lately.flatMap((id) => items.find((one) => one.id === id && !one.refused) ?? []).slice(0, LATELY);
    const rest = items
      .filter((one) => !used.includes(one))
      .toSorted((a, b) => Number(!!a.refused) - Number(!!b.refused) || rankOf(a) - rankOf(b));
    const sections = grouped(rest.map((one) => ({ ...one, at: [] })));
    return used.length === 0
      ? sections
      : [{ heading: words.lately, items: used.map((one) => ({ ...one, at: [] })) }, ...sections];
  }
  const found = items.flatMap((one) => {
    const match = fuzzy(typed, one.label);
    if (match === null) return [];
    const used = lately.indexOf(one.id);
    const score = match.score + (used < 0 ? 0 : 6 - Math.min(5, used)) - (one.refused ? 40 : 0);
    return [{ ...one, at: match.at, score }];
  });
  return grouped(found.toSorted((a, b) => b.score - a.score).slice(0, MOST_SHOWN));
}

/** What agents do most stands first while nothing is typed. */
const FIRST = ["work", "write", "list", "escalate", "customer", "open", "burst"];
const rankOf = ({ id }: Item): number => {
  const at = FIRST.indexOf(id.split(".")[0] ?? "");
  return at < 0 ? FIRST.length : at;
};

function grouped(items: readonly Found[]): Section[] {
  return [...Map.groupBy(items, (one) => one.heading)].map(([heading, of]) => ({ heading, items: of }));
}

/** The number in "C-20481", "c 20481" or "20481" alone. */
export function numberIn(typed: string): string | null {
  const read = /^\s*(?:c\s*-?\s*)?(\d{1,12})\s*$/iu.exec(typed);
  return read ? `C-${read[1]}` : null;
}
