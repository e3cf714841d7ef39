import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import type { OfferView, WorkRow } from "#contracts/desk";
import { asProblem } from "../../shared/api/problem.ts";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { useLiveStatus } from "../../shared/live/use-live.ts";
import { useNow } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { Menu } from "../../shared/ui/menu.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { Segmented } from "../../shared/ui/tabs.tsx";
import { OfferCard } from "./offer-card.tsx";
import { RanOut } from "./ran-out.tsx";
import { FILTERS, passes, type RowFilter } from "./row-filter.ts";
import { useOfferNews } from "./use-offer-news.ts";
import type { useTake } from "./use-take.ts";
import css from "./work-list.module.css";
import { type Checked, WorkList } from "./work-list.tsx";
import { offersQuery, type WorkView, workQuery } from "./work-query.ts";

// Floods are rare: the rows of what waits behind come when there is something.
const GroupRows = lazy(() => import("./group-rows.tsx"));

const FilterBar = lazy(() => import("./filter/filter-bar.tsx"));
/** Pages that a narrowed list is looked through by itself before it waits for the hand. */
const LOOK_THROUGH = 10;
const FULL = 20;

export type QueueTab = "mine" | "offers" | "team";

type QueuePaneProps = {
  tab: QueueTab;
  onTab: (tab: QueueTab) => void;
  openId: string | null;
  take: ReturnType<typeof useTake>;
  onTakeNext: () => void;
  onOpen: (conversationId: string) => void;
  onFocusRow: (conversationId: string) => void;
  /** Conversations that are checked for a common act. */
  checked: Checked;
  onCheck: (rows: readonly WorkRow[], on: boolean) => void;
};

/** Everything that waits: mine, what is held out to me, and the team's. */
export function QueuePane(props: QueuePaneProps) {
  const { tab, onTab, openId, take, onTakeNext, onOpen, onFocusRow, checked, onCheck } = props;
  const { t } = useLingui();
  const [filter, setFilter] = useState<RowFilter>("all");
  /** What the bar says; null: it is closed and the list is whole. */
  const [words, setWords] = useState<{ scope: WorkView; filter: string } | null>(null);
  const view: WorkView = words?.scope ?? (tab === "team" ? "team" : "mine");
  const work = useInfiniteQuery(workQuery(view, words?.filter));
  const heldOut = useQuery(offersQuery);
  const { data: offers = [], refetch: askOffers } = heldOut;
  const now = useNow("minute");
  useOfferNews(offers);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = work;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const pages = work.data?.pages.length ?? 0;
  /** What the chosen list is made of. */
  const asked = tab === "offers" ? heldOut : work;
  const narrow = words !== null && words.filter !== "";
  const found = work.data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0;
  // A page of a narrowed list may be short although there is more behind it.
  useEffect(() => {
    if (narrow && found < FULL && pages > 0 && pages < LOOK_THROUGH) onEnd();
  }, [narrow, found, pages, onEnd]);
  const openBar = () => setWords((was) => was ?? { scope: view, filter: "" });
  const counts = work.data?.pages[0]?.counts;
  const items = work.data?.pages.flatMap((page) => page.items) ?? [];
  const groups = tab === "team" && filter === "all" && !narrow ? (work.data?.pages[0]?.groups ?? []) : [];
  const rows = tab === "offers" ? [] : items.filter((row) => passes(row, filter, now));
  useKeys("screen", [
    { id: "list.filter", keys: "shift+f", label: t`Filter the list, saved lists`, group: t`Work`, run: openBar },
    {
      id: "list.check-all",
      keys: "shift+a",
      label: t`Check everything shown`,
      group: t`Work`,
      disabled: tab === "offers",
      run: () => onCheck(rows, !rows.every((row) => checked.has(row.conversationId))),
    },
  ]);
  const shownOffers = tab === "offers" ? offers : offers.slice(0, 1);
  const cards = shownOffers.map((offer, place) => (
    <OfferCard
      key={offer.offerId}
      offer={offer}
      first={place === 0}
      busy={take.accept.busy}
      onTake={() => take.accept.send(offer)}
      onDecline={(reason) => take.decline.send({ offer, reason })}
      onOver={() => void askOffers()}
    />
  ));

  return (
    <>
      <div className={css.head}>
        <Segmented
          label={t`Which work`}
          chosen={tab}
          onChoose={(next) => {
            setWords(null);
            onTab(next);
          }}
          tabs={[
            { id: "mine", label: t`Mine`, count: counts?.mine },
            { id: "offers", label: t`Offers`, count: heldOut.data?.length },
            { id: "team", label: t`Team`, count: counts?.team },
          ]}
        />
        <FilterMenu filter={filter} onFilter={setFilter} onWords={openBar} />
      </div>
      {words ? (
        <Suspense fallback={null}>
          <FilterBar
            shown={words}
            onShow={setWords}
            fault={narrow && work.isError ? (asProblem(work.error).detail ?? null) : null}
            onClose={() => setWords(null)}
          />
        </Suspense>
      ) : null}
      <Frozen />
      <div className={css.ranOut}>
        <RanOut />
      </div>
      {asked.isError ? (
        <div className={css.problem}>
          <ProblemNotice
            problem={asProblem(asked.error)}
            acts={<Button size="small" onClick={() => void asked.refetch()}>{t`Try now`}</Button>}
          />
        </div>
      ) : null}
      <WorkList
        key={`${tab} ${filter} ${words?.scope ?? ""} ${words?.filter ?? ""}`}
        rows={rows}
        openId={openId}
        team={view !== "mine"}
        checked={checked}
        onCheck={onCheck}
        before={cards.length > 0 ? cards : null}
        after={
          groups.length > 0 ? (
            <Suspense fallback={null}>
              <GroupRows groups={groups} />
            </Suspense>
          ) : null
        }
        empty={
          asked.isPending ? (
            <Skeleton shape="rows" count={7} />
          ) : asked.isError && !asked.data ? null : narrow ? (
            <EmptyState
              title={t`Nothing passes the filter`}
              act={<Button onClick={() => setWords(null)}>{t`Show everything`}</Button>}
            >
              {work.hasNextPage
                ? t`None of the most urgent ${pages * 1_000} is like that.`
                : t`No open work is like that.`}
            </EmptyState>
          ) : (
            <NothingHere
              tab={tab}
              offers={offers}
              filter={filter}
              waiting={counts?.waiting ?? 0}
              onFilter={setFilter}
              onTakeNext={onTakeNext}
              onTeam={() => onTab("team")}
            />
          )
        }
        onOpen={onOpen}
        onFocusRow={onFocusRow}
        onEnd={onEnd}
      />
    </>
  );
}

