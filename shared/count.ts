import type { LengthRule } from "./capabilities.ts";
import { countSms } from "./count-sms.ts";
import { findLinks } from "./links.ts";

export interface Count {
  /** In the rule's unit: characters, bytes, weighted characters or segments. */
  length: number;
  /** Infinity when the network sets no limit. */
  max: number;
  /** `max - length`; negative when over. With two limits the tighter one counts. */
  left: number;
  over: boolean;
}

const encoder = new TextEncoder();
const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
const plain = /^[\x20-\x7e\n\t]*$/u;

/** What a reader calls characters: user-perceived, by Unicode's extended grapheme clusters. */
export function graphemes(text: string): string[] {
  if (plain.test(text)) return text.split("");
  return Array.from(segmenter.segment(text), (s) => s.segment);
}

/** UTF-16 offsets at which a text may be cut without breaking a character; the end is one, 0 is none. */
export function graphemeEnds(text: string): number[] {
  if (plain.test(text)) return Array.from({ length: text.length }, (_, i) => i + 1);
  return Array.from(segmenter.segment(text), (s) => s.index + s.segment.length);
}

export function countGraphemes(text: string): number {
  if (plain.test(text)) return text.length;
  let n = 0;
  for (const _ of segmenter.segment(text)) n++;
  return n;
}

export function countCodePoints(text: string): number {
  let n = 0;
  for (const _ of text) n++;
  return n;
}

/** Lone surrogates count as the replacement character they become on the wire (3 bytes). */
export function countUtf8(text: string): number {
  return encoder.encode(text).length;
}

/** Twitter-text v3: code points of these ranges weigh 1, all others 2. */
const lightRanges = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
] as const;
const linkWeight = 23;
// One picture, however many code points it takes; the test against RGI keeps made-up sequences at their full cost.
const picture =
  /[#*0-9]\ufe0f?\u20e3|\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:[\ufe0f\u{1f3fb}-\u{1f3ff}]|[\u{e0020}-\u{e007e}]{1,8}\u{e007f})?(?:\u200d\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)*/gu;
const rgi = /^\p{RGI_Emoji}$/v;

const knownPictures = new Map<string, boolean>();
function isPicture(sequence: string): boolean {
  const known = knownPictures.get(sequence);
  if (known !== undefined) return known;
  const bare = sequence.replace(/\ufe0f/gu, "");
  const is =
    rgi.test(sequence) ||
    rgi.test(bare) ||
    rgi.test(bare.replace(/(\p{Extended_Pictographic}|[#*0-9])(?![\u{1f3fb}-\u{1f3ff}])/gu, "$1\ufe0f")) ||
    rgi.test(bare.replace(/(\p{Extended_Pictographic}|[#*0-9])(?![\u{1f3fb}-\u{1f3ff}])/u, "$1\ufe0f"));
  // The same few come again and again, and asking costs a microsecond each.
  if (sequence.length <= 40 && knownPictures.size < 2_000) knownPictures.set(sequence, is);
  return is;
}

function weighCodePoints(text: string): number {
  let weight = 0;
  for (const c of text) {
    const cp = c.codePointAt(0) as number;
    weight += lightRanges.some(([from, to]) => cp >= from && cp <= to) ? 1 : 2;
  }
  return weight;
}

function weighPieces(text: string): number {
  if (plain.test(text)) return text.length;
  let weight = 0;
  let from = 0;
  for (const hit of text.matchAll(picture)) {
    // A bare © or ® is a letter; only with the variation selector is it a picture.
    if (!isPicture(hit[0]) || hit[0] === "©" || hit[0] === "®") continue;
    weight += weighCodePoints(text.slice(from, hit.index)) + 2;
    from = hit.index + hit[0].length;
  }
  return weight + weighCodePoints(text.slice(from));
}

/** Length as X counts it: NFC, links 23, pictures 2, Latin and its neighbours 1, all else 2. */
export function countX(text: string): number {
  const nfc = text.normalize("NFC");
  let weight = 0;
  let from = 0;
  for (const link of findLinks(nfc)) {
    weight += weighPieces(nfc.slice(from, link.start));
    weight += link.sure ? linkWeight : Math.max(linkWeight, weighPieces(nfc.slice(link.start, link.end)));
    from = link.end;
  }
  return weight + weighPieces(nfc.slice(from));
}

const remoteMention =
  /(?<=^|[^\p{L}\p{N}/@])(@[a-z0-9_]{1,64}(?:[a-z0-9_.-]{0,64}[a-z0-9_])?)@[\p{L}\p{N}][\p{L}\p{N}.-]{0,252}/giu;

/** Length as Mastodon counts it: graphemes, links with a scheme at a fixed cost, of `@user@host` only `@user`. */
export function countMastodon(text: string, urlCost: number): number {
  const local = (s: string) => countGraphemes(s.replace(remoteMention, "$1"));
  let length = 0;
  let from = 0;
  for (const link of findLinks(text)) {
    if (!link.scheme) continue;
    length += local(text.slice(from, link.start));
    length += link.sure ? urlCost : Math.max(urlCost, countGraphemes(text.slice(link.start, link.end)));
    from = link.end;
  }
  return length + local(text.slice(from));
}

function limit(length: number, max: number): Count {
  return { length, max, left: max - length, over: length > max };
}

/** How long a text is by a network's own rule, and whether it may be sent. */
export function countText(text: string, rule: LengthRule): Count {
  switch (rule.unit) {
    case "x-weighted":
      return limit(countX(text), rule.max);
    case "graphemes": {
      const count = limit(countGraphemes(text), rule.max);
      if (rule.maxUtf8Bytes === undefined) return count;
      const bytes = limit(countUtf8(text), rule.maxUtf8Bytes);
      return bytes.over && !count.over ? bytes : count;
    }
    case "mastodon":
      return limit(countMastodon(text, rule.urlCost), rule.max);
    case "utf16":
      return limit(text.length, rule.max);
    case "codepoints":
      return limit(countCodePoints(text), rule.max);
    case "utf8-bytes":
      return limit(countUtf8(text), rule.max);
    case "sms-segments":
      return limit(countSms(text).segments, rule.max);
    case "none":
      return limit(countGraphemes(text), Number.POSITIVE_INFINITY);
  }
}

export const fits = (text: string, rule: LengthRule): boolean => !countText(text, rule).over;

/** Where the surplus begins, in UTF-16 units: the longest whole characters before it fit. The text's length if all fits. */
export function surplusFrom(text: string, rule: LengthRule): number {
  if (fits(text, rule)) return text.length;
  const ends = graphemeEnds(text);
  let low = -1;
  let high = ends.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(text.slice(0, ends[middle]), rule)) low = middle;
    else high = middle;
  }
  return low < 0 ? 0 : (ends[low] as number);
}
