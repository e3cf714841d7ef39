import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMay } from "../../shared/session/session.ts";
import { Tabs } from "../../shared/ui/tabs.tsx";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import { AgentsTab } from "./agents-tab.tsx";
import { ApiKeysTab } from "./api-keys-tab.tsx";
import { AuditTab } from "./audit-tab.tsx";
import { CapacityTab } from "./capacity-tab.tsx";
import { HelpersTab } from "./helpers-tab.tsx";
import { PresenceTab } from "./presence-tab.tsx";
import { RightsTab } from "./rights-tab.tsx";
import css from "./team-page.module.css";

type TabId = "here" | "agents" | "capacity" | "helpers" | "rights" | "keys" | "audit";

/** Who is here, who works for us, what each may do, and what was done. */
export default function TeamPage() {
  const { t } = useLingui();
  const search = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const manages = useMay("people.manage");
  const audits = useMay("audit.read");
  const sets = useMay("settings.manage");
  const tabs: { id: TabId; label: string }[] = [
    { id: "here", label: t`Who is here` },
    { id: "agents", label: t`Agents` },
    ...(manages
      ? [
          { id: "capacity" as const, label: t`Capacity` },
          { id: "rights" as const, label: t`Rights` },
          { id: "keys" as const, label: t`API keys` },
        ]
      : []),
    ...(sets ? [{ id: "helpers" as const, label: t`Helpers` }] : []),
    ...(audits ? [{ id: "audit" as const, label: t`Audit log` }] : []),
  ];
  const chosen = tabs.find((tab) => tab.id === search.tab) ?? tabs[0]!;

  return (
    <div className={css.page}>
      <Tabs
        label={t`People`}
        tabs={tabs}
        chosen={chosen.id}
        onChoose={(tab) => void navigate({ to: ".", search: { tab } as never, replace: true })}
      >
        <div className={css.panel}>
          <VisuallyHidden>
            <h2>{chosen.label}</h2>
          </VisuallyHidden>
          {chosen.id === "here" ? <PresenceTab /> : null}
          {chosen.id === "agents" ? <AgentsTab /> : null}
          {chosen.id === "capacity" ? <CapacityTab /> : null}
          {chosen.id === "helpers" ? <HelpersTab /> : null}
          {chosen.id === "rights" ? <RightsTab /> : null}
          {chosen.id === "keys" ? <ApiKeysTab /> : null}
          {chosen.id === "audit" ? <AuditTab /> : null}
        </div>
      </Tabs>
    </div>
  );
}
