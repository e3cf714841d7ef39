import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Checkbox, Select } from "../../shared/ui/field.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { OverflowFields } from "./overflow-fields.tsx";
import {
  closedFrom,
  closedKey,
  faultOfRow,
  type PeakRow,
  type Peaks,
  rowOf,
  usualOverflow,
  withRow,
} from "./peaks-draft.ts";
import { type ReliefLine, savePeaks } from "./peaks-query.ts";
import css from "./queues-page.module.css";
import { helpersQuery, type Queue } from "./queues-query.ts";

type PeakCardProps = { queue: Queue; queues: readonly Queue[]; peaks: Peaks; lines: readonly ReliefLine[] };

/** One queue's rules for peaks and nights, and what was decided by them last. */
export function PeakCard({ queue, queues, peaks, lines }: PeakCardProps) {
  const { t } = useLingui();
  const teams = useQuery(helpersQuery(queue.id)).data?.teams ?? [];
  const [draft, setDraft] = useState<PeakRow | null>(null);
  const saved = rowOf(peaks, queue.id);
  const now = draft ?? saved;
  const changed = draft !== null && JSON.stringify(draft) !== JSON.stringify(saved);
  const fault = faultOfRow(now);
  const save = useCommand({
    run: savePeaks,
    invalidates: () => [["settings"]],
    onDone: () => {
      setDraft(null);
      toasts.add({ text: t`The rules of ${queue.name} count from now on.` });
    },
  });
  const faults = {
    minutes: t`A limit is a whole number of minutes, or empty.`,
    calm: t`Calm for 1 to 240 minutes.`,
    "no-limit": t`Set at least one limit, or let nobody help.`,
  };
  const asked = now.overflow?.teamIds ?? [];
  const toggle = (id: string, on: boolean) => {
    const teamIds = on ? [...asked, id] : asked.filter((one) => one !== id);
    const overflow = teamIds.length === 0 ? null : { ...(now.overflow ?? usualOverflow), teamIds };
    setDraft({ ...now, overflow });
  };

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (changed && fault === null && !save.busy) save.send(withRow(peaks, now));
  }

  return (
    <Card title={queue.name}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        {save.problem ? <ProblemNotice problem={save.problem} safe={t`What you chose is safe here.`} /> : null}
        <fieldset className={css.part}>
          <legend className={css.legend}>{t`In a peak, these teams help out`}</legend>
          {teams.map((team) => (
            <Checkbox key={team.id} checked={asked.includes(team.id)} onChange={(on) => toggle(team.id, on)}>
              {team.name}
              <span className={css.under}>{t`${team.may} of ${team.members} may take its work`}</span>
            </Checkbox>
          ))}
        </fieldset>
        {now.overflow ? (
          <OverflowFields overflow={now.overflow} onEdit={(overflow) => setDraft({ ...now, overflow })} />
        ) : null}
        {fault && changed ? (
          <p className={css.fault} role="alert">
            {faults[fault]}
          </p>
        ) : null}
        <div className={css.closed}>
          <Select
            label={t`While it is closed, what comes`}
            value={closedKey(now.closed)}
            options={[
              {
                value: "",
                label: queue.outOfHours === "hold" ? t`waits until it opens` : t`is worked by whoever is here`,
              },
              ...queues
                .filter((other) => other.id !== queue.id)
                .map((other) => ({ value: `queue:${other.id}`, label: t`goes to the queue ${other.name}` })),
              ...teams.map((team) => ({ value: `team:${team.id}`, label: t`is taken by the team ${team.name}` })),
            ]}
            onChange={(key) => setDraft({ ...now, closed: closedFrom(key) })}
          />
        </div>
        <Button
          type="submit"
          look="primary"
          className={css.start}
          busy={save.busy}
          refused={changed ? (fault ? faults[fault] : null) : t`Nothing has changed.`}
        >
          {t`Save ${queue.name}`}
        </Button>
      </form>
      {lines.length > 0 ? (
        <ul className="small mid">
          {lines.slice(0, 5).map((line) => (
            <li key={`${line.at} ${line.act}`}>
              <Moment at={line.at} /> {line.act === "began" ? t`help began:` : t`help ended:`}{" "}
              <ServerWords>{line.reasons.join(" ")}</ServerWords>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}
