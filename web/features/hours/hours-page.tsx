import { Trans, useLingui } from "@lingui/react/macro";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useMay } from "../../shared/session/session.ts";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Tabs } from "../../shared/ui/tabs.tsx";
import { CalendarsPanel } from "./calendars-panel.tsx";
import css from "./hours-page.module.css";
import { SlaPanel } from "./sla-panel.tsx";

/** When we are open, and how soon customers are answered and helped. */
export default function HoursPage() {
  const { t } = useLingui();
  const may = useMay("settings.manage");
  const navigate = useNavigate();
  const tab = useLocation({ select: (location) => (location.hash === "targets" ? "targets" : "hours") });
  const [visited, setVisited] = useState<readonly string[]>([tab]);
  if (!visited.includes(tab)) setVisited([...visited, tab]);
  return (
    <div className={css.page}>
      <header>
        <h2 className={css.title}>
          <Trans>Hours and targets</Trans>
        </h2>
        <p className="mid">
          <Trans>When you are open, and how soon customers are answered and helped. Clocks run in opening time.</Trans>
        </p>
      </header>
      {may ? (
        <Tabs
          label={t`Hours and targets`}
          tabs={[
            { id: "hours", label: t`Opening hours` },
            { id: "targets", label: t`Targets` },
          ]}
          chosen={tab}
          onChoose={(id) => void navigate({ to: "/hours", hash: id === "targets" ? id : "", replace: true })}
        >
          {/* Both stay: a draft is not lost by a look at the other. */}
          {visited.includes("hours") ? (
            <div hidden={tab !== "hours"} className={css.panel}>
              <CalendarsPanel />
            </div>
          ) : null}
          {visited.includes("targets") ? (
            <div hidden={tab !== "targets"} className={css.panel}>
              <SlaPanel />
            </div>
          ) : null}
        </Tabs>
      ) : (
        <EmptyState title={t`You cannot change opening hours`}>
          <Trans>Ask somebody with the right to manage settings.</Trans>
        </EmptyState>
      )}
    </div>
  );
}
