import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { DataTable } from "../../shared/ui/data-table.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./learning.module.css";
import { drawSample, type SampleView, samplesQuery } from "./learning-query.ts";
import { MarkSample } from "./mark-sample.tsx";
import { ShareCell } from "./share-cell.tsx";

/** Of all that should have been work, how much was taken for it: measured on a sample of what was left. */
export function SampleCard({ brandId }: { brandId: string }) {
  const { t } = useLingui();
  const [marking, setMarking] = useState(false);
  const draw = useCommand<{ brandId: string }>({ run: drawSample, invalidates: () => [["learning"]] });
  return (
    <section className={css.box} aria-label={t`Measured on what was left`}>
      <Fetched query={useQuery(samplesQuery(brandId))}>
        {({ samples, canMark }) => {
          const newest = samples[0];
          return (
            <>
              <header className={css.boxHead}>
                <h3 className={css.name}>{t`Caught of what needs an answer`}</h3>
                {canMark ? (
                  <span className={css.end}>
                    <Button size="small" busy={draw.busy} onClick={() => draw.send({ brandId })}>
                      {newest ? t`Draw another now` : t`Draw a sample`}
                    </Button>
                    {newest && newest.marked + newest.gone < newest.drawn ? (
                      <Button size="small" look="primary" onClick={() => setMarking(!marking)} aria-expanded={marking}>
                        {marking ? t`Close` : t`Mark the sample`}
                      </Button>
                    ) : null}
                  </span>
                ) : null}
              </header>
              {draw.problem ? <ProblemNotice problem={draw.problem} /> : null}
              {newest ? (
                <>
                  {marking && canMark ? <MarkSample brandId={brandId} sampleId={newest.id} /> : null}
                  <Measured sample={newest} />
                  {samples.length > 1 ? <Before samples={samples.slice(1)} /> : null}
                </>
              ) : (
                <p className="mid">
                  {t`Each week a hundred or more of the posts that were left are drawn by chance. Say of each whether it needed an answer, and here stands how much is caught, and how sure that is.`}
                </p>
              )}
            </>
          );
        }}
      </Fetched>
    </section>
  );
}

function Measured({ sample }: { sample: SampleView }) {
  const { t, i18n } = useLingui();
  const number = (n: number) => i18n.number(Math.round(n));
  const [taken, frame, drawn, marked] = [sample.taken, sample.frame, sample.drawn, sample.marked].map(number);
  const [missed, low, high] = sample.missed
    ? [sample.missed.estimate, sample.missed.low, sample.missed.high].map(number)
    : ["–", "", ""];
  return (
    <>
      <div className={css.tiles}>
        <div className={css.tile}>
          <span className={css.small}>{t`Caught of what is there`}</span>
          <ShareCell share={sample.recall} />
        </div>
        <div className={css.tile}>
          <span className={css.small}>{t`Left though they needed an answer`}</span>
          <b className={css.big}>{missed}</b>
          <span className={css.small}>
            {sample.missed ? t`${low} to ${high}, of ${frame} that were left` : t`not known before one is marked`}
          </span>
        </div>
        <div className={css.tile}>
          <span className={css.small}>{t`Marked`}</span>
          <b className={css.big}>{t`${marked} of ${drawn}`}</b>
          <span className={css.small}>{t`${taken} were taken for work`}</span>
        </div>
      </div>
      <p className={css.small}>
        <Trans>
          Said from <Moment at={sample.since} /> to <Moment at={sample.until} />.
        </Trans>{" "}
        {t`Each reason counts by how many posts it left. 95 % interval: Wilson's, by the effective size of the stratified sample (Cochran 1977; Korn and Graubard 1998).`}
      </p>
      <DataTable
        caption={t`Reasons of the sample`}
        columns={[
          { id: "says", heading: t`Left because`, names: true, cell: (row) => <ServerWords>{row.says}</ServerWords> },
          { id: "frame", heading: t`Left`, number: true, cell: (row) => number(row.frame) },
          { id: "drawn", heading: t`Drawn`, number: true, cell: (row) => number(row.drawn) },
          { id: "marked", heading: t`Marked`, number: true, cell: (row) => number(row.marked) },
          { id: "work", heading: t`Needed an answer`, number: true, cell: (row) => number(row.work) },
        ]}
        rows={sample.strata}
        rowKey={(row) => row.key}
      />
    </>
  );
}

function Before({ samples }: { samples: readonly SampleView[] }) {
  const { t, i18n } = useLingui();
  return (
    <DataTable
      caption={t`Samples before`}
      captionShown
      columns={[
        { id: "at", heading: t`Drawn`, names: true, cell: (row) => <Moment at={row.drawnAt} /> },
        {
          id: "marked",
          heading: t`Marked`,
          number: true,
          cell: (row) => `${i18n.number(row.marked)}/${i18n.number(row.drawn)}`,
        },
        { id: "recall", heading: t`Caught of what is there`, cell: (row) => <ShareCell share={row.recall} /> },
      ]}
      rows={samples}
      rowKey={(row) => row.id}
    />
  );
}
