import { compileMessage } from "@lingui/message-utils/compileMessage";

type Part = string | [name: string | number, kind?: string, ways?: string | Record<string, unknown>];
const TAG = /<\/?\d+\/?>/g;
const EXACT: Record<string, string> = { zero: "0", one: "1", two: "2" };

/** The plural forms that counts of a screen come under: all that Intl.PluralRules names for whole numbers below a million. */
export function pluralForms(locale: string): ReadonlySet<string> {
  const rules = new Intl.PluralRules(locale);
  return new Set([...Array.from({ length: 1_000 }, (_, n) => n), 1_000, 10_000, 100_000].map((n) => rules.select(n)));
}

type Shape = { variables: Set<string>; faults: string[] };

function look(parts: unknown, forms: ReadonlySet<string> | null, into: Shape): void {
  if (!Array.isArray(parts)) return;
  for (const part of parts as Part[]) {
    if (typeof part === "string") continue;
    const [name, kind, ways] = part;
    into.variables.add(String(name));
    if (typeof ways !== "object") continue;
    const said = Object.keys(ways).filter((way) => way !== "offset");
    const wanted = kind === "plural" && forms ? forms : new Set(["other"]);
    for (const form of wanted)
      if (!said.includes(form) && !said.includes(EXACT[form] ?? "")) into.faults.push(`{${name}} has no "${form}"`);
    for (const way of said) look(ways[way], forms, into);
  }
}

const shapeOf = (message: string, forms: ReadonlySet<string> | null): Shape => {
  const shape: Shape = { variables: new Set(), faults: [] };
  look(compileMessage(message), forms, shape);
  return shape;
};
const sorted = (all: Iterable<string>): string => [...new Set(all)].sort().join(" ");
const edges = (text: string): string => `${/^\s/.test(text)},${/\s$/.test(text)}`;

/** What keeps one translation from taking the English sentence's place; empty: nothing. `forms`: the plural forms of its language. */
export function translationFaults(english: string, said: string, forms: ReadonlySet<string>): string[] {
  if (said.trim() === "") return english.trim() === "" ? [] : ["has no words"];
  let shape: Shape;
  try {
    shape = shapeOf(said, forms);
  } catch (error) {
    return [`cannot be read: ${(error as Error).message}`];
  }
  const faults = [...shape.faults];
  const variables = [shapeOf(english, null), shape].map((one) => sorted(one.variables));
  if (variables[0] !== variables[1]) faults.push(`says {${variables[1]}} in place of {${variables[0]}}`);
  const tags = [english, said].map((text) => sorted(text.match(TAG) ?? []));
  if (tags[0] !== tags[1]) faults.push(`has the tags ${tags[1] || "none"} in place of ${tags[0] || "none"}`);
  if (edges(english) !== edges(said))
    faults.push("begins or ends with a space where English does not, or the other way round");
  return faults;
}
