import { AlarmChanged, AlarmClosed, AlarmOpened } from "#events/listening";
import { HOUR, type Instant, MINUTE, type Millis } from "#platform/clock";
import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { clearTimer, setTimer, type TimerHandler } from "#platform/timers";
import { decideAlarm, isQuiet, type Stand } from "../domain/alarms/decide-alarm.ts";
import type { Followed, Rise } from "../domain/alarms/follow-series.ts";
import { tellAt } from "../domain/alarms/hush.ts";
import { INTERVAL } from "../domain/alarms/rise-detector.ts";
import { type AlarmParts, isTalk, weighAlarm } from "../domain/alarms/weigh-alarm.ts";
import {
  type Alarm,
  type AlarmRule,
  dropHistory,
  examplesOf,
  lockAlarm,
  lockAlarmsOf,
  partsOf,
  saveAlarm,
} from "../store/alarm-store.ts";
import type { Watch, Watched } from "../store/watch-store.ts";

export const TELL_TIMER = "alarm-tell";
/** The quarter of an hour in which a rise is seen ends with its interval. */
const LED_IN: Millis = 2 * INTERVAL;
const QUARTER = 15;
const EXAMPLES = 6;
/** What history tells is looked at for so long after it began, where it did not end before; and of so many rises at most. */
const HISTORY_LONG: Millis = 12 * HOUR;
const HISTORY_MOST = 12;
/** The longest quiet time that a rule may ask for. */
const LONGEST_QUIET: Millis = 7 * 24 * HOUR;
/** All that is read anew, and a day: of what people were told then is no history. */
const ALL_READ: Millis = 31 * 24 * HOUR;

/** A monitor, and what was just read of its counts. */
export interface ReadOn {
  monitor: Watched;
  rule: AlarmRule;
  watch: Watch;
  read: Followed;
  /** All of the past was read. */
  anew: boolean;
}

/** Opens, refreshes and closes alarms by what was just read; hands back the watches as they stand then. */
export async function settleAlarms(tx: Tx, all: readonly ReadOn[]): Promise<Watch[]> {
  const ids = all.map((one) => one.monitor.id);
  const anew = all.filter((one) => one.anew).map((one) => one.monitor.id);
  if (anew.length > 0) await dropHistory(tx, anew);
  const known = await lockAlarmsOf(tx, ids, tx.now - (anew.length > 0 ? ALL_READ : LONGEST_QUIET));
  const watches: Watch[] = [];
  for (const one of all) {
    const alarms = known.get(one.monitor.id) ?? [];
    const at = { now: tx.now, anew: one.anew, pendingSince: one.watch.pendingSince };
    const stand = decideAlarm(one.read, at, alarms);
    for (const rise of stand.history.slice(-HISTORY_MOST)) await noteHistory(tx, one, rise);
    const standing = alarms.find((a) => a.state !== "closed");
    const pendingSince =
      standing && stand.standing
        ? await goOn(tx, one, standing, stand.standing.over)
        : await openIfTalk(tx, one, stand, alarms);
    watches.push({ ...one.watch, pendingSince });
  }
  return watches;
}

async function partsIn(
  tx: Tx,
  monitorId: string,
  from: Instant,
  to: Instant,
  rise: { expected: number; posts: number; strength: number },
): Promise<AlarmParts> {
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    ...{ from, to, expected: round(rise.expected), seen: rise.posts, strength: round(rise.strength) },
    ...(await partsOf(tx, monitorId, from, to)),
  };
}

async function openIfTalk(tx: Tx, one: ReadOn, stand: Stand, alarms: readonly Alarm[]): Promise<Instant | null> {
  const { rise } = stand;
  const { monitor, rule } = one;
  if (rise === null) return null;
  const from = rise.at - LED_IN;
  const parts = await partsIn(tx, monitor.id, from, tx.now, rise);
  if (!rule.on || !isTalk(parts, rule.leastPosts, rule.leastAuthors)) return rise.at;
  const { severity } = weighAlarm(parts, rule.manyAuthors);
  if (isQuiet(alarms, severity, rule.quietMinutes, tx.now)) return rise.at;
  const alarm: Alarm = {
    ...{ id: uuidv7(tx.now), monitorId: monitor.id, brandId: monitor.brandId, state: "open", severity },
    ...{ beganAt: rise.at, raisedAt: tx.now, tellAt: tellAt(tx.now, rule.hush, severity), overAt: null },
    ...{ closedAt: null, closedBy: null, closeHow: null, closeSays: "", acknowledgedAt: null, acknowledgedBy: null },
    // Of a rise that was too small at first the first quarter of an hour is not at hand any more.
    parts: parts.seen > 0 ? parts : { ...parts, seen: parts.posts },
    ...{ examples: await examplesOf(tx, monitor.id, from, tx.now, EXAMPLES), version: 1 },
  };
  await saveAlarm(tx, alarm);
  await tell(tx, alarm, monitor.name, alarm.tellAt);
  return null;
}

