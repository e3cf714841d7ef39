/** Fields of a macro's text, and the short names that grow into it. Pure: the server checks with it, the composer fills with it. */

export const macroFields = ["customer.first_name", "agent.first_name", "brand", "conversation.number"] as const;
export type MacroField = (typeof macroFields)[number];
export type FieldValues = Readonly<Record<MacroField, string | null>>;

const FIELD = /\{\{\s*([^{}]{0,60}?)\s*\}\}/gu;
const isField = (name: string): name is MacroField => (macroFields as readonly string[]).includes(name);

/** Fields of a text that nobody can fill, each once. */
export function unknownFields(text: string): string[] {
  const found = [...text.matchAll(FIELD)].map((match) => match[1] ?? "");
  return [...new Set(found.filter((name) => !isField(name)))];
}

/** The text with what is known put in. What is not known stays as it is written: a reply with an open field is held. */
export function fillFields(text: string, values: FieldValues): string {
  return text.replace(FIELD, (whole, name: string) => {
    const value = isField(name) ? values[name] : null;
    // A name is a stranger's word: it opens no field.
    return value?.replaceAll(/[{}\p{Cc}]/gu, "").trim() || whole;
  });
}

/** The name to call somebody by; null where only a handle, an address or a number is known. */
export function firstName(name: string, handles: readonly string[] = []): string | null {
  const whole = name.trim();
  const same = (handle: string) => handle.replace(/^@/u, "").toLowerCase() === whole.replace(/^@/u, "").toLowerCase();
  if (handles.some(same)) return null;
  const first = whole.split(/[\s,]+/u)[0] ?? "";
  return /^\p{L}[\p{L}\p{M}'’.-]{0,39}$/u.test(first) ? first : null;
}

/** The text in the first of these languages that it is written in, else the first there is. */
export function textIn<Text extends { locale: string }>(
  texts: readonly Text[],
  languages: readonly (string | null)[],
): Text | null {
  const lower = (locale: string) => locale.toLowerCase();
  const base = (locale: string) => lower(locale).split("-")[0];
  for (const language of languages) {
    if (!language) continue;
    const found =
      texts.find((one) => lower(one.locale) === lower(language)) ??
      texts.find((one) => base(one.locale) === base(language));
    if (found) return found;
  }
  return texts[0] ?? null;
}

const NEAREST = ["own", "team", "account"] as const;
type Usable = { name: string; brandId: string | null; audience: string; scope: { kind: (typeof NEAREST)[number] } };

/** What can be used here; of those with one name the nearest: one's own, then the team's, and what is the brand's own first. */
export function usableMacros<Macro extends Usable>(
  macros: readonly Macro[],
  here: { brandId: string; audience: string },
): Macro[] {
  const distance = (one: Macro) => NEAREST.indexOf(one.scope.kind) * 2 + (one.brandId === null ? 1 : 0);
  const found = new Map<string, Macro>();
  for (const one of macros) {
    if (one.brandId !== null && one.brandId !== here.brandId) continue;
    if (one.audience !== "any" && one.audience !== here.audience) continue;
    const before = found.get(one.name);
    if (!before || distance(one) < distance(before)) found.set(one.name, one);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const SNIPPET = /(^|\s)::([\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{1,39})(\s)/gu;

/** `::name` and a space become what `expand` gives for the name, once; null where nothing is to be done. */
export function expandSnippet(
  text: string,
  caret: number,
  expand: (name: string) => string | null,
): { name: string; text: string; caret: number } | null {
  for (const match of text.matchAll(SNIPPET)) {
    const name = match[2]!.toLowerCase();
    const words = expand(name);
    if (words === null) continue;
    const start = match.index + match[1]!.length;
    const end = match.index + match[0].length;
    // The line that was ended stays ended; the space was only the sign.
    const put = match[3] === "\n" ? `${words}\n` : words;
    const moved = caret >= end ? caret - (end - start) + put.length : Math.min(caret, start);
    return { name, text: text.slice(0, start) + put + text.slice(end), caret: moved };
  }
  return null;
}

/** What is being typed after `::` at the caret; null where nothing is. */
export function snippetBegun(text: string, caret: number): string | null {
  return /(?:^|\s)::([\p{L}\p{M}\p{N}_-]{0,39})$/u.exec(text.slice(0, caret))?.[1]?.toLowerCase() ?? null;
}
