import { z } from "zod";
import { defineSetting, settingOf } from "#modules/company";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { definitionOf, type FigureKey, figures } from "./domain/figures.ts";
import type { Filter } from "./store/fact-store.ts";
import { type Measured, measure, type Point } from "./store/figure-store.ts";

export const reportZone = defineSetting({
  key: "insights.zone",
  schema: z.string().min(1).max(60),
  fallback: "Europe/London",
  perBrand: false,
  describe: "The time zone in which a day of the reports begins",
});

export interface Figure extends Measured {
  key: FigureKey;
  before: number | null;
  series: Point[];
  settled: boolean;
  provisionalUntil: Instant | null;
}

/** The time zone in which a day of the reports begins. */
export async function zoneOf(tx: Tx): Promise<string> {
  return (await settingOf(tx, reportZone)).value;
}

/** The span before; one that still runs is held against an equally long part of it. */
export function spanBefore(f: Filter, now: Instant): Filter {
  const length = f.to - f.from;
  return { ...f, from: f.from - length, to: Math.min(f.to, Math.max(now, f.from)) - length };
}

/** All figures of a span of time beside the same span before it. */
export async function figuresOf(tx: Tx, f: Filter): Promise<{ zone: string; figures: Figure[] }> {
  const zone = await zoneOf(tx);
  const earlier = spanBefore(f, tx.now);
  const out: Figure[] = [];
  for (const { key } of figures) {
    const definition = definitionOf(key);
    const now = await measure(tx, key, definition.measure, f, zone);
    const before = await measure(tx, key, definition.measure, earlier, zone);
    // A figure that a reopen may still move is provisional until the last window of its rows has passed.
    const provisional = definition.restated && now.provisionalUntil !== null && now.provisionalUntil > tx.now;
    const running = f.to > tx.now;
    out.push({
      ...now,
      key,
      before: before.value,
      settled: !provisional && !running,
      provisionalUntil: provisional ? now.provisionalUntil : running ? f.to : null,
    });
  }
  return { zone, figures: out };
}
