import { finding, type HouseVoice, type Span, type VoiceCode, type VoiceDraft, type VoiceFinding } from "./finding.ts";
import { fitOf } from "./fit.ts";
import type { Mood } from "./mood.ts";
import { foldText, has, type Sentence, spansOf, stem, tellingStems, wordsOf } from "./text.ts";
import { withoutMark } from "./who-answers.ts";
import { distress } from "./words/distress.ts";
import { counterWords, dismissal, helping, known } from "./words/help.ts";
import { anger, care, gladPicture, grief, hardship, harm, joking, praise, slight } from "./words/mood.ts";
import { blame, cheer, commands, defensive, merryPicture, sarcasm } from "./words/tone.ts";

/** How somebody who writes so feels, by their words. */
export function moodOf(post: string): Mood {
  const folded = foldText(post);
  // Rows of signs alone are joy as often as anger; words in capitals are not.
  const shouts = (post.match(/(?<![\p{L}])\p{Lu}{3,}(?![\p{L}])/gu)?.length ?? 0) >= 2;
  const upset = has(folded, anger) || has(folded, slight) || has(folded, harm) || has(folded, grief);
  const glad = has(folded, praise) || (gladPicture.test(post) && !upset);
  const jokes = joking.test(folded);
  return {
    grief: has(folded, grief),
    harm: has(folded, harm),
    hardship: has(folded, hardship),
    need: !glad && !jokes && has(folded, distress),
    anger: !glad && (shouts || has(folded, anger) || has(folded, slight)) && !jokes,
    joking: jokes,
    praise: glad,
  };
}

/** What does not fit how the customer feels, or how people of a company should speak to anybody. */
export function checkTone(draft: VoiceDraft, sentences: readonly Sentence[], voice: HouseVoice): VoiceFinding[] {
  const { text } = draft;
  const folded = foldText(text);
  const found: VoiceFinding[] = [];
  const all = (spans: readonly Span[], code: Parameters<typeof finding>[1]) =>
    found.push(...spans.map((span) => finding("tone", code, span)));
  all(spansOf(folded, blame), "blame");
  all(spansOf(folded, commands), "command");
  all(spansOf(folded, defensive), "defensive");
  const mood = moodOf(draft.post);
  const low = mood.grief || mood.harm || mood.hardship || mood.need;
  const badly = low || (mood.anger && !mood.joking && !(mood.praise && !low));
  if (badly || !mood.praise) all(spansOf(folded, sarcasm), "sarcasm");
  // Who cheers with somebody may cheer as loud as they do.
  if (badly || !(mood.praise || /!!|🎉|🎂|🥳|🥹/u.test(draft.post))) all(shouted(text), "shouting");
  if (badly) {
    all(spansOf(folded, cheer), "too-cheerful");
    all(spansOf(text, merryPicture), "too-cheerful");
    if (!has(folded, care) && !has(folded, helping) && !isQuestion(draft.post))
      all(spansOf(text, /(?<=\p{L})!/gu), "too-cheerful");
  }
  const calm = mood.praise || mood.joking || isQuestion(draft.post);
  if (
    (mood.grief || (mood.harm && !calm)) &&
    found.length === 0 &&
    !mood.praise &&
    !has(folded, care) &&
    sentences.length > 0
  )
    all([{ start: sentences[0]!.start, end: sentences[0]!.end }], "no-care");
  if (!mood.praise || badly) all(spansOf(folded, dismissal), "defensive");
  if (found.length === 0 && !mood.praise && !mood.joking) all(waved(draft, folded, sentences), "defensive");
  found.push(...unfit(draft, sentences, mood));
  for (const { words, rule } of voice.avoid)
    for (const span of wholeWords(folded, foldText(words.trim()))) found.push(finding(rule, "word-to-avoid", span));
  return found;
}

