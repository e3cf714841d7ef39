import { finding, type Span, type VoiceDraft, type VoiceFinding } from "./finding.ts";
import { foldText, has, type Sentence, sentencesOf, spansOf, stem, tellingStems, wordsOf } from "./text.ts";
import { withoutMark } from "./who-answers.ts";
import { inPrivate } from "./words/account.ts";
import { counterWords } from "./words/help.ts";
import { anger, care, grief, hardship, harm, joking, praise } from "./words/mood.ts";
import { emptyWords, placeholder, strongStock, weakStock } from "./words/stock.ts";

/** How much of two texts' pairs of words must be the same to be a repeat; `reference/text.md` counted near-duplicates from .5 to .7. */
const REPEATED = 0.66;
const fewestWords = 4;
const mostRecent = 60;

/** A text that reads like a script: fields left open, what was said before, phrases of every company, nothing about the matter. */
export function checkCanned(draft: VoiceDraft, sentences: readonly Sentence[]): VoiceFinding[] {
  const found: VoiceFinding[] = spansOf(draft.text, placeholder)
    .filter((span) => !isSignature(draft, span))
    .map((span) => finding("canned", "placeholder", span));
  const repeat = repeated(draft);
  if (repeat) found.push(finding("canned", "repeated", repeat));
  const name = wrongName(draft);
  if (name) found.push(finding("canned", "wrong-name", name));
  if (found.length === 0) found.push(...stock(draft, sentences));
  return found;
}

/** "[Nia]" before or after all else is Nia, who writes, and "[auto]" is nobody; every other field is one, wherever it stands. */
function isSignature({ text, agent }: VoiceDraft, { start, end }: { start: number; end: number }): boolean {
  if (text[start] !== "[" || (text.slice(0, start).trim() !== "" && text.slice(end).trim() !== "")) return false;
  const inside = foldText(text.slice(start + 1, end - 1)).trim();
  if (!agent) return /^(?:auto|bot|robot)\p{L}*(?:\s\p{L}+){0,2}$/u.test(inside);
  const name = foldText(agent.name).trim();
  return inside === name || inside === name.split(/\s/u)[0] || inside === foldText(agent.initials).trim();
}

