/**
 * How writing is compared in listening queries: without regard to case, to Latin accents and to the forms that Unicode's
 * NFKC makes one (full width = half width, ligatures). Other scripts keep their marks: й is not и.
 */
export type Accents = "fold" | "keep";

/** Invisible signs by which words are hidden from filters: soft hyphen, word joiner, byte order mark. */
const INVISIBLE = /[\u00ad\u2060\ufeff]/g;
const LATIN_MARKS = /(\p{Script=Latin})\p{M}+/gu;
/** Latin letters that no normal form takes apart. */
const UNDIVIDED: Readonly<Record<string, string>> = {
  ...{ ß: "ss", ø: "o", ł: "l", đ: "d", ħ: "h", ŧ: "t", æ: "ae", œ: "oe", ı: "i" },
};
const UNDIVIDED_SCAN = /[ßøłđħŧæœı]/g;
const ASCII = /^[\0-\x7f]*$/;

/** NFKC and lower case, Latin accents off unless they are kept. `ß` is always `ss`. Text of ASCII alone costs one look. */
export function fold(text: string, accents: Accents = "fold"): string {
  if (ASCII.test(text)) return text.toLowerCase();
  const lower = text.normalize("NFKC").toLowerCase().replace(INVISIBLE, "");
  if (accents === "keep") return lower.replaceAll("ß", "ss").normalize("NFC");
  return lower
    .normalize("NFD")
    .replace(LATIN_MARKS, "$1")
    .normalize("NFC")
    .replace(UNDIVIDED_SCAN, (letter) => UNDIVIDED[letter] as string);
}

/** As written, only the forms made one: for terms that are to match letter by letter. */
export function keepCase(text: string): string {
  return ASCII.test(text) ? text : text.normalize("NFKC").replace(INVISIBLE, "");
}

/** An emoji without its skin tone and presentation. */
export function bareEmoji(emoji: string): string {
  return emoji.replace(/[\u{1f3fb}-\u{1f3ff}\ufe0e\ufe0f]/gu, "");
}
