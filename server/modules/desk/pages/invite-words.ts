import { ar } from "./words/ar.ts";
import { de } from "./words/de.ts";
import { en, type PageWords } from "./words/en.ts";
import { es } from "./words/es.ts";
import { fr } from "./words/fr.ts";
import { it } from "./words/it.ts";
import { nl } from "./words/nl.ts";
import { pt } from "./words/pt.ts";

/** The languages in which we speak to strangers. */
export const pageLanguages = { en, de, fr, es, it, pt, nl, ar } as const;
export type PageLanguage = keyof typeof pageLanguages;

export interface Spoken {
  language: PageLanguage;
  direction: "ltr" | "rtl";
  words: PageWords;
}

/** The language the browser likes best of those that we have; English otherwise. */
export function pageWords(acceptLanguage: string | undefined): Spoken {
  const asked = (acceptLanguage ?? "")
    .slice(0, 400)
    .toLowerCase()
    .split(",")
    .map((one) => {
      const [tag = "", ...more] = one.split(";").map((part) => part.trim());
      const q = Number(more.find((part) => part.startsWith("q="))?.slice(2) ?? "1");
      return { language: tag.split("-")[0]!, q: q >= 0 && q <= 1 ? q : 0 };
    })
    .filter(({ language, q }) => q > 0 && Object.hasOwn(pageLanguages, language));
  const best = asked.toSorted((a, b) => b.q - a.q)[0];
  const language = (best?.language ?? "en") as PageLanguage;
  return { language, direction: language === "ar" ? "rtl" : "ltr", words: pageLanguages[language] };
}
