import { useLingui } from "@lingui/react/macro";
import type { QueryFaultView, QueryNoticeView } from "#contracts/monitors";

/** What is wrong with a query, in the reader's language; `write`: what could stand there, as it is typed. */
export function useFaultWords(): {
  fault: (fault: QueryFaultView) => string;
  notice: (notice: QueryNoticeView) => string;
} {
  const { t } = useLingui();
  function says({ code, says: english }: QueryFaultView): string {
    switch (code) {
      case "nothing-to-look-for":
        return t`Nothing is looked for yet. Write at least one word, tag or author.`;
      case "too-long":
        return t`The query is too long. Part it into two monitors.`;
      case "too-many-terms":
        return t`The query holds too many terms. Part it into two monitors.`;
      case "too-deep":
        return t`Parentheses lie too deep inside of one another here.`;
      case "quote-open":
        return t`This quotation mark is never closed.`;
      case "brace-open":
        return t`This brace is never closed.`;
      case "parenthesis-open":
        return t`This parenthesis is never closed.`;
      case "parenthesis-closed":
        return t`This parenthesis was never opened.`;
      case "parentheses-empty":
        return t`Nothing stands between these parentheses.`;
      case "operand-missing-after":
        return t`Something has to follow here.`;
      case "operand-missing-before":
        return t`Something has to stand before this.`;
      case "distance-wanted":
        return t`Say how many words apart.`;
      case "distance-too-small":
        return t`Neighbours are 1 apart: the distance is at least 1.`;
      case "distance-too-great":
        return t`That is too far apart to ask for.`;
      case "near-wants-words":
        return t`Only words, phrases and alternatives of them can be near something.`;
      case "star-alone":
        return t`A star alone would match every word.`;
      case "star-in-front":
        return t`A word cannot begin with a star.`;
      case "value-wanted":
        return t`A value has to follow, without a space.`;
      case "value-unknown":
        return t`This value is not known.`;
      case "not-known-here":
        return t`This cannot be asked here: it is not known of every post. Leave it out.`;
      case "matches-everything":
        return t`This would match nearly every post. Add a word that has to be there.`;
      default:
        return english;
    }
  }
  return {
    fault: (fault) => (fault.write === null ? says(fault) : t`${says(fault)} For example: ${fault.write}`),
    notice: ({ code, text }) =>
      code === "small-operator"
        ? t`“${text}” in small letters is looked for as a word. Capitals make it an operator.`
        : t`“${text}” holds no word and is left out.`,
  };
}
