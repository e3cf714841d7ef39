import { asksInTheOpen } from "./asks.ts";
import { contacts, onALine } from "./contacts.ts";
import { finding, type Span, type VoiceDraft, type VoiceFinding } from "./finding.ts";
import { foldText, has, type Sentence, spansOf, stem, tellingStems, wordsOf } from "./text.ts";
import { checkThirdPersons } from "./third-persons.ts";
import { toldOfPrivateLife } from "./told-of-one.ts";
import { wants } from "./weigh/shapes.ts";
import { withoutMark } from "./who-answers.ts";
import {
  accountGroups,
  asksForData,
  inPrivate,
  inPublic,
  neverAsk,
  numberWord,
  ourPlace,
  streetWord,
  toThem,
} from "./words/account.ts";
import { aside as apart } from "./words/aside.ts";
import { delicate, ofAll, ofSome } from "./words/help.ts";

/** What everybody would read that is theirs alone: data in the text, what the file knows, and questions for data in public. */
export function checkPrivacy(draft: VoiceDraft, sentences: readonly Sentence[]): VoiceFinding[] {
  const folded = foldText(draft.text);
  if (!draft.public)
    return [
      ...spansOf(folded, neverAsk).map((span) => finding("privacy", "asks-for-data", span)),
      ...ofOthers(draft, folded),
      ...checkThirdPersons(draft, withoutMark(draft.text).length),
    ];
  const post = foldText(draft.post);
  const facts = foldText(draft.facts.join("\n"));
  const found: VoiceFinding[] = [
    ...contacts(draft, folded, post),
    ...numbers(draft.text, folded, post, facts),
    ...names(draft, folded, post),
    ...addresses(draft, folded, post, facts),
    ...accountFacts(sentences, post),
    ...fromTheFile(draft, sentences, post),
    ...money(sentences, post, facts),
    ...asks(sentences, folded),
    ...asksInTheOpen(sentences, folded),
    ...checkThirdPersons(draft, withoutMark(draft.text).length),
    ...toldOfPrivateLife(sentences, draft.facts, post, withoutMark(draft.text).length),
  ];
  return found.sort((a, b) => a.start - b.start);
}

