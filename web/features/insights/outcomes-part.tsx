import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { OutcomesView } from "#contracts/insights";
import { asProblem } from "../../shared/api/problem.ts";
import { Button } from "../../shared/ui/button.tsx";
import { MeasureCell } from "../../shared/ui/measure-cell.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { fileName, saveFile } from "./export-rows.ts";
import type { Asked } from "./figures-query.ts";
import page from "./insights-page.module.css";
import { linesOf, tableToCsv } from "./outcome-lines.ts";
import { OutcomeTable } from "./outcome-table.tsx";
import css from "./outcomes-part.module.css";
import { idOf, outcomesQuery, type PickProps } from "./outcomes-query.ts";
import { useMeasureWords } from "./use-measure-words.ts";
import { useOutcomeWords } from "./use-outcome-words.ts";

/** What came of the work and why, as a part of the page: in all, what was marked, and by outcome and reason. */
export function OutcomesPart({ asked, ...picking }: { asked: Asked } & PickProps) {
  const { t } = useLingui();
  const query = useQuery(outcomesQuery(asked));
  const view = query.data;
  return (
    <section className={`${page.group} ${css.section}`} aria-labelledby="outcomes-heading">
      <div>
        <h2 id="outcomes-heading" className={page.name}>
          <Trans>Outcomes and reasons</Trans>
        </h2>
        <p className={page.says}>
          <Trans>What agents say came of it, and why</Trans>
        </p>
      </div>
      <div className={css.part}>
        {query.isPending ? (
          <div className={page.waiting}>
            <Skeleton shape="cell" count={3} />
          </div>
        ) : null}
        {query.isError ? (
          <ProblemNotice
            problem={asProblem(query.error)}
            safe={view ? t`The figures below are those of before.` : undefined}
            acts={
              <Button size="small" onClick={() => void query.refetch()}>
                <Trans>Try again</Trans>
              </Button>
            }
          />
        ) : null}
        {view ? (
          <div className={query.isPlaceholderData ? page.old : undefined} aria-busy={query.isPlaceholderData}>
            <Found view={view} {...picking} />
          </div>
        ) : null}
      </div>
    </section>
  );
}

function Found({ view, picked, onPick, hold }: { view: OutcomesView } & PickProps) {
  const { t } = useLingui();
  const words = useMeasureWords(view.zone);
  const outcomeWords = useOutcomeWords(words);
  // Outcomes are open, so that their reasons are seen; what is finer is a key away.
  const [flipped, setFlipped] = useState<ReadonlySet<string>>(new Set());
  const opens = (path: readonly string[]) => (path.length === 1) !== flipped.has(JSON.stringify(path));
  const running = Date.parse(view.to) > Date.parse(view.asOf);
  const until = words.until(Date.parse(view.to), Date.parse(view.asOf));
  const chosen = picked && idOf(picked);

  const cells: { mark: string; count: number; before: number; detail: string | null }[] = [
    {
      ...{ mark: "all", count: view.count, before: view.before },
      detail: view.medianMs === null ? null : t`half within ${words.length(view.medianMs)}`,
    },
    { mark: "feedback", ...view.feedback, detail: shareOf(view.feedback.count) },
    { mark: "lead", ...view.leads, detail: shareOf(view.leads.count) },
  ];
  function shareOf(count: number): string | null {
    return view.count === 0 ? null : t`${words.value("share", count / view.count)} of the resolved`;
  }
  function flip(path: readonly string[]): void {
    const next = new Set(flipped);
    if (!next.delete(JSON.stringify(path))) next.add(JSON.stringify(path));
    setFlipped(next);
  }
  function save(): void {
    saveFile(fileName("outcomes", view), tableToCsv(view.outcomes));
    toasts.add({ text: t`${linesOf(view.outcomes).length} rows saved as a file` });
  }

  return (
    <>
      <div className={page.cells}>
        {cells.map(({ mark, count, before, detail }) => (
          <div key={mark} ref={(cell) => hold(idOf({ mark }), cell)}>
            <MeasureCell
              name={outcomeWords.mark(mark)}
              value={words.number(count)}
              provisional={running ? { until } : null}
              delta={words.delta({ key: "", measure: "count", value: count, before })}
              detail={detail}
              chosen={chosen === idOf({ mark })}
              onChoose={() => onPick(chosen === idOf({ mark }) ? null : { mark })}
            />
          </div>
        ))}
      </div>
      <div className={css.head}>
        <p className={css.says}>
          <Trans>
            A conversation counts once, by its last resolution in these days: one that came back and was resolved again
            stands under its last outcome and reason. Feedback and leads count whichever resolution they came with.
          </Trans>
        </p>
        <Button
          size="small"
          icon="download"
          className="end"
          refused={view.outcomes.length === 0 ? t`There are no rows to save.` : null}
          onClick={save}
        >
          <Trans>Table as CSV</Trans>
        </Button>
      </div>
      {view.outcomes.length === 0 ? (
        <p className="small mute">
          <Trans>Nothing was resolved in these days, nor in as many before them.</Trans>
        </p>
      ) : (
        <OutcomeTable
          lines={linesOf(view.outcomes, opens)}
          zone={view.zone}
          opens={opens}
          onFlip={flip}
          {...{ picked, onPick, hold }}
        />
      )}
    </>
  );
}
