import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Figure } from "#contracts/insights";
import { Button } from "../../shared/ui/button.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import css from "./figure-chart.module.css";
import type { FiguresView } from "./figures-query.ts";
import { type Day, daysOf, marksUpTo, storyOf } from "./series.ts";
import { useFigureName } from "./use-figure-name.ts";
import { useMeasureWords } from "./use-measure-words.ts";

/** Two months of days. */
const MOST_DOTS = 62;

type Point = { x: number; y: number };

/** Points in a box of 100 by 100, one list per unbroken run. */
function runsOf(days: readonly Day[], top: number): Point[][] {
  const runs: Point[][] = [[]];
  days.forEach((day, place) => {
    if (day.value === null) {
      runs.push([]);
      return;
    }
    const x = days.length > 1 ? (place / (days.length - 1)) * 100 : 50;
    runs.at(-1)?.push({ x, y: 100 - (top > 0 ? (day.value / top) * 100 : 0) });
  });
  return runs.filter((run) => run.length > 0);
}

const line = (run: readonly Point[]) => run.map((point) => `${point.x},${point.y}`).join(" ");

/** A figure by day: a line named by what it tells, its numbers as a table on demand. The day that is not over is dashed. */
export function FigureChart({ figure, view }: { figure: Figure; view: FiguresView }) {
  const { t } = useLingui();
  const words = useMeasureWords(view.zone);
  const name = useFigureName()(figure.key);
  const [table, setTable] = useState(false);
  const asOf = Date.parse(view.asOf);
  const to = Date.parse(view.to);
  const days = daysOf(figure, { from: Date.parse(view.from), to, asOf, zone: view.zone });
  const story = storyOf(days);
  const said = (value: number | null) => (value === null ? t`none` : words.value(figure.measure, value));

  const goal = figure.measure === "share" ? figure.goal : null;
  const highest = Math.max(goal ?? 0, ...days.map((day) => day.value ?? 0));
  const marks = marksUpTo(highest, figure.measure);
  const top = marks.at(-1) ?? 1;
  const runs = runsOf(days, top);
  const open = to > asOf && days.at(-1)?.value !== null ? runs.at(-1)?.slice(-2) : undefined;
  const solid = open ? [...runs.slice(0, -1), (runs.at(-1) ?? []).slice(0, -1)].filter((run) => run.length > 0) : runs;
  // A dot for each of many days hides the line: then only days that stand alone and the last one have theirs.
  const dotted =
    days.length > MOST_DOTS
      ? runs.flatMap((run, place) => (run.length === 1 ? run : place === runs.length - 1 ? run.slice(-1) : []))
      : runs.flat();
  const middle = days[Math.floor((days.length - 1) / 2)];

  const sentence = story
    ? t`${name} by day: ${said(story.first.value)} on ${words.day(story.first.at)}, ${said(story.last.value)} on ${words.day(story.last.at)}; lowest ${said(story.low.value)} on ${words.day(story.low.at)}, highest ${said(story.high.value)} on ${words.day(story.high.at)}.`
    : t`${name}: too few days for a line.`;
  const columns: Column<Day>[] = [
    { id: "day", heading: t`Day`, names: true, cell: (day) => words.dated(day.at) },
    { id: "value", heading: name, number: true, cell: (day) => said(day.value) },
  ];

  return (
    <>
      <div className={css.head}>
        <h3 className={css.title}>
          {figure.key === "backlog" ? <Trans>By the day it was opened</Trans> : <Trans>By day</Trans>}
        </h3>
        {story ? (
          <Button size="small" look="soft" aria-expanded={table} onClick={() => setTable(!table)}>
            {table ? t`Hide the numbers` : t`Show the numbers`}
          </Button>
        ) : null}
      </div>
      {story ? (
        <figure className={css.chart}>
          <div className={css.marks} aria-hidden="true">
            {[...marks].reverse().map((mark) => (
              <span key={mark}>{words.value(figure.measure, mark)}</span>
            ))}
          </div>
          <svg className={css.box} viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={sentence}>
            {marks.map((mark) => (
              <line
                key={mark}
                className={css.mark}
                x1="0"
                x2="100"
                y1={100 - (mark / top) * 100}
                y2={100 - (mark / top) * 100}
              />
            ))}
            {goal !== null ? (
              <line className={css.goal} x1="0" x2="100" y1={100 - (goal / top) * 100} y2={100 - (goal / top) * 100} />
            ) : null}
            {solid.map((run) => (
              <polyline key={run[0]?.x} className={css.line} points={line(run)} />
            ))}
            {open && open.length > 1 ? <polyline className={css.open} points={line(open)} /> : null}
            {dotted.map((point) => (
              <line key={point.x} className={css.dot} x1={point.x} x2={point.x} y1={point.y} y2={point.y} />
            ))}
          </svg>
          <div className={css.days} aria-hidden="true">
            <span>{days[0] ? words.day(days[0].at) : null}</span>
            {days.length > 4 && middle ? <span>{words.day(middle.at)}</span> : null}
            <span>{days.length > 1 ? words.day(days.at(-1)?.at ?? 0) : null}</span>
          </div>
          <figcaption className={css.caption}>
            {story.low.value === story.high.value ? (
              <Trans>The same on every day.</Trans>
            ) : (
              <Trans>
                Lowest {said(story.low.value)} on {words.day(story.low.at)}, highest {said(story.high.value)} on{" "}
                {words.day(story.high.at)}.
              </Trans>
            )}
            {open ? (
              <>
                {" "}
                <Trans>The last day is not over.</Trans>
              </>
            ) : null}
          </figcaption>
        </figure>
      ) : (
        <p className="small mute">
          <Trans>A line needs two days with something to measure. Choose a longer span.</Trans>
        </p>
      )}
      {table ? (
        <DataTable caption={t`${name} by day`} columns={columns} rows={days} rowKey={(day) => String(day.at)} />
      ) : null}
    </>
  );
}
