import { filterKeys, filterValues, writeTerm } from "#shared/work-filter";

/** Names that the account uses, by operator; what is not known suggests nothing. */
export type FilterNames = Partial<Record<string, readonly string[]>>;
export type Suggestion = { /** What is shown and put in the place of the last word. */ word: string; whole: string };

const MOST = 6;

/** What may follow what stands before the cursor: operators while a word is begun, values after a colon. */
export function suggest(text: string, names: FilterNames): Suggestion[] {
  const last = /(?:^|\s)(\S*)$/u.exec(text)?.[1] ?? "";
  const before = text.slice(0, text.length - last.length);
  const minus = last.startsWith("-") ? "-" : "";
  const word = last.slice(minus.length);
  const [key = "", said] = word.split(":", 2);
  const put = (written: string, open = false): Suggestion => ({
    word: `${minus}${written}`,
    whole: `${before}${minus}${written}${open ? "" : " "}`,
  });
  if (said === undefined)
    return filterKeys
      .filter((one) => one.startsWith(key.toLowerCase()))
      .slice(0, MOST)
      .map((one) => put(`${one}:`, true));
  const known = filterKeys.find((one) => one === key.toLowerCase());
  if (!known) return [];
  const begin = said.replace(/^"/, "").toLowerCase();
  return (filterValues[known] ?? names[known] ?? [])
    .filter((value) => value.toLowerCase().startsWith(begin) && value.toLowerCase() !== begin)
    .slice(0, MOST)
    .map((value) => put(writeTerm({ key: known, value, not: false })));
}
