import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { Tabs } from "../../shared/ui/tabs.tsx";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import css from "./escalation.module.css";
import { OpenTab } from "./open-tab.tsx";

const LadderTab = lazy(() => import("./ladder-tab.tsx"));
const OnCallTab = lazy(() => import("./on-call-tab.tsx"));
const ReachTab = lazy(() => import("./reach-tab.tsx"));
const CrisisTab = lazy(() => import("./crisis-tab.tsx"));

type TabId = "open" | "ladder" | "on-call" | "reach" | "crisis";

/** What somebody has to look at, who is asked about what, who is on call, and the playbook for the worst day. */
export default function EscalationsPage() {
  const { t } = useLingui();
  const search = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const tabs: { id: TabId; label: string }[] = [
    { id: "open", label: t({ message: "Open", context: "tab" }) },
    { id: "crisis", label: t`Crisis` },
    { id: "on-call", label: t`On call` },
    { id: "ladder", label: t`Who is asked` },
    { id: "reach", label: t`Your notices` },
  ];
  const chosen = tabs.find((tab) => tab.id === search.tab) ?? tabs[0]!;
  return (
    <div className={css.page}>
      <Tabs
        label={t`Escalations`}
        tabs={tabs}
        chosen={chosen.id}
        onChoose={(tab) => void navigate({ to: ".", search: { tab } as never, replace: true })}
      >
        <div className={css.panel}>
          <VisuallyHidden>
            <h2>{chosen.label}</h2>
          </VisuallyHidden>
          <Suspense fallback={<Skeleton shape="rows" count={5} />}>
            {chosen.id === "open" ? <OpenTab /> : null}
            {chosen.id === "ladder" ? <LadderTab /> : null}
            {chosen.id === "on-call" ? <OnCallTab /> : null}
            {chosen.id === "reach" ? <ReachTab /> : null}
            {chosen.id === "crisis" ? <CrisisTab /> : null}
          </Suspense>
        </div>
      </Tabs>
    </div>
  );
}
