import { finding, type Span, type VoiceDraft, type VoiceFinding } from "./finding.ts";
import { foldText, has, type Sentence, spansOf, stem, tellingStems, wordsOf } from "./text.ts";
import { carried, knownTimes, timesIn } from "./times.ts";
import { moodOf } from "./tone.ts";
import { withoutMark } from "./who-answers.ts";
import { flatYes, gift, guarantee, hedge, liability, notVouched, open, willBe } from "./words/promise.ts";

const onlyIf =
  /(?:^|,\s|\s)(?:if|when|unless|should you|in case|once|as soon as|wenn|falls|sobald|si|cuando|en cuanto|quand|lorsque|des que|se|quando|appena|als|zodra|assim que)(?![\p{L}])/u;
/** Begins with a verb that asks the customer to do something. */
const instruction =
  /^(?:please |then |just |and |first |bitte |por favor |s'il vous plait )*(?:open|press|hold|choose|tap|click|go|wait|restart|switch|check|try|keep|put|take|send|write|tell|call|ring|look|meet|bring|leave|let(?! me)|unplug|stay|see|read|visit|use|come|book|fill|update|enter|(?:don't|do not)(?! worry)|offnen|drucken|warten|rufen|abra|pulse|ouvrez|appuyez|apra|open|druk)(?![\p{L}])/u;

/** What is promised beyond what is known of the case. */
export function checkPromise(draft: VoiceDraft, sentences: readonly Sentence[]): VoiceFinding[] {
  const end = withoutMark(draft.text).length;
  const said = sentences.filter((s) => s.start < end);
  const factText = foldText(draft.facts.join("\n"));
  const known = knownTimes([...draft.facts, draft.post]);
  const inFacts = knownTimes(draft.facts);
  const sources = `${factText}\n${foldText(draft.post)}`;
  const isOpen = open.test(factText);
  const mood = moodOf(draft.post);
  const merry = (mood.praise || mood.joking) && !mood.anger && !mood.harm;
  const found: VoiceFinding[] = [];
  for (const sentence of said) {
    found.push(...vouched(sentence, factText));
    found.push(
      ...spansOf(sentence.folded, liability, sentence.start)
        .filter((s) => !factText.includes(foldText(draft.text.slice(s.start, s.end))))
        .map((s) => finding("promise", "liability", s)),
    );
    if (sentence.question) continue;
    if (!merry) found.push(...gifts(sentence, factText, isOpen));
    found.push(...times(sentence, commits(sentence.folded) ? inFacts : known, draft.facts.length > 0));
    found.push(...amounts(sentence, sources));
  }
  if (found.length === 0) found.push(...claims(said, draft, factText));
  const yes = said[0];
  if (found.length === 0 && yes && (isOpen || draft.facts.length === 0) && beyond(yes, draft, factText))
    found.push(finding("promise", "more-than-known", yes));
  return found;
}

/** The words of vouching, unless what is known uses them itself or they are taken back. */
function vouched({ folded, start, question }: Sentence, facts: string): VoiceFinding[] {
  return spansOf(folded, guarantee, start).flatMap((span) => {
    const words = folded.slice(span.start - start, span.end - start);
    const before = folded.slice(Math.max(0, span.start - start - 40), span.start - start);
    if (notVouched.test(before) || (question && !/[!]/u.test(folded))) return [];
    if (wordsOf(words).some((w) => w.text.length > 5 && facts.includes(stem(w.text)))) return [];
    return [finding("promise", "guarantee", span)];
  });
}

