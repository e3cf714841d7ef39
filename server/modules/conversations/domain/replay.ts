import type { Instant, Millis } from "#platform/clock";
import { bursts } from "./bursts.ts";
import { type LastEpisode, standing } from "./episode.ts";
import type { Medium } from "./medium.ts";
import { burstGapOn, reopenWindowsOn, type Windows } from "./windows.ts";

/** One thing said in a conversation, as its placement tells it. */
export interface ReplayWord {
  id: string;
  at: Instant;
  who: "customer" | "us" | "other";
  medium: Medium;
  channelId: string;
  audience: "public" | "private";
  /** The policy asked for an answer: such a message opens work when none is open. */
  asks: boolean;
  /** Of imported history: there silence, too, ends work that was answered. */
  backfilled: boolean;
}

/** Somebody ended the work then. */
export interface ReplayEnd {
  at: Instant;
}

/** A stretch of work under some windows. */
export interface ReplayEpisode {
  openedBy: string;
  openedAt: Instant;
  medium: Medium;
  channelId: string;
  /** It counts as the last one come back. */
  reopens: boolean;
  /** Since the one before it ended; null for the first. */
  afterMs: Millis | null;
  /** Null while it is open. */
  doneAt: Instant | null;
}

export interface Replayed {
  episodes: ReplayEpisode[];
  /** When each burst began. */
  bursts: Instant[];
}

/**
 * What the same words and ends come to under these windows. What the policy said of each message stays as it was said then; only what
 * counts as one is counted anew.
 */
export function replay(words: readonly ReplayWord[], ends: readonly ReplayEnd[], windows: Windows): Replayed {
  const found = bursts(
    words.map((w) => ({
      id: w.id,
      at: w.at,
      medium: `${w.channelId}/${w.audience}`,
      gapMs: burstGapOn(windows, w.medium, w.channelId),
    })),
  );
  return { episodes: episodes(words, ends, windows), bursts: found.map((b) => b.from) };
}

interface Going extends ReplayEpisode {
  waits: boolean;
  lastAt: Instant;
  /** All of it is history so far. */
  past: boolean;
}

function episodes(words: readonly ReplayWord[], ends: readonly ReplayEnd[], windows: Windows): ReplayEpisode[] {
  const done: ReplayEpisode[] = [];
  let open: Going | null = null;
  const close = (at: Instant) => {
    if (open) done.push(strip(open, at));
    open = null;
  };
  for (const step of inOrder(words, ends)) {
    if (!("who" in step)) {
      close(step.at);
      continue;
    }
    if (open && isOver(open, step, windows)) close((open as Going).lastAt);
    const now: Going | null = open;
    if (now) hear(now, step);
    else if (step.who === "customer" && step.asks) open = begin(done.at(-1) ?? null, step, windows);
  }
  const last = open as Going | null;
  // History left open was over with its last word; work that goes on goes on.
  if (last) done.push(strip(last, last.past ? last.lastAt : null));
  return done;
}

function inOrder(words: readonly ReplayWord[], ends: readonly ReplayEnd[]): (ReplayWord | ReplayEnd)[] {
  const id = (s: ReplayWord | ReplayEnd) => ("who" in s ? s.id : "");
  const rank = (s: ReplayWord | ReplayEnd) => ("who" in s ? 0 : 1);
  return [...words, ...ends].sort(
    (a, b) => a.at - b.at || rank(a) - rank(b) || (id(a) < id(b) ? -1 : id(a) > id(b) ? 1 : 0),
  );
}

function isOver(open: Going, word: ReplayWord, windows: Windows): boolean {
  if (!open.past || open.waits || word.who !== "customer") return false;
  return word.at > open.lastAt + reopenWindowsOn(windows, word.channelId)[word.medium];
}

function hear(open: Going, word: ReplayWord): void {
  open.lastAt = word.at;
  open.past &&= word.backfilled;
  if (word.who === "us") open.waits = false;
  else if (word.who === "customer" && word.asks) open.waits = true;
}

