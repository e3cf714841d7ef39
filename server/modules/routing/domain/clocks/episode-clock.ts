import type { Instant, Millis } from "#platform/clock";
import type { MediumClassName } from "../medium-class.ts";
import type { Priority } from "../model.ts";
import { dueWith, type Span, type TimeKeeper } from "./count-time.ts";
import type { ClockKind, PauseCause } from "./sla-policy.ts";

export interface Pause extends Span {
  readonly cause: PauseCause;
}
export interface Warning {
  /** Of the target; 1 for a reply window: the last quarter of an hour. */
  readonly part: number;
  readonly at: Instant | null;
  readonly toldAt: Instant | null;
}
/** What a clock is about: what the policy asks for, and where its news go. */
export interface ClockAbout {
  readonly episodeId: string;
  readonly conversationId: string;
  readonly queueId: string;
  readonly brandId: string;
  readonly priority: Priority;
  readonly medium: MediumClassName;
  readonly crisis: boolean;
}
/** A target that may take longer for a time: per cent of the usual, and who said so why. */
export interface Stretched {
  readonly usualMs: Millis;
  readonly percent: number;
  readonly until: Instant;
  readonly reason: string;
  readonly by: string;
}
/** One promise to one customer: how long it may take, how much of it has run, and what came of it. */
export interface EpisodeClock extends ClockAbout {
  readonly id: string;
  readonly kind: ClockKind;
  /** From when the customer waits. */
  readonly startedAt: Instant;
  /** When we heard of it: alarms count from here, figures from `startedAt` (operations.md §7.2). */
  readonly knownAt: Instant;
  readonly targetMs: Millis;
  /** Null: the target is the usual one. */
  readonly stretch?: Stretched | null;
  /** A calendar's id, or "plain". */
  readonly hours: string;
  readonly stoppedBy: readonly PauseCause[];
  readonly pauses: readonly Pause[];
  /** By the customer's time; null while it stands still. For a reply window a quarter of an hour before its end. */
  readonly dueAt: Instant | null;
  /** When it is told that the promise was broken. For a reply window its end. */
  readonly alarmAt: Instant | null;
  readonly warnings: readonly Warning[];
  readonly breachedAt: Instant | null;
  readonly metAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly endedWhy: string | null;
  readonly policyVersion: number;
}

/** Reply windows are due this long before they close (operations.md §6). */
export const WINDOW_RESERVE_MS: Millis = 15 * 60_000;

export const isOver = (clock: EpisodeClock) => clock.metAt !== null || clock.endedAt !== null;
export const isPaused = (clock: EpisodeClock) => !isOver(clock) && clock.pauses.some((pause) => pause.to === null);
export const runs = (clock: EpisodeClock) => !isOver(clock) && !isPaused(clock);

/** Its instants anew, from its target, its pauses and its hours. What was told stays told. */
export function reckoned(clock: EpisodeClock, time: TimeKeeper): EpisodeClock {
  const { startedAt, targetMs, pauses } = clock;
  if (clock.kind === "reply-window") {
    const end = startedAt + targetMs;
    const dueAt = Math.max(startedAt, end - WINDOW_RESERVE_MS);
    return { ...clock, dueAt, alarmAt: end, warnings: clock.warnings.map((w) => ({ ...w, at: dueAt })) };
  }
  const heard = Math.max(startedAt, clock.knownAt);
  return {
    ...clock,
    dueAt: dueWith(startedAt, targetMs, pauses, time),
    alarmAt: dueWith(heard, targetMs, pauses, time),
    warnings: clock.warnings.map((w) => ({ ...w, at: dueWith(heard, Math.round(targetMs * w.part), pauses, time) })),
  };
}

/** When something of it is to be told next; null when nothing is. */
export function nextNews(clock: EpisodeClock): Instant | null {
  if (!runs(clock)) return null;
  const times = clock.warnings.flatMap((w) => (w.toldAt === null && w.at !== null ? [w.at] : []));
  if (clock.breachedAt === null && clock.alarmAt !== null) times.push(clock.alarmAt);
  return times.length === 0 ? null : Math.min(...times);
}

export type News = { what: "warned"; part: number; at: Instant } | { what: "breached"; at: Instant };

/** What has come due of a clock that runs. Late, twice and after a restart each is told once; who is told of the breach is not warned of it. */
export function comeDue(clock: EpisodeClock, now: Instant): { clock: EpisodeClock; news: News[] } {
  if (!runs(clock)) return { clock, news: [] };
  const breached = clock.breachedAt === null && clock.alarmAt !== null && clock.alarmAt <= now;
  const due = clock.warnings.filter((w) => w.toldAt === null && w.at !== null && w.at <= now);
  if (!breached && due.length === 0) return { clock, news: [] };
  const silent = breached || clock.breachedAt !== null;
  const last = silent ? null : due.reduce((a, b) => (a.part > b.part ? a : b));
  const warnings = clock.warnings.map((w) => (due.includes(w) ? { ...w, toldAt: now } : w));
  const news: News[] = last ? [{ what: "warned", part: last.part, at: last.at as Instant }] : [];
  if (breached) news.push({ what: "breached", at: clock.alarmAt as Instant });
  return { clock: { ...clock, warnings, breachedAt: breached ? clock.alarmAt : clock.breachedAt }, news };
}

/** The promise is kept or over. One that was kept after its alarm, before anybody was told, is told now. */
export function met(clock: EpisodeClock, at: Instant): { clock: EpisodeClock; news: News[] } {
  const over = { ...clock, pauses: closed(clock.pauses, at), metAt: Math.max(at, clock.startedAt) };
  const late = runs(clock) && clock.breachedAt === null && clock.alarmAt !== null && clock.alarmAt < at;
  if (!late) return { clock: over, news: [] };
  return { clock: { ...over, breachedAt: clock.alarmAt }, news: [{ what: "breached", at: clock.alarmAt as Instant }] };
}

/** Nothing is owed any more. */
export function ended(clock: EpisodeClock, at: Instant, why: string): EpisodeClock {
  return { ...clock, pauses: closed(clock.pauses, at), endedAt: Math.max(at, clock.startedAt), endedWhy: why };
}

const closed = (pauses: readonly Pause[], at: Instant): Pause[] =>
  pauses.map((pause) => (pause.to === null ? { ...pause, to: Math.max(at, pause.from) } : pause));

/** It stands still from `at`, where its policy names the cause. */
export function paused(clock: EpisodeClock, cause: PauseCause, at: Instant, time: TimeKeeper): EpisodeClock {
  const stands = clock.pauses.some((pause) => pause.to === null && pause.cause === cause);
  if (isOver(clock) || stands || !clock.stoppedBy.includes(cause)) return clock;
  const from = Math.max(at, clock.startedAt);
  return reckoned({ ...clock, pauses: [...clock.pauses, { from, to: null, cause }] }, time);
}

export function resumed(clock: EpisodeClock, cause: PauseCause, at: Instant, time: TimeKeeper): EpisodeClock {
  if (isOver(clock) || !clock.pauses.some((pause) => pause.to === null && pause.cause === cause)) return clock;
  const pauses = clock.pauses.map((p) => (p.to === null && p.cause === cause ? { ...p, to: Math.max(at, p.from) } : p));
  return reckoned({ ...clock, pauses }, time);
}
