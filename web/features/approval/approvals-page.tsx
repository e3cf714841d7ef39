import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useMay } from "../../shared/session/session.ts";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { Tabs } from "../../shared/ui/tabs.tsx";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import css from "./approval.module.css";
import { RequestsTab } from "./requests-tab.tsx";

const RulesTab = lazy(() => import("./rules-tab.tsx"));

type TabId = "open" | "over" | "rules";

/** Replies that wait for other eyes, what became of those before, and the rules that say which wait. */
export default function ApprovalsPage() {
  const { t } = useLingui();
  const search = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const manages = useMay("settings.manage");
  const tabs: { id: TabId; label: string }[] = [
    { id: "open", label: t`Waiting` },
    { id: "over", label: t`Decided` },
    ...(manages ? [{ id: "rules" as const, label: t`Which replies wait` }] : []),
  ];
  const chosen = tabs.find((tab) => tab.id === search.tab) ?? tabs[0]!;
  return (
    <div className={css.page}>
      <Tabs
        label={t`Approval`}
        tabs={tabs}
        chosen={chosen.id}
        onChoose={(tab) => void navigate({ to: ".", search: { tab } as never, replace: true })}
      >
        <div className={css.panel}>
          <VisuallyHidden>
            <h2>{chosen.label}</h2>
          </VisuallyHidden>
          {chosen.id === "rules" ? (
            <Suspense fallback={<Skeleton shape="rows" count={5} />}>
              <RulesTab />
            </Suspense>
          ) : (
            <RequestsTab key={chosen.id} view={chosen.id} />
          )}
        </div>
      </Tabs>
    </div>
  );
}