/** People are told now, or when the quiet hours are over. */
async function tell(tx: Tx, alarm: Alarm, monitor: string, at: Instant): Promise<void> {
  if (at > tx.now) {
    await setTimer(tx, TELL_TIMER, alarm.id, at, { monitor });
    changed(tx, alarm);
  } else {
    // Told now, it is not told again when the quiet hours end.
    await clearTimer(tx, TELL_TIMER, alarm.id);
    announceOpened(tx, alarm, monitor);
  }
}

export const tellAlarm: TimerHandler = async (tx, timer) => {
  const alarm = await lockAlarm(tx, timer.ref);
  if (alarm?.state === "open") announceOpened(tx, alarm, String(timer.payload.monitor ?? ""));
};

export const about = (a: Alarm) => ({ key: a.id, entity: "alarm", entityId: a.id, entityVersion: a.version });

function announceOpened(tx: Tx, alarm: Alarm, monitor: string): void {
  const { id: alarmId, monitorId, brandId, severity, parts } = alarm;
  tx.announce(AlarmOpened, {
    ...about(alarm),
    payload: {
      ...{ alarmId, monitorId, monitor, brandId, severity, posts: parts.seen, minutes: QUARTER },
      says: sentence(monitor, parts),
    },
  });
}
function changed(tx: Tx, alarm: Alarm): void {
  const { id: alarmId, monitorId } = alarm;
  tx.announce(AlarmChanged, { ...about(alarm), payload: { alarmId, monitorId, what: "figures", agentId: null } });
}

/** One sentence for whoever is asked away from the screen. */
function sentence(monitor: string, p: AlarmParts): string {
  const judged = p.posts - p.noise;
  const angry = judged >= 10 ? `, ${Math.round((100 * p.negative) / judged)} % angry` : "";
  return `"${monitor}": ${p.seen} posts in ${QUARTER} minutes, ${p.expected} are usual; ${p.authors} people so far${angry}.`;
}

/** The alarm that stands, with the figures of now; closed when it has been calm. */
async function goOn(tx: Tx, one: ReadOn, alarm: Alarm, over: boolean): Promise<null> {
  const { monitor, rule } = one;
  const from = alarm.beganAt - LED_IN;
  const { expected, seen, strength } = alarm.parts;
  const parts = await partsIn(tx, monitor.id, from, tx.now, { expected, posts: seen, strength });
  if (over) {
    const closed: Alarm = {
      ...{ ...alarm, parts, state: "closed", overAt: tx.now, closedAt: tx.now, closeHow: "calm" },
      version: alarm.version + 1,
    };
    await saveAlarm(tx, closed);
    announceClosed(tx, closed, "calm", null);
    return null;
  }
  const severity = Math.max(alarm.severity, weighAlarm(parts, rule.manyAuthors).severity) as Alarm["severity"];
  const worse = severity > alarm.severity;
  const toldAt = tellAt(tx.now, rule.hush, severity);
  if (!worse && parts.posts === alarm.parts.posts) return null;
  const next: Alarm = {
    ...{ ...alarm, parts, severity, version: alarm.version + 1 },
    // What has become grave is not slept over; what was acknowledged is open again when it got worse.
    tellAt: worse ? Math.min(alarm.tellAt, toldAt) : alarm.tellAt,
    state: worse ? "open" : alarm.state,
    examples: await examplesOf(tx, monitor.id, from, tx.now, EXAMPLES),
  };
  await saveAlarm(tx, next);
  if (worse) await tell(tx, next, monitor.name, toldAt);
  else changed(tx, next);
  return null;
}

export function announceClosed(
  tx: Tx,
  alarm: Alarm,
  how: "dealt-with" | "nothing" | "calm",
  agentId: string | null,
): void {
  const { id: alarmId, monitorId } = alarm;
  tx.announce(AlarmClosed, { ...about(alarm), payload: { alarmId, monitorId, how, agentId } });
}

/** A rise of before the monitor was watched, for the record. */
async function noteHistory(tx: Tx, { monitor, rule }: ReadOn, rise: Rise): Promise<void> {
  const from = rise.at - LED_IN;
  const to = Math.min(rise.overAt ?? rise.at + HISTORY_LONG, tx.now);
  const parts = await partsIn(tx, monitor.id, from, to, rise);
  if (!isTalk(parts, rule.leastPosts, rule.leastAuthors)) return;
  await saveAlarm(tx, {
    ...{ id: uuidv7(rise.at), monitorId: monitor.id, brandId: monitor.brandId, state: "closed" },
    ...{ severity: weighAlarm(parts, rule.manyAuthors).severity, beganAt: rise.at, raisedAt: rise.at + 5 * MINUTE },
    ...{ tellAt: rise.at, overAt: rise.overAt, closedAt: to, closedBy: null, closeHow: "history", closeSays: "" },
    ...{ acknowledgedAt: null, acknowledgedBy: null, parts, version: 1 },
    examples: await examplesOf(tx, monitor.id, from, to, EXAMPLES),
  });
}
