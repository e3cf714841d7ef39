import { finding, type VoiceCode, type VoiceDraft, type VoiceFinding } from "../finding.ts";
import { commonShare, foldText, type Sentence, sentencesOf, wordsOf } from "../text.ts";
import { withoutMark } from "../who-answers.ts";
import { featuresOf } from "./features.ts";
import { weights } from "./weights.ts";

/** The rules a draft is weighed for, in the order of the columns of the weights after the first, which is for any of them. */
export const weighed = ["canned", "tone", "privacy", "promise"] as const;
type Weighed = (typeof weighed)[number];

/** How a rule that only the weight of a draft speaks for is said. */
const says: Record<Weighed, VoiceCode> = {
  canned: "says-nothing",
  tone: "defensive",
  privacy: "account-fact",
  promise: "more-than-known",
};

/** A word or a form that is a fault by itself, wherever it stands. Every other finding is a sign, which the whole draft may outweigh. */
const plain: ReadonlySet<VoiceCode> = new Set([
  "too-long",
  "not-disclosed",
  "other-persons-mark",
  "not-said-automatic",
  "pretends-human",
  "placeholder",
  "repeated",
  "wrong-name",
  "word-to-avoid",
  "contact-data",
  "number-of-theirs",
  "name-of-theirs",
  "address",
  "asks-for-data",
  "shouting",
  "blame",
  "command",
  "too-cheerful",
  "runs-down",
]);
/** Small words that a text of a language the weights know has at least. */
const KNOWN_WORDS = 0.15;
/** Longer than any reply; what is longer is weighed by its beginning. */
const MOST = 4_000;

/** Signs of the rules in a draft that a weight may speak against, each kind once. */
export const signsAmong = (found: readonly VoiceFinding[]): number =>
  new Set(found.map((f) => f.code).filter((code) => !plain.has(code))).size;

/** Something stands in it that no weight speaks against: a plain fault, or what holds a reply. */
export const heldAnyway = (found: readonly VoiceFinding[]): boolean => found.some(staysAnyway);
/** Of facts of the file, words tell less surely: five of six such findings were right on drafts of hands that knew none of the lists. */
const staysAnyway = (f: VoiceFinding) => plain.has(f.code) || (f.severity === "stop" && f.code !== "account-fact");

/** Is it in words the weights were learnt from? A short text is read together with the post. */
export function isReadable({ text, post }: Pick<VoiceDraft, "text" | "post">): boolean {
  const own = wordsOf(foldText(withoutMark(text.slice(0, MOST))));
  const read = own.length < 12 ? [...own, ...wordsOf(foldText(post.slice(0, MOST)))] : own;
  return commonShare(read) >= KNOWN_WORDS;
}

/** For any rule and for each of `weighed`: how much speaks for its being broken, in logits of the drafts the weights were learnt from. */
export function logitsOf(features: ReadonlyMap<string, number>): number[] {
  const sums: number[] = [...weights.base];
  for (const [name, value] of features) {
    const row = Object.hasOwn(weights.of, name) ? weights.of[name] : undefined;
    if (row) for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (row[i] as number) * value;
  }
  return sums;
}

/** What the wording of a text speaks for a rule's being broken, in logits. */
type Wording = (text: string) => number;

/**
 * The whole draft beside what was found in its words: signs that it outweighs are dropped, and one that breaks a rule without a
 * word from any list gets a finding at the sentence that tells the most. Such a finding never holds a reply.
 */
export function weigh(
  draft: VoiceDraft,
  sentences: readonly Sentence[],
  found: readonly VoiceFinding[],
  wording: Wording,
): VoiceFinding[] {
  if (!isReadable(draft)) return [...found];
  const read = draft.text.length > MOST ? { ...draft, text: draft.text.slice(0, MOST) } : draft;
  const [any = 0, ...each] = logitsOf(featuresOf(read, read === draft ? sentences : sentencesOf(read.text)));
  if (any + wording(read.text) + weights.sign * signsAmong(found) <= weights.limit) return found.filter(staysAnyway);
  const said = found.filter((f) => f.rule !== "length" && f.rule !== "disclosure");
  if (said.length > 0) return [...found];
  // In private there is nobody to hide their own data from.
  const fit = each.map((value, i) => (weighed[i] === "privacy" && !draft.public ? Number.NEGATIVE_INFINITY : value));
  const column = fit.indexOf(Math.max(...fit));
  const rule = weighed[column] as Weighed;
  return [...found, { ...finding(rule, says[rule], placeOf(read, column + 1)), severity: "warn" }];
}

/** The sentence that by itself speaks most for the rule; a text that says nothing does so as a whole. */
function placeOf(draft: VoiceDraft, column: number): { start: number; end: number } {
  const end = withoutMark(draft.text).length;
  const all = sentencesOf(draft.text).filter((s) => s.start < end);
  const whole = { start: all[0]?.start ?? 0, end };
  if (weighed[column - 1] === "canned" || all.length < 2) return whole;
  let best = whole;
  let most = Number.NEGATIVE_INFINITY;
  for (const { start, end: to } of all.slice(0, 12)) {
    const text = draft.text.slice(start, Math.min(to, end));
    const value = logitsOf(featuresOf({ ...draft, text }, sentencesOf(text)))[column] as number;
    if (value > most) [best, most] = [{ start, end: start + text.length }, value];
  }
  return best;
}

/** What the words show and what the whole draft shows, in the order of the text. `wording`: `logitOfWording`, which comes apart for its size. */
export function weighAll(
  said: { read: VoiceDraft; sentences: readonly Sentence[]; found: VoiceFinding[] },
  wording: Wording,
): VoiceFinding[] {
  return weigh(said.read, said.sentences, said.found, wording).sort((a, b) => a.start - b.start || b.end - a.end);
}
