import type { Instant, Millis } from "#platform/clock";
import { stretched } from "../easing.ts";
import type { Priority } from "../model.ts";
import type { TimeKeeper } from "./count-time.ts";
import {
  type ClockAbout,
  type EpisodeClock,
  ended,
  isOver,
  met,
  type News,
  paused,
  reckoned,
  resumed,
  runs,
  type Stretched,
} from "./episode-clock.ts";
import type { ClockKind, PauseCause, Promised, SlaAbout, SlaPolicy } from "./sla-policy.ts";

/** What happened to an episode, as far as its clocks go. */
export type Fact =
  /** An answer is owed since `t0`; `said`: the message with which we heard of it. `exact`: an act of people makes it so, also later than before. */
  | { what: "waits"; t0: Instant; priority: Priority; said: Said | null; exact?: boolean }
  | { what: "answered"; at: Instant }
  /** After an act of people no answer is owed here; `repliedAt`: our last one. */
  | { what: "owes-nothing"; at: Instant; repliedAt: Instant | null }
  | { what: "over"; at: Instant; why: string; kept: boolean }
  | { what: "moved"; queueId: string }
  /** Its conversation after an act of people; `goesOn`: no other episode stands for it, or none any more. */
  | { what: "placed"; conversationId: string; goesOn: boolean }
  | { what: "paused" | "resumed"; cause: PauseCause; at: Instant }
  /** Responses of its queue may take longer from now on, or no more; nothing else of the policy is looked at. */
  | { what: "stretched" }
  /** The policy or a calendar changed, and what is open goes by the new one. */
  | { what: "anew"; priority?: Priority };
export interface Said {
  readonly at: Instant;
  readonly receivedAt: Instant;
  /** How long the network lets us answer it; null: always. */
  readonly windowMs: Millis | null;
}
/** What is decided by: the policy with its version, promises of queues, calendars, and new ids. */
export interface Rules {
  readonly policy: SlaPolicy;
  readonly policyVersion: number;
  promised(about: SlaAbout): Promised;
  time(hours: string): TimeKeeper;
  nextId(): string;
}
export interface Followed {
  clocks: EpisodeClock[];
  news: { clockId: string; news: News }[];
}

/** Why a clock ended whose episode another one goes on for; with an undo it goes on itself. */
export const ABSORBED = "Another episode goes on for it.";

const ELSEWHERE = "What was owed stands in another conversation.";

const rank = (priority: Priority) => ["urgent", "high", "normal", "low"].indexOf(priority);
const isResponse = (clock: EpisodeClock) => clock.kind === "first-response" || clock.kind === "next-response";

/** The clocks of an episode after something happened. The same fact twice changes nothing. */
export function follow(all: readonly EpisodeClock[], about: ClockAbout, fact: Fact, rules: Rules): Followed {
  const news: Followed["news"] = [];
  const each = (change: (clock: EpisodeClock) => EpisodeClock) =>
    all.map((clock) => (isOver(clock) ? clock : change(clock)));
  const time = (clock: EpisodeClock) => rules.time(clock.hours);
  const keep = (clock: EpisodeClock, at: Instant) => {
    const kept = met(clock, at);
    for (const one of kept.news) news.push({ clockId: clock.id, news: one });
    return kept.clock;
  };
  switch (fact.what) {
    case "waits":
      return { clocks: waits(all, about, fact, rules), news };
    case "answered": {
      const clocks = each((clock) => {
        if (clock.kind === "resolution") return paused(clock, "waiting-for-customer", fact.at, time(clock));
        return fact.at >= clock.startedAt ? keep(clock, fact.at) : clock;
      });
      return { clocks, news };
    }
    case "owes-nothing": {
      const { at, repliedAt } = fact;
      const clocks = each((clock) => {
        if (clock.kind === "resolution") return paused(clock, "waiting-for-customer", repliedAt ?? at, time(clock));
        return repliedAt !== null && repliedAt >= clock.startedAt
          ? keep(clock, repliedAt)
          : ended(clock, at, ELSEWHERE);
      });
      return { clocks, news };
    }
    case "over":
      return {
        clocks: each((c) => (fact.kept && c.kind === "resolution" ? keep(c, fact.at) : ended(c, fact.at, fact.why))),
        news,
      };
    case "moved":
      return { clocks: each((clock) => moved(clock, fact.queueId, rules)), news };
    case "placed":
      return { clocks: all.map((clock) => placed(clock, fact, rules)), news };
    case "paused":
      return { clocks: each((clock) => paused(clock, fact.cause, fact.at, time(clock))), news };
    case "resumed":
      return { clocks: each((clock) => resumed(clock, fact.cause, fact.at, time(clock))), news };
    case "stretched":
      return { clocks: each((clock) => stretchedNow(clock, rules)), news };
    case "anew":
      return { clocks: each((clock) => anew({ ...clock, priority: fact.priority ?? clock.priority }, rules)), news };
  }
}

