import { countText, surplusFrom } from "../count.ts";
import { checkCanned } from "./canned.ts";
import { finding, type HouseVoice, type VoiceDraft, type VoiceFinding } from "./finding.ts";
import { checkPromise } from "./promise.ts";
import { type Sentence, sentencesOf } from "./text.ts";
import { checkTone } from "./tone.ts";
import { checkWhoAnswers } from "./who-answers.ts";

/** More than any network takes in one post is not read: what is too long is told by the length. */
const MOST = 20_000;
/** Of each thing that is known: a mail a customer wrote may be as long as a book. */
const MOST_FACT = 4_000;
const MOST_FACTS = 200;

const readable = (draft: VoiceDraft): VoiceDraft => ({
  ...draft,
  text: draft.text.slice(0, MOST),
  post: draft.post.slice(0, MOST),
  facts: draft.facts.slice(0, MOST_FACTS).map((one) => one.slice(0, MOST_FACT)),
  recent: draft.recent.map((one) => one.slice(0, MOST_FACT)),
});

/** The checks of what is theirs alone; handed in, so that a screen may load them beside the others. */
export type PrivacyCheck = (draft: VoiceDraft, sentences: readonly Sentence[]) => VoiceFinding[];

/** What the words by themselves show, before the whole draft is weighed, and what they were read from. */
export function readInWords(draft: VoiceDraft, voice: HouseVoice, privacy: PrivacyCheck) {
  const read = readable(draft);
  const sentences = sentencesOf(read.text);
  return { read, sentences, found: inWords(draft, read, sentences, voice, privacy) };
}

function inWords(
  draft: VoiceDraft,
  read: VoiceDraft,
  sentences: readonly Sentence[],
  voice: HouseVoice,
  privacy: PrivacyCheck,
) {
  return [
    ...checkLength(draft, voice),
    ...checkWhoAnswers(read, voice),
    ...checkCanned(read, sentences),
    ...checkTone(read, sentences, voice),
    ...privacy(read, sentences),
    ...checkPromise(read, sentences),
  ];
}

function checkLength({ text }: VoiceDraft, { limit }: HouseVoice): VoiceFinding[] {
  if (!limit) return [];
  const count = countText(text, limit);
  if (!count.over) return [];
  const over = `${-count.left} too long for this network (${count.length} of ${count.max}). Shorten it.`;
  return [finding("length", "too-long", { start: surplusFrom(text, limit), end: text.length }, over)];
}
