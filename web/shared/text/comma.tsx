import { useLingui } from "@lingui/react";
import { listsOf } from "./lists.ts";

/** Between two things that stand beside each other: ", " in the signs of the page's language. */
export function Comma() {
  const { i18n } = useLingui();
  return listsOf(i18n.locale).comma;
}
