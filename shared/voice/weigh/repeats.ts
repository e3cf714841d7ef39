import type { VoiceDraft } from "../finding.ts";
import { foldText, stem, tellingStems, wordsOf } from "../text.ts";
import { withoutMark } from "../who-answers.ts";
import type { Put } from "./by-sentence.ts";

/** How much of it an earlier reply said, small words and all. */
export function repeats(words: ReturnType<typeof wordsOf>, draft: VoiceDraft, put: Put): void {
  if (draft.recent.length === 0) return;
  const mine = new Set(words.map((w) => stem(w.text)));
  const tells = tellingStems(words);
  let within = 0;
  let telling = 0;
  for (const other of draft.recent.slice(-60)) {
    const theirs = wordsOf(foldText(withoutMark(other)));
    const all = new Set(theirs.map((w) => stem(w.text)));
    const told = tellingStems(theirs);
    within = Math.max(within, [...mine].filter((w) => all.has(w)).length / Math.max(4, mine.size));
    telling = Math.max(telling, [...tells].filter((w) => told.has(w)).length / Math.max(3, tells.size));
  }
  put("again", within);
  put("again telling", telling);
  put("again most", within >= 0.6 && telling >= 0.6);
}