function begin(before: ReplayEpisode | null, word: ReplayWord, windows: Windows): Going {
  const last: LastEpisode | null = before && { id: before.openedBy, state: "done", doneAt: before.doneAt };
  const stood = standing(last, word.at, word.medium, reopenWindowsOn(windows, word.channelId));
  return {
    ...{ openedBy: word.id, openedAt: word.at, medium: word.medium, channelId: word.channelId },
    reopens: stood.reopens !== null,
    afterMs: before?.doneAt == null ? null : word.at - before.doneAt,
    doneAt: null,
    ...{ waits: true, lastAt: word.at, past: word.backfilled },
  };
}

function strip({ waits: _, lastAt: __, past: ___, ...episode }: Going, doneAt: Instant | null): ReplayEpisode {
  return { ...episode, doneAt };
}

/** How a conversation differs under two kinds of windows, by the message that makes the difference. */
export interface ReplayChange {
  /** `return`: a new contact or the last one come back; `episode`: one stretch of work or two. */
  what: "return" | "episode";
  /** Joined: it would be one where it is two; parted: the other way round. */
  how: "joined" | "parted";
  messageId: string;
  at: Instant;
  medium: Medium;
  channelId: string;
  afterMs: Millis | null;
}

/** What was opened from `from` until before `to`, one against the other. */
export function changesBetween(before: Replayed, after: Replayed, from: Instant, to: Instant): ReplayChange[] {
  const was = new Map(before.episodes.map((e) => [e.openedBy, e]));
  const would = new Map(after.episodes.map((e) => [e.openedBy, e]));
  const changes: ReplayChange[] = [];
  const add = (what: ReplayChange["what"], how: ReplayChange["how"], e: ReplayEpisode) => {
    if (e.openedAt < from || e.openedAt >= to) return;
    const { openedBy: messageId, openedAt: at, medium, channelId, afterMs } = e;
    changes.push({ what, how, messageId, at, medium, channelId, afterMs });
  };
  for (const e of before.episodes) if (!would.has(e.openedBy)) add("episode", "joined", e);
  for (const e of after.episodes) {
    const old = was.get(e.openedBy);
    if (!old) add("episode", "parted", e);
    else if (e.reopens !== old.reopens) add("return", e.reopens ? "joined" : "parted", e);
  }
  return changes.sort((a, b) => a.at - b.at || (a.messageId < b.messageId ? -1 : 1));
}

/** The figures that windows move, over any number of conversations. Shares are made by whoever shows them. */
export interface ReplayFigures {
  conversations: number;
  /** Stretches of work that began in the time. */
  episodes: number;
  /** Of them those that came back inside the window. */
  returns: number;
  /** Stretches that ended in the time. */
  done: number;
  /** Of them those that did not come back. */
  settled: number;
  /** Conversations whose first stretch ended in the time. */
  firstContacts: number;
  /** Of them those that did not come back. */
  firstSettled: number;
  bursts: number;
}

export const NO_FIGURES: ReplayFigures = {
  ...{ conversations: 0, episodes: 0, returns: 0, done: 0, settled: 0, firstContacts: 0, firstSettled: 0, bursts: 0 },
};

/** Adds a conversation to the figures of a span of time. */
export function addFigures(sum: ReplayFigures, of: Replayed, from: Instant, to: Instant): ReplayFigures {
  const inside = (at: Instant | null) => at !== null && at >= from && at < to;
  const opened = of.episodes.filter((e) => inside(e.openedAt));
  const ended = of.episodes
    .map((e, i) => ({ e, back: of.episodes[i + 1]?.reopens === true }))
    .filter((x) => inside(x.e.doneAt));
  const first = ended.find((x) => x.e === of.episodes[0]);
  const began = of.bursts.filter(inside).length;
  return {
    conversations: sum.conversations + (opened.length > 0 ? 1 : 0),
    episodes: sum.episodes + opened.length,
    returns: sum.returns + opened.filter((e) => e.reopens).length,
    done: sum.done + ended.length,
    settled: sum.settled + ended.filter((x) => !x.back).length,
    firstContacts: sum.firstContacts + (first ? 1 : 0),
    firstSettled: sum.firstSettled + (first && !first.back ? 1 : 0),
    bursts: sum.bursts + began,
  };
}
