import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Wallboard } from "#contracts/supervision";
import { useLists } from "../../shared/text/use-lists.ts";
import { type Look, lookOfShare } from "./lateness.ts";
import css from "./tiles.module.css";
import { useBoardWords } from "./use-board-words.ts";
import type { ItemsOf } from "./wallboard-query.ts";

type TilesProps = {
  board: Wallboard;
  now: number;
  onItems: (of: ItemsOf) => void;
  onQueue: (queueId: string) => void;
  onPeople: () => void;
};

/** The five figures that say whether there is trouble. Each opens what it counts. */
export function Tiles({ board, now, onItems, onQueue, onPeople }: TilesProps) {
  const { t } = useLingui();
  const { list } = useLists();
  const words = useBoardWords();
  const { longest, inTime, atWork, room } = board;
  const longestIn = board.queues.find((queue) => queue.id === longest?.queueId);
  const waited = longest ? words.waited(now - Date.parse(longest.since)) : null;
  const [figure, unit] = splitUnit(waited);
  const trouble: Look = board.overload ? "late" : "plain";
  const away = [
    atWork.pausing > 0 ? t`${plural(atWork.pausing, { one: "# pauses", other: "# pause" })}` : "",
    atWork.missing > 0 ? t`${plural(atWork.missing, { one: "# missing", other: "# missing" })}` : "",
  ].filter(Boolean);
  const share = inTime.share === null ? null : Math.round(inTime.share * 100);
  const goal = words.percent(inTime.goal);
  const formula = t`Of the answers given in the last 30 minutes, and those that fell due in them and are owed still: how many were given by their due time. ${inTime.inTime} of ${inTime.of}.`;
  return (
    <dl className={css.tiles}>
      <Tile
        name={t`Wait now`}
        look={trouble}
        onOpen={() => onItems("waiting")}
        sub={board.waitingChange === 0 ? t`as many as 10 min ago` : t`${words.signed(board.waitingChange)} in 10 min`}
      >
        {words.number(board.waiting)}
      </Tile>
      <Tile
        name={t`Longest wait`}
        look={longest?.late ? "late" : "plain"}
        onOpen={longest ? () => onQueue(longest.queueId) : undefined}
        sub={longestIn?.name ?? t`nobody waits`}
      >
        {figure ?? "–"} {unit ? <small>{unit}</small> : null}
      </Tile>
      <Tile
        name={t`In time, last 30 min`}
        look={lookOfShare(inTime.share, inTime.goal)}
        title={formula}
        onOpen={() => onItems("late")}
        sub={inTime.dayShare === null ? t`goal ${goal}` : t`day ${words.percent(inTime.dayShare)}, goal ${goal}`}
      >
        {share ?? "–"} {share === null ? null : <small>%</small>}
      </Tile>
      <Tile
        name={t`At work`}
        look={atWork.here === 0 && board.waiting > 0 ? "late" : "plain"}
        onOpen={onPeople}
        sub={away.length > 0 ? list(away) : t`nobody pauses`}
      >
        {words.number(atWork.here)} <small>{t`of ${words.number(atWork.of)}`}</small>
      </Tile>
      <Tile
        name={t`Room left`}
        look="plain"
        onOpen={() => onItems("held")}
        sub={t`of ${words.units(room.of)}; a post takes 2, a call 10`}
      >
        {words.units(room.free)} <small>{t`units`}</small>
      </Tile>
    </dl>
  );
}

/** "31 min" as figure and unit; "2 h 10" stays one. */
function splitUnit(said: string | null): [string | null, string] {
  const parts = said?.split(" ") ?? [];
  return parts.length === 2 ? [parts[0] ?? null, parts[1] ?? ""] : [said, ""];
}

type TileProps = {
  name: string;
  look: Look;
  sub: string;
  title?: string;
  onOpen: (() => void) | undefined;
  children: ReactNode;
};

function Tile({ name, look, sub, title, onOpen, children }: TileProps) {
  return (
    <div className={`${css.tile} ${css[look] ?? ""}`} title={title}>
      <dt>{name}</dt>
      <dd>
        {onOpen ? (
          <button type="button" className={css.figure} onClick={onOpen}>
            {children}
          </button>
        ) : (
          <span className={css.figure}>{children}</span>
        )}
        <span className={css.sub}>{sub}</span>
      </dd>
    </div>
  );
}
