import type { FeatureSpec } from "./domain/features.ts";
import { learn } from "./domain/learn.ts";
import { readerFor, score } from "./domain/linear-model.ts";
import { tokenise } from "./domain/tokens.ts";

const SPEC: FeatureSpec = { bits: 17, words: 2, chars: [3, 4] };

/** Learns from marked texts and tells of others how likely the answer is yes, 0 to 1. The same marks give the same answers. */
export function learnYesNo(marks: readonly { text: string; yes: boolean }[]): (text: string) => number {
  const model = learn(
    "yes-no",
    "softmax",
    SPEC,
    ["no", "yes"],
    marks.map((m) => ({ text: m.text, labels: [m.yes ? "yes" : "no"] })),
  );
  const read = readerFor(SPEC);
  return (text) => score(model, read(tokenise(text)))[1]!;
}
