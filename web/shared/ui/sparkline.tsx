import css from "./sparkline.module.css";

type SparklineProps = {
  /** In time order; null is a gap. */
  values: readonly (number | null)[];
  /** The whole story as a sentence: "First reply fell from 18 to 13 minutes in seven days". */
  sentence: string;
  width?: number;
  height?: number;
};

export type Point = { x: number; y: number };

/** Points of the line in a box, one list per unbroken run; a flat row of equal values lies in the middle. */
export function sparkRuns(values: readonly (number | null)[], width: number, height: number): Point[][] {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (known.length === 0) return [];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const stepX = values.length > 1 ? width / (values.length - 1) : 0;
  const runs: Point[][] = [];
  let run: Point[] = [];
  values.forEach((value, place) => {
    if (value === null || !Number.isFinite(value)) {
      if (run.length > 0) runs.push(run);
      run = [];
      return;
    }
    const share = high === low ? 0.5 : (value - low) / (high - low);
    run.push({ x: round(place * stepX), y: round(height - share * height) });
  });
  if (run.length > 0) runs.push(run);
  return runs;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A small line with a dot on its last value. Time runs left to right in every script. */
export function Sparkline({ values, sentence, width = 72, height = 18 }: SparklineProps) {
  const runs = sparkRuns(values, width, height);
  const last = runs.at(-1)?.at(-1);
  return (
    <svg
      className={css.spark}
      width={width + 8}
      height={height + 8}
      viewBox={`-4 -4 ${width + 8} ${height + 8}`}
      role="img"
      aria-label={sentence}
    >
      {runs.map((run) => (
        <polyline key={run[0]?.x} points={run.map((point) => `${point.x},${point.y}`).join(" ")} />
      ))}
      {last ? <circle cx={last.x} cy={last.y} r="2.2" /> : null}
    </svg>
  );
}
