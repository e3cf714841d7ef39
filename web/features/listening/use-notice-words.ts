import { useLingui } from "@lingui/react/macro";
import type { QueryNoticeView } from "#contracts/monitors";

/** What is worth a word about a query although it is no fault, in the reader's language. */
export function useNoticeWords(): (notice: QueryNoticeView) => string {
  const { t } = useLingui();
  return ({ code, text }) =>
    code === "small-operator"
      ? t`“${text}” in small letters is looked for as a word. Capitals make it an operator.`
      : t`“${text}” holds no word and is left out.`;
}
