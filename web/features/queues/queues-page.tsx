import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useMay } from "../../shared/session/session.ts";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { Tabs } from "../../shared/ui/tabs.tsx";
import { AcknowledgeTab } from "./acknowledge-tab.tsx";
import { ClearancesTab } from "./clearances-tab.tsx";
import { PeaksTab } from "./peaks-tab.tsx";
import { QueueCard } from "./queue-card.tsx";
import css from "./queues-page.module.css";
import { queuesQuery, rulesQuery, skillsQuery } from "./queues-query.ts";
import { RulesForm } from "./rules-form.tsx";

type TabId = "queues" | "peaks" | "replies" | "rules" | "outcomes" | "clearances";

const OutcomesTab = lazy(() => import("./outcomes-tab.tsx"));

/** How work is handed out: queue by queue, for all of them, and what agents must have for it. */
export default function QueuesPage() {
  const { t } = useLingui();
  const search = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const manages = useMay("people.manage");
  const tabs: { id: TabId; label: string }[] = [
    { id: "queues", label: t`Queues` },
    { id: "peaks", label: t`Peaks and nights` },
    { id: "replies", label: t`Automatic replies` },
    { id: "rules", label: t`For all queues` },
    { id: "outcomes", label: t`Outcomes and reasons` },
    ...(manages ? [{ id: "clearances" as const, label: t`Skills and clearances` }] : []),
  ];
  const chosen = tabs.find((tab) => tab.id === search.tab) ?? tabs[0]!;
  return (
    <div className={css.page}>
      <header>
        <h2 className={css.title}>{t`How work is handed out`}</h2>
        <p className="mid">{t`Every offer says why it went to whom. These are the rules it goes by.`}</p>
      </header>
      <Tabs
        label={t`Rules of handing out`}
        tabs={tabs}
        chosen={chosen.id}
        onChoose={(tab) => void navigate({ to: ".", search: { tab } as never, replace: true })}
      >
        <div className={css.panel}>
          {chosen.id === "queues" ? <QueuesTab /> : null}
          {chosen.id === "peaks" ? <PeaksTab /> : null}
          {chosen.id === "replies" ? <AcknowledgeTab /> : null}
          {chosen.id === "rules" ? <RulesTab /> : null}
          {chosen.id === "outcomes" ? (
            <Suspense fallback={<Skeleton shape="rows" count={5} />}>
              <OutcomesTab />
            </Suspense>
          ) : null}
          {chosen.id === "clearances" ? <ClearancesTab /> : null}
        </div>
      </Tabs>
    </div>
  );
}

function QueuesTab() {
  const { t } = useLingui();
  const skills = useQuery(skillsQuery).data?.skills ?? [];
  return (
    <Fetched query={useQuery(queuesQuery)}>
      {({ queues }) =>
        queues.length === 0 ? (
          <EmptyState title={t`There is no queue yet`} />
        ) : (
          queues.map((queue) => <QueueCard key={queue.id} queue={queue} skills={skills} />)
        )
      }
    </Fetched>
  );
}

function RulesTab() {
  const { t } = useLingui();
  const queues = useQuery(queuesQuery).data?.queues ?? [];
  return (
    <Fetched query={useQuery(rulesQuery)}>
      {({ rules }) =>
        rules === undefined ? (
          <EmptyState title={t`No rules are set yet`} />
        ) : (
          <RulesForm rules={rules} queues={queues} />
        )
      }
    </Fetched>
  );
}
