import { areClosed, type Mention, mentionsIn, type Networks } from "./networks.ts";
import * as says from "./words.ts";

export type Scope = "public" | "private" | "both" | "unsaid";
export interface Clause {
  text: string;
  scope: Scope;
  networks: Networks | null;
  /** It goes on with the sentence of the clause before it. */
  goesOn: boolean;
}

/** The same rule in other languages stands after " / "; so does the company in "Ida / Acme". */
export function versionsOf(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const hit of text.matchAll(/\s+\/\s+(?=["“¿¡]?\p{Lu})/gu)) {
    const before = text.slice(from, hit.index);
    const after = text.slice(hit.index + hit[0].length);
    const ended = /[.!?][)"”»’]?$/u.test(before);
    const nameBefore = /(?<![\p{L}])\p{Lu}\p{L}*$/u.test(before);
    const nameAfter =
      /^\p{Lu}[\p{L}\p{N}&'’-]*(?:\s*[.,;:!?)"”»]|\s+(?:\p{Lu}|and |but |in |on |und |aber |y |en |et )|$)/u.test(
        after,
      );
    if (!ended && nameBefore && nameAfter) continue;
    parts.push(before);
    from = hit.index + hit[0].length;
  }
  parts.push(text.slice(from));
  return parts.every((one) => one.split(/\s+/u).length >= 4) ? parts : [text];
}

const inQuotes = /"[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|\([^()\n]*\)/gu;
const masked = (text: string) => text.replaceAll(inQuotes, (part) => "·".repeat(part.length));
const stop =
  /(?<=[.;!?\n·])\s+(?=[^\s\p{Ll}])|(?<=[;\n])\s*|(?<=[.!?])\s+(?=\p{Ll}{3})(?<!\b(?:e\.g|i\.e|z\.\s?b|p\.\s?ej|p\.\s?ex|bijv|es)\.\s+)/gu;
const turn =
  /,?\s+(?:and |but |while |und |aber |y |pero |et |mais |e |ma |mas |en |maar )?(?=(?:[Ii]n (?:private|DMs?)|[Pp]rivate (?:ones|messages|replies)|[Pp]rivat(?:e|en)? (?:enden|mit|am)|[Ee]n privado|en privé|in privato|em privado|in privé|privé ?berichten)(?!\p{L}))/gu;

const onlyPrivate =
  /^[,\s]*(?:and |und |y |et )?(?:in (?:private|DMs)|privat|en privado|en privé)(?: alike| as well| too| gleich| par igual)?[\s.;!]*$/iu;

/** "Open or private": both, though "open" alone may be the beginning of a text. */
const openOrPrivate =
  /(?<!\p{L})(?:open (?:or|and) (?:private|closed)|(?:private|closed) (?:or|and) open|offen (?:oder|und|wie) privat|abiert\p{L}* [oy] privad\p{L}*)(?!\p{L})/iu;

function scopeOf(part: string): Scope {
  const open = says.inPublic.test(part) || openOrPrivate.test(part);
  const closed = says.inPrivate.test(part);
  return open && closed ? "both" : open ? "public" : closed ? "private" : says.every.test(part) ? "both" : "unsaid";
}

/** A word by which a clause names the form of a signature, or asks for none. */
const speaksOfForm = (text: string) =>
  [says.initials, says.full, says.first, says.unsigned, says.nothing].some((pattern) => pattern.test(text));
const showsForm = (text: string) => speaksOfForm(text) || /[\^~/#*[({|–—-]\s?\p{Lu}/u.test(text);

/** Words that an automatic reply carries. */
const givesWords = (text: string) => /["“„«‘[{<]|(?<!\p{L})'|\p{Extended_Pictographic}/u.test(text);

interface Part {
  text: string;
  networks: Networks | null;
}

/** Names with no form of a signature between them share the form: "on trustpilot or under a review". */
function together(sentence: string, mentions: readonly Mention[]): Mention[] {
  const found: Mention[] = [];
  for (const one of mentions) {
    const last = found.at(-1);
    const between = last ? sentence.slice(last.end, one.start) : ",";
    if (last && last.rest === one.rest && between.length <= 30 && !/[,;:]/u.test(between) && !showsForm(between))
      found[found.length - 1] = {
        ...last,
        end: one.end,
        own: new Set([...last.own, ...one.own]),
        byClass: new Set([...last.byClass, ...one.byClass]),
      };
    else found.push(one);
  }
  return found;
}

/** The parts of a sentence that speak of different networks: "on x initials, on steam the first name". */
function partsOf(sentence: string, named: readonly Mention[]): Part[] {
  const mentions = together(sentence, named);
  const [one, ...others] = mentions;
  if (!one) return [{ text: sentence, networks: null }];
  // "Initials everywhere except on steam, where the first name closes".
  const but = mentions.find((m) => m.except);
  if (but) {
    if (!showsForm(sentence.slice(0, but.start))) return [{ text: sentence, networks: but }];
    const rest = sentence.slice(but.end);
    const positive = { ...but, except: false };
    return [
      { text: sentence.slice(0, but.end), networks: but },
      ...(showsForm(rest) ? [{ text: rest, networks: positive }] : []),
    ];
  }
  const head = sentence.slice(0, one.start);
  const tail = sentence.slice((others.at(-1) ?? one).end);
  const spoken = speaksOfForm(sentence) ? speaksOfForm : says.automatic.test(sentence) ? givesWords : showsForm;
  if (others.length === 0) {
    // What is said before a comma is said of all: "initials, on steam the first name".
    const cut = /[,:]?\s*(?:[,–—]|\s(?:and|but|und|aber|y|pero|et|mais))\s[^,]{0,24}$/u.exec(head)?.index;
    if (cut !== undefined && spoken(head.slice(0, cut)) && spoken(tail))
      return [
        { text: sentence.slice(0, cut), networks: null },
        { text: sentence.slice(cut), networks: one },
      ];
    return [{ text: sentence, networks: one }];
  }
  const formFirst = spoken(head) && !spoken(tail);
  if (formFirst)
    return mentions.map((m, i) => ({
      text: sentence.slice(
        i === 0 ? 0 : (mentions[i - 1] as Mention).end,
        i === mentions.length - 1 ? undefined : m.end,
      ),
      networks: m,
    }));
  const general = spoken(head);
  return [
    ...(general ? [{ text: head, networks: null }] : []),
    ...mentions.map((m, i) => ({
      text: sentence.slice(i === 0 && !general ? 0 : m.start, mentions[i + 1]?.start),
      networks: m,
    })),
  ];
}

const pointsBack =
  /^(?:they|these|those|this|it|that|the (?:signature|initials|name|mark)s?|sie|dies\p{L}*|es|ils|elles|ce|cel\p{L}*|est[aeo]s?)(?!\p{L})/iu;

/** The clauses of a rule: a stop outside of quotes ends one, as do turns to private messages or to other networks. */
export function clausesOf(text: string, network?: string): Clause[] {
  const hidden = masked(text);
  const stops = [...hidden.matchAll(stop)].map((hit) => hit.index);
  const turns = [...hidden.matchAll(turn)]
    .map((hit) => hit.index)
    .filter((at) => {
      const from = Math.max(0, ...stops.filter((one) => one < at));
      const to = Math.min(text.length, ...stops.filter((one) => one > at));
      // "Public and private replies", "in public and in private" are one.
      const isShort = text.slice(from, at).trim().split(/\s+/u).length <= 3 && !showsForm(text.slice(from, at));
      return !stops.includes(at) && !isShort && !onlyPrivate.test(text.slice(at, to));
    });
  const named = mentionsIn(text, network).some((one) => one.own.size + one.byClass.size > 0);
  const found: Clause[] = [];
  let from = 0;
  for (const end of [...stops, ...turns, text.length].sort((a, b) => a - b)) {
    const goesOn = turns.includes(from);
    const whole = text
      .slice(from, end)
      .replace(/^[\s,]+/u, "")
      .trim();
    from = end;
    if (whole === "") continue;
    const mentions = named ? mentionsIn(whole, network) : [];
    const back = goesOn || pointsBack.test(whole);
    const said = scopeOf(whole);
    for (const [i, part] of partsOf(whole, mentions).entries()) {
      const own = scopeOf(part.text);
      const last = found.at(-1);
      found.push({
        text: part.text.replace(/^[\s,]+/u, "").trim(),
        scope: own === "unsaid" ? said : own,
        networks: part.networks ?? (back && i === 0 ? (last?.networks ?? null) : null),
        goesOn: i > 0,
      });
    }
  }
  return found;
}

/** Whom an unsaid scope means: places where only two read are private, all others public. */
export const ownScope = (networks: Networks) => (areClosed(networks) ? "private" : "public");