const code =
  /(?<![\p{L}\p{N}@/.#-])(?=[\p{L}\p{N}-]{0,30}\p{N})[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+){0,4}(?![\p{L}\p{N}@/])/gu;
const unit =
  /^\s?(?:wh|kw|watts?|volts?|grad|degrees?|bar\b|psi|prozent|percent|punkte?|points?|mm|mah|dpi|fps|€|\$|£|%|euros?|eur|gbp|usd|pounds?|dollars?|hours?|minutes?|days?|weeks?|months?|years?|uhr|h\b|cents?|gb|mb|kwh|kg|g\b|km|cm|mm|am\b|pm\b|o'clock|tage?|stunden?|minuten)/u;

/** Numbers and codes of theirs: beside a word like "order", or taken from the file. */
function numbers(text: string, folded: string, post: string, facts: string): VoiceFinding[] {
  const found: VoiceFinding[] = [];
  for (const hit of folded.matchAll(code)) {
    const span = { start: hit.index, end: hit.index + hit[0].length };
    const said = hit[0];
    const figures = said.replaceAll(/\D/gu, "").length;
    if (
      post.includes(said) ||
      (/^(?:\d{1,2}(?:st|nd|rd|th|[ap]m|h|x)?|\d+[gk]b?|[45]g|\d{4}s?)$/u.test(said) &&
        !numberWord.test(folded.slice(Math.max(0, span.start - 40), span.start)))
    )
      continue;
    if (
      unit.test(folded.slice(span.end, span.end + 12)) ||
      /[€$£]\s?$/u.test(folded.slice(Math.max(0, span.start - 2), span.start))
    )
      continue;
    if (
      /^[.,:]\d/u.test(folded.slice(span.end, span.end + 2)) ||
      /\d[.,:]$/u.test(folded.slice(Math.max(0, span.start - 2), span.start))
    )
      continue;
    // "158 842" in the post is 158842, and 4412 is PP4412; the two ends of a range are nobody's.
    const digits = said.replaceAll(/\D/gu, "");
    if (
      digits.length >= 3 &&
      digits.length <= 20 &&
      new RegExp(`(?<!\\d)${[...digits].join("[ .-]?")}(?!\\d)`, "u").test(post)
    )
      continue;
    if (inRange(facts, said) || /^\d+-(?:year|month|week|day|hour|minute|jahr|tag|stund)/u.test(said)) continue;
    if (/^\+?0\d{2,4}$/u.test(said) && onALine(facts.split("\n"), said)) continue;
    const named = numberWord.test(folded.slice(Math.max(0, span.start - 40), span.start));
    const mixed = /\p{L}/u.test(said);
    const inFile = wordIn(facts, said);
    // A flight, a model, a line has a short code of its own; six signs with figures and letters are somebody's.
    const looksOwn =
      figures >= 5 ||
      (mixed &&
        figures >= 1 &&
        said.length >= 6 &&
        /^\p{Lu}|\d/u.test(text.slice(span.start, span.end)) &&
        !/^(?:k|m|g)?\d+(?:-in-1)?$/u.test(said));
    if (
      (named && figures >= 3 && !/^(?:19|20)\d\d$/u.test(said)) ||
      (named && mixed && said.length >= 4) ||
      (inFile && looksOwn && inCustomersFile(facts, said))
    )
      found.push(finding("privacy", "number-of-theirs", span));
  }
  return found;
}

const rangeWord = String.raw`\s?(?:to|bis|until|–|—|hasta|au?|tot|ate|a)\s?`;
function inRange(facts: string, said: string): boolean {
  for (let at = facts.indexOf(said); at >= 0; at = facts.indexOf(said, at + 1)) {
    const after = new RegExp(`^${rangeWord}[\\p{L}-]*\\d`, "u").test(
      facts.slice(at + said.length, at + said.length + 24),
    );
    const before = new RegExp(`\\d[\\p{L}-]*${rangeWord}$`, "u").test(facts.slice(Math.max(0, at - 24), at));
    if (after || before) return true;
  }
  return false;
}

function wordIn(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? " ") && !/[\p{L}\p{N}]/u.test(text[at + word.length] ?? " ")) return true;
  return false;
}

/** Free lines, flights and public pages stand in facts, too. */
function inCustomersFile(facts: string, said: string): boolean {
  const at = facts.indexOf(said);
  const line = facts.slice(facts.lastIndexOf("\n", at) + 1, at);
  return !/(?:0800|flight|line|model|version|android|ios|error|phone|hotline|batch|page)[\s:]*$/u.test(line);
}

const capital =
  /(?<![\p{L}\p{N}])\p{Lu}(?:\.(?=\s\p{Lu}\p{Ll})|[\p{Ll}'’-]+)(?:\s+(?:de|da|van|von|der|di|el|al|bin|la)\s+|\s+)\p{Lu}[\p{L}'’-]+(?![\p{L}\p{N}])/gu;
const titled =
  /(?<![\p{L}])(?:Mr|Mrs|Ms|Miss|Mister|Dr|Herr|Herrn|Frau|Familie|Family|Señora?|Sra?|Don|Doña|Monsieur|Madame|Mme|Signora?|Sig|Sig\.ra|Meneer|Mevrouw|Dhr|Mw|Senhora?|Dona)\.?\s+(\p{Lu}[\p{L}'’-]+)/gu;
const theirPaper =
  /(?:order|booking|claim|applica|account|customer|parcel|letter|card|bag|invoice|complaint|phone|mail|bestell|paket|kund|konto|pedido|commande|ordine|guest|member|patient)/u;
const notNames =
  /(?:street|road|walk|lane|airport|station|centre|center|hotel|linde|shop|store|gate|bay|city|weststadt|nord|north|south|east|west|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december)/u;

function names({ text, facts, agent, post: asked }: VoiceDraft, folded: string, post: string): VoiceFinding[] {
  const found: VoiceFinding[] = [];
  const body = withoutMark(text).length;
  const own = agent ? foldText(agent.name) : "";
  const known = facts.join("\n");
  // Every noun has a capital there.
  const german = /(?<!\p{L})(?:mit|ab|und|der|die|das|bis|ist|im|nicht|kein|am|zum|auf)(?!\p{L})/u.test(known);
  for (const hit of text.matchAll(titled)) {
    const name = foldText(hit[1] as string);
    if (hit.index >= body || post.includes(name) || own.includes(name)) continue;
    found.push(finding("privacy", "name-of-theirs", { start: hit.index, end: hit.index + hit[0].length }));
  }
  for (const hit of known.matchAll(capital)) {
    const name = foldText(hit[0]);
    if (
      notNames.test(name) ||
      /^(?:my|your|our|the|all|new|pay|plan)\s/u.test(name) ||
      isTheirAddress(known, name) ||
      streetWord.test(name) ||
      own.includes(name) ||
      post.includes(name) ||
      sharesStart(asked, hit[0])
    )
      continue;
    // A name of the file needs the look of a person: with a word like "for", or at the end of its fact.
    const before = foldText(known.slice(Math.max(0, hit.index - 24), hit.index));
    const after = known.slice(hit.index + hit[0].length, hit.index + hit[0].length + 2);
    const named =
      /(?:for|of|name|customer|by|from|to|an|fur|von|de|para|pour|per|voor|mr|mrs|landlord|contact)[\s:,]*$/u.test(
        before,
      );
    const line = foldText(known.slice(known.lastIndexOf("\n", hit.index) + 1, hit.index + hit[0].length + 40));
    if (!named && (german || !/^(?:,|$|\n)/u.test(after) || !theirPaper.test(line))) continue;
    for (const span of within(folded, name))
      if (span.start < body) found.push(finding("privacy", "name-of-theirs", span));
  }
  return found;
}

/** "Second Wheel, secondwheel.example": a house, no person. */
const isTheirAddress = (known: string, name: string): boolean =>
  foldText(known).includes(`${name.replaceAll(/[^\p{L}\p{N}]/gu, "")}.`);

/** People beside the one who asks, as the file names them. */
const others =
  /(?<!\p{L})(?:[Oo]ther \p{L}+|[Dd]river|[Cc]ourier|[Nn]eighbou?r|[Ww]itness|[Tt]enant|[Cc]aller|[Ss]ender|[Rr]eported by)[\s:]+(?:is |was |named |called )?(\p{Lu}\p{L}+)(?:\s(\p{Lu}\p{L}+))?/gu;
function ofOthers({ facts, post, text }: VoiceDraft, folded: string): VoiceFinding[] {
  const asked = foldText(post);
  const end = withoutMark(text).length;
  return [...facts.join("\n").matchAll(others)].flatMap((hit) =>
    [hit[1], hit[2]].flatMap((name) => {
      if (!name || name.length < 3 || notNames.test(foldText(name)) || asked.includes(foldText(name))) return [];
      const at = folded.search(new RegExp(String.raw`(?<![\p{L}\p{N}])${foldText(name)}(?![\p{L}\p{N}])`, "u"));
      return at >= 0 && at < end ? [finding("privacy", "name-of-theirs", { start: at, end: at + name.length })] : [];
    }),
  );
}

const sharesStart = (asked: string, name: string) => asked.includes(name.split(/\s/u)[0] as string);

function within(folded: string, words: string): Span[] {
  const found: Span[] = [];
  for (let at = folded.indexOf(words); at >= 0 && found.length < 50; at = folded.indexOf(words, at + words.length))
    found.push({ start: at, end: at + words.length });
  return found;
}

const monthWord =
  /(?:^|\s)(?:jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|fev|avr|aou|gen|mag|giu|lug|set|ott)\p{L}{0,7}(?:\s|$)/u;
const numberFirst = /(?<![\p{L}\p{N}.,:])\d{1,4}[a-z]?,?\s+(?:\p{Lu}[\p{L}'’.-]+\s?){1,3}/gu;
const numberLast =
  /(?<![\p{L}\p{N}])(?:\p{Lu}[\p{L}'’.-]+\s+){0,2}\p{Lu}[\p{L}'’.-]+\s+\d{1,4}[a-z]?(?![\p{L}\p{N}%:.]|\s?[€£$])/gu;

/** A house number with a street, or a room: where somebody lives or stays. */
function addresses({ text, facts: known }: VoiceDraft, folded: string, post: string, facts: string): VoiceFinding[] {
  const found: VoiceFinding[] = [];
  const add = (start: number, said: string) => {
    const words = foldText(said)
      .replace(/[\s.]+$/u, "")
      .trim();
    const lead = said.length - said.trimStart().length;
    if (!post.includes(words))
      found.push(finding("privacy", "address", { start: start + lead, end: start + lead + words.length }));
  };
  for (const pattern of [numberFirst, numberLast])
    for (const hit of text.matchAll(pattern)) {
      const words = foldText(hit[0])
        .replace(/[\s.]+$/u, "")
        .trim();
      if (/^\p{L}+ 0\d/u.test(words)) continue;
      if (unit.test(` ${words.replace(/^\d+[a-z]?,?\s+/u, "")}`) || monthWord.test(words)) continue;
      const street = words
        .split(/[\s,]+/u)
        .some((word) => streetWord.test(word) && !/^\d/u.test(word) && word.length > 1);
      const sentence = folded.slice(folded.lastIndexOf(".", hit.index) + 1, hit.index);
      const file = known.some(
        (fact) =>
          /\d/u.test(fact) &&
          wordIn(foldText(fact), words) &&
          /(?:address|to|for|at|adresse|,|von|from|hotel)/u.test(foldText(fact)),
      );
      if (!street && !file) continue;
      if (ourPlace.test(sentence) && !file) continue;
      if (/(?:shop|store|office|desk|branch|filiale|tienda)/u.test(facts) && ourPlace.test(folded)) continue;
      if (file && !street && (pattern === numberFirst || !/\d{1,4}[a-z]?\s+\p{L}/u.test(words))) continue;
      add(hit.index, hit[0]);
    }
  for (const span of spansOf(
    folded,
    /(?<![\p{L}])(?:room|flat|apartment|apt|zimmer|wohnung)\s+\d{1,4}[a-z]?(?![\p{L}\p{N}])/gu,
  ))
    if (wordIn(facts, folded.slice(span.start, span.end))) add(span.start, text.slice(span.start, span.end));
  return found;
}

/** A desk that has its name from the field. */
const aService = /^\s(?:schemes?|funds?|teams?|desk|line|register|service|advice|tariff|centre|center)(?!\p{L})/u;
const goTo =
  /(?<!\p{L})(?:ring|call|ask|see|contact|tell|inform|visit|speak (?:to|with)|talk to|go to|rufen|fragen|llame a|pregunte a|appelez|demandez a|chiami|bel|vraag|ligue para)\s(?:also |first |auch |zuerst )?$/u;
const perhaps = /^(?:if|when|whenever|should|in case|wenn|falls|si|quand|se|als)(?![\p{L}])/u;

/** What of their account is told: in a sentence that speaks to them, of a kind they did not bring up. */
function accountFacts(sentences: readonly Sentence[], post: string): VoiceFinding[] {
  const found: VoiceFinding[] = [];
  for (const { folded, start, question } of sentences) {
    // What is asked for is not told; asks() looks whether everybody would read the answer.
    if (!has(folded, toThemAll) || perhaps.test(folded) || has(folded, asksForData)) continue;
    for (const group of accountGroups) {
      if (has(post, group)) continue;
      const spans = spansOf(folded, group, start);
      if (spans.length === 0 || (question && /^(?:did|do|have|has|is|are|was|were|can|could)(?![\p{L}])/u.test(folded)))
        continue;
      const fresh = spans.filter(
        (span) =>
          !wordIn(
            post,
            folded
              .slice(span.start - start, span.end - start)
              .split(/\s/u)
              .at(-1) as string,
          ) &&
          // "Ring your bank": what they are to do, nothing that we know.
          !aService.test(folded.slice(span.end - start, span.end - start + 16)) &&
          !goTo.test(folded.slice(Math.max(0, span.start - start - 24), span.start - start)),
      );
      found.push(...fresh.slice(0, 2).map((span) => finding("privacy", "account-fact", span)));
    }
  }
  return found;
}
/** What we have for all of that kind, or tell all. */
const ofTheHouse =
  /(?<!\p{L})(?:hardship|bereavement|fraud|insurance|medical) (?:scheme|fund|team|desk|line|service|tariff|help)(?!\p{L})|within \d/u;
/** Our own people and things may be ill or broken. */
const ofOurs = /(?<!\p{L})(?:crews?|staff|pilots?|technicians?|heater|sauna|boiler)(?!\p{L})/u;
/** A delicate fact of the file retold: two telling words or a figure of it that the post does not have. */
function fromTheFile({ facts, text }: VoiceDraft, sentences: readonly Sentence[], post: string): VoiceFinding[] {
  const found: VoiceFinding[] = [];
  const asked = tellingStems(wordsOf(post));
  const body = withoutMark(text).length;
  for (const fact of facts) {
    const folded = foldText(fact);
    if (!delicate.test(folded) || ofAll.test(folded) || ofTheHouse.test(folded)) continue;
    const weak = !delicate.test(folded.replaceAll(new RegExp(ofSome.source, "gu"), ""));
    const told = tellingStems(wordsOf(folded));
    for (const one of asked) told.delete(one);
    for (const sentence of sentences) {
      if (sentence.start >= body || perhaps.test(sentence.folded) || ofOurs.test(sentence.folded)) continue;
      const shared = sentence.words.filter((w) => w.end <= body && told.has(stem(w.text)));
      const kinds = new Set(shared.map((w) => stem(w.text)));
      const figure = shared.some((w) => /^\d{2,}/u.test(w.text));
      if (
        (kinds.size >= 2 && (!weak || has(sentence.folded, toThemAll))) ||
        (figure && has(sentence.folded, toThemAll))
      )
        found.push(finding("privacy", "account-fact", { start: shared[0]!.start, end: shared.at(-1)!.end }));
    }
  }
  return found;
}
const toThemAll = new RegExp(toThem.source, "gu");
const amount =
  /(?:[€$£]\s?\d[\d.,]*|(?<![\p{L}\p{N}.,])\d+[.,]\d{2}(?![\p{N}])|\d[\d.,]*\s?(?:€|£|\$|euros?|eur|pounds?|gbp|usd|dollars?|kwh))/gu;
const moneyMoved =
  /(?<![\p{L}])(?:charged|paid|credited|debited|transferred|refunded|invoice|bill(?:ed)?|balance|go(?:es)? to your|went (?:back )?to|account|used|abgebucht|uberwiesen|rechnung|cobrado|pagado|factura|debite|prelevati|preleve|addebitat\p{L}*|afgeschreven|cobrad\p{L}*)(?![\p{L}])/gu;

/** A sum out of the file, said of their account. */
function money(sentences: readonly Sentence[], post: string, facts: string): VoiceFinding[] {
  const found: VoiceFinding[] = [];
  for (const { folded, start } of sentences) {
    if (!has(folded, toThemAll) || !has(folded, moneyMoved) || perhaps.test(folded)) continue;
    for (const span of spansOf(folded, amount)) {
      const figure = folded
        .slice(span.start, span.end)
        .replaceAll(/[^\d.,]/gu, "")
        .replace(/[.,]$/u, "");
      if (
        wordIn(facts, figure) &&
        !wordIn(post, figure) &&
        !/(?:everybody|all customers|every|per|a month|fee of|costs?|price)/u.test(folded)
      )
        found.push(finding("privacy", "account-fact", { start: start + span.start, end: start + span.end }));
    }
  }
  return found;
}

function asks(sentences: readonly Sentence[], folded: string): VoiceFinding[] {
  const aside = inPrivate.test(folded) || apart.test(folded);
  return sentences.flatMap(({ folded: said, start }) => {
    if (aside && !(inPublic.test(said) && !inPrivate.test(said))) return [];
    if (
      /(?:never|don't|do not|please no|not? (?:need to )?(?:post|share|send|type|write)|no [a-z ]{1,24} here|no need to|nowhere else|not here|rather than here|keep (?:it|them|that|those|these) out|bitte (?:keine|nicht)|no (?:publi|escrib|compart)\p{L}*|ne (?:publi|donn)\p{L}*)/u.test(
        said,
      )
    )
      return [];
    // What we give is no question: "send us a mail", "our address is".
    return [
      ...spansOf(said, asksForData, start),
      ...(aside ? [] : spansOf(said, new RegExp(wants.source, "gu"), start)),
    ]
      .filter(
        ({ start: from, end }) =>
          !/(?<!\p{L})(?:our|us an?|unsere?|nuestr[oa]|notre|nostr[oa]|onze?)\s[^.!?]{0,20}$/u.test(
            folded.slice(from, end),
          ) && !/^(?:have|know|need)[^.!?]{0,12}(?:a|an|the|no)\s\p{L}+$/u.test(folded.slice(from, end)),
      )
      .map((span) => finding("privacy", "asks-for-data", span));
  });
}
