import { useLingui } from "@lingui/react/macro";
import { type Lists, listsOf } from "./lists.ts";

/** Lists and quotations in the signs of the page's language: none is pieced together in a screen. */
export function useLists(): Lists & { quote: (text: string) => string } {
  const { t, i18n } = useLingui();
  return { ...listsOf(i18n.locale), quote: (text) => t`“${text}”` };
}
