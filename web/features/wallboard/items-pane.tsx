import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { WorkRow } from "#contracts/desk";
import type { Wallboard } from "#contracts/supervision";
import { asProblem } from "../../shared/api/problem.ts";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { useMay, useSession } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { Deadline } from "../../shared/ui/deadline.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Checkbox } from "../../shared/ui/field.tsx";
import { Menu } from "../../shared/ui/menu.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { GiveDialog } from "./give-dialog.tsx";
import { NoteDialog } from "./note-dialog.tsx";
import css from "./pane.module.css";
import { PaneHead } from "./pane-head.tsx";
import { useBoardWords } from "./use-board-words.ts";
import { asItems, MOST, type Supervision } from "./use-supervision.ts";
import { type ItemsAsked, itemsQuery } from "./wallboard-query.ts";

type ItemsPaneProps = {
  board: Wallboard;
  asked: ItemsAsked;
  title: string;
  supervision: Supervision;
  /** Opened to give all of it away at once. */
  givesAll: boolean;
  onClose: () => void;
};

const PRIORITIES = ["urgent", "high", "normal", "low"] as const;

/** The items behind a number: look into one, or check some and act on all of them. */
export function ItemsPane({ board, asked, title, supervision, givesAll, onClose }: ItemsPaneProps) {
  const { t } = useLingui();
  const words = useBoardWords();
  const navigate = useNavigate();
  const me = useSession().agent;
  const assigns = useMay("work.assign");
  const notes = useMay("note.write");
  const query = useInfiniteQuery(itemsQuery(asked));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const [giving, setGiving] = useState(givesAll);
  const [noted, setNoted] = useState<WorkRow | null>(null);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const shown = new Set(rows.map((row) => row.workItemId));
  const picked = rows.filter((row) => checked.has(row.workItemId));
  const focused = rows[Math.min(at, rows.length - 1)];
  /** What is checked, else the one in focus. */
  const meant = picked.length > 0 ? picked : giving && givesAll ? rows : focused ? [focused] : [];

  const toggle = (id: string) =>
    setChecked((old) => {
      const next = new Set([...old].filter((one) => shown.has(one)));
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const all = () =>
    setChecked(picked.length === rows.length ? new Set() : new Set(rows.slice(0, MOST).map((r) => r.workItemId)));
  function step(by: number): void {
    const next = Math.max(0, Math.min(rows.length - 1, at + by));
    setAt(next);
    list.current?.querySelectorAll<HTMLElement>("[data-item]")[next]?.focus();
  }
  const open = (row: WorkRow | undefined) =>
    row && void navigate({ to: "/desk/$conversationId", params: { conversationId: row.conversationId } });
  const done = () => setChecked(new Set());
  function give(
    to: { kind: "agent"; agentId: string } | { kind: "queue"; queueId: string },
    name: string,
  ): Promise<void> {
    const n = Math.min(meant.length, MOST);
    const given = supervision.act.sendAsync({
      ...{ items: asItems(meant), act: { kind: "give", to } },
      said: t`${plural(n, { one: "# item", other: "# items" })} given to ${name}.`,
    });
    return given.then(() => {
      setGiving(false);
      done();
    });
  }
  function rank(priority: WorkRow["priority"]): void {
    const n = Math.min(meant.length, MOST);
    supervision.act.send({
      ...{ items: asItems(meant), act: { kind: "priority", priority } },
      said: t`${plural(n, { one: "# item is", other: "# items are" })} now: ${words.priorities[priority]}.`,
    });
    done();
  }
  const none = meant.length === 0 || !assigns;
  useKeys("pane", [
    { id: "items.next", keys: ["j", "arrowdown"], label: t`Next item`, group: t`Items`, run: () => step(1) },
    { id: "items.before", keys: ["k", "arrowup"], label: t`Item before`, group: t`Items`, run: () => step(-1) },
    {
      id: "items.check",
      keys: "x",
      label: t`Check`,
      group: t`Items`,
      run: () => focused && toggle(focused.workItemId),
    },
    { id: "items.all", keys: "shift+x", label: t`Check all`, group: t`Items`, run: all },
    { id: "items.look", keys: "o", label: t`Look into it`, group: t`Items`, run: () => open(focused) },
    { id: "items.give", keys: "a", label: t`Give to…`, group: t`Items`, disabled: none, run: () => setGiving(true) },
    {
      ...{ id: "items.mine", keys: "t", label: t`Take over`, group: t`Items`, disabled: none },
      run: () => give({ kind: "agent", agentId: me.id }, me.name),
    },
    {
      id: "items.urgent",
      keys: "u",
      label: t`Make urgent`,
      group: t`Items`,
      disabled: none,
      run: () => rank("urgent"),
    },
    {
      ...{ id: "items.note", keys: "n", label: t`Help by a note`, group: t`Items`, disabled: !focused || !notes },
      run: () => focused && setNoted(focused),
    },
  ]);

  return (
    <>
      <PaneHead title={title} onClose={onClose} />
      <div className={css.bar}>
        {assigns ? (
          <>
            <Checkbox
              checked={rows.length > 0 && picked.length === rows.length}
              mixed={picked.length > 0 && picked.length < rows.length}
              onChange={all}
            >
              <span className="small">{picked.length > 0 ? t`${words.number(picked.length)} checked` : t`All`}</span>
            </Checkbox>
            <Button
              size="small"
              keys="a"
              refused={none ? t`Check some items first.` : null}
              onClick={() => setGiving(true)}
            >{t`Give to…`}</Button>
            <Button
              size="small"
              keys="t"
              refused={none ? t`Check some items first.` : null}
              onClick={() => give({ kind: "agent", agentId: me.id }, me.name)}
            >{t`Take over`}</Button>
            <Menu
              label={t`Priority`}
              onAct={(id) => rank(id as WorkRow["priority"])}
              groups={[{ entries: PRIORITIES.map((id) => ({ id, label: words.priorities[id] })) }]}
            >
              <Button size="small" icon="down">{t`Priority`}</Button>
            </Menu>
          </>
        ) : null}
        {notes ? (
          <Button
            size="small"
            keys="n"
            look="soft"
            refused={focused ? null : t`There is no item.`}
            onClick={() => focused && setNoted(focused)}
          >{t`Note`}</Button>
        ) : null}
      </div>
      {query.isError ? (
        <ProblemNotice
          problem={asProblem(query.error)}
          acts={<Button size="small" onClick={() => void query.refetch()}>{t`Try now`}</Button>}
        />
      ) : null}
      {query.isPending ? <Skeleton shape="rows" count={6} /> : null}
      {query.data && rows.length === 0 ? (
        <EmptyState title={t`Nothing stands behind this number now`} level={3} />
      ) : null}
      <ul
        ref={list}
        onKeyDown={(event) => {
          const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
          if (by === 0) return;
          event.preventDefault();
          step(by);
        }}
      >
        {rows.map((row, place) => (
          <li key={row.workItemId} className={css.line} data-checked={checked.has(row.workItemId) || undefined}>
            {assigns ? (
              <Checkbox
                aria-label={t`Check ${row.customer.name || row.number}`}
                checked={checked.has(row.workItemId)}
                onChange={() => toggle(row.workItemId)}
              >
                {null}
              </Checkbox>
            ) : (
              <span />
            )}
            <button
              type="button"
              className={css.item}
              data-item
              tabIndex={place === Math.min(at, rows.length - 1) ? 0 : -1}
              onFocus={() => setAt(place)}
              onClick={() => open(row)}
            >
              <ChannelMark network={row.mark.network} audience={row.mark.audience} size="small" />
              <span className="clip">
                <bdi className="strong">{row.customer.name || row.customer.handle || row.number}</bdi>{" "}
                <span className="mid">{row.snippet || row.subject}</span>
                <small>
                  {row.owner ? t`${row.owner.name} has it` : row.state === "offered" ? t`held out` : t`waits`},{" "}
                  {words.priorities[row.priority]}
                </small>
              </span>
              <Deadline dueAt={row.clock.dueAt} paused={row.clock.state !== "running"} />
            </button>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <p className={css.more}>
          <Button size="small" look="soft" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t`Show more`}
          </Button>
        </p>
      ) : null}
      {giving && meant.length > 0 ? (
        <GiveDialog
          board={board}
          me={me.id}
          title={t`Give ${plural(Math.min(meant.length, MOST), { one: "# item", other: "# items" })} to`}
          onClose={() => setGiving(false)}
          onGive={give}
        />
      ) : null}
      {noted ? <NoteDialog row={noted} onClose={() => setNoted(null)} /> : null}
    </>
  );
}