function waits(
  all: readonly EpisodeClock[],
  about: ClockAbout,
  fact: Extract<Fact, { what: "waits" }>,
  rules: Rules,
): EpisodeClock[] {
  const clocks: EpisodeClock[] = [];
  const knownAt = Math.max(fact.t0, fact.said?.receivedAt ?? fact.t0);
  let owed = false;
  for (const clock of all) {
    if (isOver(clock)) {
      // Heard of again: the clock of this wait has run already.
      if (isResponse(clock) && clock.startedAt === fact.t0) owed = true;
      clocks.push(clock);
    } else if (isResponse(clock)) {
      owed = true;
      clocks.push(sooner(askedAgain(clock, fact, knownAt, rules), fact, rules));
    } else if (clock.kind === "resolution")
      clocks.push(
        askedAgain(resumed(clock, "waiting-for-customer", knownAt, rules.time(clock.hours)), fact, knownAt, rules),
      );
    else clocks.push(clock);
  }
  const start = (kind: ClockKind, ms: Millis, over: Partial<EpisodeClock> = {}) =>
    clocks.push(started(kind, ms, { ...about, priority: fact.priority }, { t0: fact.t0, knownAt }, rules, over));
  const promised = rules.promised({ ...about, priority: fact.priority });
  if (!owed) {
    if (all.some(isResponse)) start("next-response", promised.nextResponseMs);
    else start("first-response", promised.firstResponseMs);
  }
  if (promised.resolutionMs !== null && !all.some((clock) => clock.kind === "resolution"))
    start("resolution", promised.resolutionMs);
  return windowed(clocks, about, fact, rules);
}

/** Who says more was not helped by another customer's answer: our own is owed again. */
function askedAgain(
  clock: EpisodeClock,
  { said }: Extract<Fact, { what: "waits" }>,
  knownAt: Instant,
  rules: Rules,
): EpisodeClock {
  const since = clock.pauses.find((pause) => pause.cause === "peer-answer" && pause.to === null)?.from;
  // What was said before that answer and is only heard now tells nothing of it.
  if (!said || since === undefined || said.at <= since) return clock;
  return resumed(clock, "peer-answer", knownAt, rules.time(clock.hours));
}

/** The window counts from what the customer said last; each word opens it anew. */
function windowed(
  clocks: EpisodeClock[],
  about: ClockAbout,
  { said, t0, priority }: Extract<Fact, { what: "waits" }>,
  rules: Rules,
): EpisodeClock[] {
  if (!said || said.windowMs === null) return clocks;
  const open = clocks.find((clock) => clock.kind === "reply-window" && !isOver(clock));
  const targetMs = said.windowMs;
  if (open) {
    if (said.at <= open.startedAt) return clocks;
    const later = { ...open, startedAt: said.at, knownAt: said.receivedAt, targetMs, breachedAt: null };
    const fresh = { ...later, warnings: [{ part: 1, at: null, toldAt: null }] };
    return clocks.map((clock) => (clock === open ? reckoned(fresh, rules.time("plain")) : clock));
  }
  const seen = clocks.some((clock) => clock.kind === "reply-window" && clock.startedAt >= Math.max(said.at, t0));
  if (seen) return clocks;
  const times = { t0: said.at, knownAt: said.receivedAt };
  const more = { hours: "plain", stoppedBy: [], warnings: [{ part: 1, at: null, toldAt: null }] };
  return [...clocks, started("reply-window", targetMs, { ...about, priority }, times, rules, more)];
}

function started(
  kind: ClockKind,
  targetMs: Millis,
  about: ClockAbout,
  { t0, knownAt }: { t0: Instant; knownAt: Instant },
  rules: Rules,
  over: Partial<EpisodeClock>,
): EpisodeClock {
  const { policy, policyVersion } = rules;
  const promised = rules.promised(about);
  const clock: EpisodeClock = {
    ...about,
    ...{ id: rules.nextId(), kind, startedAt: t0, knownAt, targetMs, hours: promised.hours },
    stretch: stretchOf(kind, promised),
    ...{ stoppedBy: policy.pauses[kind === "resolution" ? "resolution" : "response"], pauses: [], dueAt: null },
    ...{ alarmAt: null, warnings: policy.warnAt.map((part) => ({ part, at: null, toldAt: null })), breachedAt: null },
    ...{ metAt: null, endedAt: null, endedWhy: null, policyVersion },
    ...over,
  };
  return reckoned(clock, rules.time(clock.hours));
}

