/** How a language writes several things one after another. */
export type Lists = {
  /** ", " */
  comma: string;
  /** Beside each other, of no sentence: "A, B". */
  list: (all: readonly string[]) => string;
  /** Whole clauses: "A; B". */
  points: (all: readonly string[]) => string;
  /** "A, B and C" */
  and: (all: readonly string[]) => string;
  /** "A, B or C" */
  or: (all: readonly string[]) => string;
};

const ARABIC_SIGNS = new Set(["ar", "fa", "ur"]);
const made = new Map<string, Lists>();

function make(locale: string): Lists {
  const arabic = ARABIC_SIGNS.has(locale.split("-")[0] ?? "");
  const and = new Intl.ListFormat(locale, { type: "conjunction" });
  const or = new Intl.ListFormat(locale, { type: "disjunction" });
  const comma = arabic ? "، " : ", ";
  return {
    comma,
    list: (all) => all.join(comma),
    points: (all) => all.join(arabic ? "؛ " : "; "),
    and: (all) => and.format(all),
    or: (all) => or.format(all),
  };
}

/** Made once a language: rows of a list ask for it by the hundred. */
export function listsOf(locale: string): Lists {
  const found = made.get(locale) ?? make(locale);
  made.set(locale, found);
  return found;
}