function useFilterWords(): Record<RowFilter, string> {
  const { t } = useLingui();
  return {
    all: t`Everything`,
    unread: t`Unread`,
    late: t`Late`,
    risk: t`With a risk`,
    public: t`Public only`,
    private: t`Private only`,
  };
}

type FilterMenuProps = { filter: RowFilter; onFilter: (filter: RowFilter) => void; onWords: () => void };

function FilterMenu({ filter, onFilter, onWords }: FilterMenuProps) {
  const { t } = useLingui();
  const words = useFilterWords();
  return (
    <span className="row end">
      {filter === "all" ? null : (
        <Button look="soft" size="small" icon="close" onClick={() => onFilter("all")}>
          {words[filter]}
        </Button>
      )}
      <Menu
        label={t`Show`}
        placement="bottom end"
        onAct={(id) => (id === "words" ? onWords() : onFilter(id as RowFilter))}
        groups={[
          {
            heading: t`Show`,
            entries: FILTERS.map((id) => ({ id, label: words[id], chosen: id === filter })),
          },
          { entries: [{ id: "words", label: t`More, and saved lists …`, icon: "filter", keys: "shift+f" }] },
        ]}
      >
        <Button look="bare" iconOnly icon="filter" aria-label={t`Filter: ${words[filter]}`} />
      </Menu>
    </span>
  );
}

/** While the line is down the list stands still; the frame's bar tells when the next try comes. */
function Frozen() {
  const { t } = useLingui();
  const words = useTimeWords();
  const live = useLiveStatus();
  if (live.state !== "offline") return null;
  return (
    <p className={css.frozen}>
      <Icon name="clock" size="small" /> {t`Frozen at ${words.time(live.since)}. Countdowns go on.`}
    </p>
  );
}

type NothingProps = {
  tab: QueueTab;
  offers: readonly OfferView[];
  filter: RowFilter;
  waiting: number;
  onFilter: (filter: RowFilter) => void;
  onTakeNext: () => void;
  onTeam: () => void;
};

function NothingHere({ tab, offers, filter, waiting, onFilter, onTakeNext, onTeam }: NothingProps): ReactNode {
  const { t } = useLingui();
  const words = useFilterWords();
  if (tab === "offers") {
    if (offers.length > 0) return null;
    return <EmptyState title={t`No offer now`}>{t`The next one comes by itself while you are available.`}</EmptyState>;
  }
  if (filter !== "all") {
    return (
      <EmptyState
        title={t`Nothing passes the filter`}
        act={<Button onClick={() => onFilter("all")}>{t`Show everything`}</Button>}
      >
        {t`The list shows only: ${words[filter]}.`}
      </EmptyState>
    );
  }
  if (tab === "team") {
    return <EmptyState title={t`The queue is empty`}>{t`What comes in is offered to whoever is free.`}</EmptyState>;
  }
  // Something is held out to them just above, with its own key: it would be no truth.
  if (offers.length > 0) return null;
  return (
    <EmptyState
      title={t`Nothing waits for you`}
      act={
        waiting > 0 ? (
          <span className="row">
            <Button look="primary" keys="t" onClick={onTakeNext}>{t`Take the most urgent`}</Button>
            <Button look="soft" onClick={onTeam}>{t`See the queue`}</Button>
          </span>
        ) : null
      }
    >
      {waiting > 0
        ? t`While you are available the next offer comes by itself. ${waiting} wait in the team queue.`
        : t`While you are available the next offer comes by itself.`}
    </EmptyState>
  );
}
