import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Remedy, Wallboard } from "#contracts/supervision";
import { asProblem } from "../../shared/api/problem.ts";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { useLiveStatus } from "../../shared/live/use-live.ts";
import { useMay } from "../../shared/session/session.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { useNow } from "../../shared/time/clock.ts";
import { Button } from "../../shared/ui/button.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { Segmented } from "../../shared/ui/tabs.tsx";
import { AlarmBanner } from "./alarm-banner.tsx";
import { BigScreen } from "./big-screen.tsx";
import { ClearCard } from "./clear-card.tsx";
import { ItemsPane } from "./items-pane.tsx";
import { LendDialog } from "./lend-dialog.tsx";
import { lendable } from "./lendable.ts";
import { PeopleStrip } from "./people-strip.tsx";
import { PersonPane } from "./person-pane.tsx";
import { QueuePane } from "./queue-pane.tsx";
import { QueueTable } from "./queue-table.tsx";
import { Tiles } from "./tiles.tsx";
import { useBoardWords } from "./use-board-words.ts";
import { useFreshBoard } from "./use-fresh-board.ts";
import { useSupervision } from "./use-supervision.ts";
import css from "./wallboard-page.module.css";
import { boardQuery, type ItemsOf } from "./wallboard-query.ts";

const HUSH = 15 * 60_000;
type Search = { team?: string; queue?: string; items?: ItemsOf; agent?: string; give?: string };

