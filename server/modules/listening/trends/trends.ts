import type { z } from "zod";
import { monitorColours } from "#contracts/monitors";
import type { trends } from "#contracts/trends";
import { iso, MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { changeOf, FEW, shareOf } from "../domain/trends/shares.ts";
import { type Span, stepsOf } from "../domain/trends/spans.ts";
import { type CountedStep, countedSteps } from "../store/count-store.ts";
import { heardBetween } from "../store/heard-store.ts";
import { findMonitors, type Monitor } from "../store/monitor-store.ts";

/** So many lines can be told apart. */
const SHOWN = 12;

/** What monitors caught over a span, beside the span before it. `chosen`: null takes the busiest. */
export async function trendsOf(
  tx: Tx,
  span: Span,
  chosen: readonly string[] | null,
  reads: (m: Monitor) => boolean,
): Promise<z.input<typeof trends>> {
  const { from, to, step, count } = stepsOf(span, tx.now);
  const before = from - (to - from);
  const all = (await findMonitors(tx)).filter((m) => reads(m) && (chosen === null || chosen.includes(m.id)));
  const ids = all.map((m) => m.id);
  const [steps, heard] = await tx.together((round) =>
    Promise.all([countedSteps(round, ids, before, to, step), heardBetween(round, from, to)]),
  );
  const byMonitor = Map.groupBy(steps, (one) => one.monitorId);
  const figures = all.map((monitor) => {
    const own = byMonitor.get(monitor.id) ?? [];
    const now = own.filter((one) => one.step >= count);
    return { monitor, own, now: sums(now), was: sums(own.filter((one) => one.step < count)) };
  });
  const shown = (
    chosen === null ? figures.toSorted((a, b) => b.now.posts - a.now.posts).slice(0, SHOWN) : figures
  ).sort((a, b) => figures.indexOf(a) - figures.indexOf(b));
  const judged = shown.reduce((sum, one) => sum + one.now.judged, 0);
  const judgedBefore = shown.reduce((sum, one) => sum + one.was.judged, 0);
  return {
    ...{ at: iso(tx.now), span, from: iso(from), to: iso(to), stepMinutes: step / MINUTE, heard },
    more: figures.length - shown.length,
    monitors: shown.map(({ monitor, own, now, was }) => {
      const series = Array.from({ length: count }, () => 0);
      const negatives = [...series];
      for (const one of own) {
        const place = one.step - count;
        if (place < 0 || place >= count) continue;
        series[place] = one.posts;
        negatives[place] = one.negative;
      }
      const { id, name, on, brandId } = monitor;
      return {
        ...{ id, name, on, brandId, series, negatives, posts: now.posts, before: was.posts },
        colour: monitorColours.find((one) => one === monitor.colour) ?? "grey",
        change: changeOf(now.posts, was.posts),
        ...{ negative: now.negative, positive: now.positive, noise: now.noise },
        negativeShare: shareOf(now.negative, now.judged),
        negativeBefore: shareOf(was.negative, was.judged),
        voice: shown.length > 1 && judged >= FEW ? shareOf(now.judged, judged) : null,
        voiceBefore: shown.length > 1 && judgedBefore >= FEW ? shareOf(was.judged, judgedBefore) : null,
      };
    }),
  };
}

function sums(steps: readonly CountedStep[]) {
  const of = (key: "posts" | "negative" | "positive" | "noise") => steps.reduce((sum, one) => sum + one[key], 0);
  const [posts, noise] = [of("posts"), of("noise")];
  return { posts, noise, negative: of("negative"), positive: of("positive"), judged: posts - noise };
}