function shape(text: string): { words: string[]; pairs: Set<string>; numbers: Set<string> } {
  const words = wordsOf(
    foldText(
      withoutMark(text)
        .replaceAll(/n['’]t(?!\p{L})/gu, " not")
        .replaceAll(/https?:\/\/\S+|@\S+/gu, " "),
    ),
  ).map((w) => stem(w.text));
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < words.length; i++) pairs.add(`${words[i]} ${words[i + 1]}`);
  return { words, pairs, numbers: new Set(words.filter((w) => /\p{N}/u.test(w))) };
}

/** The whole text when an earlier reply said it almost so, and no new figure came. */
function repeated({ text, recent }: VoiceDraft): Span | null {
  if (recent.length === 0) return null;
  const mine = shape(text);
  if (mine.words.length < fewestWords) return null;
  for (const other of recent.slice(-mostRecent)) {
    const theirs = shape(other);
    if (theirs.words.length < fewestWords) continue;
    if ([...mine.numbers].some((n) => !theirs.numbers.has(n))) continue;
    let both = 0;
    for (const pair of mine.pairs) if (theirs.pairs.has(pair)) both++;
    const dice = Math.max((2 * both) / (mine.pairs.size + theirs.pairs.size), sameWords(mine.words, theirs.words));
    // An earlier reply that stands whole in this one is a repeat, too, unless much more is said.
    const holds =
      theirs.pairs.size >= 5 && both / theirs.pairs.size >= 0.85 && theirs.pairs.size / mine.pairs.size >= 0.5;
    const within = mine.pairs.size >= 5 && both / mine.pairs.size >= 0.9;
    if (dice >= REPEATED || holds || within) return { start: 0, end: text.trimEnd().length };
  }
  return null;
}

/** For short texts, in which one other small word breaks two pairs of few. */
function sameWords(one: readonly string[], other: readonly string[]): number {
  const [a, b] = [new Set(one), new Set(other)];
  if (a.size < 5 || b.size < 5) return 0;
  const both = [...a].filter((w) => b.has(w)).length;
  const share = (2 * both) / (a.size + b.size);
  return share >= 0.8 ? share : 0;
}

const nameInFacts =
  /(?:name|customer|kunde|cliente|client|klant)\s*(?:is|:|=|-)?\s+(\p{Lu}\p{Ll}+)(?:\s+(\p{Lu}\p{Ll}+))?/u;
const greeting =
  /^\s*(?:hi|hello|hey|dear|good (?:morning|day|evening)|hallo|guten (?:tag|morgen|abend)|liebe[r]?|hola|bonjour|ciao|buongiorno|beste|dag|ol[aá]|querid[oa])[\s,]+(\p{Lu}\p{Ll}+)(?=[\s,!.:])/iu;

function wrongName({ text, facts, post }: VoiceDraft): Span | null {
  const greeted = greeting.exec(text);
  const used = greeted?.[1];
  if (!greeted || !used || !/^\p{Lu}/u.test(used)) return null;
  const known = facts.map((fact) => nameInFacts.exec(fact)).find(Boolean);
  if (!known?.[1]) return null;
  const names = [known[1], known[2]].filter(Boolean).map((n) => foldText(n as string));
  const folded = foldText(used);
  if (
    names.includes(folded) ||
    foldText(post).includes(folded) ||
    emptyStems.has(stem(folded)) ||
    /^(?:herr|frau|mr|mrs|ms|there|all|team)/u.test(folded)
  )
    return null;
  const start = greeted.index + greeted[0].length - used.length;
  return { start, end: start + used.length };
}

const emptyStems = new Set(emptyWords.map((word) => stem(foldText(word))));

/** Stock phrases weigh, what is said of the matter weighs against them. */
function stock(draft: VoiceDraft, sentences: readonly Sentence[]): VoiceFinding[] {
  const about = tellingStems(wordsOf(foldText([draft.post, ...draft.facts].join("\n"))));
  for (const empty of emptyStems) about.delete(empty);
  const last = withoutMark(draft.text).length;
  const thanked = isThanks(draft.post) || joking.test(foldText(draft.post));
  let weight = 0;
  let telling = 0;
  let words = 0;
  const phrases: Span[] = [];
  for (const sentence of sentences) {
    if (sentence.start >= last) continue;
    const strong = spansOf(sentence.folded, strongStock, sentence.start);
    const weak = strong.length > 0 || thanked ? [] : spansOf(sentence.folded, weakStock, sentence.start);
    phrases.push(...strong, ...weak);
    const own = sentence.words.filter((w) => w.start < last);
    const stems = tellingStems(own);
    const named = [...stems].filter((s) => about.has(s) || /\p{N}/u.test(s));
    const news = [...stems].filter((s) => !emptyStems.has(s));
    words += own.length;
    // Inside a stock phrase its own words say nothing.
    if (strong.length > 0) {
      weight += 2;
      telling += named.length > 1 ? 1 : 0;
    } else if (weak.length > 0) {
      weight += 1;
      telling += named.length > 0 || news.length > 3 ? 1 : 0;
    } else telling += named.length > 0 || news.length > 1 ? 1 : news.length > 0 ? 0.5 : 0;
  }
  if (phrases.length > 0 && weight > 0 && weight - telling >= 1)
    return phrases.map((span) => finding("canned", "stock-phrase", span));
  const named = [...tellingStems(wordsOf(foldText(draft.text.slice(0, last))))].some(
    (s) => about.has(s) || /\p{N}/u.test(s),
  );
  const counter = sentences.flatMap((s) => spansOf(s.folded, counterWords, s.start)).filter((s) => s.start < last);
  if (
    !named &&
    !thanked &&
    words >= 5 &&
    counter.length > 0 &&
    !sentences.some((s) => s.question || inPrivate.test(s.folded)) &&
    !/(?<!\p{L})i(?:'|\s)/u.test(foldText(draft.text))
  )
    return counter.map((span) => finding("canned", "stock-phrase", span));
  const ours = has(foldText(draft.text.slice(0, last)), /(?<![\p{L}])(?:we|our|us|your)(?![\p{L}'])/gu);
  const upset =
    /[?]\s*$/u.test(draft.post) || [anger, grief, harm, hardship].some((mood) => has(foldText(draft.post), mood));
  const opens = sentences.some(
    (s) =>
      s.question ||
      inPrivate.test(s.folded) ||
      /https?:|\.example|\w\.(?:com|org|net)/u.test(s.folded) ||
      has(s.folded, care),
  );
  if (!named && !thanked && upset && words >= 6 && ours && !opens && !/(?<!\p{L})i(?:'|\s)/u.test(foldText(draft.text)))
    return [finding("canned", "says-nothing", { start: 0, end: last })];
  if (telling > 0 || words < 5 || thanked || about.size < 2) return [];
  return [finding("canned", "says-nothing", { start: 0, end: last })];
}

function isThanks(post: string): boolean {
  const folded = foldText(post);
  return has(folded, praise) && ![anger, grief, harm, hardship].some((mood) => has(folded, mood));
}

export const cannedOf = (draft: VoiceDraft) => checkCanned(draft, sentencesOf(draft.text));
