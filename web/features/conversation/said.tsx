import { useLingui } from "@lingui/react/macro";
import css from "./entries.module.css";
import { type SaidEntity, saidParts } from "./said-parts.ts";

type SaidProps = {
  text: string;
  entities?: readonly SaidEntity[];
  redactions?: number;
  /** Words to mark: those that made a label. */
  words?: readonly { start: number; end: number }[];
  direction?: "ltr" | "rtl";
  language?: string;
};

/** What people wrote, as text: links open outside without telling where from, nothing is ever read as HTML. */
export function Said({ text, entities = [], redactions = 0, words, direction, language }: SaidProps) {
  const { t } = useLingui();
  const lang = language && language !== "und" ? language : undefined;
  return (
    <p className={`${css.text} said`} dir={direction ?? "auto"} lang={lang}>
      {saidParts(text, entities, redactions, words).map((part, place) => {
        switch (part.kind) {
          case "text":
            return part.text;
          case "link":
            return (
              <a key={place} href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc" title={part.href}>
                {part.text}
              </a>
            );
          case "name":
            return (
              <bdi key={place} className={css.name}>
                {part.text}
              </bdi>
            );
          case "redacted":
            return (
              <span key={place} className={css.redacted} title={t`Taken out when it arrived; nobody can read it.`}>
                {part.text}
              </span>
            );
          case "word":
            return <mark key={place}>{part.text}</mark>;
        }
        return null;
      })}
    </p>
  );
}