function gifts({ folded, start }: Sentence, facts: string, isOpen: boolean): VoiceFinding[] {
  const promised =
    willBe.test(folded) ||
    /(?<![\p{L}])(?:is|are|get|gets) (?:refunded|reimbursed|replaced|yours|waived)/u.test(folded);
  const atOnce = /(?<![\p{L}])(?:we pay|on the house|on us)(?![\p{L}])/u.test(folded);
  if (!atOnce && (!promised || onlyIf.test(folded) || (instruction.test(folded) && !willBe.test(folded)))) return [];
  if (/(?:look (?:at|into|for)|check(?:ing)?|find out|ask(?:ing)?|see (?:if|whether)|whether)(?![\p{L}])/u.test(folded))
    return [];
  return spansOf(folded, gift).flatMap((span) => {
    const word = folded.slice(span.start, span.end);
    const carriedBy = wordsOf(word).some((w) => w.text.length > 3 && facts.includes(stem(w.text).slice(0, 7)));
    if (carriedBy && !isOpen) return [];
    return [finding("promise", "compensation", { start: start + span.start, end: start + span.end })];
  });
}

const past =
  /(?<![\p{L}])(?:was|were|had|has been|have been|went|did|left|happened|answered|sent|since|ago|war|wurde|wurden|hat|haben|seit|fue|ha sido|desde|etait|a ete|depuis|era|stato|stata|werd|was|foi)(?![\p{L}])/u;
const future =
  /(?<![\p{L}])(?:will|'ll|shall|won't|going to|is back|are back|be|wird|werden|kommt|geht)(?![\p{L}])|'ll(?![\p{L}])/u;

function times({ folded, start }: Sentence, known: ReturnType<typeof knownTimes>, told: boolean): VoiceFinding[] {
  if (instruction.test(folded) || (onlyIf.test(folded) && !future.test(folded))) return [];
  if (past.test(folded) && !future.test(folded)) return [];
  const named = timesIn(folded);
  if (hedge.test(folded) && named.every((t) => /^(?:today|tomorrow)$/u.test(t.key))) return [];
  return named
    .filter((time) => time.ahead && !carried(time, known))
    .filter(
      (time) =>
        ((told || /garanti|promis|versproch/u.test(folded)) &&
          /^(?:at|weekday|within (?!1 )|(?:before lunch|by the weekend|in no time|any minute))/u.test(time.key)) ||
        (time.key === "today" ? future.test(folded) || willBe.test(folded) : commits(folded)),
    )
    .map((time) => finding("promise", "time-not-known", { start: start + time.start, end: start + time.end }));
}

/** Something is going to be so, not merely around today. */
const commits = (folded: string) =>
  future.test(folded) ||
  willBe.test(folded) ||
  /(?<![\p{L}])(?:leaves|arrives|comes|goes|runs|reopens|starts|call|ring|rufen|llega|sale|arrive|part)(?![\p{L}])/u.test(
    folded,
  );

const amount =
  /(?:[€$£]\s?(\d[\d.,]*)|(?<![\p{L}\p{N}.,])(\d[\d.,]*)\s?(?:€|£|\$|euros?|eur|pounds?|gbp|usd|dollars?|points|miles|%|percent))/gu;
function amounts({ folded, start }: Sentence, sources: string): VoiceFinding[] {
  if (onlyIf.test(folded)) return [];
  const found: VoiceFinding[] = [];
  for (const hit of folded.matchAll(amount)) {
    const figure = ((hit[1] ?? hit[2]) as string).replace(/[.,]+$/u, "");
    const plain = figure.replaceAll(/[.,](?=\d{3}(?!\d))/gu, "");
    if (
      new RegExp(
        String.raw`(?<!\d)(?:${figure.replaceAll(".", String.raw`\.`)}|${plain.replaceAll(".", "[.,]")})(?!\d)`,
        "u",
      ).test(sources.replaceAll(/(?<=\d),(?=\d{3}(?!\d))/gu, ""))
    )
      continue;
    found.push(
      finding("promise", "amount-not-known", { start: start + hit.index, end: start + hit.index + hit[0].length }),
    );
  }
  return found;
}

