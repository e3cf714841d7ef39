import type { Instant } from "#platform/clock";

interface Dated {
  id: string;
  at: Instant;
}
export interface Happened {
  /** `at` is its place in the timeline, `cameAt` when it could be seen here; `ours`: by me, or by somebody else of us. */
  messages: readonly (Dated & { cameAt: Instant; ours: "me" | "us" | null })[];
  /** Of others, not on the network yet. */
  replies: readonly Dated[];
  notes: readonly Dated[];
  lines: readonly (Dated & { text: string })[];
  /** Older messages were not looked at. */
  full: boolean;
}
export interface News {
  first: string | null;
  messages: number;
  replies: number;
  notes: number;
  more: boolean;
  changes: string[];
  changesMore: number;
}

const LINES = 3;

/**
 * When a message came before somebody's eyes: as it arrived, or as it got its first place in a conversation, which may be later. A second
 * place (it was edited, or its parent became known) brings nothing new, and neither does history that was read in.
 */
export function cameAt(
  receivedAt: Instant,
  placed: { placedAt?: Instant; version: number; backfilled: boolean } | undefined,
): Instant {
  const first = placed && placed.version === 1 && !placed.backfilled ? (placed.placedAt ?? receivedAt) : receivedAt;
  return Math.max(receivedAt, first);
}

/** What is new since an instant: what came late counts as new, wherever it stands. My own words are not. */
export function newsOf(since: Instant, h: Happened): News {
  const said = h.messages.filter((m) => m.cameAt > since && m.ours !== "me");
  const after = <T extends Dated>(all: readonly T[]) => all.filter((one) => one.at > since);
  const [replies, notes] = [after(h.replies), after(h.notes)];
  const lines = after(h.lines).toSorted((a, b) => a.at - b.at);
  const all: Dated[] = [...said, ...replies, ...notes, ...lines];
  const first = all.reduce<Dated | null>((a, b) => (a === null || b.at < a.at ? b : a), null);
  return {
    first: first?.id ?? null,
    messages: said.filter((m) => m.ours === null).length,
    replies: replies.length + said.filter((m) => m.ours === "us").length,
    notes: notes.length,
    more: h.full && h.messages.every((m) => m.cameAt > since),
    changes: lines.slice(-LINES).map((l) => l.text),
    changesMore: Math.max(0, lines.length - LINES),
  };
}
