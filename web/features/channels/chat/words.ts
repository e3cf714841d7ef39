import type { Settings } from "./chat-query.ts";

/** Languages that the chat's window speaks. */
export const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "ar"] as const;

type Worded = { text: string; texts: Readonly<Record<string, string>> };

/** The words in a language; "": those for everybody else. */
export const wordsIn = (words: Worded, language: string): string =>
  language === "" ? words.text : (words.texts[language] ?? "");

/** What a visitor of this language reads. */
export const wordsFor = (words: Worded, language: string): string => words.texts[language] || words.text;

/** The same with other words in one language; none given there is nothing said there. */
export function withWords<W extends Worded>(words: W, language: string, said: string): W {
  if (language === "") return { ...words, text: said };
  const { [language]: _, ...others } = words.texts;
  return { ...words, texts: said.trim() === "" ? others : { ...others, [language]: said } };
}

/** How many languages have words of their own. */
export const spoken = (words: Worded): number => Object.keys(words.texts).length;

/** Sites as people type them: one a line, or with commas. */
export const sitesIn = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\s,]+/)
      .map((one) => one.replace(/\/+$/, ""))
      .filter((one) => one !== ""),
  ),
];

/** The notice reads otherwise than it did: whoever agreed to the former words has not agreed to these. */
export function noticeChanged(before: Settings["consent"], now: Settings["consent"]): boolean {
  const said = ({ text, texts }: Settings["consent"]) =>
    JSON.stringify([text, Object.entries(texts).toSorted(([a], [b]) => a.localeCompare(b))]);
  return now.required && said(before) !== said(now);
}

/** The name of the next version of the notice. */
export const nextVersion = (version: string): string => `${(Number.parseInt(version, 10) || 0) + 1}`;

/** What is sent: without greetings that say nothing, and with a version of the notice that has its words. */
export function tidied(draft: Settings, before: Settings, asksAnew: boolean): Settings {
  const { consent } = draft;
  const isNew = noticeChanged(before.consent, consent) && (asksAnew || consent.version === "");
  const unnamed = consent.required && consent.version === "";
  return {
    ...draft,
    greeting: draft.greeting.filter((one) => one.text.trim() !== ""),
    consent: isNew || unnamed ? { ...consent, version: nextVersion(consent.version) } : consent,
  };
}
