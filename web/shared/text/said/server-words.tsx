import { useLingui } from "@lingui/react";
import { directionOf } from "../../look/direction.ts";
import { sayServer } from "./known-phrases.ts";

type ServerWordsProps = {
  children: string;
  /** Of the reason or problem the words belong to. */
  code?: string;
};

/** The server's own words, in the page's language where it knows them; else as they are, marked as English. */
export function ServerWords({ children, code }: ServerWordsProps) {
  const { i18n } = useLingui();
  const { words, foreign } = sayServer(children, code);
  if (foreign) return <bdi lang="en">{words}</bdi>;
  // A sentence that begins with a name from left to right is a sentence of the page's language all the same.
  return <bdi dir={i18n.locale === "en" ? undefined : directionOf(i18n.locale)}>{words}</bdi>;
}
