import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMay } from "../../shared/session/session.ts";
import { Tabs } from "../../shared/ui/tabs.tsx";
import { AsideTab } from "./aside-tab.tsx";
import { LabelsTab } from "./labels-tab.tsx";
import css from "./learning.module.css";
import { TodayTab } from "./today-tab.tsx";

type TabId = "today" | "labels" | "aside";

/** What the company's own marks taught, how good that is, and what was set aside. */
export default function LearningPage() {
  const { t } = useLingui();
  const search = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const marks = useMay("label.mark");
  const tabs: { id: TabId; label: string }[] = [
    ...(marks ? [{ id: "today" as const, label: t`Five for today` }] : []),
    { id: "labels", label: t`How good it is` },
    { id: "aside", label: t`Set aside` },
  ];
  const chosen = tabs.find((tab) => tab.id === search.tab) ?? tabs[0]!;
  return (
    <div className={css.page}>
      <header>
        <h2 className={css.title}>{t`Learning`}</h2>
        <p className="mid">
          {t`Every correction and every outcome teaches. One marked post in five is kept aside and only measures.`}
        </p>
      </header>
      <Tabs
        label={t`Learning`}
        tabs={tabs}
        chosen={chosen.id}
        onChoose={(tab) => void navigate({ to: ".", search: { tab } as never, replace: true })}
      >
        <div className={css.panel}>
          {chosen.id === "today" ? <TodayTab /> : null}
          {chosen.id === "labels" ? <LabelsTab /> : null}
          {chosen.id === "aside" ? <AsideTab /> : null}
        </div>
      </Tabs>
    </div>
  );
}
