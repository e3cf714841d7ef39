import { useLingui } from "@lingui/react/macro";
import { useEffect, useId, useRef, useState } from "react";
import type { Wallboard } from "#contracts/supervision";
import css from "./clear-chart.module.css";
import { chartHeight, marksTo } from "./lateness.ts";
import { useBoardWords } from "./use-board-words.ts";

const [LEAST, HIGH, LEFT, TOP, BOTTOM] = [300, 190, 40, 24, 24] as const;

/** Drawn as wide as its box is, so that words keep their size. */
function useWidth() {
  const box = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(640);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 640)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [box, Math.max(LEAST, width)] as const;
}

/** What waited, what waits, and when it clears: a line, a dashed line and the band in which 8 of 10 days lie. */
export function ClearChart({ board }: { board: Wallboard }) {
  const { t } = useLingui();
  const words = useBoardWords();
  const [box, wide] = useWidth();
  const clip = useId();
  const points = board.history.map((p) => ({ at: Date.parse(p.at), waiting: p.waiting }));
  const ahead = board.forecast.map((p) => ({ ...p, at: Date.parse(p.at) }));
  const now = Date.parse(board.at);
  const [first, last] = [points[0]?.at ?? now, ahead.at(-1)?.at ?? now + 1];
  const marks = marksTo(
    chartHeight(
      [board.waiting, ...points.map((p) => p.waiting)],
      ahead.map((p) => p.waiting),
      ahead.map((p) => p.high),
    ),
  );
  const top = marks.at(-1) as number;
  const x = (at: number) => LEFT + ((at - first) / Math.max(1, last - first)) * (wide - LEFT - 8);
  const y = (waiting: number) => TOP + (1 - waiting / top) * (HIGH - TOP - BOTTOM);
  const line = (list: readonly { at: number; waiting: number }[]) =>
    list.map((p) => `${x(p.at).toFixed(1)},${y(p.waiting).toFixed(1)}`).join(" ");
  const band = [
    ...ahead.map((p) => `${x(p.at).toFixed(1)},${y(p.high).toFixed(1)}`),
    ...ahead.toReversed().map((p) => `${x(p.at).toFixed(1)},${y(p.low).toFixed(1)}`),
  ].join(" ");
  const clears = board.clear.state === "clears" ? Date.parse(board.clear.at) : null;
  let written = Number.NEGATIVE_INFINITY;
  const hours = hoursBetween(first, last).filter((at) => {
    const near = Math.abs(x(at) - x(now)) <= 44 || (clears !== null && Math.abs(x(at) - x(clears)) <= 72);
    if (near || x(at) - written < 52) return false;
    written = x(at);
    return true;
  });
  const kept = board.overload?.kept ?? null;
  const range =
    board.clear.state === "clears"
      ? board.clear.to === null
        ? t`between ${words.time.time(board.clear.from)} and later than can be told`
        : t`between ${words.time.time(board.clear.from)} and ${words.time.time(board.clear.to)}`
      : null;
  const sentence = `${t`${board.waiting} wait at ${words.time.time(board.at)}.`} ${words.clearSentence(board.clear)}${range ? `, ${range}` : ""}.`;
  return (
    <figure ref={box} className={css.figure}>
      <svg
        className={css.chart}
        width={wide}
        height={HIGH}
        viewBox={`0 0 ${wide} ${HIGH}`}
        role="img"
        aria-label={sentence}
      >
        {marks.map((mark) => (
          <g key={mark}>
            <path className={css.grid} d={`M${LEFT} ${y(mark)}H${wide - 8}`} />
            <text x={LEFT - 6} y={y(mark) + 4} textAnchor="end">
              {words.number(mark)}
            </text>
          </g>
        ))}
        <clipPath id={clip}>
          <rect x={LEFT} y={TOP - 2} width={wide - LEFT} height={HIGH - TOP - BOTTOM + 4} />
        </clipPath>
        <polygon className={css.band} points={band} clipPath={`url(#${clip})`} />
        {kept !== null && kept < top && kept > 0 ? (
          <>
            <path className={css.kept} d={`M${LEFT} ${y(kept)}H${wide - 8}`} />
            <text className={css.keptWord} x={LEFT + 4} y={y(kept) - 5}>
              {t`${words.number(kept)}: kept in time`}
            </text>
          </>
        ) : null}
        <polyline className={css.line} points={line(points)} />
        <polyline className={css.ahead} points={line(ahead)} clipPath={`url(#${clip})`} />
        <path className={css.now} d={`M${x(now)} ${TOP - 6}V${HIGH - BOTTOM}`} />
        <text className={css.strong} x={x(now) - 6} y={TOP - 8} textAnchor={x(now) > 80 ? "end" : "start"}>
          {t`${words.number(board.waiting)} now`}
        </text>
        {clears !== null && clears <= last ? (
          <>
            <circle className={css.point} cx={x(clears)} cy={y(0)} r="4.5" />
            <text
              className={css.strong}
              x={Math.min(x(clears), wide - 34)}
              y={HIGH - 6}
              textAnchor="middle"
            >{t`clear ${words.time.time(clears)}`}</text>
          </>
        ) : null}
        {hours.map((at) => (
          <text key={at} x={Math.max(x(at), LEFT + 4)} y={HIGH - 6} textAnchor="middle">
            {words.time.time(at)}
          </text>
        ))}
        {clears === null || Math.abs(x(now) - x(clears)) > 84 ? (
          <text x={x(now)} y={HIGH - 6} textAnchor="middle">
            {words.time.time(now)}
          </text>
        ) : null}
      </svg>
    </figure>
  );
}

/** Whole hours inside a span; every second one of a long span. */
function hoursBetween(from: number, to: number): number[] {
  const step = to - from > 8 * 3_600_000 ? 7_200_000 : to - from > 3 * 3_600_000 ? 3_600_000 : 1_800_000;
  const hours: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) hours.push(at);
  return hours;
}
