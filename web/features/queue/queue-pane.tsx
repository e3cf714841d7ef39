import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useState } from "react";
import type { OfferView } from "#contracts/desk";
import { asProblem } from "../../shared/api/problem.ts";
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
import { WorkList } from "./work-list.tsx";
import { offersQuery, type WorkView, workQuery } from "./work-query.ts";

export type QueueTab = "mine" | "offers" | "team";

type QueuePaneProps = {
  tab: QueueTab;
  onTab: (tab: QueueTab) => void;
  openId: string | null;
  take: ReturnType<typeof useTake>;
  onTakeNext: () => void;
  onOpen: (conversationId: string) => void;
  onFocusRow: (conversationId: string) => void;
};

/** Everything that waits: mine, what is held out to me, and the team's. */
export function QueuePane({ tab, onTab, openId, take, onTakeNext, onOpen, onFocusRow }: QueuePaneProps) {
  const { t } = useLingui();
  const [filter, setFilter] = useState<RowFilter>("all");
  const view: WorkView = tab === "team" ? "team" : "mine";
  const work = useInfiniteQuery(workQuery(view));
  const { data: offers = [], refetch: askOffers } = useQuery(offersQuery);
  const now = useNow("minute");
  useOfferNews(offers);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = work;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const counts = work.data?.pages[0]?.counts;
  const all = work.data?.pages.flatMap((page) => page.items) ?? [];
  const rows = tab === "offers" ? [] : all.filter((row) => passes(row, filter, now));
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
          onChoose={onTab}
          tabs={[
            { id: "mine", label: t`Mine`, count: counts?.mine },
            { id: "offers", label: t`Offers`, count: offers.length },
            { id: "team", label: t`Team`, count: counts?.team },
          ]}
        />
        <FilterMenu filter={filter} onFilter={setFilter} />
      </div>
      <Frozen />
      <div className={css.ranOut}>
        <RanOut />
      </div>
      {work.isError && !work.data ? (
        <div className={css.problem}>
          <ProblemNotice
            problem={asProblem(work.error)}
            acts={<Button size="small" onClick={() => void work.refetch()}>{t`Try now`}</Button>}
          />
        </div>
      ) : null}
      <WorkList
        key={`${tab} ${filter}`}
        rows={rows}
        openId={openId}
        team={tab === "team"}
        before={cards.length > 0 ? cards : null}
        empty={
          work.isPending && tab !== "offers" ? (
            <Skeleton shape="rows" count={7} />
          ) : work.isError && !work.data ? null : (
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

function FilterMenu({ filter, onFilter }: { filter: RowFilter; onFilter: (filter: RowFilter) => void }) {
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
        onAct={(id) => onFilter(id as RowFilter)}
        groups={[
          {
            heading: t`Show`,
            entries: FILTERS.map((id) => ({ id, label: words[id], chosen: id === filter })),
          },
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
