import type { Hit } from "./cards.ts";
import { mod } from "./digits.ts";
import { businessWordBefore, wordNear } from "./near.ts";
import { phoneWord } from "./words.ts";

// Also "lena (at) post (dot) example"; a handle of the fediverse (@lena@host) is public and stays.
const at = String.raw`(?:@|\s?[\[({](?:at|ät|a|arroba)[\])}]\s?)`;
const dot = String.raw`(?:\.|\s?[\[({](?:dot|punkt|punto|point)[\])}]\s?)`;
const email = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.+%@-])[\p{L}\p{N}_][\p{L}\p{N}_.+%'-]{0,63}${at}[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(?:${dot}[\p{L}\p{N}][\p{L}\p{N}-]{0,62}){1,8}`,
  "gu",
);
const spelledEmail =
  /(?<![\p{L}\p{N}_.+-])[a-z0-9][a-z0-9_.+-]{0,63} (?:(?:at|ät|et) [a-z0-9-]{2,62}(?: (?:dot|punkt) [a-z0-9-]{2,62}){1,4}|(?:arroba|chiocciola) [a-z0-9-]{2,62}(?: punto [a-z0-9-]{2,62}){1,4}|arobase [a-z0-9-]{2,62}(?: point [a-z0-9-]{2,62}){1,4})(?![a-z0-9])/gu;

export function findEmails(text: string): Hit[] {
  const hits: Hit[] = [];
  if (text.includes("@") || /[[({](?:at|ät|a|arroba)[\])}]/u.test(text))
    for (const hit of text.matchAll(email))
      hits.push({ kind: "email", start: hit.index, end: hit.index + hit[0].length });
  for (const hit of text.matchAll(spelledEmail))
    hits.push({ kind: "email", start: hit.index, end: hit.index + hit[0].length });
  return hits;
}

/** Lengths of the IBAN registry (SWIFT). */
const ibanLengths = new Map(
  "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
    .split(" ")
    .map((entry) => [entry.slice(0, 2).toLowerCase(), Number(entry.slice(2))] as const),
);
const ibanStart = /(?<![\p{L}\p{N}])[a-z]{2}[\s.-]?\d[\s.-]?\d/gu;

/** International account numbers with right check digits (ISO 13616), however they are spaced, also over messages. */
export function findIbans(text: string): Hit[] {
  const hits: Hit[] = [];
  for (const hit of text.matchAll(ibanStart)) {
    const wanted = ibanLengths.get(hit[0].slice(0, 2));
    if (!wanted) continue;
    let written = "";
    let at = hit.index;
    const limit = Math.min(text.length, at + 3 * wanted + 8);
    for (let gap = 0; at < limit && written.length < wanted; at++) {
      const c = text[at] as string;
      if (/[a-z0-9]/u.test(c)) {
        written += c;
        gap = 0;
      } else if (!/[\s\p{Zs}\p{Pd}\p{Cf}._/]/u.test(c) || ++gap > 2) break;
    }
    if (written.length < wanted || /[a-z0-9]/u.test(text[at] ?? "") || written.replace(/\D/gu, "").length < 10)
      continue;
    const turned = (written.slice(4) + written.slice(0, 4)).replace(/[a-z]/gu, (c) => String(c.charCodeAt(0) - 87));
    if (mod(turned, 97) === 1) hits.push({ kind: "iban", start: hit.index, end: at });
  }
  return hits;
}

