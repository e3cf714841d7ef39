import { useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import type { BoardQueue, EasingView, Wallboard } from "#contracts/supervision";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { Comma } from "../../shared/text/comma.tsx";
import { Bar } from "../../shared/ui/bar.tsx";
import { KeyHint } from "../../shared/ui/key-hint.tsx";
import { useEasingWords } from "./eased-now.tsx";
import { lookOfNet, lookOfShare, lookOfWait } from "./lateness.ts";
import css from "./queue-table.module.css";
import { useBoardWords } from "./use-board-words.ts";
import type { ItemsOf } from "./wallboard-query.ts";

type QueueTableProps = {
  board: Wallboard;
  now: number;
  chosen: string | null;
  onChoose: (queueId: string) => void;
  onItems: (queueId: string, of: ItemsOf) => void;
};

/** Every queue in a line. Arrows choose, Enter opens its items. */
export function QueueTable({ board, now, chosen, onChoose, onItems }: QueueTableProps) {
  const { t } = useLingui();
  const body = useRef<HTMLTableSectionElement>(null);
  const queues = board.queues;
  function step(by: number): void {
    const at = queues.findIndex((queue) => queue.id === chosen);
    const next = queues[at < 0 ? 0 : at + by];
    if (!next) return;
    onChoose(next.id);
    body.current?.querySelector<HTMLElement>(`[data-queue="${next.id}"]`)?.focus();
  }
  useKeys("screen", [
    { id: "queues.next", keys: ["j", "arrowdown"], label: t`Next queue`, group: t`Queues`, run: () => step(1) },
    { id: "queues.before", keys: ["k", "arrowup"], label: t`Queue before`, group: t`Queues`, run: () => step(-1) },
  ]);
  return (
    <section className={css.card} aria-labelledby="board-queues">
      <header className={css.head}>
        <h2 id="board-queues">{t`Queues`}</h2>
        <span className={`${css.hint} no-phone`}>
          <KeyHint keys="arrowup" /> <KeyHint keys="arrowdown" /> {t`choose`}
          <Comma />
          <KeyHint keys="enter" /> {t`its items`}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <section className={css.scroll} aria-label={t`Queues, live`} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t`Queue`}</th>
              <th scope="col" className={css.n}>{t`Wait`}</th>
              <th scope="col" className={css.n}>{t`Longest`}</th>
              <th scope="col">{t`In time, 30 min`}</th>
              <th scope="col" className={css.n}>
                {t({ message: "In an hour", context: "column" })}
              </th>
              <th scope="col" className={css.n} title={t`Stopped waiting: taken, answered, moved or ended`}>
                {t`Served an hour`}
              </th>
              <th scope="col" className={css.n}>{t`Net`}</th>
              <th scope="col" className={css.n}>{t`People`}</th>
              <th scope="col" className={css.n}>{t`Clear`}</th>
            </tr>
          </thead>
          <tbody
            ref={body}
            onKeyDown={(event) => {
              // A button keeps the arrows to itself: here they go on to the next line.
              const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
              if (by === 0) return;
              event.preventDefault();
              step(by);
            }}
          >
            {queues.map((queue) => (
              <QueueLine
                key={queue.id}
                queue={queue}
                easings={board.easings.filter((one) => one.queueId === queue.id)}
                goal={board.inTime.goal}
                now={now}
                chosen={queue.id === chosen}
                onChoose={() => onChoose(queue.id)}
                onItems={(of) => onItems(queue.id, of)}
              />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

type LineProps = {
  queue: BoardQueue;
  easings: readonly EasingView[];
  goal: number;
  now: number;
  chosen: boolean;
  onChoose: () => void;
  onItems: (of: ItemsOf) => void;
};

function QueueLine({ queue, easings, goal, now, chosen, onChoose, onItems }: LineProps) {
  const { t } = useLingui();
  const words = useBoardWords();
  const say = useEasingWords();
  const net = queue.cameHour - queue.servedHour;
  const share = queue.inTime.share;
  const longest = queue.longestSince === null ? null : words.waited(now - Date.parse(queue.longestSince));
  const look = lookOfWait(queue, now);
  return (
    <tr data-chosen={chosen || undefined}>
      <th scope="row">
        <button
          type="button"
          className={css.name}
          data-queue={queue.id}
          aria-pressed={chosen}
          aria-keyshortcuts="Enter"
          onClick={onChoose}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            onItems("waiting");
          }}
        >
          {queue.name}
        </button>
        {queue.open ? null : <span className={css.closed}>{t`closed`}</span>}
        {easings.map((one) => (
          <span key={one.actId} className={css.closed} title={t`until ${words.time.time(one.endsAt)}: ${one.reason}`}>
            {say(one)}
          </span>
        ))}
      </th>
      <td className={css.n}>
        <Count label={t`${queue.name}: what waits`} onOpen={() => onItems("waiting")}>
          {words.number(queue.waiting)}
        </Count>
      </td>
      <td className={css.n}>
        {longest === null ? (
          <span className="mute">–</span>
        ) : (
          <span className={`${css.wait} ${css[look] ?? ""}`}>
            {look === "plain" ? null : <span className={css.pie} aria-hidden="true" />}
            {longest}
          </span>
        )}
      </td>
      <td>
        {share === null ? (
          <span className="mute">{t`nothing due`}</span>
        ) : (
          <span className={css.share} title={t`${queue.inTime.inTime} of ${queue.inTime.of}`}>
            <Bar part={share} width={84} look={lookOfShare(share, goal)} />
            <Count label={t`${queue.name}: what is late`} onOpen={() => onItems("late")}>
              {words.percent(share)}
            </Count>
          </span>
        )}
      </td>
      <td className={css.n}>{words.number(queue.cameHour)}</td>
      <td className={css.n}>{words.number(queue.servedHour)}</td>
      <td className={css.n}>
        <span className={`${css.net} ${css[lookOfNet(queue.cameHour, queue.servedHour)] ?? ""}`}>
          {words.signed(net)}
        </span>
      </td>
      <td className={css.n}>
        <Count label={t`${queue.name}: what is in hands`} onOpen={() => onItems("held")}>
          {words.number(queue.people)}
        </Count>
      </td>
      <td className={`${css.n} ${queue.clear.state === "clear" ? "mute" : "strong"}`}>{words.clear(queue.clear)}</td>
    </tr>
  );
}

function Count({ label, onOpen, children }: { label: string; onOpen: () => void; children: string }) {
  return (
    <button type="button" className={css.number} aria-label={`${children}, ${label}`} onClick={onOpen}>
      {children}
    </button>
  );
}
