import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { OutcomeRow, OutcomesView } from "#contracts/insights";
import { asProblem } from "../../shared/api/problem.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Facts } from "../../shared/ui/card.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { networkSign } from "../../shared/ui/network-sign.ts";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import css from "./figure-pane.module.css";
import { type Asked, ROWS_AT_MOST } from "./figures-query.ts";
import { lineOf, outcomeRowsToCsv } from "./outcome-lines.ts";
import part from "./outcomes-part.module.css";
import { outcomePage, outcomeRowsQuery, outcomesQuery, type Picked, pathOf } from "./outcomes-query.ts";
import { RowsExport } from "./rows-export.tsx";
import { useMeasureWords } from "./use-measure-words.ts";
import { useOutcomeWords } from "./use-outcome-words.ts";

type OutcomePaneProps = {
  picked: Picked;
  asked: Asked;
  closeKeys: string | undefined;
  onClose: () => void;
};

/** One line of outcomes opened: how it stands, and the conversations behind it. */
export function OutcomePane({ picked, asked, closeKeys, onClose }: OutcomePaneProps) {
  const { t } = useLingui();
  const view = useQuery(outcomesQuery(asked)).data;
  const words = useMeasureWords(view?.zone ?? "UTC");
  const outcomeWords = useOutcomeWords(words);
  const path = pathOf(picked);
  const line = view && path.length > 0 ? lineOf(view.outcomes, path) : undefined;
  const counts = line ?? (view ? countsOf(view, picked) : { count: 0, before: 0 });
  const name = line ? outcomeWords.name(line) : path.length > 0 ? (path.at(-1) ?? "") : outcomeWords.mark(picked.mark);
  const medianMs = line ? line.medianMs : picked.mark === "all" ? (view?.medianMs ?? null) : null;
  const facts = [
    { name: t`Conversations`, value: <b className="num">{words.number(counts.count)}</b> },
    {
      name: t`The span before`,
      value: (
        <span className="num">
          {words.number(counts.before)} ({outcomeWords.change(counts)})
        </span>
      ),
    },
    ...(line
      ? [
          {
            name: t`Share of the line above`,
            value: <span className="num">{words.value("share", line.share)}</span>,
          },
        ]
      : []),
    ...(medianMs === null
      ? []
      : [{ name: t`Resolution, middle`, value: <span className="num">{words.length(medianMs)}</span> }]),
  ];
  return (
    <>
      <header className={css.head}>
        <h2 className={css.title}>{name}</h2>
        {line?.listed === "before" ? (
          <Chip look="dashed">
            <Trans>retired</Trans>
          </Chip>
        ) : null}
        <Button
          look="bare"
          icon="close"
          iconOnly
          className="end"
          aria-label={t`Close ${name}`}
          aria-keyshortcuts={closeKeys}
          onClick={onClose}
        />
        {line && line.path.length > 1 ? <p className={css.definition}>{outcomeWords.way(line)}</p> : null}
        <p className={css.state}>
          {picked.mark === "feedback" || picked.mark === "lead" ? (
            <Trans>
              Counts conversations resolved in these days in which an agent noted it, with whichever resolution.
            </Trans>
          ) : (
            <Trans>Counts conversations, each once, by its last resolution in these days.</Trans>
          )}
        </p>
      </header>
      <section className={css.part} aria-label={t`How it stands`}>
        <Facts rows={facts} />
      </section>
      {view ? <Rows key={JSON.stringify(picked)} {...{ picked, asked, view }} count={counts.count} /> : null}
    </>
  );
}

function countsOf(view: OutcomesView, { mark }: Picked): { count: number; before: number } {
  if (mark === "feedback") return view.feedback;
  if (mark === "lead") return view.leads;
  return mark === "all" ? view : { count: 0, before: 0 };
}

function Rows(props: { picked: Picked; asked: Asked; view: OutcomesView; count: number }) {
  const { picked, asked, view, count } = props;
  const { t } = useLingui();
  const words = useMeasureWords(view.zone);
  const outcomeWords = useOutcomeWords(words);
  const query = useInfiniteQuery(outcomeRowsQuery(asked, picked));
  const rows = query.data?.pages.flatMap((one) => one.items) ?? [];
  const columns: Column<OutcomeRow>[] = [
    {
      id: "number",
      heading: t`Conversation`,
      names: true,
      cell: (row) =>
        row.conversationId ? (
          <Link to={`/desk/${row.conversationId}`} aria-label={t`Open ${row.number}`}>
            {row.number}
          </Link>
        ) : (
          networkSign(row.network).name
        ),
    },
    ...(rows.some((row) => row.feedback !== "")
      ? [
          {
            id: "feedback",
            heading: t`Feedback on the product`,
            cell: (row: OutcomeRow) => <div className={row.feedback ? part.words : undefined}>{row.feedback}</div>,
          },
        ]
      : []),
    {
      id: "why",
      heading: t`Outcome and reason`,
      cell: (row) => outcomeWords.way({ path: [row.outcome, ...row.reason], names: [row.outcome, ...row.reason] }),
    },
    { id: "at", heading: t`When`, cell: (row) => <span className={`${css.whole} num`}>{words.moment(row.at)}</span> },
    {
      id: "took",
      heading: t`Time`,
      number: true,
      cell: (row) => <span className={css.whole}>{words.length(Math.max(0, row.tookMs))}</span>,
    },
    { id: "agent", heading: t`Agent`, cell: (row) => row.agent ?? <span className="mute">–</span> },
    { id: "network", heading: t`Network`, cell: (row) => networkSign(row.network).name },
  ];
  return (
    <section className={`${css.part} ${part.rows}`} aria-labelledby="rows-heading">
      <div className={css.rowsHead}>
        <h3 id="rows-heading" className={css.small}>
          <Trans>The conversations behind it</Trans>
        </h3>
        <span className="small mute num">{outcomeWords.conversations(count)}</span>
        <RowsExport
          name={picked.mark ? `outcomes-${picked.mark}` : "outcome"}
          view={view}
          empty={count === 0}
          page={(cursor, signal) => outcomePage(asked, picked, cursor, ROWS_AT_MOST, signal)}
          toText={outcomeRowsToCsv}
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
          caption={t`The conversations behind the figure, the last resolved first`}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.episodeId}
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
