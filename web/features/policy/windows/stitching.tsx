import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { StitchingView, StitchLimits } from "#contracts/windows";
import { asProblem } from "../../../shared/api/problem.ts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { useMay } from "../../../shared/session/session.ts";
import { presentMoment } from "../../../shared/time/clock.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Card } from "../../../shared/ui/card.tsx";
import { TextField } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import { toasts } from "../../../shared/ui/toast.tsx";
import { formOfLimits, limitOf, limitsOf, type StitchingForm, sameLimits } from "./stitching-form.ts";
import { replayStitching, saveStitching, stitchingQuery } from "./stitching-query.ts";
import { StitchingResult } from "./stitching-result.tsx";
import css from "./windows.module.css";
import { daysSpan, lastMonth } from "./windows-form.ts";

/** How far apart messages may lie and be one matter; tried on the past before it counts. */
export function Stitching({ brandId }: { brandId: string }) {
  const stitching = useQuery(stitchingQuery(brandId));
  if (stitching.data) return <Limits brandId={brandId} view={stitching.data} />;
  return stitching.isError ? (
    <ProblemNotice problem={asProblem(stitching.error)} />
  ) : (
    <Skeleton shape="lines" count={4} />
  );
}

function Limits({ brandId, view }: { brandId: string; view: StitchingView }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const may = useMay("policy.manage", brandId);
  const [draft, setDraft] = useState<{ form: StitchingForm; base: number } | null>(null);
  const form = draft?.form ?? formOfLimits(view.limits);
  const limits = limitsOf(form);
  const changed = draft !== null && !sameLimits(limits, view.limits);
  const save = useCommand({
    run: saveStitching,
    onDone: (answer) => {
      client.setQueryData(stitchingQuery(brandId).queryKey, answer);
      setDraft(null);
      toasts.add({ text: t`These limits count for what comes from now on.` });
    },
    onProblem: (problem) => {
      if (problem.kind === "conflict") void client.invalidateQueries({ queryKey: ["policy", brandId, "stitching"] });
    },
  });
  const overtaken = draft !== null && draft.base !== view.version;
  const fields: { name: keyof StitchingForm; label: string }[] = [
    { name: "fresh", label: t`A fresh post and an open matter, hours` },
    { name: "shift", label: t`A private and a public word, hours` },
    { name: "memory", label: t`Thanks, follow-ups, numbers, days` },
    { name: "breath", label: t`Posts of one breath, minutes` },
  ];
  return (
    <Card title={t`What belongs together`}>
      <div className={css.grid}>
        {fields.map(({ name, label }) => (
          <TextField
            key={name}
            label={label}
            inputMode="decimal"
            value={form[name]}
            readOnly={!may}
            fault={limitOf(name, form[name]) === null ? t`A number, a year at most.` : undefined}
            onChange={(event) =>
              setDraft({ form: { ...form, [name]: event.target.value }, base: draft?.base ?? view.version })
            }
          />
        ))}
        <p className={`small mid ${css.hint}`}>
          <Trans>
            So far apart messages of one customer may lie and still be one matter, where nothing stronger speaks. One
            for all brands.
          </Trans>
        </p>
        {may ? <Try brandId={brandId} limits={limits} /> : null}
        {may && changed ? (
          <>
            {overtaken ? (
              <p className="small mid" role="status">
                <Trans>Somebody else saved other limits meanwhile. Drop yours to see them.</Trans>
              </p>
            ) : save.problem ? (
              <ProblemNotice problem={save.problem} safe={t`Your draft is safe here.`} />
            ) : null}
            <div className={css.acts}>
              <Button look="bare" onClick={() => setDraft(null)}>
                <Trans>Drop the changes</Trans>
              </Button>
              <Button
                look="primary"
                busy={save.busy}
                refused={
                  limits === null
                    ? t`A field is not a number yet.`
                    : overtaken
                      ? t`Decide first what becomes of the version of somebody else.`
                      : null
                }
                onClick={() => limits && save.send({ brandId, limits, expectedVersion: view.version })}
              >
                <Trans>Save the limits</Trans>
              </Button>
            </div>
          </>
        ) : null}
      </div>
    </Card>
  );
}

/** Stitches last month under the limits as they stand in the fields, beside those in force. */
function Try({ brandId, limits }: { brandId: string; limits: StitchLimits | null }) {
  const { t } = useLingui();
  const [of, setOf] = useState<StitchLimits | null>(null);
  const run = useCommand({ run: replayStitching, onDone: (_answer, asked) => setOf(asked.limits) });
  const month = lastMonth(presentMoment());
  const span = daysSpan(month.first, month.last);
  return (
    <>
      <div className={css.acts}>
        <Button
          busy={run.busy}
          refused={limits === null ? t`A field is not a number yet.` : null}
          onClick={() => limits && span && run.send({ brandId, limits, ...span })}
        >
          <Trans>Try them on last month</Trans>
        </Button>
      </div>
      {run.problem ? <ProblemNotice problem={run.problem} safe={t`The limits in force are as they were.`} /> : null}
      {run.answer ? <StitchingResult result={run.answer} stale={!sameLimits(of, limits)} /> : null}
    </>
  );
}
