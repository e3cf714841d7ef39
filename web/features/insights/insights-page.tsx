import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { asProblem } from "../../shared/api/problem.ts";
import { useKeyFor, useKeys } from "../../shared/keys/use-keys.ts";
import { useNow } from "../../shared/time/clock.ts";
import { Button } from "../../shared/ui/button.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { FigureCell } from "./figure-cell.tsx";
import { FigurePane } from "./figure-pane.tsx";
import { GROUPS } from "./figure-words.ts";
import { askedFor, type FiguresView, figuresQuery, type Narrowing } from "./figures-query.ts";
import css from "./insights-page.module.css";
import { OutcomePane } from "./outcome-pane.tsx";
import { OutcomesPart } from "./outcomes-part.tsx";
import { idOf, NOTHING_PICKED, type Picked, pickedOf } from "./outcomes-query.ts";
import { SpanBar } from "./span-bar.tsx";
import { dayOf, type SpanChoice, spanOf } from "./spans.ts";
import { useFreshFigures } from "./use-fresh-figures.ts";
import { useMeasureWords } from "./use-measure-words.ts";
import { useSearchState } from "./use-search-state.ts";

const CHOICES: readonly string[] = ["today", "7-days", "30-days", "26-weeks", "custom"];
/** The zone of the reports as the server last told it; before its first answer days begin where the reader is. */
let toldZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What it all came to: figures in groups, each one key away from its definition and its rows. */
export default function InsightsPage() {
  const { t } = useLingui();
  const now = useNow("minute");
  const [search, setSearch] = useSearchState();
  const [zone, setZone] = useState(toldZone);
  useFreshFigures();

  const choice = (CHOICES.includes(search.span ?? "") ? search.span : "7-days") as SpanChoice;
  const narrowing: Narrowing = { brandId: search.brand, queueId: search.queue, network: search.network };
  const today = dayOf(now, zone);
  const custom = { first: search.first ?? today, last: search.last ?? today };
  const span = spanOf(choice, now, zone, custom);
  const asked = askedFor(span, narrowing);
  const query = useQuery(figuresQuery(asked));
  const view = query.data;
  useEffect(() => {
    if (!view) return;
    toldZone = view.zone;
    setZone(view.zone);
  }, [view]);

  const words = useMeasureWords(zone);
  const groups = GROUPS.map((group) => ({
    ...group,
    figures: view?.figures.filter((figure) => figure.group === group.id) ?? [],
  })).filter((group) => group.figures.length > 0);
  const inOrder = groups.flatMap((group) => group.figures);
  const chosen = inOrder.find((figure) => figure.key === search.figure);
  const picked = chosen ? null : pickedOf(search);
  const cells = useRef(new Map<string, HTMLElement>());
  const pane = useRef<HTMLElement>(null);

  const cellOf = (key: string | undefined) => cells.current.get(key ?? "")?.querySelector("button");

  function hold(id: string, place: HTMLElement | null): void {
    if (place) cells.current.set(id, place);
    else cells.current.delete(id);
  }
  function choose(key: string | undefined): void {
    setSearch({ ...NOTHING_PICKED, figure: key });
  }
  function pick(next: Picked | null): void {
    setSearch({ ...NOTHING_PICKED, figure: undefined, ...next });
  }
  function step(by: 1 | -1): void {
    const at = inOrder.findIndex((figure) => figure.key === chosen?.key);
    const next = inOrder[at < 0 ? 0 : at + by];
    if (!next) return;
    choose(next.key);
    cellOf(next.key)?.focus({ preventScroll: true });
    cellOf(next.key)?.scrollIntoView({ block: "nearest" });
  }
  useKeys("screen", [
    { id: "figure.next", keys: "j", label: t`Next figure`, group: t`Figures`, run: () => step(1) },
    { id: "figure.before", keys: "k", label: t`Figure before`, group: t`Figures`, run: () => step(-1) },
    {
      id: "figure.close",
      keys: "escape",
      label: t`Close the figure`,
      group: t`Figures`,
      disabled: chosen === undefined && picked === null,
      run: () => choose(undefined),
    },
  ]);
  const closeKeys = useKeyFor("figure.close", "escape");

  const shown = chosen?.key ?? (picked ? idOf(picked) : undefined);
  const opened = useRef<string | undefined>(undefined);
  const returnFocus = useEffectEvent(() => cellOf(opened.current)?.focus());
  useEffect(() => {
    // Where the pane lies over the page, reading begins in it; closed, it goes on where it came from.
    if (shown === undefined) returnFocus();
    else if (matchMedia("(max-width: 1180px)").matches) pane.current?.focus();
    opened.current = shown;
  }, [shown]);

  const last = span.to - 1;
  const said = span.days === 1 ? words.dated(span.from) : t`${words.day(span.from)} to ${words.dated(last)}`;

  return (
    <div className={css.page} data-open={chosen || picked ? "" : undefined}>
      <div className={css.figures}>
        <SpanBar
          choice={choice}
          custom={custom}
          said={said}
          narrowing={narrowing}
          onSpan={(span, days) => setSearch({ span, first: days?.first, last: days?.last })}
          onNarrow={(change) =>
            setSearch({
              ...("brandId" in change ? { brand: change.brandId } : {}),
              ...("queueId" in change ? { queue: change.queueId } : {}),
              ...("network" in change ? { network: change.network } : {}),
            })
          }
        />
        <Legend view={view} />
        {query.isPending ? <Waiting /> : null}
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
        {view && inOrder.length === 0 ? (
          <EmptyState title={t`Nothing to count yet`}>
            <Trans>Figures appear with the first message that reaches the desk.</Trans>
          </EmptyState>
        ) : null}
        <div className={query.isPlaceholderData ? css.old : undefined} aria-busy={query.isPlaceholderData}>
          {view
            ? groups.map((group) => (
                <GroupRow key={group.id} group={group}>
                  {group.figures.map((figure) => (
                    <div key={figure.key} ref={(cell) => hold(figure.key, cell)}>
                      <FigureCell
                        figure={figure}
                        view={view}
                        chosen={figure.key === chosen?.key}
                        onChoose={() => choose(figure.key === chosen?.key ? undefined : figure.key)}
                      />
                    </div>
                  ))}
                </GroupRow>
              ))
            : null}
        </div>
        {view && inOrder.length > 0 ? <OutcomesPart {...{ asked, picked, hold }} onPick={pick} /> : null}
      </div>
      {picked ? (
        <aside ref={pane} tabIndex={-1} className={css.pane} aria-label={t`The chosen figure`}>
          <OutcomePane
            {...{ picked, asked }}
            closeKeys={closeKeys === "escape" ? "Escape" : undefined}
            onClose={() => pick(null)}
          />
        </aside>
      ) : null}
      {view && chosen ? (
        <aside ref={pane} tabIndex={-1} className={css.pane} aria-label={t`The chosen figure`}>
          <FigurePane
            figure={chosen}
            view={view}
            asked={asked}
            closeKeys={closeKeys === "escape" ? "Escape" : undefined}
            onClose={() => choose(undefined)}
          />
        </aside>
      ) : null}
    </div>
  );
}

