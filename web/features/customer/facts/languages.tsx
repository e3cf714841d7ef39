import { useLingui } from "@lingui/react/macro";
import { Chip } from "../../../shared/ui/chip.tsx";
import css from "./facts.module.css";
import { Section } from "./section.tsx";

type LanguagesProps = { languages: readonly { language: string; messages: number }[]; level: 2 | 3 };

/** The languages of what they said to us. */
export function Languages({ languages, level }: LanguagesProps) {
  const { t } = useLingui();
  const name = useLanguageName();
  if (languages.length === 0) return null;
  return (
    <Section level={level} title={t`Languages`}>
      <p className={css.chips}>
        {languages.map((one) => (
          <Chip key={one.language}>
            {name(one.language)} <span className="mute num">{one.messages}</span>
          </Chip>
        ))}
      </p>
    </Section>
  );
}

/** "Welsh" for "cy". */
export function useLanguageName(): (tag: string) => string {
  const { i18n } = useLingui();
  return (tag) => {
    try {
      return new Intl.DisplayNames(i18n.locale, { type: "language" }).of(tag) ?? tag;
    } catch {
      return tag;
    }
  };
}
