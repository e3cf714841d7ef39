import { createHash } from "node:crypto";
import { DAY, HOUR, type Instant, type Millis, SECOND } from "#platform/clock";
import type { Tx } from "#platform/db";
import { hastenTimer, setTimer, type TimerHandler } from "#platform/timers";
import { type ReadOn, settleAlarms } from "../alarms/settle-alarms.ts";
import { followSeries, LEAST_OF, type Slot, slotOf } from "../domain/alarms/follow-series.ts";
import { INTERVAL, RiseDetector } from "../domain/alarms/rise-detector.ts";
import { type AlarmRule, rulesOf, SHIPPED_RULE } from "../store/alarm-store.ts";
import { countAnew, dropCountsBefore, dropLookedBack, firstSlots, miscounted, slotsOf } from "../store/count-store.ts";
import { monitorsToWatch, saveWatches, type Watch, type Watched, watchesOf } from "../store/watch-store.ts";
import { lookBack } from "./look-back.ts";

export const TRENDS_TIMER = "listening-trends";
/** Trends look back so far, and their counts are kept a little longer. */
export const TRENDS_BACK: Millis = 30 * DAY;
const KEPT: Millis = 61 * DAY;
/** What was said just before a slot ended has come by then. */
const GRACE: Millis = 15 * SECOND;
/** What comes later than this is found by its number. */
const LATE: Millis = HOUR;
/** So many monitors in one transaction. */
const AT_ONCE = 200;

/** The account's monitors are followed from now on; a new or changed one within seconds. */
export const followSoon = (tx: Tx): Promise<void> => hastenTimer(tx, TRENDS_TIMER, tx.accountId, tx.now + SECOND);

/**
 * Every five minutes: counts what the monitors caught, reads on in their series, and settles their alarms. Safe to run late and
 * twice: counts are made of the hits, and each series is read on from where it stood.
 */
export const followMonitors: TimerHandler = async (tx, timer) => {
  const after = typeof timer.payload.after === "string" ? timer.payload.after : null;
  const monitors = await monitorsToWatch(tx, after, AT_ONCE);
  if (monitors.length > 0) await follow(tx, monitors);
  const last = monitors.at(-1);
  if (monitors.length === AT_ONCE && last) {
    await setTimer(tx, TRENDS_TIMER, tx.accountId, tx.now, { after: last.id });
    return;
  }
  // Whoever has no monitor is not asked again: the next one that is made begins it.
  if (after === null && monitors.length === 0) return;
  await dropCountsBefore(tx, tx.now - KEPT);
  await setTimer(tx, TRENDS_TIMER, tx.accountId, slotOf(tx.now - GRACE) + INTERVAL + GRACE);
};

const askedOf = (m: Watched): string =>
  createHash("sha256")
    .update(JSON.stringify([m.query, m.accents, m.languages, m.brandId]))
    .digest("base64url")
    .slice(0, 16);

async function follow(tx: Tx, monitors: readonly Watched[]): Promise<void> {
  const ids = monitors.map((m) => m.id);
  const [watches, rules] = await tx.together((round) => Promise.all([watchesOf(round, ids), rulesOf(round, ids)]));
  const to = slotOf(tx.now - GRACE);
  const first = slotOf(tx.now - TRENDS_BACK);
  const changed = monitors.filter((m) => watches.get(m.id)?.asked.split("/")[0] !== askedOf(m));
  if (changed.length > 0) {
    const again = changed.filter((m) => watches.has(m.id)).map((m) => m.id);
    if (again.length > 0) await dropLookedBack(tx, again);
    await lookBack(tx, new Set(changed.map((m) => m.id)), tx.now - 2 * TRENDS_BACK);
  }
  const recent = Math.max(first, Math.min(to - LATE, ...[...watches.values()].map((w) => w.readTo)));
  await countAnew(tx, ids, recent, to + 2 * INTERVAL);
  const late = new Set(await miscounted(tx, ids, first - TRENDS_BACK, to));
  if (late.size > 0) await countAnew(tx, [...late], first - TRENDS_BACK, to);
  const read = await readOn(tx, monitors, watches, rules, late, { first, to });
  await saveWatches(tx, await settleAlarms(tx, read));
}

async function readOn(
  tx: Tx,
  monitors: readonly Watched[],
  watches: ReadonlyMap<string, Watch>,
  rules: ReadonlyMap<string, AlarmRule>,
  late: ReadonlySet<string>,
  { first, to }: { first: Instant; to: Instant },
): Promise<ReadOn[]> {
  const plans = monitors.map((monitor) => {
    const rule = rules.get(monitor.id) ?? SHIPPED_RULE;
    const asked = `${askedOf(monitor)}/${rule.sensitivity}`;
    const before = watches.get(monitor.id);
    const anew = before === undefined || before.asked !== asked || late.has(monitor.id) || before.readTo < first;
    return { monitor, rule, asked, before, anew };
  });
  const anewIds = plans.filter((p) => p.anew).map((p) => p.monitor.id);
  const onIds = plans.filter((p) => !p.anew).map((p) => p.monitor.id);
  const onFrom = Math.min(to, ...plans.flatMap((p) => (p.anew ? [] : (p.before?.readTo ?? to))));
  const begun = anewIds.length > 0 ? await firstSlots(tx, anewIds, first) : new Map<string, Instant>();
  const slots = new Map<string, Slot[]>([
    ...(anewIds.length > 0 ? await slotsOf(tx, anewIds, first, to) : []),
    ...(onIds.length > 0 && onFrom < to ? await slotsOf(tx, onIds, onFrom, to) : []),
  ]);
  return plans.map(({ monitor, rule, asked, before, anew }) => {
    const least = LEAST_OF[rule.sensitivity];
    const detector = anew || !before ? new RiseDetector(least) : RiseDetector.from(before.detector, least);
    const from = anew || !before ? Math.min(to, begun.get(monitor.id) ?? to) : before.readTo;
    const read = followSeries(detector, slots.get(monitor.id) ?? [], from, to);
    const watch: Watch = {
      ...{ monitorId: monitor.id, asked, readTo: Math.max(to, from), detector: detector.state() },
      pendingSince: before?.pendingSince ?? null,
    };
    return { monitor, rule, watch, read, anew };
  });
}
