import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { WorkRow } from "#contracts/desk";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { Pill } from "../../shared/ui/pill.tsx";
import { useHeldRows } from "./use-held-rows.ts";
import { type GroupId, idsInOrder, listEntries, step } from "./work-groups.ts";
import css from "./work-list.module.css";
import { WorkItemRow } from "./work-row.tsx";

/** The conversations that are checked. */
export type Checked = { has: (conversationId: string) => boolean; readonly size: number };

type WorkListProps = {
  rows: readonly WorkRow[];
  openId: string | null;
  checked: Checked;
  onCheck: (rows: readonly WorkRow[], on: boolean) => void;
  /** Rows of others stand here too. */
  team: boolean;
  /** Stands above the rows and scrolls with them: the offer. */
  before?: ReactNode;
  /** Stands below the rows: what waits behind them. */
  after?: ReactNode;
  /** Instead of rows. */
  empty?: ReactNode;
  onOpen: (conversationId: string) => void;
  onFocusRow: (conversationId: string) => void;
  onEnd: () => void;
};

const HEADING = 32;

/** The rows in sight of a list of any length. One tab stop; arrows, J and K go from row to row. */
export function WorkList(props: WorkListProps) {
  const { rows, openId, checked, onCheck, team, before, after, empty, onOpen, onFocusRow, onEnd } = props;
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState({ pointer: false, focus: false });
  const [stop, setStop] = useState<string | null>(null);
  const shown = useHeldRows(rows, {
    held: held.pointer || held.focus,
    keepGone: team,
    atOnce: (id) => id === openId,
  });
  const entries = listEntries(shown.rows);
  const ids = idsInOrder(entries);
  const stopId = stop !== null && ids.includes(stop) ? stop : openId !== null && ids.includes(openId) ? openId : ids[0];

  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (entries[at]?.kind === "heading" ? HEADING : 56),
    getItemKey: (at) => {
      const entry = entries[at]!;
      return entry.kind === "heading" ? entry.group : entry.row.workItemId;
    },
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (entries.length > 0 && last >= entries.length - 5) onEnd();
  }, [last, entries.length, onEnd]);

  function focusRow(id: string | null): void {
    if (id === null) return;
    setStop(id);
    const at = entries.findIndex((entry) => entry.kind === "row" && entry.row.conversationId === id);
    virtual.scrollToIndex(at, { align: "auto" });
    // At once where the row is drawn, so that two quick keys go two rows; else when the list has moved.
    const focus = () => {
      const drawn = scroller.current?.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(id)}"]`);
      drawn?.focus();
      return drawn !== null && drawn !== undefined;
    };
    if (!focus()) requestAnimationFrame(focus);
  }

  const focused = (): string | null =>
    document.activeElement instanceof HTMLElement ? (document.activeElement.dataset.conversation ?? null) : null;
  const move = (by: 1 | -1) => focusRow(step(ids, focused() ?? openId, by));

  const rowOf = (id: string | null) => rows.find((row) => row.conversationId === id);
  function check(by: 1 | -1 | 0): void {
    const from = rowOf(focused());
    if (!from) return;
    if (by === 0) {
      onCheck([from], !checked.has(from.conversationId));
      return;
    }
    const to = rowOf(step(ids, from.conversationId, by));
    onCheck(to ? [from, to] : [from], true);
    move(by);
  }

  useKeys("screen", [
    { id: "list.check", keys: ["space"], label: t`Check the item, or leave it`, group: t`Work`, run: () => check(0) },
    {
      id: "list.check-next",
      keys: ["shift+j"],
      label: t`Check this and the next`,
      group: t`Work`,
      run: () => check(1),
    },
    {
      id: "list.check-before",
      keys: ["shift+k"],
      label: t`Check this and the one before`,
      group: t`Work`,
      run: () => check(-1),
    },
    { id: "list.next", keys: ["j", "arrowdown"], label: t`Next item`, group: t`Work`, run: () => move(1) },
    { id: "list.previous", keys: ["k", "arrowup"], label: t`Previous item`, group: t`Work`, run: () => move(-1) },
    {
      id: "list.open",
      keys: "enter",
      label: t`Open`,
      group: t`Work`,
      disabled: stopId === undefined,
      run: () => stopId && onOpen(stopId),
    },
    {
      id: "list.new",
      keys: ".",
      label: t`Show what is new`,
      group: t`Work`,
      disabled: shown.fresh === 0,
      run: shown.showNew,
    },
  ]);

  function onKeyDown(event: KeyboardEvent): void {
    const to: Record<string, () => void> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Home: () => focusRow(ids[0] ?? null),
      End: () => focusRow(ids.at(-1) ?? null),
    };
    const checks: Record<string, () => void> = {
      ArrowDown: () => check(1),
      ArrowUp: () => check(-1),
      // Outside of the list X is the conversation's.
      X: () => check(0),
      x: () => check(0),
      " ": () => check(0),
    };
    const checking = event.shiftKey || !event.key.startsWith("Arrow");
    const act = focused() === null ? undefined : ((checking ? checks[event.key] : undefined) ?? to[event.key]);
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  return (
    <div className={css.frame} data-checking={checked.size > 0 ? true : undefined}>
      {shown.fresh > 0 ? (
        <div className={css.pill}>
          <Pill keys="." onClick={shown.showNew}>
            {t`${plural(shown.fresh, { one: "# new", other: "# new" })}`}
          </Pill>
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the pointer or the focus is inside. */}
      <div
        className={css.scroll}
        ref={scroller}
        onKeyDown={onKeyDown}
        onPointerEnter={(event) => event.pointerType === "mouse" && setHeld((was) => ({ ...was, pointer: true }))}
        onPointerLeave={() => setHeld((was) => ({ ...was, pointer: false }))}
        onFocus={() => setHeld((was) => ({ ...was, focus: true }))}
        onBlur={(event) =>
          event.currentTarget.contains(event.relatedTarget) || setHeld((was) => ({ ...was, focus: false }))
        }
      >
        {before}
        {entries.length === 0 ? empty : null}
        <ul className={css.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const entry = entries[item.index];
            if (!entry) return null;
            const place = { transform: `translateY(${item.start}px)` };
            if (entry.kind === "heading") {
              return (
                <li
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className={css.at}
                  style={place}
                >
                  <GroupHeading group={entry.group} />
                </li>
              );
            }
            const { row } = entry;
            return (
              <li key={item.key} ref={virtual.measureElement} data-index={item.index} className={css.at} style={place}>
                <WorkItemRow
                  row={row}
                  open={row.conversationId === openId}
                  checked={checked.has(row.conversationId)}
                  stop={row.conversationId === stopId}
                  gone={shown.gone.has(row.workItemId)}
                  showOwner={team}
                  onFocus={(id) => {
                    setStop(id);
                    onFocusRow(id);
                  }}
                />
              </li>
            );
          })}
        </ul>
        {after}
      </div>
    </div>
  );
}

function GroupHeading({ group }: { group: GroupId }) {
  const { t } = useLingui();
  const words = {
    due: t`Due first`,
    approval: t`Waiting for approval`,
    waiting: t`Waiting for the customer`,
    snoozed: t`Snoozed`,
  };
  return <h2 className={css.group}>{words[group]}</h2>;
}