/** What makes little of it, runs others down or chats where it is grave: by what the sentences do. */
function unfit(draft: VoiceDraft, sentences: readonly Sentence[], mood: Mood): VoiceFinding[] {
  const post = foldText(draft.post);
  const end = withoutMark(draft.text).length;
  const said = sentences.filter((s) => s.start < end);
  const fit = fitOf(said, mood, {
    ...{ post, glad: mood.praise || mood.joking, question: isQuestion(draft.post) },
    factStems: tellingStems(wordsOf(foldText(draft.facts.join("\n")))),
    postStems: tellingStems(wordsOf(post)),
  });
  const found: VoiceFinding[] = [];
  const say = (list: readonly Sentence[], code: VoiceCode) =>
    found.push(...list.slice(0, 2).map((s) => finding("tone", code, { start: s.start, end: Math.min(s.end, end) })));
  if (fit.bad && !fit.caring) say(fit.small, "makes-small");
  if (fit.bad && fit.heavy && found.length === 0) say(fit.bright, "makes-small");
  say(fit.runsDown, "runs-down");
  if (fit.formal || (fit.bad && fit.heavy)) say(fit.chummy, "too-casual");
  if (fit.formal && !mood.joking) all(draft.text.slice(0, end));
  return found;

  function all(text: string) {
    found.push(...spansOf(text, merryPicture).map((span) => finding("tone", "too-casual", span)));
  }
}

const isQuestion = (post: string) =>
  /[?]\s*$|^(?:@\S+ )?(?:can|could|may|do|does|is|are|how|what|where|when|who|which|will)\s/iu.test(post);

/** A reply to somebody in trouble that neither feels with them, nor does, asks, shows or knows anything. */
function waved(draft: VoiceDraft, folded: string, sentences: readonly Sentence[]): Span[] {
  const end = withoutMark(draft.text).length;
  const said = sentences.filter((s) => s.start < end);
  const words = said.reduce((n, s) => n + s.words.filter((w) => w.end <= end).length, 0);
  const mood = moodOf(draft.post);
  if (words > 5 && !mood.anger && !mood.harm && !mood.grief && !mood.hardship) return [];
  if (
    words < 2 ||
    words > 40 ||
    said.some((s) => s.question) ||
    /https?:|www\.|\.example|\w\.(?:com|org|net|io)\b|\//u.test(folded.slice(0, end))
  )
    return [];
  if (has(folded, helping) || has(folded, care) || has(folded, counterWords) || !has(folded.slice(0, end), known))
    return [];
  const facts = tellingStems(wordsOf(foldText(draft.facts.join("\n"))));
  if (said.some((s) => s.words.some((w) => w.end <= end && (facts.has(stem(w.text)) || /\p{N}/u.test(w.text)))))
    return [];
  // A plain question without known facts may have a plain answer.
  if (isQuestion(draft.post) && !moodOf(draft.post).anger && !moodOf(draft.post).harm) return [];
  return [{ start: said[0]!.start, end }];
}

function wholeWords(folded: string, words: string): Span[] {
  const found: Span[] = [];
  if (words === "") return found;
  const letter = /[\p{L}\p{N}]/u;
  for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + words.length)) {
    const end = at + words.length;
    if (letter.test(words[0] as string) && at > 0 && letter.test(folded[at - 1] as string)) continue;
    if (letter.test(words.at(-1) as string) && end < folded.length && letter.test(folded[end] as string)) continue;
    found.push({ start: at, end });
  }
  return found;
}

/** Three words in capitals in a row, or rows of exclamation marks. */
function shouted(text: string): Span[] {
  return spansOf(
    text,
    /(?<![\p{L}\p{N}])\p{Lu}{2,}(?:[\s,'’!.]{1,3}\p{Lu}{2,}){2,}(?![\p{Ll}\p{N}])|[!?]*!{3,}[!?]*|[!?]*!\?!+|\?{3,}/gu,
  ).filter(
    // A row of short names, as of networks, is no shout.
    ({ start, end }) =>
      /!|\?/u.test(text.slice(start, end)) || text.slice(start, end).replaceAll(/[^\p{L}]/gu, "").length >= 10,
  );
}