const claim =
  /(?<![\p{L}])(?:it|he|she|they|you|this|that|there|everything|nothing|nobody|(?:the|your|our|his|her|this|that) \p{L}+|prices?)(?:'ll| will| won't| will not| shall|'re going to| is going to| are going to)\s(?!be (?:glad|happy|pleased|delighted|thrilled|sorry|interested|over the moon)|see|find|read|hear|love|like|notice|need|have to|want|be asked|blush|enjoy)[^.!?]*/gu;
const warm = /(?<![\p{L}])(?:glad|happy|pleased|enjoy|smile|blush|love)(?![\p{L}])/u;
const doing =
  /(?<![\p{L}])(?:i'll|i've|i'm|i have|i will|i am|we've|we're|we'll|we have|we are|let me|please|send|dm|private\p{L}*|https?|asked|checking)(?![\p{L}])|\.example/u;

/** What is said to become so, of which the case says nothing; a flat statement where the case is open or empty. */
function claims(said: readonly Sentence[], { post, facts }: VoiceDraft, factText: string): VoiceFinding[] {
  const carriedStems = tellingStems(wordsOf(factText));
  const shares = (s: Sentence) =>
    s.words.some((w) => carriedStems.has(stem(w.text)) || (w.text.length > 6 && factText.includes(w.text.slice(0, 6))));
  for (const s of said) {
    if (s.question || hedge.test(s.folded) || onlyIf.test(s.folded) || warm.test(s.folded)) continue;
    const span = spansOf(s.folded, claim, s.start)[0];
    const found = span && tellingStems(wordsOf(s.folded.slice(span.start - s.start, span.end - s.start)));
    if (span && found && ![...found].some((one) => carriedStems.has(one)))
      return [finding("promise", "more-than-known", span)];
  }
  const unsure =
    /(?<![\p{L}])(?:perhaps|decides?|decision|expected|until|ordered|looked at|examined|in test|review|checked|tested|unknown|unbekannt|under|possible|maybe|planned|not yet|no \p{L}+)(?![\p{L}])/u.test(
      factText,
    );
  const asked = asksAhead.test(foldText(post));
  const first = said[0];
  if (!first || (facts.length > 0 ? !unsure : !asked)) return [];
  const all = said.map((s) => s.folded).join(" ");
  if (said.some((s) => s.question || shares(s)) || hedge.test(all) || doing.test(all) || first.words.length > 14)
    return [];
  return instruction.test(first.folded) ? [] : [finding("promise", "more-than-known", first)];
}
const asksAhead =
  /(?<![\p{L}])(?:will|when|tomorrow|tonight|on time|dangerous|safe|stay|how long|is it true|does \p{L}+(?: \p{L}+)? (?:stay|run|go|open|close|come)|wann|noch|morgen|cuando|quand|quando|wanneer)(?![\p{L}])[^.!]*/u;

const askedAhead =
  /(?<![\p{L}])(?:will|when|going to|is it|are you|do you promise|can i|could i|will i|safe|kommt|wann|wird|cuando|quand|quando|wanneer|back|fixed|again|get)(?![\p{L}])/u;
/** A flat yes or no where the case is open and nobody asked about what the facts say. */
function beyond(sentence: Sentence, { post }: VoiceDraft, facts: string): boolean {
  if (!flatYes.test(sentence.folded) || hedge.test(sentence.folded) || sentence.question) return false;
  if (!askedAhead.test(foldText(post))) return false;
  const own = sentence.words.slice(1).filter((w) => w.text.length > 3);
  const carriedWords = own.filter((w) => facts.includes(stem(w.text))).length;
  const says = has(
    sentence.folded,
    /(?<![\p{L}])(?:will|'ll|is|are|can|goes|comes|yours|safe|back|wird|kommt|llega|arrive)(?![\p{L}])/gu,
  );
  return facts === ""
    ? sentence.words.length <= 8 && /(?:will|be|on time|on the)/u.test(sentence.folded)
    : says && carriedWords * 2 <= own.length + 1 && !/(?:look|see|read|write|post|send|tell)/u.test(sentence.folded);
}

export type { Span };
