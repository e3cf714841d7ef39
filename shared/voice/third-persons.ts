import { finding, type Span, type VoiceDraft, type VoiceFinding } from "./finding.ts";
import { foldText } from "./text.ts";
import { streetWord } from "./words/account.ts";

/** Asks who somebody is or was: another customer, a neighbour, one of the staff. Whom a show or a book is by is another matter. */
const asksWho =
  /(?<!\p{L})(?:who(?:'s| is| was)? (?:it|that|the (?!artist|author|band|guide|speaker|singer|director|coach|trainer|host)\p{L}+|she|he|complained|reported|lives?|lived|used to|owns?|owned|sat|took|changed|signed|drove|had|has|called|rang|sent|ordered|bought|paid|opened|works?|served|told|saw|gave|did|made|left|else|is in)|which (?:other|neighbou?r|customer|guest|driver|company|colleague|employee)|whose|what(?:'s| is) (?:the|his|her|their) (?:\p{L}+ )?name|name of (?:the|your|that)|wer (?:war|ist|hat|wohnt\p{L}*|fuhr)|wessen|wie hei(?:ß|ss)t (?:der|die|ihr)|welche[rs]? (?:nachbar|kunde|fahrer|kollege)\p{L}*|quien(?:es)?|como se llama|de quien|c'est qui|qui (?:a|est|etait|habite|vit|m'a)|comment s'appelle|chi (?:e|era|ha|abita)|come si chiama|wie (?:was|woont|heeft|is) (?:de|het|dat|er|mijn)|hoe heet|quem (?:e|era|foi|fez|mora))(?!\p{L})/u;
/** People whom the customer may know by name: those who look after them. */
const theirOwn =
  /(?<!\p{L})(?:my|our|mein\p{L}*|mi|mon|ma|mio|mia|mijn|meu|minha) (?:\p{L}+ )?(?:adviser|advisor|manager|contact|consultant|doctor|gp|agent|tutor|teacher|coach|trainer|nurse|therapist|case ?worker|handler|berater\p{L}*|ansprechpartner\p{L}*|asesor\p{L}*|conseill\p{L}*|consulent\p{L}*|adviseur)(?!\p{L})/u;

const role =
  "previous|former|passenger|guest|customer|tenant|lodger|holder|neighbou?r|mother|father|mum|dad|son|daughter|child|boy|girl|husband|wife|partner|ex|aunt|uncle|brother|sister|friend|driver|courier|owner|user|teacher|patient|member|sender|recipient|buyer|seller|employee|colleague|crew|steward(?:ess)?|nurse|cleaner|technician|witness|caller|complainant|claimant|heir|Herr|Frau|Familie|[Nn]achbar(?:in)?|[Kk]und(?:e|in)|[Ff]ahrer|cliente|vecin[oa]|client|voisine?|vicin[oa]|klant|buur(?:man|vrouw)?|vizinh[oa]";
const surname = String.raw`\p{Lu}[\p{L}'’-]{1,30}`;
/** How a file names a person: by title, by initial and surname, after what they are, after by, for, of, or as a pair at the head of it. */
const people: readonly RegExp[] = [
  new RegExp(
    String.raw`(?<!\p{L})(?:Mr|Mrs|Ms|Miss|Dr|Herrn?|Frau|Familie|Sra?|Señora?|Mme|M|Signora?|Dhr|Mevr|Dona)\.?\s(${surname})(?:\s(${surname}))?`,
    "gu",
  ),
  new RegExp(String.raw`(?<![\p{L}.])\p{Lu}\.\s(${surname})`, "gu"),
  new RegExp(String.raw`(?<!\p{L})(?:${role})(?:\sis)?[\s:,(]{1,3}(${surname})(?:\s(${surname}))?`, "gu"),
  new RegExp(String.raw`(?:^|[;|]\s*)(${surname})\s(${surname})(?=,)`, "gu"),
  new RegExp(String.raw`(?<!\p{L})(?:by|for|of|from|with)\s(${surname})\s(${surname})(?=$|[\s,.;)])`, "gu"),
];
const noPerson =
  /^(?:action|group|bank|road|street|lane|park|team|centre|center|north|south|east|west|new|old|central|royal|great|saint|hotel|airport|station|garage|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|visa|mastercard|paypal|the|form|line|house|account)$/u;
/** A company, a place, a service is no person. */
const notOfPeople =
  /(?<!\p{L})(?:ltd|gmbh|inc|llc|plc|srl|& |hotel|airport|station|garage|clinic|school|police|fraud|council|desk|team|line)(?!\p{L})/u;

const isPerson = (name: string) =>
  name.length > 2 && /\p{Ll}/u.test(name) && !noPerson.test(foldText(name)) && !streetWord.test(foldText(name));

function namesIn(fact: string): string[] {
  const found: string[] = [];
  for (const pattern of people)
    for (const hit of fact.matchAll(pattern)) {
      const parts = [hit[1], hit[2]].filter((one) => one !== undefined);
      // One word of a place or a firm in it, and the whole is none.
      if (parts.every(isPerson)) found.push(...parts);
    }
  return found;
}

/** Speaks to them by the name, and tells nothing with it. */
const greeted = (text: string, { start, end }: Span) =>
  (/^[\s@]*(?:\p{L}+\s){0,2}$/u.test(text.slice(0, start)) && /^\s?[,!.:;–-]/u.test(text.slice(end, end + 2))) ||
  (/[,\s]\s?$/u.test(text.slice(Math.max(0, start - 2), start)) &&
    /,\s$/u.test(text.slice(Math.max(0, start - 2), start)) &&
    /^[.!?,]/u.test(text.slice(end, end + 1)));

/** Where a name stands as a name: with its capital, as a word of its own. */
function places(text: string, name: string, end: number): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(name); at >= 0 && at < end && found.length < 3; at = text.indexOf(name, at + name.length))
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? " ") && !/[\p{L}\p{N}]/u.test(text[at + name.length] ?? " "))
      found.push({ start: at, end: at + name.length });
  return found;
}

/**
 * A person of the file named to somebody who did not name them: in the open always, in private where they asked who it was. `end`: of
 * what is said, before the signature.
 */
export function checkThirdPersons({ text, post, facts, agent, public: open }: VoiceDraft, end: number): VoiceFinding[] {
  const asked = foldText(post);
  const who = asksWho.test(asked) && !theirOwn.test(asked);
  if (!open && !who) return [];
  const own = agent ? foldText(agent.name) : "";
  return facts.flatMap((fact) => {
    const names = namesIn(fact);
    // Where they ask who it was, any name of the file is an answer.
    if (who && !notOfPeople.test(foldText(fact)))
      for (const hit of fact.matchAll(/(?<=[\p{Ll}:,(]\s\(?|\d[\p{L}]?[:,]?\s)\p{Lu}\p{Ll}{2,30}/gu))
        if (isPerson(hit[0])) names.push(hit[0]);
    return [...new Set(names)]
      .filter((name) => !asked.includes(foldText(name)) && !own.includes(foldText(name)))
      .flatMap((name) => places(text, name, end).filter((span) => !greeted(text, span)))
      .slice(0, 2)
      .map((span) => finding("privacy", "name-of-theirs", span));
  });
}
