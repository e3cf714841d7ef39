import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { api } from "../../shared/api/api.ts";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { Button } from "../../shared/ui/button.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { Tabs } from "../../shared/ui/tabs.tsx";
import css from "./listening.module.css";
import { MonitorEditor } from "./monitor-editor.tsx";
import { MonitorPane } from "./monitor-pane.tsx";
import { type Monitor, monitorsQuery } from "./monitors-query.ts";

type TabId = "monitors" | "trends" | "alarms" | "things";
type Shown = { tab?: string; monitor?: string; edit?: "new" | "yes" };

const TrendsTab = lazy(() => import("./trends-tab.tsx"));
const AlarmsTab = lazy(() => import("./alarms-tab.tsx"));
const ThingsTab = lazy(() => import("./things-tab.tsx"));

/** What the company listens for beyond its own channels: monitors, their queries, and what they catch. */
export default function ListeningPage() {
  const { t } = useLingui();
  const shown = useSearch({ strict: false }) as Shown;
  const navigate = useNavigate();
  const list = useQuery(monitorsQuery);
  const brands = useQuery({
    queryKey: ["account", "brands"],
    queryFn: ({ signal }) => api.get<{ brands: { id: string; name: string }[] }>("/api/brands", undefined, signal),
  });
  const show = (next: Shown) => void navigate({ to: ".", search: next as never });
  const canMake = list.data?.canMake ?? false;
  const tabs: { id: TabId; label: string }[] = [
    { id: "monitors", label: t`Monitors` },
    { id: "trends", label: t`Trends` },
    { id: "alarms", label: t`Alarms` },
    { id: "things", label: t`Products and places` },
  ];
  const tab = tabs.find((one) => one.id === shown.tab)?.id ?? "monitors";
  useKeys("screen", [
    {
      id: "listening.new",
      keys: ["c"],
      label: t`New monitor`,
      group: t`Listening`,
      run: () => canMake && show({ edit: "new" }),
    },
  ]);
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div>
          <h2 className={css.title}>{t`Listening`}</h2>
          <p className="mid">{t`Monitors catch what is said about you, though nobody calls your name.`}</p>
        </div>
        {canMake ? (
          <Button look="primary" icon="plus" keys="c" onClick={() => show({ edit: "new" })}>
            {t`New monitor`}
          </Button>
        ) : null}
      </header>
      <Tabs label={t`Listening`} tabs={tabs} chosen={tab} onChoose={(id) => show(id === "monitors" ? {} : { tab: id })}>
        <div className={css.stack}>
          <Suspense fallback={<Skeleton shape="rows" count={5} />}>
            {tab === "trends" ? <TrendsTab /> : null}
            {tab === "alarms" ? <AlarmsTab /> : null}
            {tab === "things" ? <ThingsTab brands={brands.data?.brands ?? []} /> : null}
          </Suspense>
          {tab === "monitors" ? (
            <Fetched query={list}>
              {({ monitors }) => {
                const chosen =
                  monitors.find((one) => one.id === shown.monitor) ?? (shown.edit === "new" ? null : monitors[0]);
                return (
                  <div className={css.panes}>
                    {monitors.length > 0 ? (
                      <nav aria-label={t`Monitors`}>
                        <ul className={css.list}>
                          {monitors.map((monitor) => (
                            <li key={monitor.id}>
                              <MonitorRow
                                monitor={monitor}
                                chosen={monitor === chosen}
                                onChoose={() => show({ monitor: monitor.id })}
                              />
                            </li>
                          ))}
                        </ul>
                      </nav>
                    ) : null}
                    <div className={css.pane}>
                      {shown.edit === "new" && canMake ? (
                        <section className={css.box} aria-label={t`New monitor`}>
                          <h3 className={css.name}>{t`New monitor`}</h3>
                          <MonitorEditor
                            monitor={null}
                            brands={brands.data?.brands ?? []}
                            onDone={(made) => show({ monitor: made.id })}
                            onCancel={() => show({})}
                          />
                        </section>
                      ) : chosen ? (
                        <MonitorPane
                          key={chosen.id}
                          monitor={chosen}
                          monitors={monitors}
                          brands={brands.data?.brands ?? []}
                          editing={shown.edit === "yes"}
                          onEdit={(edit) => show({ monitor: chosen.id, ...(edit ? { edit: "yes" } : {}) })}
                          onGone={() => show({})}
                        />
                      ) : (
                        <EmptyState
                          title={t`No monitor listens yet`}
                          act={
                            canMake ? (
                              <Button look="primary" onClick={() => show({ edit: "new" })}>
                                {t`New monitor`}
                              </Button>
                            ) : undefined
                          }
                        >
                          {t`A monitor is a saved query over public posts. What it catches goes through your policy like everything else.`}
                        </EmptyState>
                      )}
                    </div>
                  </div>
                );
              }}
            </Fetched>
          ) : null}
        </div>
      </Tabs>
    </div>
  );
}

function MonitorRow({ monitor, chosen, onChoose }: { monitor: Monitor; chosen: boolean; onChoose: () => void }) {
  const { t, i18n } = useLingui();
  const today = i18n.number(monitor.hits24h);
  return (
    <button type="button" className={css.row} aria-current={chosen ? "true" : undefined} onClick={onChoose}>
      <span className={css.dot} data-colour={monitor.colour} aria-hidden="true" />
      <span className={css.rowWords}>
        <span className={css.rowName}>{monitor.name}</span>
        <span className={css.rowUnder}>
          {monitor.on ? t`${today} in 24 hours` : t`Off`}
          {monitor.tag === "" ? null : <> · {monitor.tag}</>}
        </span>
      </span>
    </button>
  );
}