function Legend({ view }: { view: FiguresView | undefined }) {
  const running = view ? Date.parse(view.to) > Date.parse(view.asOf) : false;
  return (
    <p className={css.legend}>
      <span className={css.key}>
        <span className={css.settled} aria-hidden="true" />
        <Trans>settled, will not change</Trans>
      </span>
      <span className={css.key}>
        <span className={css.open} aria-hidden="true" />
        {running ? (
          <Trans>provisional: the days are not over, or some episodes are still open</Trans>
        ) : (
          <Trans>provisional: some episodes of these days are still open</Trans>
        )}
      </span>
    </p>
  );
}

type GroupRowProps = { group: (typeof GROUPS)[number]; children: ReactNode };

function GroupRow({ group, children }: GroupRowProps) {
  const { i18n } = useLingui();
  return (
    <section className={css.group} aria-labelledby={`group-${group.id}`}>
      <div>
        <h2 id={`group-${group.id}`} className={css.name}>
          {i18n._(group.name)}
        </h2>
        <p className={css.says}>{i18n._(group.says)}</p>
      </div>
      <div className={css.cells}>{children}</div>
    </section>
  );
}

function Waiting() {
  return (
    <section className={css.group}>
      <span />
      <div className={css.waiting}>
        <Skeleton shape="cell" count={8} />
      </div>
    </section>
  );
}
