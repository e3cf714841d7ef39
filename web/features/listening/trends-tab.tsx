import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLists } from "../../shared/text/use-lists.ts";
import { Card } from "../../shared/ui/card.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Checkbox, Select } from "../../shared/ui/field.tsx";
import { Segmented } from "../../shared/ui/tabs.tsx";
import { LineChart } from "./line-chart.tsx";
import css from "./listening.module.css";
import { monitorsQuery } from "./monitors-query.ts";
import { ThemesPane } from "./themes-pane.tsx";
import { type TrendSpan, type Trends, trendsQuery } from "./trends-query.ts";
import { useTrendWords } from "./use-trend-words.ts";

/** How much is said, how it is meant, by whose name, and of what. */
export default function TrendsTab() {
  const { t } = useLingui();
  const [span, setSpan] = useState<TrendSpan>("7d");
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const monitors = useQuery(monitorsQuery).data?.monitors ?? [];
  const query = useQuery(trendsQuery(span, chosen));
  const spans: { id: TrendSpan; label: string }[] = [
    { id: "24h", label: t`24 hours` },
    { id: "7d", label: t`7 days` },
    { id: "30d", label: t`30 days` },
  ];
  return (
    <>
      <div className={css.head}>
        <Segmented label={t`How far back`} tabs={spans} chosen={span} onChoose={setSpan} />
      </div>
      <Fetched query={query}>
        {(trends) =>
          trends.monitors.length === 0 && chosen === null ? (
            <EmptyState level={3} title={t`Nothing to draw yet`}>
              {t`Trends are drawn of what monitors catch. Make a monitor first.`}
            </EmptyState>
          ) : (
            <>
              <Heard trends={trends}>
                {monitors.length > 1 ? (
                  <fieldset className={css.picks} aria-label={t`Monitors shown`}>
                    {monitors.map((monitor) => {
                      const shown = chosen ?? trends.monitors.map((one) => one.id);
                      const on = shown.includes(monitor.id);
                      return (
                        <Checkbox
                          key={monitor.id}
                          checked={on}
                          disabled={on && shown.length === 1}
                          onChange={(want) =>
                            setChosen(want ? [...shown, monitor.id] : shown.filter((id) => id !== monitor.id))
                          }
                        >
                          <span className={css.dot} data-colour={monitor.colour} aria-hidden="true" /> {monitor.name}
                        </Checkbox>
                      );
                    })}
                  </fieldset>
                ) : null}
              </Heard>
              <Spoken trends={trends} span={span} />
            </>
          )
        }
      </Fetched>
    </>
  );
}

type Row = Trends["monitors"][number];

/** The last step is not over: drawn, it would look like a fall. */
function Heard({ trends, children }: { trends: Trends; children: React.ReactNode }) {
  const { t } = useLingui();
  const { list } = useLists();
  const words = useTrendWords();
  const several = trends.monitors.length > 1;
  const columns: Column<Row>[] = [
    {
      id: "name",
      heading: t`Monitor`,
      names: true,
      cell: (row) => (
        <>
          <span className={css.dot} data-colour={row.colour} aria-hidden="true" /> {row.name}
        </>
      ),
    },
    { id: "posts", heading: t`Posts`, number: true, cell: (row) => words.number(row.posts) },
    {
      id: "change",
      heading: t`Against the time before`,
      number: true,
      cell: (row) => (
        <Told said={words.change(row.change)} few={row.change === null} under={t`${words.number(row.before)} before`} />
      ),
    },
    {
      id: "angry",
      heading: t`Angry or sad`,
      number: true,
      cell: (row) => (
        <Told
          said={words.share(row.negativeShare)}
          few={row.negativeShare === null}
          under={words.between(row.negativeShare)}
        />
      ),
    },
    ...(several
      ? [
          {
            id: "voice",
            heading: t`Share of voice`,
            number: true,
            cell: (row: Row) => (
              <Told
                said={words.share(row.voice)}
                few={row.voice === null}
                under={row.voiceBefore === null ? "" : t`${words.share(row.voiceBefore)} before`}
              />
            ),
          },
        ]
      : []),
  ];
  const said = list(trends.monitors.map((row) => `${row.name}: ${words.number(row.posts)}`));
  const heard = words.number(trends.heard.heard);
  return (
    <Card title={t`Heard`} level={3}>
      <div className={css.stack}>
        {children}
        <LineChart
          sentence={t`Posts over time. ${said}.`}
          from={Date.parse(trends.from)}
          stepMs={trends.stepMinutes * 60_000}
          lines={trends.monitors.map((row) => ({
            id: row.id,
            name: row.name,
            colour: row.colour,
            values: row.series.slice(0, -1),
          }))}
        />
        <DataTable
          caption={t`What each monitor caught`}
          columns={columns}
          rows={trends.monitors}
          rowKey={(row) => row.id}
        />
        <p className={css.hint}>
          {several
            ? t`Share of voice: of the posts of the monitors shown, noise left out. A post that two of them caught counts in both. `
            : ""}
          {trends.heard.heard > 0
            ? t`The streams heard ${heard} posts in this time; what no monitor wanted was not kept.`
            : ""}
        </p>
      </div>
    </Card>
  );
}

function Told({ said, under, few }: { said: string; under: string; few: boolean }) {
  return (
    <span className={css.told}>
      <span className={few ? "mute" : undefined}>{said}</span>
      {under === "" ? null : <span className={css.rowUnder}>{under}</span>}
    </span>
  );
}

function Spoken({ trends, span }: { trends: Trends; span: TrendSpan }) {
  const { t } = useLingui();
  const [wanted, setWanted] = useState<string | null>(null);
  const busiest = trends.monitors.toSorted((a, b) => b.posts - a.posts)[0];
  const shown = trends.monitors.find((one) => one.id === wanted) ?? busiest;
  if (!shown) return null;
  return (
    <>
      {trends.monitors.length > 1 ? (
        <div className={css.narrow}>
          <Select
            label={t`What they speak of, in`}
            value={shown.id}
            options={trends.monitors.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setWanted}
          />
        </div>
      ) : null}
      <ThemesPane key={`${shown.id} ${span}`} monitorId={shown.id} span={span} />
    </>
  );
}
