import { RiseDetector } from "../domain/alarms/rise-detector.ts";
import { type BacktestArgs, runSubject } from "./command.ts";
import { readCounts, writeRows } from "./rows.ts";

const USAGE = "backtest alarms --in counts.jsonl --out alarms.jsonl";

/** `backtest alarms`: where each series of counts (one row for each five minutes) rises as it usually does not. */
export function run(argv: readonly string[]): Promise<number> {
  return runSubject(argv, USAGE, [], answer);
}

async function answer(args: BacktestArgs): Promise<number> {
  const series = new Map<string, RiseDetector>();
  return writeRows(args.out!, alarms());

  async function* alarms() {
    for await (const row of readCounts(args.in!)) {
      const detector = series.get(row.series) ?? new RiseDetector();
      series.set(row.series, detector);
      const { raised, expected, strength } = detector.next(row.at, row.count);
      if (raised)
        yield {
          series: row.series,
          at: row.said,
          count: row.count,
          expected: Math.round(expected * 10) / 10,
          strength: Math.round(strength * 10) / 10,
        };
    }
  }
}
