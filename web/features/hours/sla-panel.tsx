import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SlaPolicyView, SlaView } from "#contracts/sla";
import { asProblem } from "../../shared/api/problem.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { DraftNotice } from "../../shared/ui/draft-notice.tsx";
import { Checkbox, TextField } from "../../shared/ui/field.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./hours-page.module.css";
import { brandNamesQuery, calendarsQuery, saveSla, slaQuery } from "./hours-query.ts";
import { OpenToo } from "./open-too.tsx";
import { QueueTargets } from "./queue-targets.tsx";
import { policyOf, type SlaForm, slaFormOf, warnings } from "./sla-form.ts";
import { SlaRows } from "./sla-rows.tsx";
import { WhatThisMeans } from "./what-this-means.tsx";

export type Names = { id: string; name: string }[];

/** What is promised to whom; the first row that fits decides, and where none does the queue's own targets. */
export function SlaPanel() {
  const { t } = useLingui();
  const sla = useQuery(slaQuery);
  const calendars = useQuery(calendarsQuery);
  const brands = useQuery(brandNamesQuery);
  const failed = sla.error ?? calendars.error ?? brands.error;
  const again = () => void Promise.all([sla.refetch(), calendars.refetch(), brands.refetch()]);
  if (failed)
    return (
      <ProblemNotice problem={asProblem(failed)} acts={<Button size="small" onClick={again}>{t`Try again`}</Button>} />
    );
  if (!sla.data || !calendars.data || !brands.data) return <Skeleton shape="lines" count={6} />;
  return <Panel view={sla.data} calendars={calendars.data.calendars} brands={brands.data.brands} />;
}

function Panel({ view, calendars, brands }: { view: SlaView; calendars: Names; brands: Names }) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<{ form: SlaForm; base: number } | null>(null);
  const form = draft?.form ?? slaFormOf(view.coming?.policy ?? view.policy);
  const change = (part: Partial<SlaForm>) =>
    setDraft({ form: { ...form, ...part }, base: draft?.base ?? view.version });
  const policy = policyOf(form);
  return (
    <>
      {view.coming ? (
        <Banner look="info" icon="calendar" title={t`Other targets begin later`}>
          <Trans>
            Shown is what holds from <Moment at={view.coming.from} /> on. What you save now takes its place.
          </Trans>
        </Banner>
      ) : null}
      <div className={css.slaColumns}>
        <div className={css.main}>
          <SlaRows
            rows={form.rows}
            view={view}
            calendars={calendars}
            brands={brands}
            onChange={(rows) => change({ rows })}
          />
          <QueueTargets view={view} calendars={calendars} />
          <Card title={t`Warnings and pauses`}>
            <div className={css.grid}>
              <TextField
                label={t`Warn at per cent of the target`}
                hint={t`Up to five, like 75, 90. Nobody is warned of what is broken already.`}
                value={form.warnAt}
                fault={warnings(form.warnAt) ? undefined : t`Write numbers between 1 and 99.`}
                onChange={(event) => change({ warnAt: event.target.value })}
              />
              <Pauses pauses={form.pauses} onChange={(pauses) => change({ pauses })} />
            </div>
          </Card>
        </div>
        <aside className={css.side} aria-label={t`What this means`}>
          <WhatThisMeans policy={policy} view={view} calendars={calendars} brands={brands} />
        </aside>
      </div>
      {draft ? <SaveSlaBar view={view} policy={policy} base={draft.base} onDone={() => setDraft(null)} /> : null}
    </>
  );
}

type PausesProps = { pauses: SlaForm["pauses"]; onChange: (pauses: SlaForm["pauses"]) => void };

function Pauses({ pauses, onChange }: PausesProps) {
  const { t } = useLingui();
  const causes = {
    "waiting-for-customer": t`we wait for the customer`,
    "third-party": t`we wait for a third party`,
    "peer-answer": t`another customer has answered`,
    "outage-hold": t`nothing can be sent on its channel`,
  };
  type Cause = keyof typeof causes;
  const group = (clock: "response" | "resolution", label: string, list: readonly Cause[]) => (
    <fieldset className={css.checks} aria-label={label}>
      <span className="small mid">{label}</span>
      {list.map((cause) => (
        <Checkbox
          key={cause}
          checked={pauses[clock].includes(cause)}
          onChange={(on) => {
            const rest = pauses[clock].filter((one) => one !== cause);
            onChange({ ...pauses, [clock]: on ? [...rest, cause] : rest });
          }}
        >
          {causes[cause]}
        </Checkbox>
      ))}
    </fieldset>
  );
  return (
    <>
      {group("response", t`The clock of an answer stands still while`, ["third-party", "peer-answer", "outage-hold"])}
      {group("resolution", t`The clock of the resolution stands still while`, [
        ...(["waiting-for-customer", "third-party", "peer-answer", "outage-hold"] as const),
      ])}
    </>
  );
}

type SaveProps = { view: SlaView; policy: SlaPolicyView | null; base: number; onDone: () => void };

function SaveSlaBar({ view, policy, base, onDone }: SaveProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [openToo, setOpenToo] = useState(false);
  const [from, setFrom] = useState("");
  const save = useCommand({
    run: saveSla,
    onDone: (answer) => {
      client.setQueryData(slaQuery.queryKey, answer);
      onDone();
      toasts.add({ text: t`The targets are saved.` });
    },
    onProblem: (problem) => {
      if (problem.kind === "conflict") void client.invalidateQueries({ queryKey: slaQuery.queryKey });
    },
  });
  const overtaken = base !== view.version;
  const at = from === "" ? null : new Date(from);
  const refused = policy
    ? overtaken
      ? t`Decide first what becomes of the targets of somebody else.`
      : at && Number.isNaN(at.getTime())
        ? t`The date is not complete.`
        : null
    : t`A row has no name, or a target cannot be read.`;
  return (
    <section className={css.save} aria-label={t`Save`}>
      <DraftNotice
        overtaken={overtaken ? t`Somebody else saved other targets meanwhile.` : null}
        onDrop={onDone}
        problem={save.problem}
      />
      <div className={css.saveRow}>
        <TextField
          type="datetime-local"
          label={t`Holds from (empty: now)`}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        {at === null ? (
          <OpenToo value={openToo} onChange={setOpenToo} openClocks={view.openClocks} />
        ) : (
          <span className="grow" />
        )}
        <Button look="bare" onClick={onDone}>
          <Trans>Drop the changes</Trans>
        </Button>
        <Button
          look="primary"
          busy={save.busy}
          refused={refused}
          onClick={() =>
            policy &&
            save.send({
              policy,
              expectedVersion: base,
              from: at?.toISOString() ?? null,
              openToo: at === null && openToo,
            })
          }
        >
          <Trans>Save the targets</Trans>
        </Button>
      </div>
    </section>
  );
}