/** How everything stands: is there trouble, until when, and what would help. `bar` puts things into the bar beside the title. */
export function WallboardPage({ bar }: { bar: (children: ReactNode) => ReactNode }) {
  const { t } = useLingui();
  const { list } = useLists();
  const words = useBoardWords();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Search;
  const second = useNow("second");
  const live = useLiveStatus();
  const manages = useMay("people.manage");
  const assigns = useMay("work.assign");
  const supervision = useSupervision();
  const query = useQuery(boardQuery(search.team));
  const [hushed, setHushed] = useState(0);
  const [big, setBig] = useState(false);
  const [lending, setLending] = useState<{ agentIds: string[]; teamId: string | null } | null>(null);
  const pane = useRef<HTMLElement>(null);
  const people = useRef<HTMLDivElement>(null);
  useFreshBoard();
  const board = query.data;

  const set = (change: Search) =>
    void navigate({ to: ".", search: ((old: Search) => ({ ...old, ...change })) as never, replace: true });
  const NOTHING = { queue: undefined, items: undefined, agent: undefined, give: undefined } as unknown as Search;
  const showItems = (of: ItemsOf, more: Search = {}) => set({ ...NOTHING, ...more, items: of });
  const showQueue = (queue: string) => set({ ...NOTHING, queue });
  const showPerson = (agent: string) => set({ ...NOTHING, agent });
  const close = () => set(NOTHING);

  const queue = board?.queues.find((one) => one.id === search.queue) ?? null;
  const person = board?.people.find((one) => one.agentId === search.agent) ?? null;
  const isOpen = board !== undefined && (search.items !== undefined || queue !== null || person !== null);
  const closeUpQueue = search.items === undefined ? queue : null;
  const giveAll = (queueId: string) => showItems("waiting", { queue: queueId, give: "all" });
  const lendTo = (on: Wallboard, teamId: string) =>
    setLending({
      agentIds: lendable(on.people, teamId)
        .slice(0, 1)
        .map((one) => one.agentId),
      teamId,
    });
  useKeys("screen", [
    { id: "board.big", keys: "f", label: t`Big screen`, group: t`Wallboard`, run: () => setBig(!big) },
    {
      ...{ id: "board.close", keys: "escape", label: t`Close`, group: t`Wallboard`, disabled: !isOpen && !big },
      run: () => (big ? setBig(false) : close()),
    },
    {
      ...{ id: "board.lend", keys: "l", label: t`Lend…`, group: t`Wallboard` },
      disabled: !manages || (!person && !closeUpQueue),
      run: () => {
        if (person) setLending({ agentIds: [person.agentId], teamId: null });
        else if (board && closeUpQueue) lendTo(board, closeUpQueue.teamId);
      },
    },
    {
      ...{ id: "board.give", keys: "a", label: t`Give to…`, group: t`Wallboard` },
      disabled: !assigns || !closeUpQueue || closeUpQueue.waiting === 0,
      run: () => closeUpQueue && giveAll(closeUpQueue.id),
    },
  ]);
  useEffect(() => {
    // Where the pane lies over the page, reading begins in it.
    if (isOpen && matchMedia("(max-width: 1240px)").matches) pane.current?.focus();
  }, [isOpen]);

  if (query.isPending) return <Skeleton shape="cell" count={5} />;
  if (!board)
    return (
      <ProblemNotice
        problem={asProblem(query.error)}
        acts={<Button size="small" onClick={() => void query.refetch()}>{t`Try now`}</Button>}
      />
    );
  if (big) return <BigScreen board={board} now={second} onClose={() => setBig(false)} />;
  const now = Math.max(second, Date.parse(board.at));
  const names = (ids: readonly string[]) =>
    list(board.queues.filter((one) => ids.includes(one.id)).map((one) => one.name));
  const teams = [{ id: "all", label: t`All teams` }, ...board.teams.map((team) => ({ id: team.id, label: team.name }))];
  const lend = (remedy: Remedy) =>
    setLending({
      agentIds: remedy.agents.map((agent) => agent.id),
      teamId: board.queues.find((one) => one.id === remedy.queueId)?.teamId ?? null,
    });
  const itemsTitle = { waiting: t`Waiting`, late: t`Late`, held: t`In hands`, open: t`Answers owed` }[
    search.items ?? "waiting"
  ];
  const within = queue?.name ?? person?.name ?? null;

  return (
    <div className={css.page} data-open={isOpen || undefined}>
      {bar(
        <>
          {board.teams.length > 1 ? (
            <span className="no-phone">
              <Segmented
                label={t`Which floor`}
                tabs={teams}
                chosen={search.team ?? "all"}
                onChoose={(id) => set({ ...NOTHING, team: id === "all" ? (undefined as unknown as string) : id })}
              />
            </span>
          ) : null}
          <span className={`${css.live} no-phone`}>
            {live.state === "offline"
              ? t`Frozen at ${words.time.time(live.since)}`
              : t`${words.time.weekdayTime(now)}. Live`}
          </span>
          <Button look="soft" keys="f" className="no-phone" onClick={() => setBig(true)}>{t`Big screen`}</Button>
        </>,
      )}
      <div className={css.main}>
        {query.isError ? (
          <ProblemNotice
            problem={asProblem(query.error)}
            safe={t`What is shown is as it was at ${words.time.time(board.at)}.`}
            acts={<Button size="small" onClick={() => void query.refetch()}>{t`Try now`}</Button>}
          />
        ) : null}
        {board.overload && hushed < now ? (
          <AlarmBanner
            overload={board.overload}
            queueNames={names(board.overload.queues)}
            onAct={() => showQueue(board.overload?.queues[0] ?? "")}
            onHush={() => setHushed(now + HUSH)}
          />
        ) : null}
        {board.queues.length === 0 ? (
          <EmptyState title={t`There is no queue that you may see`}>
            {t`Whoever manages rights can let you see the work of a queue or a team.`}
          </EmptyState>
        ) : (
          <>
            <Tiles
              board={board}
              now={now}
              onItems={(of) => showItems(of)}
              onQueue={showQueue}
              onPeople={() => {
                people.current?.scrollIntoView({ block: "start" });
                people.current?.querySelector("button")?.focus({ preventScroll: true });
              }}
            />
            <ClearCard board={board} lends={manages} onLend={lend} onPerson={showPerson} />
            <QueueTable
              board={board}
              now={now}
              chosen={search.queue ?? null}
              onChoose={showQueue}
              onItems={(id, of) => showItems(of, { queue: id })}
            />
            <div ref={people}>
              <PeopleStrip board={board} now={now} chosen={search.agent ?? null} onPerson={showPerson} />
            </div>
          </>
        )}
      </div>
      {isOpen ? (
        <aside ref={pane} tabIndex={-1} className={css.pane} aria-label={t`Close up`}>
          {search.items ? (
            <ItemsPane
              key={`${search.items} ${search.queue} ${search.agent} ${search.team}`}
              board={board}
              asked={{ of: search.items, queueId: search.queue, teamId: search.team, agentId: search.agent }}
              title={within ? `${within}: ${itemsTitle}` : itemsTitle}
              supervision={supervision}
              givesAll={search.give === "all"}
              onClose={() => (queue ? showQueue(queue.id) : person ? showPerson(person.agentId) : close())}
            />
          ) : queue ? (
            <QueuePane
              board={board}
              queue={queue}
              supervision={supervision}
              onItems={(of) => showItems(of, { queue: queue.id })}
              onGiveAll={() => giveAll(queue.id)}
              onLend={() => lendTo(board, queue.teamId)}
              onClose={close}
            />
          ) : person ? (
            <PersonPane
              board={board}
              person={person}
              supervision={supervision}
              onItems={() => showItems("held", { agent: person.agentId })}
              onLend={() => setLending({ agentIds: [person.agentId], teamId: null })}
              onClose={close}
            />
          ) : null}
        </aside>
      ) : null}
      {lending ? (
        <LendDialog
          board={board}
          agentIds={lending.agentIds}
          teamId={lending.teamId}
          supervision={supervision}
          onClose={() => setLending(null)}
        />
      ) : null}
    </div>
  );
}
