import { i18n, type Messages } from "@lingui/core";
import { messages as english } from "../../locales/en.ts";

/** Languages of the desk, each under its own name. The pseudo-language is for testing: stretched, every letter marked. */
export const languages: Record<string, { name: string; testing?: boolean; load: () => Promise<Messages> }> = {
  en: { name: "English", load: async () => english },
  "en-XA": {
    name: "Ēñĝļîšĥ, stretched",
    testing: true,
    load: async () => (await import("../../locales/en-XA.ts")).messages,
  },
};

const RIGHT_TO_LEFT = new Set(["ar", "he", "fa", "ur"]);

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
  const messages = await languages[known]!.load();
  i18n.loadAndActivate({ locale: known, messages });
  document.documentElement.lang = known === "en-XA" ? "en" : known;
  document.documentElement.dir = RIGHT_TO_LEFT.has(known.split("-")[0] ?? "") ? "rtl" : "ltr";
}

/** English is in the first script already: the page never waits for words. */
export function startLanguage(): void {
  i18n.loadAndActivate({ locale: "en", messages: english });
}
