import type { Hit } from "./cards.ts";
import { luhn, mod, weigh } from "./digits.ts";
import { businessWordBefore, wordNear } from "./near.ts";

/**
 * Identity numbers of persons, by the rules their states publish. `shape` runs over folded text (small letters, figures
 * 0–9); `check` sees letters and figures only. Figures alone prove little, so a bare number also needs either a check
 * of at least one in ninety, its own punctuation, a word beside it, or the language of the country.
 */
interface IdRule {
  country: string;
  languages: readonly string[];
  shape: RegExp;
  check: (bare: string) => boolean;
  /**
   * What a number that passes its check still needs: nothing (true, or where the function says so), the language of its
   * country (false), or always a word beside it ("word", for checks that one number in ten passes).
   */
  telling: boolean | "word" | ((written: string) => boolean);
}

const idWord =
  /(?<!\p{L})(?:ssn|social (?:security|insurance)|sin (?:number|no)|my sin|national (?:id|insurance|identity)|ni ?(?:no|number)|nino|id (?:number|no|card)|identity (?:number|card|no)|passport|driv(?:ing|er'?s) licen[cs]e|tax (?:id|number|file)|tfn|medicare|\p{L}{0,9}ausweis\p{L}{0,8}|reisepass|steuer-?(?:id|nummer|identifikationsnummer)|idnr|sozialversicherungs\p{L}{0,8}|svnr|sv-?nummer|ahv(?:-?nummer)?|num[ée]ro de s[ée]curit[ée] sociale|s[ée]cu|passeport|carte d'identit[ée]|dni|mi nie|n[úu]mero de nie|nif|c[ée]dula|pasaporte|curp|rut|cuil|cuit|codice fiscale|cod\. ?fisc|carta d'identit[àa]|passaporto|passaporte|cpf|meu rg|cart[ãa]o de cidad[ãa]o|contribuinte|bsn|burgerservicenummer|rijksregister\p{L}{0,8}|insz|niss|paspoort|personnummer|personnr|cpr(?:-?nummer)?|f[øo]dselsnummer|hetu|henkil[öo]tunnus|pesel|dow[óo]d\p{L}{0,4}|rodn[ée] [čc][íi]slo|cnp|ad[óo]azonos\p{L}{0,4}|taj(?:-?sz[áa]m)?|szem[ée]lyi\p{L}{0,6}|егн|amka|αμκα|αφμ|снилс|инн|паспорт\p{L}{0,3}|рнокпп|tc ?(?:kimlik(?: no)?|no)|kimlik|aadhaar|aadhar|pan (?:card|no|number)|nik saya|ktp|cccd|cmnd|nric|hkid|mykad|ppsn?)(?!\p{L})|マイナンバー|個人番号|身份证|身分證|주민(?:등록)?번호|رقم (?:الهوية|قومي)|الهوية|תעודת זהות|ת\.?ז|आधार|पैन|บัตรประชาชน/u;

const day = (yy: string, mm: string, dd: string) => {
  const [m, d] = [Number(mm), Number(dd)];
  return m >= 1 && m <= 12 && d >= 1 && d <= 31 && /\d\d/u.test(yy);
};
const letterOf = (alphabet: string, rest: number) => alphabet[rest] as string;
const figures = (s: string) => s.replace(/\D/gu, "");

/** German tax number: ISO 7064 MOD 11,10, and of the first ten figures just one stands two or three times. */
function german(d: string): boolean {
  const often = [..."0123456789"].map((n) => d.slice(0, 10).split(n).length - 1).filter((n) => n > 1);
  if (often.length !== 1 || (often[0] as number) > 3) return false;
  let product = 10;
  for (const c of d.slice(0, -1)) {
    const sum = (Number(c) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(d.at(-1));
}

const verhoeffMultiply =
  "0123456789 1234067895 2340178956 3401289567 4012395678 5987604321 6598710432 7659821043 8765932104 9876543210".split(
    " ",
  );
const verhoeffPermute = "0123456789 1576283094 5803796142 8916043527 9453126870 4286573901 2793806415 7046913258".split(
  " ",
);
/** Verhoeff's check over the dihedral group (Aadhaar). */
function verhoeff(d: string): boolean {
  let c = 0;
  for (let i = 0; i < d.length; i++) {
    const p = (verhoeffPermute[i % 8] as string)[Number(d[d.length - 1 - i])] as string;
    c = Number((verhoeffMultiply[c] as string)[Number(p)]);
  }
  return c === 0;
}

function codiceFiscale(s: string): boolean {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const c = s.charCodeAt(i);
    const n = c >= 97 ? c - 97 : c - 48;
    sum += i % 2 === 0 ? (odd[n] as number) : n;
  }
  return String.fromCharCode(97 + (sum % 26)) === s[15];
}

const cpf = (d: string) => {
  if (/^(\d)\1*$/u.test(d)) return false;
  const one = ((weigh(d, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
  const two = ((weigh(d, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
  return one === Number(d[9]) && two === Number(d[10]);
};
const turkish = (d: string) => {
  const n = [...d].map(Number) as number[];
  const at = (i: number) => n[i] as number;
  const odd = at(0) + at(2) + at(4) + at(6) + at(8);
  const even = at(1) + at(3) + at(5) + at(7);
  return at(0) > 0 && (((odd * 7 - even) % 10) + 10) % 10 === at(9) && (odd + even + at(9)) % 10 === at(10);
};
const norwegian = (d: string) => {
  if (!day(d.slice(4, 6), d.slice(2, 4), d.slice(0, 2))) return false;
  const one = (11 - (weigh(d, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11;
  const two = (11 - (weigh(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return one === Number(d[9]) && two === Number(d[10]);
};
const pesel = (d: string) =>
  day(d.slice(0, 2), String(Number(d.slice(2, 4)) % 20 || 12), d.slice(4, 6)) &&
  (10 - (weigh(d, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(d[10]);
const chinese = (s: string) =>
  day(s.slice(8, 10), s.slice(10, 12), s.slice(12, 14)) &&
  letterOf("10x98765432", weigh(s, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11) === s[17];
const chilean = (s: string) => {
  const body = s.slice(0, -1);
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum += Number(body[body.length - 1 - i]) * (2 + (i % 6));
  const rest = (11 - (sum % 11)) % 11;
  return (rest === 10 ? "k" : String(rest)) === s.at(-1);
};
const french = (s: string) =>
  97 - mod(s.slice(0, 13).replace("2a", "19").replace("2b", "18"), 97) === Number(s.slice(13)) || s.length === 13;
const belgian = (d: string) => {
  const check = Number(d.slice(9));
  return 97 - (Number(d.slice(0, 9)) % 97) === check || 97 - (Number(`2${d.slice(0, 9)}`) % 97) === check;
};
const swedish = (d: string) => {
  const ten = d.slice(-10);
  return day(ten.slice(0, 2), ten.slice(2, 4), String(Number(ten.slice(4, 6)) % 60)) && luhn(ten);
};
const korean = (d: string) => day(d.slice(0, 2), d.slice(2, 4), d.slice(4, 6)) && /[1-8]/u.test(d[6] as string);
const snils = (d: string) => {
  const sum = weigh(d, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101;
  return (sum === 100 ? 0 : sum) === Number(d.slice(9));
};
const inn = (d: string) =>
  (weigh(d, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === Number(d[10]) &&
  (weigh(d, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === Number(d[11]);
const swiss = (d: string) => (10 - (weigh(d, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === Number(d[12]);
const thai = (d: string) => (11 - (weigh(d, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === Number(d[12]);
const romanian = (d: string) =>
  day(d.slice(1, 3), d.slice(3, 5), d.slice(5, 7)) &&
  (weigh(d, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11) % 10 === Number(d[12]);
const czech = (d: string) =>
  day(d.slice(0, 2), String((Number(d.slice(2, 4)) % 50) % 20 || 12), d.slice(4, 6)) &&
  (d.length === 9 || Number(d) % 11 === 0);
const any = () => true;

const rule = (
  country: string,
  languages: string,
  shape: string,
  check: (bare: string) => boolean,
  telling: IdRule["telling"] = false,
): IdRule => ({
  country,
  languages: languages.split(" "),
  shape: new RegExp(String.raw`(?<![\p{L}\p{N}_+/=#-])(?:${shape})(?![\p{L}\p{N}_]|[-.]\d)`, "gu"),
  check,
  telling,
});

const punctuated = (written: string) => /\d[-./ ]\d/u.test(written);
const sep = "[ -]?";

const rules: readonly IdRule[] = [
  rule("US", "en es", String.raw`(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}`, any, true),
  rule("US", "en es", String.raw`(?!000|666|9)\d{3} ?(?!00)\d\d ?(?!0000)\d{4}`, () => false),
  rule("CA", "en fr", String.raw`[1-9]\d\d[ -]\d{3}[ -]\d{3}`, luhn, "word"),
  rule("GB", "en", `[a-z]{2}${sep}\\d\\d${sep}\\d\\d${sep}\\d\\d${sep}[a-d]`, any, (w) =>
    /^[abceghj-prstw-z][abceghj-nprstw-z]/u.test(w),
  ),
  rule(
    "IE",
    "en ga",
    String.raw`\d{7}[a-w][a-iw]?`,
    (s) => {
      const extra = s[8] ? ((s.charCodeAt(8) - 96) % 23) * 9 : 0;
      return letterOf("wabcdefghijklmnopqrstuv", (weigh(s, [8, 7, 6, 5, 4, 3, 2]) + extra) % 23) === s[7];
    },
    true,
  ),
  rule("AU", "en", String.raw`\d{3} ?\d{3} ?\d{3}`, (d) => weigh(d, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0, "word"),
  rule("IN", "en hi bn ta te mr gu kn ml pa ur", String.raw`[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}`, verhoeff, punctuated),
  rule("IN", "en hi bn ta te mr gu kn ml pa ur", "[a-z]{3}[abcfghljpt][a-z]\\d{4}[a-z]", any, true),
  rule(
    "ZA",
    "en af zu",
    String.raw`\d{6} ?\d{4} ?[01]\d\d`,
    (d) => day(d.slice(0, 2), d.slice(2, 4), d.slice(4, 6)) && luhn(d),
    true,
  ),
  rule(
    "SG",
    "en zh ms",
    "[stfgm]\\d{7}[a-z]",
    (s) => {
      const sum = weigh(s.slice(1), [2, 7, 6, 5, 4, 3, 2]) + (s[0] === "t" || s[0] === "g" ? 4 : s[0] === "m" ? 3 : 0);
      return (
        letterOf(
          s[0] === "s" || s[0] === "t" ? "jzihgfedcba" : s[0] === "m" ? "xwutrqpnjlk" : "xwutrqpnmlk",
          sum % 11,
        ) === s[8]
      );
    },
    true,
  ),
  rule("DE", "de", String.raw`[1-9]\d ?\d{3} ?\d{3} ?\d{3}`, german, punctuated),
  rule("DE", "de", "[cfghjklmnprtvwxyz][cfghjklmnprtvwxyz0-9]{8}\\d?(?:d)?", () => false),
  rule(
    "AT",
    "de",
    String.raw`[1-9]\d{3} ?\d{6}`,
    (d) =>
      day(d.slice(8), d.slice(6, 8), d.slice(4, 6)) && weigh(d, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(d[3]),
    punctuated,
  ),
  rule("CH", "de fr it", String.raw`756[. ]?\d{4}[. ]?\d{4}[. ]?\d\d`, swiss, true),
  rule(
    "FR",
    "fr",
    String.raw`[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d\d|2[ab]) ?\d{3} ?\d{3}(?: ?\d\d)?`,
    french,
    (w) => figures(w).length >= 14,
  ),
  rule(
    "ES",
    "es ca eu gl",
    String.raw`\d{2}[. ]?\d{3}[. ]?\d{3}[ -]?[a-hj-np-tv-z]`,
    (s) => letterOf("trwagmyfpdxbnjzsqvhlcke", Number(s.slice(0, 8)) % 23) === s[8],
    true,
  ),
  rule(
    "ES",
    "es ca eu gl",
    String.raw`[xyz][ -]?\d{7}[ -]?[a-z]`,
    (s) => letterOf("trwagmyfpdxbnjzsqvhlcke", Number("xyz".indexOf(s[0] as string) + s.slice(1, 8)) % 23) === s[8],
    true,
  ),
  rule("IT", "it", "[a-z]{6} ?\\d\\d[abcdehlmprst]\\d\\d ?[a-z]\\d{3}[a-z]", codiceFiscale, true),
  rule(
    "PT",
    "pt",
    String.raw`[1-39]\d\d ?\d{3} ?\d{3}`,
    (d) => ((11 - (weigh(d, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === Number(d[8]),
    "word",
  ),
  rule("BR", "pt", String.raw`\d{3}\.?\d{3}\.?\d{3}-?\d\d`, cpf, true),
  rule(
    "NL",
    "nl",
    String.raw`\d{4}[. ]?\d{2}[. ]?\d{3}|\d{3}[. ]\d{3}[. ]\d{3}`,
    (d) => (weigh(d, [9, 8, 7, 6, 5, 4, 3, 2]) - Number(d[8])) % 11 === 0,
    "word",
  ),
  rule("BE", "nl fr de", String.raw`\d\d\.?\d\d\.?\d\d[- ]?\d{3}[. ]?\d\d`, belgian, true),
  rule("SE", "sv", String.raw`(?:19|20)?\d{6}[-+]?\d{4}`, swedish, punctuated),
  rule("NO", "no nb nn", String.raw`\d{6} ?\d{5}`, norwegian, true),
  rule(
    "DK",
    "da",
    String.raw`[0-3]\d[01]\d\d\d[- ]?\d{4}`,
    (d) => day(d.slice(4, 6), d.slice(2, 4), d.slice(0, 2)),
    (w) => /^\d{6}-\d{4}$/u.test(w),
  ),
  rule(
    "FI",
    "fi sv",
    "[0-3]\\d[01]\\d\\d\\d[-+a-fu-y]\\d{3}[0-9a-y]",
    (s) => {
      const bare = figures(s.slice(0, 6)) + s.slice(-4, -1);
      return letterOf("0123456789abcdefhjklmnprstuvwxy", Number(bare) % 31) === s.at(-1);
    },
    true,
  ),
  rule("PL", "pl", String.raw`\d{11}`, pesel),
  rule("CZ", "cs sk", String.raw`\d{6}\/?\d{3,4}`, czech, (w) => w.includes("/")),
  rule("RO", "ro", String.raw`[1-8]\d{12}`, romanian, true),
  rule(
    "BG",
    "bg",
    String.raw`\d{10}`,
    (d) => (weigh(d, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === Number(d[9]),
    "word",
  ),
  rule("GR", "el", String.raw`[0-3]\d[01]\d{8}`, (d) => day(d.slice(4, 6), d.slice(2, 4), d.slice(0, 2)) && luhn(d)),
  rule(
    "HU",
    "hu",
    String.raw`\d{3}[ -]?\d{3}[ -]?\d{3}`,
    (d) => weigh(d, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === Number(d[8]),
    "word",
  ),
  rule("RU", "ru", String.raw`\d{3}-?\d{3}-?\d{3}[ -]?\d\d`, snils, punctuated),
  rule("RU", "ru", String.raw`\d{12}`, inn, true),
  rule("RU", "ru", String.raw`\d\d ?\d\d ?\d{6}`, () => false),
  rule(
    "UA",
    "uk ru",
    String.raw`\d{10}`,
    (d) => {
      const sum = weigh(d, [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11;
      return ((sum + 11) % 11) % 10 === Number(d[9]);
    },
    "word",
  ),
  rule("TR", "tr", String.raw`[1-9]\d{10}`, turkish, true),
  rule("CN", "zh", String.raw`[1-9]\d{5}(?:19|20)\d{9}[\dx]`, chinese, true),
  rule(
    "JP",
    "ja",
    String.raw`\d{4}[ -]?\d{4}[ -]?\d{4}`,
    (d) => {
      const rest = weigh(d, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
      return (rest <= 1 ? 0 : 11 - rest) === Number(d[11]);
    },
    "word",
  ),
  rule("KR", "ko", String.raw`\d{6}[- ]?\d{7}`, korean, punctuated),
  rule(
    "TW",
    "zh",
    "[a-z][1289]\\d{8}",
    (s) => {
      const n = "10 11 12 13 14 15 16 17 34 18 19 20 21 22 35 23 24 25 26 27 28 29 32 30 31 33".split(" ")[
        s.charCodeAt(0) - 97
      ] as string;
      return (Number(n[0]) + weigh(n[1] + s.slice(1), [9, 8, 7, 6, 5, 4, 3, 2, 1, 1])) % 10 === 0;
    },
    true,
  ),
  rule("HK", "zh en", "[a-z]{1,2}\\d{6}\\([0-9a]\\)", any, true),
  rule("TH", "th", String.raw`\d-?\d{4}-?\d{5}-?\d\d-?\d`, thai, true),
  rule("ID", "id", String.raw`[1-9]\d{5}[0-7]\d[01]\d{7}`, (d) =>
    day(d.slice(10, 12), d.slice(8, 10), String(Number(d.slice(6, 8)) % 40)),
  ),
  rule("MY", "ms", String.raw`\d{6}-\d\d-\d{4}`, (d) => day(d.slice(0, 2), d.slice(2, 4), d.slice(4, 6)), true),
  rule("VN", "vi", String.raw`0\d{11}`, () => false),
  rule("IL", "he ar", String.raw`\d{8}-?\d`, luhn, "word"),
  rule("AE", "ar", String.raw`784[- ]?(?:19|20)\d\d[- ]?\d{7}[- ]?\d`, any, true),
  rule("EG", "ar", String.raw`[23]\d\d[01]\d[0-3]\d{8}`, (d) => day(d.slice(1, 3), d.slice(3, 5), d.slice(5, 7))),
  rule("SA", "ar", String.raw`[12]\d{9}`, luhn, "word"),
  rule("MX", "es", "[a-z]{4}\\d{6}[hmx][a-z]{5}[0-9a-z]\\d", any, true),
  rule("CL", "es", String.raw`\d{1,2}\.?\d{3}\.?\d{3}-[\dk]`, chilean, true),
  rule("AR", "es", String.raw`\d{2}-\d{8}-\d`, any, true),
  rule("AR", "es", String.raw`\d{1,2}\.?\d{3}\.?\d{3}`, () => false),
  rule("CO", "es", String.raw`\d{8,10}`, () => false),
  // Passports and cards of any country, beside their word only.
  rule("any", "", "[a-z]{0,2}\\d[a-z0-9]{5,9}", () => false),
];

/** Identity numbers of persons; `language` (BCP 47) makes those of its countries likelier. */
export function findNationalIds(text: string, language?: string): Hit[] {
  if (!/\d{2}/u.test(text)) return [];
  const spoken = language?.toLowerCase().split("-")[0];
  const hits: Hit[] = [];
  for (const { languages, shape, check, telling } of rules) {
    for (const found of text.matchAll(shape)) {
      const written = found[0];
      const [start, end] = [found.index, found.index + written.length];
      if (businessWordBefore(text, start)) continue;
      const enough =
        telling !== "word" &&
        ((typeof telling === "function" ? telling(written) : telling) ||
          (spoken !== undefined && languages.includes(spoken)));
      const named = () => figures(written).length >= 5 && wordNear(text, start, end, idWord);
      if ((enough && check(written.replace(/[^a-z0-9]/gu, ""))) || named())
        hits.push({ kind: "national_id", start, end });
    }
  }
  return hits;
}
