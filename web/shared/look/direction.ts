const RIGHT_TO_LEFT = new Set(["ar", "he", "fa", "ur"]);

/** Which way a language is read. Kept in step with public/look.js. */
export const directionOf = (locale: string): "ltr" | "rtl" =>
  RIGHT_TO_LEFT.has(locale.split("-")[0] ?? "") ? "rtl" : "ltr";

/** The sign between one step and the next: bidirectional text does not turn arrows by itself. */
export const stepArrow = (locale: string): string => (directionOf(locale) === "rtl" ? " ← " : " → ");

/** Digits are the same everywhere on the desk, also where a region writes others: counters and figures stand in one column. */
export const withOurDigits = (locale: string): string => (locale.startsWith("ar") ? `${locale}-u-nu-latn` : locale);
