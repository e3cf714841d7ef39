import { i18n, type Messages } from "@lingui/core";
import { loadPhrases } from "../text/said/known-phrases.ts";
import { loadTitles } from "../ui/known-titles.ts";
import { directionOf, withOurDigits } from "./direction.ts";

/** Languages of the desk, each under its own name. The pseudo-language is for testing: stretched, every letter marked. */
export const languages: Record<string, { name: string; testing?: boolean; load: () => Promise<Messages> }> = {
  en: { name: "English", load: async () => ({}) },
  es: { name: "Español", load: async () => (await import("../../locales/es.ts")).messages },
  de: { name: "Deutsch", load: async () => (await import("../../locales/de.ts")).messages },
  ar: { name: "العربية", load: async () => (await import("../../locales/ar.ts")).messages },
  "en-XA": {
    name: "Ēñĝļîšĥ, stretched",
    testing: true,
    load: async () => (await import("../../locales/en-XA.ts")).messages,
  },
};

/** The language to show: the chosen one, else the agent's, else the browser's, else English. */
export function pickLanguage(wanted: readonly (string | null | undefined)[], known: readonly string[]): string {
  for (const locale of wanted) {
    if (!locale) continue;
    if (known.includes(locale)) return locale;
    const base = locale.split("-")[0] ?? locale;
    if (known.includes(base)) return base;
  }
  return "en";
}

export async function showLanguage(locale: string): Promise<void> {
  const known = Object.hasOwn(languages, locale) ? locale : "en";
  const ofTheServer = known === "en" ? [] : [loadTitles(), loadPhrases()];
  const [messages] = await Promise.all([languages[known]!.load(), ...ofTheServer]);
  i18n.loadAndActivate({ locale: known, locales: withOurDigits(known), messages });
  document.documentElement.lang = known === "en-XA" ? "en" : known;
  document.documentElement.dir = directionOf(known);
}

/** English stands in each script where it is said: the page never waits for words. */
export function startLanguage(): void {
  i18n.loadAndActivate({ locale: "en", messages: {} });
}
