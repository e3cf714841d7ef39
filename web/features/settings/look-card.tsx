import { useLingui } from "@lingui/react/macro";
import { asProblem, type Problem } from "../../shared/api/problem.ts";
import { languages } from "../../shared/look/language.ts";
import { changeLook, type Density, type Theme, useLook } from "../../shared/look/look.ts";
import { usePreferences } from "../../shared/session/preferences.ts";
import { useSession } from "../../shared/session/session.ts";
import { Card } from "../../shared/ui/card.tsx";
import { Select } from "../../shared/ui/field.tsx";
import css from "./settings.module.css";

/** Language, light or dark, density. The language goes with the agent; the rest is this machine's. */
export function LookCard({ onProblem }: { onProblem: (problem: Problem | null) => void }) {
  const { t, i18n } = useLingui();
  const look = useLook();
  const session = useSession();
  const [, save] = usePreferences();
  const offered = Object.entries(languages).filter(([, one]) => !one.testing || session.demo);
  const themes: Record<Theme, string> = { system: t`As the system`, light: t`Light`, dark: t`Dark` };
  const densities: Record<Density, string> = { compact: t`Compact`, regular: t`Regular`, roomy: t`Roomy` };
  const options = <Value extends string>(names: Record<Value, string>) =>
    (Object.keys(names) as Value[]).map((value) => ({ value, label: names[value] }));
  function speak(locale: string): void {
    onProblem(null);
    changeLook({ locale });
    save({ language: locale }).catch((error: unknown) => onProblem(asProblem(error)));
  }
  return (
    <Card title={t`How it looks`}>
      <div className={css.looks}>
        <Select
          label={t`Language`}
          value={i18n.locale}
          options={offered.map(([value, { name }]) => ({ value, label: name }))}
          onChange={speak}
        />
        <Select<Theme>
          label={t`Light or dark`}
          value={look.theme}
          options={options(themes)}
          onChange={(theme) => changeLook({ theme })}
        />
        <Select<Density>
          label={t`Density`}
          value={look.density}
          options={options(densities)}
          onChange={(density) => changeLook({ density })}
        />
      </div>
    </Card>
  );
}
