import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Notices } from "#contracts/preferences";
import { asProblem, type Problem } from "../../shared/api/problem.ts";
import { usePreferences } from "../../shared/session/preferences.ts";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { AppCard } from "./app-card.tsx";
import { LookCard } from "./look-card.tsx";
import { NoticesCard } from "./notices-card.tsx";
import { QuietCard } from "./quiet-card.tsx";
import { usualNotices } from "./rings.ts";
import css from "./settings.module.css";

/** What each agent sets for the own work: what rings, when it is quiet, how it looks, the desk as an app. */
export default function SettingsPage() {
  const { t } = useLingui();
  const [preferences, save] = usePreferences();
  const [problem, setProblem] = useState<Problem | null>(null);
  const notices = preferences.notices ?? usualNotices;
  const change = (part: Partial<Notices>) => {
    setProblem(null);
    save({ notices: { ...notices, ...part } }).catch((error: unknown) => setProblem(asProblem(error)));
  };
  return (
    <div className={css.page}>
      <header>
        <h2 className={css.title}>{t`Your settings`}</h2>
        <p className="mid">{t`They are yours alone and go wherever you sign in. What you change counts at once.`}</p>
      </header>
      {problem ? <ProblemNotice problem={problem} /> : null}
      <NoticesCard notices={notices} onChange={change} />
      <QuietCard notices={notices} onChange={change} />
      <LookCard onProblem={setProblem} />
      <AppCard />
    </div>
  );
}
