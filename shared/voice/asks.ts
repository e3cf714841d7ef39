import { finding, type VoiceFinding } from "./finding.ts";
import { type Sentence, spansOf } from "./text.ts";
import { inPublic } from "./words/account.ts";
import { aside } from "./words/aside.ts";
import { dataAsked, keepsOut, requests } from "./words/private-life.ts";

const everyData = new RegExp(dataAsked.source, "gu");
/** Ours, or what the customer is to do with it by themselves: no answer is waited for. */
const ours =
  /(?<!\p{L})(?:our|us|we have|my|at|via|unsere?\p{L}*|nuestr\p{L}*|notre|nostr\p{L}*|onze?|noss\p{L}*)\s(?:\p{L}+\s){0,2}$/u;
const byThemselves =
  /^(?:(?:please|then|just|and|bitte) )*(?:open|go|check|look|choose|enter|update|change|reset|keep|try|settings|log|tap|use|have|bring|ring|call|(?:in|on|under|with) )(?!\p{L})/u;

/** Questions and requests, in the open, for what only one person has. By their form: a thing that is theirs in a sentence that wants an answer. */
export function asksInTheOpen(sentences: readonly Sentence[], folded: string): VoiceFinding[] {
  const apart = aside.test(folded);
  return sentences.flatMap(({ folded: said, start, question }) => {
    if (apart && !(inPublic.test(said) && !aside.test(said))) return [];
    if (keepsOut.test(said) || (!question && !requests.test(said)) || byThemselves.test(said)) return [];
    // One that every reply may ask for tells nothing; two, or one of their own, do.
    return spansOf(said, everyData, start)
      .filter(({ start: from }) => !ours.test(said.slice(Math.max(0, from - start - 30), from - start)))
      .slice(0, 2)
      .map((span) => finding("privacy", "asks-for-data", span));
  });
}
