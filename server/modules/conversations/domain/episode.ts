import { DAY, type Instant } from "#platform/clock";
import type { Medium, ReopenWindows } from "./medium.ts";

/** A sender's clock is believed at most this far back (operations reference §7.2). */
export const CLAMP_MS = 7 * DAY;

/** The time a clock may start from: what the network says, clamped to [received − 7 days, received]. */
export function clamp(saidAt: Instant, receivedAt: Instant): Instant {
  return Math.max(receivedAt - CLAMP_MS, Math.min(saidAt, receivedAt));
}

/** One thing that moves the clock of an episode. `waits`: the customer waits for an answer to it. */
export interface Moment {
  id: string;
  who: "customer" | "us" | "other";
  /** When it was said. */
  at: Instant;
  /** When we had it; of our own words when they were written: they may leave later, and may be heard of later still. */
  receivedAt: Instant;
  waits: boolean;
  /** Gone from the network before it was answered. */
  deleted: boolean;
}

export interface Answer {
  id: string;
  at: Instant;
  /** The first reply of the episode. */
  first: boolean;
  /** The oldest message it answers; null when nobody waited. */
  askedId: string | null;
  askedAt: Instant | null;
}

/** The clock of an episode, computed anew from its moments, so that order of arrival, edits and deletes need no cases of their own. */
export interface EpisodeClock {
  unansweredId: string | null;
  unansweredSince: Instant | null;
  firstReplyAt: Instant | null;
  lastReplyAt: Instant | null;
  answers: Answer[];
}

/**
 * A customer's message waits from the time it was said (clamped), but only a reply written after we had it can have answered it:
 * what came late was not seen by whoever answered. Several messages in a turn wait from the first.
 */
export function clockOf(moments: readonly Moment[]): EpisodeClock {
  const clock: EpisodeClock = {
    unansweredId: null,
    unansweredSince: null,
    firstReplyAt: null,
    lastReplyAt: null,
    answers: [],
  };
  const known = (m: Moment) => (m.who === "us" ? Math.min(m.at, m.receivedAt) : m.receivedAt);
  const sorted = moments.toSorted(
    (a, b) => known(a) - known(b) || Number(a.who === "us") - Number(b.who === "us") || (a.id < b.id ? -1 : 1),
  );
  for (const m of sorted) {
    if (m.who === "us") {
      clock.answers.push({
        id: m.id,
        at: m.at,
        first: clock.firstReplyAt === null,
        askedId: clock.unansweredId,
        askedAt: clock.unansweredSince,
      });
      clock.firstReplyAt ??= m.at;
      clock.lastReplyAt = m.at;
      clock.unansweredId = null;
      clock.unansweredSince = null;
    } else if (m.waits && !m.deleted) {
      const since = clamp(m.at, m.receivedAt);
      if (clock.unansweredSince === null || since < clock.unansweredSince) {
        clock.unansweredId = m.id;
        clock.unansweredSince = since;
      }
    }
  }
  return clock;
}

/** The last episode of a conversation, as far as the next message needs it. */
export interface LastEpisode {
  id: string;
  state: "open" | "done";
  doneAt: Instant | null;
}

/** How a conversation stands when a message comes: the word policies use, and what a new episode would reopen. */
export function standing(
  last: LastEpisode | null,
  at: Instant,
  medium: Medium,
  windows: ReopenWindows,
): { episode: "open" | "in-window" | "none"; reopens: string | null } {
  if (last === null) return { episode: "none", reopens: null };
  if (last.state === "open") return { episode: "open", reopens: null };
  // The window of the medium on which the customer comes back counts. What was said before the end, but came after it, is a return too.
  const back = last.doneAt !== null && at <= last.doneAt + windows[medium];
  return back ? { episode: "in-window", reopens: last.id } : { episode: "none", reopens: null };
}

export type EpisodeStep =
  | { do: "open"; reopens: string | null }
  | { do: "continue"; waits: boolean }
  | { do: "answer" }
  | { do: "belong" }
  | { do: "nothing"; why: string };

/** What a placed message does to the work on its conversation. */
export function step(
  now: { episode: "open" | "in-window" | "none"; reopens: string | null },
  m: { role: "customer" | "bystander" | "us" | "bot"; actionable: boolean; thanksOnly: boolean; backfilled: boolean },
): EpisodeStep {
  if (m.backfilled) return { do: "nothing", why: "History opens no work and moves no clock." };
  if (now.episode === "open") {
    if (m.role === "us") return { do: "answer" };
    if (m.role !== "customer") return { do: "belong" };
    return { do: "continue", waits: m.actionable && !m.thanksOnly };
  }
  if (m.role !== "customer") return { do: "nothing", why: "Only a customer's message opens work." };
  if (m.thanksOnly) return { do: "nothing", why: "Thanks open no work." };
  if (!m.actionable) return { do: "nothing", why: "The policy does not ask for an answer." };
  return { do: "open", reopens: now.reopens };
}

/**
 * Until when figures of a done episode are provisional: the longest window of the media (and channels) the customer has used.
 * `windows`: those that count on a channel.
 */
export function windowUntil(
  doneAt: Instant,
  used: readonly { medium: Medium; channelId: string }[],
  windows: (channelId?: string) => ReopenWindows,
): Instant {
  const spans = used.map((u) => windows(u.channelId)[u.medium]);
  return doneAt + (spans.length === 0 ? windows().public : Math.max(...spans));
}
