import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Figure } from "#contracts/insights";
import { asProblem } from "../../shared/api/problem.ts";
import { Button } from "../../shared/ui/button.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { networkSign } from "../../shared/ui/network-sign.ts";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { rowsToCsv } from "./export-rows.ts";
import css from "./figure-pane.module.css";
import { type Asked, type FigureRow, type FiguresView, ROWS_AT_MOST, rowsPage, rowsQuery } from "./figures-query.ts";
import { RowsExport } from "./rows-export.tsx";
import { useUnitCount } from "./use-figure-name.ts";
import { useMeasureWords } from "./use-measure-words.ts";
import { useWayWords } from "./use-way-words.ts";

type FigureRowsProps = { figure: Figure; view: FiguresView; asked: Asked };

/** Exactly the rows the figure is made of, each a way to its conversation, and all of them as a file. */
export function FigureRows({ figure, view, asked }: FigureRowsProps) {
  const { t } = useLingui();
  const words = useMeasureWords(view.zone);
  const unitCount = useUnitCount();
  const wayWords = useWayWords();
  const isWay = figure.unit === "invitations" || figure.key === "media-shift-share";
  const query = useInfiniteQuery(rowsQuery(asked, figure.key));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];

  const columns: Column<FigureRow & { place: number }>[] = [
    {
      id: "number",
      heading: figure.unit === "messages" ? t`Message` : t`Conversation`,
      names: true,
      cell: (row) =>
        row.conversationId ? (
          <Link
            to={`/desk/${row.conversationId}`}
            aria-label={row.number ? t`Open ${row.number}` : t`Open the conversation`}
          >
            {row.number || t`Open`}
          </Link>
        ) : (
          row.number || networkSign(row.network).name
        ),
    },
    ...(figure.measure === "count" ? [] : [valueColumn()]),
    ...(isWay ? [{ id: "way", heading: noteHeading(), cell: (row: FigureRow) => wayWords(row.note) }] : []),
    { id: "at", heading: t`When`, cell: (row) => <span className={`${css.whole} num`}>{words.moment(row.at)}</span> },
    ...(figure.unit === "messages"
      ? []
      : [{ id: "agent", heading: t`Agent`, cell: (row: FigureRow) => row.agent ?? <span className="mute">–</span> }]),
    ...(figure.unit === "messages"
      ? []
      : [{ id: "network", heading: t`Network`, cell: (row: FigureRow) => networkSign(row.network).name }]),
    ...(!isWay && rows.some((row) => row.note !== "")
      ? [{ id: "note", heading: noteHeading(), cell: (row: FigureRow) => row.note }]
      : []),
  ];

  function valueColumn(): Column<FigureRow & { place: number }> {
    if (figure.measure === "share") {
      return { id: "value", heading: t`Counts`, cell: (row) => (row.value ? t`yes` : t`no`) };
    }
    return {
      id: "value",
      heading: t`Time`,
      number: true,
      cell: (row) => <span className={css.whole}>{words.value(figure.measure, row.value)}</span>,
    };
  }
  function noteHeading(): string {
    if (figure.unit === "invitations") return t`Asked to come by`;
    return figure.unit === "messages" ? t`Language` : isWay ? t`Way` : t`Outcome`;
  }

  return (
    <section className={css.part} aria-labelledby="rows-heading">
      <div className={css.rowsHead}>
        <h3 id="rows-heading" className={css.small}>
          <Trans>The rows behind it</Trans>
        </h3>
        <span className="small mute num">{unitCount(figure.unit, figure.rows)}</span>
        <RowsExport
          name={figure.key}
          view={view}
          empty={figure.rows === 0}
          page={(cursor, signal) => rowsPage(asked, figure.key, cursor, ROWS_AT_MOST, signal)}
          toText={rowsToCsv}
        />
      </div>
      {query.isPending ? <Skeleton shape="lines" count={5} /> : null}
      {query.isError ? (
        <ProblemNotice
          problem={asProblem(query.error)}
          acts={
            <Button size="small" onClick={() => void query.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      ) : null}
      {query.isSuccess ? (
        <DataTable
          caption={t`The rows behind the figure, the largest first`}
          columns={columns}
          rows={rows.map((row, place) => ({ ...row, place }))}
          rowKey={(row) => `${row.episodeId ?? row.at} ${row.place}`}
          empty={
            <p className="small mute">
              <Trans>Nothing was counted in these days.</Trans>
            </p>
          }
        />
      ) : null}
      {rows.length > 0 ? (
        <p className={css.more}>
          {query.hasNextPage ? (
            <Button size="small" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              <Trans>Show more</Trans>
            </Button>
          ) : null}
          <span className="micro mute">
            {query.hasNextPage ? (
              <Trans>{words.number(rows.length)} shown. Exactly these rows make the figure.</Trans>
            ) : (
              <Trans>All shown. Exactly these rows make the figure.</Trans>
            )}
          </span>
        </p>
      ) : null}
    </section>
  );
}
