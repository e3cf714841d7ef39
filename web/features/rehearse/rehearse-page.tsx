import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import type { RehearsalAsked } from "#contracts/rehearse";
import { useCommand } from "../../shared/api/use-command.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { ChangeFields, type Names } from "./change-row.tsx";
import { type ChangeRow, changesOf, lastWeek, newRow, spanOf } from "./change-rows.ts";
import css from "./rehearse-page.module.css";
import { agentsQuery, queuesQuery, rehearse, skillsQuery, teamsQuery } from "./rehearse-query.ts";
import { Results } from "./results.tsx";

const MOST_CHANGES = 50;

/** Hands past work out anew under other rules and people, beside what was. Nothing is changed by it. */
export default function RehearsePage() {
  const { t } = useLingui();
  const queues = useQuery(queuesQuery);
  const teams = useQuery(teamsQuery);
  const agents = useQuery(agentsQuery);
  const skills = useQuery(skillsQuery);
  const parts = [queues, teams, agents, skills];
  const names: Names | undefined =
    queues.data && teams.data && agents.data && skills.data
      ? {
          ...queues.data,
          ...teams.data,
          ...skills.data,
          agents: agents.data.agents.filter((a) => a.state === "active"),
        }
      : undefined;
  const query = {
    data: names,
    error: parts.find((part) => part.error)?.error ?? null,
    refetch: () => Promise.all(parts.filter((part) => part.error).map((part) => part.refetch())),
  };
  return (
    <div className={css.page}>
      <header>
        <h2 className={css.title}>{t`Rehearse past days`}</h2>
        <p className="mid">
          {t`Hand past work out anew, with other people, skills, limits or targets. Nothing is changed by it.`}
        </p>
      </header>
      <Fetched query={query}>{(all) => <Stage names={all} />}</Fetched>
    </div>
  );
}

function Stage({ names }: { names: Names }) {
  const { t } = useLingui();
  const keys = useRef(1);
  const add = useRef<HTMLButtonElement>(null);
  const [days, setDays] = useState(() => lastWeek(presentMoment()));
  const [rows, setRows] = useState<ChangeRow[]>(() => [newRow(0, "people", names)]);
  const [played, setPlayed] = useState<RehearsalAsked | null>(null);
  const run = useCommand({ run: rehearse, onDone: (_answer, asked) => setPlayed(asked) });
  const span = spanOf(days.first, days.last, presentMoment());
  const changes = changesOf(rows);
  const stale = JSON.stringify(played?.changes) !== JSON.stringify(changes);
  const refused =
    span === null
      ? t`Choose 31 days at most, the first before the last.`
      : changes === null
        ? t`A change is not complete.`
        : null;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (span === null || changes === null || run.busy) return;
    run.send({ ...span, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, changes });
  }
  const edit = (row: ChangeRow) => setRows(rows.map((one) => (one.key === row.key ? row : one)));
  const drop = (key: number) => {
    setRows(rows.filter((one) => one.key !== key));
    add.current?.focus();
  };

  return (
    <>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        <Card title={t`Which days`}>
          <div className={css.fields}>
            <TextField
              label={t`First day`}
              type="date"
              value={days.first}
              onChange={(event) => setDays({ ...days, first: event.target.value })}
            />
            <TextField
              label={t`Last day`}
              type="date"
              value={days.last}
              onChange={(event) => setDays({ ...days, last: event.target.value })}
            />
          </div>
        </Card>
        <Card title={t`What would have been otherwise`}>
          <div className={css.changes}>
            {rows.length === 0 ? (
              <p className="small mid">{t`Nothing yet: played like this, you see how near the play comes to what really was.`}</p>
            ) : null}
            {rows.map((row, place) => (
              <ChangeFields
                key={row.key}
                row={row}
                nth={place + 1}
                names={names}
                onEdit={edit}
                onDrop={() => drop(row.key)}
              />
            ))}
            <Button
              ref={add}
              icon="plus"
              className={css.start}
              refused={rows.length >= MOST_CHANGES ? t`${MOST_CHANGES} changes are enough for one rehearsal.` : null}
              onClick={() => setRows([...rows, newRow(keys.current++, "people", names)])}
            >
              {t`Add a change`}
            </Button>
          </div>
        </Card>
        {run.problem ? <ProblemNotice problem={run.problem} safe={t`What you chose is safe here.`} /> : null}
        <div className={css.acts}>
          <Button type="submit" look="primary" icon="play" busy={run.busy} refused={refused}>
            {t`Rehearse`}
          </Button>
          {run.busy ? (
            <span className="small mid" role="status">
              {t`The days are played, as they were and as they would be. This can take a minute.`}
            </span>
          ) : null}
        </div>
      </form>
      {run.answer && !run.busy ? <Results result={run.answer} names={names} stale={stale} /> : null}
    </>
  );
}
