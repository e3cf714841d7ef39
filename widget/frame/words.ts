import { i18n, type Messages } from "@lingui/core";

/** Languages of the widget; each is a small file of its own that is loaded when it is needed. */
const LANGUAGES: Record<string, () => Promise<{ messages: Messages }>> = {
  en: () => import("../locales/en.ts"),
  de: () => import("../locales/de.ts"),
  fr: () => import("../locales/fr.ts"),
  es: () => import("../locales/es.ts"),
  it: () => import("../locales/it.ts"),
  pt: () => import("../locales/pt.ts"),
  nl: () => import("../locales/nl.ts"),
  ar: () => import("../locales/ar.ts"),
};

export const languages: readonly string[] = Object.keys(LANGUAGES);

/**
 * The language of the first wanted one that we have, by itself or by its base ("de-AT" is "de"), else English. Times and
 * numbers are written as in the visitor's own place where that speaks the same language.
 */
export function pickLanguage(
  wanted: readonly (string | null)[],
  own: readonly string[],
): { language: string; locale: string } {
  const base = (locale: string | null) => locale?.toLowerCase().split(/[-_]/)[0] ?? "";
  const language = [...wanted, ...own].map(base).find((one) => languages.includes(one)) ?? "en";
  const locale = [...own, ...wanted].find((one) => base(one) === language && one !== null && isKnown(one));
  return { language, locale: locale ?? language };
}

/** For dates and numbers, too. A language that does not load leaves English, and English that does not load leaves the ids. */
export async function speak({ language, locale }: { language: string; locale: string }): Promise<void> {
  const load = LANGUAGES[language] ?? LANGUAGES.en!;
  const { messages } = await load().catch(() => LANGUAGES.en!());
  i18n.loadAndActivate({ locale: language, locales: [locale, language], messages });
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
}

function isKnown(locale: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}
