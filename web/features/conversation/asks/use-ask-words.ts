import { useLingui } from "@lingui/react/macro";
import type { AskView } from "#contracts/asks";
import { useLists } from "../../../shared/text/use-lists.ts";
import { useGapWords } from "../use-gap-words.ts";

/** A close call in words: the question, what speaks for it, and what each of the two answers does. */
export function useAskWords() {
  const { t } = useLingui();
  const { quote } = useLists();
  const gap = useGapWords();
  return (ask: AskView) => {
    const { other, afterMs } = ask;
    const later = afterMs === null ? "" : afterMs < 120_000 ? t`At once.` : t`${gap(afterMs)} later.`;
    if (other === null)
      return {
        question: t`Does this belong here?`,
        why: ask.why,
        there: t`A matter of its own`,
        here: t`It belongs here`,
      };
    return {
      question: t`May belong to ${other.number}`,
      why: [other.subject === "" ? "" : `${quote(other.subject)}.`, ask.why, later].filter(Boolean).join(" "),
      there: t`Join it there`,
      here: t`Leave it here`,
    };
  };
}
