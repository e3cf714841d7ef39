import { foldText, wordsOf } from "../text.ts";
import { withoutMark } from "../who-answers.ts";
import { WORDING } from "./wording-weights.ts";

/** How much all words of a draft together weigh beside what it shows: found on drafts of hands that no weight was learnt from. */
const STRENGTH = 1.5;
/** Below so many words each counts no more than among so many. */
const FEWEST = 8;

/**
 * The words of a draft and its pairs of neighbours, without the signature; figures are all 0. Each counts once, and the less the longer the draft is, so that
 * a long reply says no more than a short one.
 */
export function wordingOf(text: string): Map<string, number> {
  const words = wordsOf(foldText(withoutMark(text))).map((w) => w.text.replaceAll(/\d/gu, "0"));
  const each = STRENGTH / Math.sqrt(Math.max(FEWEST, words.length));
  const grams = new Map<string, number>();
  for (const [i, word] of words.entries()) {
    grams.set(word, each);
    const next = words[i + 1];
    if (next !== undefined) grams.set(`${word} ${next}`, each);
  }
  return grams;
}

let known: ReadonlyMap<string, number> | undefined;
/** "word weight", a pair of words with a space between them; read when it is first needed. */
function weightsOfWords(): ReadonlyMap<string, number> {
  known ??= new Map(
    WORDING.trim()
      .split(/[|\n]/u)
      .map((line) => {
        const at = line.lastIndexOf(" ");
        return [line.slice(0, at), Number(line.slice(at + 1)) / 100] as const;
      }),
  );
  return known;
}

/** What the wording speaks for a rule's being broken, in logits. */
export function logitOfWording(text: string): number {
  const weights = weightsOfWords();
  let sum = 0;
  for (const [gram, value] of wordingOf(text)) sum += (weights.get(gram) ?? 0) * value;
  return sum;
}
