/** Digits and letters that nobody confuses (Crockford's base 32): no I, L, O, U. */
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;
const READ_LIMIT = 20_000;
/** More codes than this in one text are no customer's. */
const MOST = 5;
/** Stands before a code, so that it is found among other words. */
export const CODE_MARK = "HB";

const GAP = "[\\s._\\p{Pd}]{0,2}";
const SAID = new RegExp(
  `(?<![\\p{L}\\p{N}])${CODE_MARK}${GAP}([0-9A-Z]{4})${GAP}([0-9A-Z]{4})${GAP}([0-9A-Z]{4})(?![\\p{L}\\p{N}])`,
  "giu",
);
const LINKED = /\/i\/([0-9A-Z]{12})[.](?=[\w-]{12}(?![\w-]))/gu;

/** Twelve signs of five bits each: 60 bits that cannot be guessed. `random` holds at least twelve bytes of chance. */
export function makeCode(random: Uint8Array): string {
  if (random.length < LENGTH) throw new RangeError("a code needs twelve bytes of chance");
  return Array.from(random.subarray(0, LENGTH), (byte) => SIGNS[byte & 31]).join("");
}

/** As people read it to one another: `HB-7KPM-3XQ9-TD4E`. */
export function spokenCode(code: string): string {
  return `${CODE_MARK}-${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}

/** The codes a text names, as they were made: said, typed without dashes, in small letters, with O for 0, or as the link of an invite. */
export function codesIn(text: string): string[] {
  const read = text.slice(0, READ_LIMIT).normalize("NFKC");
  const found = new Set<string>();
  for (const [, code] of read.matchAll(LINKED)) if (code && isCode(code)) found.add(code);
  for (const [, a, b, c] of read.matchAll(SAID)) {
    const code = folded(`${a}${b}${c}`);
    if (isCode(code)) found.add(code);
    if (found.size >= MOST) break;
  }
  return [...found].slice(0, MOST);
}

export function isCode(text: string): boolean {
  return text.length === LENGTH && [...text].every((sign) => SIGNS.includes(sign));
}

function folded(code: string): string {
  return code.toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
}