/** More urgent than before, or waiting for longer than we knew: due earlier, never later. */
function sooner(clock: EpisodeClock, fact: Extract<Fact, { what: "waits" }>, rules: Rules): EpisodeClock {
  if (fact.exact) return exactly(clock, fact, rules);
  const startedAt = Math.min(clock.startedAt, fact.t0);
  const urgent = rank(fact.priority) < rank(clock.priority);
  if (startedAt === clock.startedAt && !urgent) return clock;
  const next = { ...clock, startedAt, priority: urgent ? fact.priority : clock.priority };
  return earlier(clock, urgent ? promisedAnew(next, rules) : reckoned(next, rules.time(next.hours)));
}

/** What people put together or took apart is reckoned as if it had always been so. */
function exactly(clock: EpisodeClock, { t0, priority }: Extract<Fact, { what: "waits" }>, rules: Rules): EpisodeClock {
  if (t0 === clock.startedAt && priority === clock.priority) return clock;
  const next = { ...clock, startedAt: t0, knownAt: Math.max(clock.knownAt, t0), priority };
  return toldAgain(
    clock,
    priority === clock.priority ? reckoned(next, rules.time(next.hours)) : promisedAnew(next, rules),
  );
}

function placed(clock: EpisodeClock, fact: Extract<Fact, { what: "placed" }>, rules: Rules): EpisodeClock {
  const { conversationId } = fact;
  const here = clock.conversationId === conversationId ? clock : { ...clock, conversationId };
  if (!fact.goesOn || here.metAt !== null || here.endedWhy !== ABSORBED) return here;
  return reckoned({ ...here, endedAt: null, endedWhy: null }, rules.time(here.hours));
}

/** In another queue: t0 stays, and the due time is never later than before (R6, R16). */
function moved(clock: EpisodeClock, queueId: string, rules: Rules): EpisodeClock {
  if (clock.queueId === queueId) return clock;
  const there = { ...clock, queueId };
  if (clock.kind === "reply-window") return there;
  const next = earlier(clock, promisedAnew(there, rules));
  return { ...next, queueId };
}

const earlier = (was: EpisodeClock, next: EpisodeClock): EpisodeClock =>
  was.dueAt !== null && next.dueAt !== null && next.dueAt > was.dueAt ? was : next;

const stretchOf = (kind: ClockKind, { stretch }: Promised): Stretched | null => {
  if (stretch === null || (kind !== "first-response" && kind !== "next-response")) return null;
  const { percent, until, reason, by, usualMs } = stretch;
  return { percent, until, reason, by, usualMs: kind === "first-response" ? usualMs.first : usualMs.next };
};

/** The target it was told by, longer as long as its queue's is; the same again when that was taken back. */
function stretchedNow(clock: EpisodeClock, rules: Rules): EpisodeClock {
  if (!isResponse(clock)) return clock;
  const usualMs = clock.stretch?.usualMs ?? clock.targetMs;
  const now = stretchOf(clock.kind, rules.promised(clock));
  const targetMs = stretched(usualMs, now);
  if (targetMs === clock.targetMs) return clock;
  const next = { ...clock, targetMs, stretch: now && { ...now, usualMs } };
  return toldAgain(clock, reckoned(next, rules.time(clock.hours)));
}

/** By the policy as it is now, later or earlier. */
function anew(clock: EpisodeClock, rules: Rules): EpisodeClock {
  if (clock.kind === "reply-window") return clock;
  return toldAgain(clock, promisedAnew(clock, rules));
}

/** What was not due by the new time is told when it is. */
function toldAgain(was: EpisodeClock, next: EpisodeClock): EpisodeClock {
  const again = next.alarmAt !== null && was.breachedAt !== null && next.alarmAt > was.breachedAt;
  return again && runs(next) ? { ...next, breachedAt: null } : next;
}

function promisedAnew(clock: EpisodeClock, rules: Rules): EpisodeClock {
  const promised = rules.promised(clock);
  const ms = { "first-response": promised.firstResponseMs, "next-response": promised.nextResponseMs };
  const targetMs = clock.kind === "resolution" ? promised.resolutionMs : ms[clock.kind as keyof typeof ms];
  if (targetMs === null) return ended(clock, clock.startedAt, "The policy promises nothing any more.");
  const { policy, policyVersion } = rules;
  const stoppedBy = policy.pauses[clock.kind === "resolution" ? "resolution" : "response"];
  const warnings = policy.warnAt.map((part) => ({
    ...{ part, at: null },
    toldAt: clock.warnings.find((warning) => warning.part === part)?.toldAt ?? null,
  }));
  const stretch = stretchOf(clock.kind, promised);
  const next = { ...clock, targetMs, stretch, hours: promised.hours, stoppedBy, warnings, policyVersion };
  return reckoned(next, rules.time(promised.hours));
}

/** The earliest of what runs: when the work is due. Null: nothing runs. */
export function dueOf(clocks: readonly EpisodeClock[]): Instant | null {
  const due = clocks.filter(runs).flatMap((clock) => (clock.dueAt === null ? [] : [clock.dueAt]));
  return due.length === 0 ? null : Math.min(...due);
}
