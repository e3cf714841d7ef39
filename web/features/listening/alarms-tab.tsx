import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../shared/api/problem.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Select } from "../../shared/ui/field.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { AlarmCard } from "./alarm-card.tsx";
import { AlarmRuleForm } from "./alarm-rule-form.tsx";
import { type Alarm, pastQuery, standingQuery } from "./alarms-query.ts";
import css from "./listening.module.css";
import { monitorsQuery } from "./monitors-query.ts";
import { useTrendWords } from "./use-trend-words.ts";

/** What stands, what was, and when each monitor rings. */
export default function AlarmsTab() {
  const { t } = useLingui();
  const standing = useQuery(standingQuery);
  return (
    <>
      <Fetched query={standing}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState level={3} title={t`No alarm stands`}>
              {t`An alarm is raised when a monitor catches clearly more than is usual for it at this hour. A monitor learns what is usual for two days first.`}
            </EmptyState>
          ) : (
            items.map((alarm) => <AlarmCard key={alarm.id} alarm={alarm} />)
          )
        }
      </Fetched>
      <Past />
      <Rules />
    </>
  );
}

function Past() {
  const { t } = useLingui();
  const query = useInfiniteQuery(pastQuery);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error) return <ProblemNotice problem={asProblem(query.error)} />;
  if (items.length === 0) return null;
  return (
    <Card title={t`Over`} level={3}>
      <ul className={css.bare} aria-label={t`Alarms that are over`}>
        {items.map((alarm) => (
          <PastRow key={alarm.id} alarm={alarm} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t`Show earlier ones`}
        </Button>
      ) : null}
    </Card>
  );
}

function PastRow({ alarm }: { alarm: Alarm }) {
  const { t } = useLingui();
  const words = useTrendWords();
  const [open, setOpen] = useState(false);
  const how = {
    "dealt-with": t`dealt with`,
    nothing: t`it was nothing`,
    calm: t`calm again by itself`,
    history: t`found in the past, nobody was told`,
  };
  const [seen, usual] = [words.number(alarm.parts.seen), words.tenth(alarm.parts.expected)];
  return (
    <li>
      <button type="button" className={css.theme} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={css.rowWords}>
          <b>{alarm.monitor.name}</b>
          <span className={css.rowUnder}>
            {t`${seen} in 15 minutes, ${usual} usual`} · {alarm.closeHow ? how[alarm.closeHow] : ""}
            {alarm.closedBy ? `, ${alarm.closedBy}` : ""}
          </span>
        </span>
        {alarm.severity > 0 ? <Chip look="dashed">{words.severity[alarm.severity]}</Chip> : null}
        <Moment at={alarm.beganAt} />
      </button>
      {open ? <AlarmCard alarm={alarm} /> : null}
    </li>
  );
}

function Rules() {
  const { t } = useLingui();
  const monitors = useQuery(monitorsQuery).data?.monitors ?? [];
  const [wanted, setWanted] = useState<string | null>(null);
  const shown = monitors.find((one) => one.id === wanted) ?? monitors[0];
  if (!shown) return null;
  return (
    <Card title={t`When a monitor rings`} level={3}>
      <div className={css.stack}>
        {monitors.length > 1 ? (
          <div className={css.narrow}>
            <Select
              label={t`Monitor`}
              value={shown.id}
              options={monitors.map((one) => ({ value: one.id, label: one.name }))}
              onChange={setWanted}
            />
          </div>
        ) : null}
        <AlarmRuleForm key={shown.id} monitorId={shown.id} />
      </div>
    </Card>
  );
}
