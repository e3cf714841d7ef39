import { graphemes } from "./count.ts";

/**
 * The disclosure: which person of which company answers, in the last words of a public reply. A brand chooses the
 * style; "none" is allowed only where the profile itself says who answers.
 */
export type DisclosureStyle = "signature" | "initials" | "first-name" | "first-name-brand" | "none";

export interface DisclosureRule {
  style: DisclosureStyle;
  /** The agent's full name as shown to customers. */
  agent: string;
  brand: string;
  /** The public profile names the people who answer (needed for "none"). */
  profileDiscloses?: boolean;
  /** BCP 47, for the comma and for capitals. */
  locale?: string;
}

const commas: Record<string, string> = { ja: "、", zh: "，", ar: "، ", fa: "، ", ur: "، " };

/** First letters of the first and the last name: "Priya Nair" gives "PN", "佐藤花子" gives "佐". */
export function initialsOf(name: string, locale?: string): string {
  const words = name
    .normalize("NFC")
    .split(/[\s\p{Zs}]+/u)
    .filter((w) => /[\p{L}\p{N}]/u.test(w));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((w) => graphemes((w as string).replace(/^[^\p{L}\p{N}]+/u, ""))[0] ?? "")
    .join("")
    .toLocaleUpperCase(locale && /^[a-z]{2,3}(?:-|$)/iu.test(locale) ? locale : "en");
}

/** How a language says whose somebody is: "Mia at Northwind". */
const whose: Record<string, string> = { de: "von", es: "de", fr: "de", it: "di", nl: "van", pt: "da" };

/** The words a style ends a reply with: "— Priya Nair, Northwind Mobile", "^PN", "— Priya", "— Priya at Northwind", or nothing. */
export function disclosureLine(style: DisclosureStyle, agent: string, brand: string, locale?: string): string {
  if (style === "none") return "";
  if (style === "initials") return `^${initialsOf(agent, locale)}`;
  const language = locale?.toLowerCase().split("-")[0] ?? "";
  const first = tidy(agent).split(" ")[0] ?? "";
  if (style === "first-name") return `— ${first}`;
  if (style === "first-name-brand") return `— ${first} ${whose[language] ?? "at"} ${tidy(brand)}`;
  const comma = commas[language] ?? ", ";
  return `— ${tidy(agent)}${comma}${tidy(brand)}`;
}

const tidy = (s: string) => s.normalize("NFC").replace(/\s+/gu, " ").trim();

/** Dashes, spaces and commas may be typed differently; names may not. */
const loose = (s: string) =>
  s
    .normalize("NFC")
    .replace(/\p{Pd}/gu, "-")
    .replace(/[،、，,]\s*/gu, ", ")
    .replace(/[\s\p{Zs}]+/gu, " ")
    .replace(/- /gu, "-")
    .trim();

/** Does the text end with the disclosure, set off from the words before it? */
export function hasDisclosure(text: string, rule: DisclosureRule): boolean {
  if (rule.style === "none") return rule.profileDiscloses === true;
  const line = loose(disclosureLine(rule.style, rule.agent, rule.brand, rule.locale));
  // A rule without a name can never be met.
  if (
    tidy(rule.agent) === "" ||
    ((rule.style === "signature" || rule.style === "first-name-brand") && tidy(rule.brand) === "")
  )
    return false;
  const said = loose(text);
  if (!said.endsWith(line)) return false;
  return said.length === line.length || /[\s\p{P}]$/u.test(said.slice(0, -line.length));
}

/** The text with its disclosure as the last words; a text that has it already stays as it is. */
export function appendDisclosure(
  text: string,
  style: DisclosureStyle,
  agent: string,
  brand: string,
  locale?: string,
): string {
  const line = disclosureLine(style, agent, brand, locale);
  if (line === "" || hasDisclosure(text, { style, agent, brand, locale })) return text;
  const words = text.trimEnd();
  return words === "" ? line : `${words} ${line}`;
}

/** The reply without its disclosure, for counting what was really said. */
export function withoutDisclosure(text: string, rule: DisclosureRule): string {
  if (rule.style === "none" || !hasDisclosure(text, rule)) return text;
  const line = loose(disclosureLine(rule.style, rule.agent, rule.brand, rule.locale));
  // The line may be typed more loosely than we write it, so the cut is found from the end.
  const { words, at } = lastWords(text.trimEnd(), 8 * line.length + 64);
  for (let from = words.length - 1; from >= 0; from--)
    if (loose(words.slice(from)) === line && !(from > 0 && loose(words.slice(from - 1)) === line))
      return text.slice(0, at[from]).trimEnd();
  return text;
}

/** The end of a text with each run of white space as one: `at` are their offsets. However long the text is, little is looked at. */
function lastWords(text: string, atMost: number): { words: string; at: number[] } {
  const words: string[] = [];
  const at: number[] = [];
  for (let i = text.length - 1; i >= 0 && words.length < atMost; i--) {
    const space = /\s/u.test(text[i] as string);
    if (space && words.at(-1) === " ") at[at.length - 1] = i;
    else {
      words.push(space ? " " : (text[i] as string));
      at.push(i);
    }
  }
  return { words: words.reverse().join(""), at: at.reverse() };
}
