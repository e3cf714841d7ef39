import type { Instant } from "#platform/clock";
import { type LastEpisode, standing } from "./episode.ts";
import type { Medium, ReopenWindows } from "./medium.ts";
import type { Verdict } from "./policy.ts";

/** One thing said in the history of a conversation. */
export interface PastWord {
  id: string;
  at: Instant;
  /** `other`: bystanders and machines, also ours. */
  who: "customer" | "us" | "other";
  medium: Medium;
  channelId: string;
  private: boolean;
  agentId: string | null;
  deleted: boolean;
  thanksOnly: boolean;
  /** The policy's verdict, by how the conversation stood then; null for what is not the customer's. */
  judge: ((episode: "open" | "in-window" | "none") => Verdict) | null;
}

/** Somebody ended the work, as the history tells. */
export interface PastEnd {
  at: Instant;
  outcome: string;
  agentId: string | null;
}

export interface PastResponse {
  messageId: string;
  askedAt: Instant;
  answeredAt: Instant;
  answeredBy: string | null;
}

/** A stretch of work that is over. */
export interface PastEpisode {
  openedBy: string;
  openedAt: Instant;
  /** The message that opened the last one, when the customer came back inside its window. */
  reopens: string | null;
  verdict: Verdict;
  words: string[];
  responses: PastResponse[];
  firstReplyAt: Instant | null;
  firstReplyBy: string | null;
  firstPublicReplyAt: Instant | null;
  lastReplyAt: Instant | null;
  doneAt: Instant;
  doneBy: string | null;
  outcome: string;
}

/** The reopen windows that count on a channel. */
export type WindowsOn = (channelId: string) => ReopenWindows;

/** What an episode ends with when the history does not say how: it ended with its last word. */
export const IMPORTED = "imported";

interface Open extends Omit<PastEpisode, "doneAt" | "doneBy" | "outcome"> {
  waits: { id: string; since: Instant } | null;
  lastAt: Instant;
  lastMedium: Medium;
}

export interface Past {
  episodes: PastEpisode[];
  /** The verdict on each word of the customer, by its id. */
  verdicts: Map<string, Verdict>;
}

/**
 * The episodes of a conversation's history, computed of all of it at once: so they depend on the set of messages and outcomes alone.
 * The policy decides what opens one, as ever; our words answer; an outcome ends it. Where the history tells no end, an answered one
 * ends with its last word when the customer is silent for longer than the reopen window, and nothing stays open at the end.
 */
export function pastEpisodes(words: readonly PastWord[], ends: readonly PastEnd[], windows: WindowsOn): Past {
  const past: Past = { episodes: [], verdicts: new Map() };
  let open: Open | null = null;
  const close = (at: Instant, outcome: string, by: string | null) => {
    if (!open) return;
    const { waits: _, lastAt: __, lastMedium: ___, ...episode } = open;
    past.episodes.push({ ...episode, doneAt: at, doneBy: by, outcome });
    open = null;
  };
  for (const step of inOrder(words, ends)) {
    if ("outcome" in step) {
      close(step.at, step.outcome, step.agentId);
      continue;
    }
    if (silentTooLong(open, step, windows)) close(open!.lastAt, IMPORTED, null);
    const now: Open | null = open;
    if (step.who === "customer") open = hear(past, now, step, windows);
    else if (now) {
      if (step.who === "us") answer(now, step);
      now.words.push(step.id);
      now.lastAt = step.at;
    }
  }
  const last: Open | null = open;
  if (last) close((last as Open).lastAt, IMPORTED, null);
  return past;
}

function inOrder(words: readonly PastWord[], ends: readonly PastEnd[]): (PastWord | PastEnd)[] {
  const rank = (s: PastWord | PastEnd) => ("outcome" in s ? 1 : 0);
  const name = (s: PastWord | PastEnd) => ("outcome" in s ? s.outcome : s.id);
  return [...words, ...ends].sort(
    (a, b) => a.at - b.at || rank(a) - rank(b) || (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0),
  );
}

function silentTooLong(open: Open | null, word: PastWord, windows: WindowsOn): boolean {
  return (
    open !== null &&
    open.waits === null &&
    word.who === "customer" &&
    word.at > open.lastAt + windows(word.channelId)[word.medium]
  );
}

function hear(past: Past, open: Open | null, word: PastWord, windows: WindowsOn): Open | null {
  const before = past.episodes.at(-1);
  const last: LastEpisode | null = open
    ? { id: open.openedBy, state: "open", doneAt: null }
    : before
      ? { id: before.openedBy, state: "done", doneAt: before.doneAt }
      : null;
  const stood = standing(last, word.at, word.medium, windows(word.channelId));
  const verdict = word.judge!(stood.episode);
  past.verdicts.set(word.id, verdict);
  const asks = verdict.actionable && !word.thanksOnly && !word.deleted;
  if (open) {
    open.words.push(word.id);
    open.lastAt = word.at;
    if (asks) open.waits ??= { id: word.id, since: word.at };
    return open;
  }
  if (!asks) return null;
  return {
    openedBy: word.id,
    openedAt: word.at,
    reopens: stood.reopens,
    verdict,
    words: [word.id],
    responses: [],
    firstReplyAt: null,
    firstReplyBy: null,
    firstPublicReplyAt: null,
    lastReplyAt: null,
    waits: { id: word.id, since: word.at },
    lastAt: word.at,
    lastMedium: word.medium,
  };
}

function answer(open: Open, word: PastWord): void {
  if (open.waits)
    open.responses.push({
      messageId: open.waits.id,
      askedAt: open.waits.since,
      answeredAt: word.at,
      answeredBy: word.agentId,
    });
  if (open.firstReplyAt === null) {
    open.firstReplyAt = word.at;
    open.firstReplyBy = word.agentId;
  }
  if (!word.private) open.firstPublicReplyAt ??= word.at;
  open.lastReplyAt = word.at;
  open.waits = null;
}