const phoneShape =
  /(?<![\p{L}\p{N}_@/=#.,:+-])(?:\+\s?|\(\s?\+?)?\d(?:[\s\p{Zs}\p{Pd}\p{Cf}./()·•]{0,3}\d){5,18}(?![\p{N}\p{L}_@]|[.,:/-]\d|\s?(?:€|\$|£|¥|%|eur|usd|gbp|kr|zł|mb|gb|kg|km)(?!\p{L}))/gu;

/** Numbers nobody owns as a person: free and shared-cost lines. They stand. */
const freeLine =
  /^(?:0?800|00800|0?(?:80[0258]|808|900|901|180[1-7]?|137|845|844|870|871)|1?(?:8(?:00|33|44|55|66|77|88)))\d{4,10}$/u;

/** How national numbers are written where they need no leading zero: group sizes, first digits, languages of the country. */
const nationalShapes: readonly { sizes: RegExp; lead: RegExp; languages: string }[] = [
  { sizes: /^(?:1-)?3-3-4$/u, lead: /^1?[2-9]\d\d[2-9]/u, languages: "en es fr" },
  { sizes: /^(?:3-3-3|3-2-2-2|2-3-2-2)$/u, lead: /^[2-9]/u, languages: "es ca eu gl pt pl cs sk de it fr uk el" },
  { sizes: /^(?:2-2-2-2|3-2-3)$/u, lead: /^[2-9]/u, languages: "da no nb nn et lv" },
  { sizes: /^4-4$/u, lead: /^[2-9]/u, languages: "da no nb nn en zh ms" },
  { sizes: /^(?:5-5|4-3-3)$/u, lead: /^[6-9]/u, languages: "en hi bn ta te mr gu kn ml pa ur" },
  { sizes: /^3-4-4$/u, lead: /^1[3-9]/u, languages: "zh" },
  { sizes: /^(?:2-5-4|2-4-4)$/u, lead: /^[1-9][1-9][2-9]/u, languages: "pt" },
  { sizes: /^(?:3-3-4|3-7|3-4-3|3-6)$/u, lead: /^3[2-9]/u, languages: "it" },
  { sizes: /^(?:1-3-3-2-2|3-3-2-2)$/u, lead: /^[78]?9/u, languages: "ru kk" },
  { sizes: /^(?:2-4-4|3-3-4|2-2-2-2-2)$/u, lead: /^[2-9]/u, languages: "es" },
];

function isPhone(written: string, digits: string, named: boolean, spoken: string | undefined): boolean {
  if (digits.length > 15 || isFreeLine(digits)) return false;
  if (/^\(?\s?\+/u.test(written)) return digits.length >= 8;
  if (digits.startsWith("00")) return digits.length >= 10;
  if (named) return digits.length >= 7 && !/^(?:19|20)\d{6}$/u.test(digits);
  const sizes = (written.match(/\d+/gu) ?? []).map((g) => g.length);
  if (digits.startsWith("0"))
    return digits.length >= 9 && digits.length <= 12 && (sizes.length > 1 || digits.length >= 10);
  if (sizes.length === 1) return false;
  // Spaces and dots also part amounts, versions and codes: without a word beside it the pattern must be a country's own.
  return nationalShapes.some(
    (shape) =>
      shape.sizes.test(sizes.join("-")) &&
      shape.lead.test(digits) &&
      (spoken === undefined || shape.languages.split(" ").includes(spoken)),
  );
}

const isFreeLine = (digits: string) =>
  freeLine.test(digits.replace(/^(?:00)?(?:1|44|49|43|41|33|34|39|31)(?=0?8\d\d)/u, ""));

/** Dates, spans of years, amounts, ranges and addresses of machines. */
const isOtherFigure = (written: string) =>
  /^\(?\d{1,3}(?:\.\d{1,3}){3}$/u.test(written) ||
  /^\(?\d{3,4}\s?\p{Pd}\s?\d{3,4}$/u.test(written) ||
  /^\d+[.,]\d+$/u.test(written) ||
  /^(?:(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d)(?:\s|$)/u.test(written) ||
  /^(?:19|20)\d\d\s?[\p{Pd}/]\s?(?:19|20)\d\d$/u.test(written) ||
  /^\d{1,3}(?:[., ]000)+$/u.test(written);

/** Telephone numbers by how they are written and by the words beside them. Order and tracking numbers stand. */
export function findPhones(text: string, language?: string): Hit[] {
  const hits: Hit[] = [];
  const spoken = language?.toLowerCase().split("-")[0];
  for (const hit of text.matchAll(phoneShape)) {
    const start = hit.index;
    const end = start + hit[0].length;
    const digits = hit[0].replace(/[^0-9]/gu, "");
    const international = /^\(?\s?\+/u.test(hit[0]);
    if (!international && (isOtherFigure(hit[0]) || businessWordBefore(text, start))) continue;
    // An unbroken run of figures needs its word closer by.
    const reach = /\D/u.test(hit[0]) || digits.startsWith("0") ? 40 : 24;
    if (isPhone(hit[0], digits, wordNear(text, start, end, phoneWord, reach), spoken))
      hits.push({ kind: "phone", start, end });
  }
  return hits;
}
