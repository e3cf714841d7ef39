import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { regionOf, useTimeWords } from "../../shared/time/format.ts";
import css from "./line-chart.module.css";

export type Line = { id: string; name: string; colour: string; values: readonly number[] };
type LineChartProps = {
  /** The whole story as a sentence. */
  sentence: string;
  from: number;
  stepMs: number;
  lines: readonly Line[];
  /** A moment that is marked, with its word. */
  mark?: { at: number; word: string };
  height?: number;
};

const [LEAST, LEFT, RIGHT, TOP, BOTTOM] = [280, 40, 10, 18, 24] as const;
const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Round marks from 0: 1, 2 or 5 times a power of ten. */
export function marksTo(highest: number): number[] {
  const rough = Math.max(1, highest) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough);
  const marks = [0];
  while ((marks.at(-1) ?? 0) < highest || marks.length < 2) marks.push((marks.at(-1) ?? 0) + step);
  return marks;
}

/** Lines over time, as wide as their box, so that words keep their size. Time runs left to right in every script. */
export function LineChart({ sentence, from, stepMs, lines, mark, height = 200 }: LineChartProps) {
  const { i18n } = useLingui();
  const words = useTimeWords();
  const box = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(640);
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 640)));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const day = new Intl.DateTimeFormat(regionOf(i18n.locale, navigator.languages), { day: "numeric", month: "short" });
  const wide = Math.max(LEAST, width);
  const count = Math.max(2, ...lines.map((line) => line.values.length));
  const marks = marksTo(Math.max(1, ...lines.flatMap((line) => line.values)));
  const top = marks.at(-1) ?? 1;
  const x = (place: number) => LEFT + (place / (count - 1)) * (wide - LEFT - RIGHT);
  const y = (value: number) => TOP + (1 - value / top) * (height - TOP - BOTTOM);
  const span = count * stepMs;
  const each = span > 20 * DAY ? 5 * DAY : span > 3 * DAY ? DAY : (span > 20 * HOUR ? 6 : 3) * HOUR;
  const zone = new Date(from).getTimezoneOffset() * 60_000;
  const times: number[] = [];
  for (let at = Math.ceil((from - zone) / each) * each + zone; at < from + span; at += each) {
    const place = x((at - from) / stepMs);
    const last = times.at(-1);
    const apart = last === undefined || place - x((last - from) / stepMs) >= 56;
    if (apart && place >= LEFT + 16 && place <= wide - 24) times.push(at);
  }
  const marked = mark && mark.at >= from && mark.at <= from + span ? x((mark.at - from) / stepMs) : null;
  return (
    <figure ref={box} className={css.figure}>
      <svg
        className={css.chart}
        width={wide}
        height={height}
        viewBox={`0 0 ${wide} ${height}`}
        role="img"
        aria-label={sentence}
      >
        {marks.map((value) => (
          <g key={value}>
            <path className={css.grid} d={`M${LEFT} ${y(value)}H${wide - RIGHT}`} />
            <text x={LEFT - 6} y={y(value) + 4} textAnchor="end">
              {i18n.number(value)}
            </text>
          </g>
        ))}
        {times.map((at) => (
          <text key={at} x={x((at - from) / stepMs)} y={height - 6} textAnchor="middle">
            {each < DAY ? words.time(at) : day.format(at)}
          </text>
        ))}
        {marked !== null && mark ? (
          <>
            <path className={css.mark} d={`M${marked} ${TOP - 4}V${height - BOTTOM}`} />
            <text
              className={css.markWord}
              x={Math.max(LEFT + 2, marked - 5)}
              y={TOP + 6}
              textAnchor={marked > LEFT + 60 ? "end" : "start"}
            >
              {mark.word}
            </text>
          </>
        ) : null}
        {lines.map((line) => (
          <polyline
            key={line.id}
            className={css.line}
            data-colour={line.colour}
            points={line.values.map((value, place) => `${x(place).toFixed(1)},${y(value).toFixed(1)}`).join(" ")}
          />
        ))}
      </svg>
    </figure>
  );
}
