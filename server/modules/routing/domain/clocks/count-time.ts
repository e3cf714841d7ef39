import type { Instant, Millis } from "#platform/clock";

/** How time is counted for a clock: opening time of a calendar, or all of it. */
export interface TimeKeeper {
  /** Counted time between two instants. */
  between(from: Instant, to: Instant): Millis;
  /** The earliest instant by which so much counted time has passed. */
  after(from: Instant, ms: Millis): Instant;
}

export const plainTime: TimeKeeper = { between: (from, to) => to - from, after: (from, ms) => from + Math.max(0, ms) };

/** A stretch in which a clock stands still; `to` null: it still does. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant | null;
}

/** Stretches put in order, those that touch or overlap made one. */
export function joined(spans: readonly Span[]): Span[] {
  const out: { from: Instant; to: Instant | null }[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    if (span.to !== null && span.to <= span.from) continue;
    const last = out.at(-1);
    if (last && (last.to === null || span.from <= last.to))
      last.to = last.to === null || span.to === null ? null : Math.max(last.to, span.to);
    else out.push({ ...span });
  }
  return out;
}

/**
 * When a clock that runs from `from` has counted `ms`, the paused stretches left out; null while it stands still with time left. The law
 * (operations.md §7.1): the least instant x with counted(from, x) ≥ ms.
 */
export function dueWith(from: Instant, ms: Millis, paused: readonly Span[], time: TimeKeeper): Instant | null {
  let [at, left] = [from, ms];
  for (const span of joined(paused)) {
    if (span.to !== null && span.to <= at) continue;
    const stops = Math.max(span.from, at);
    const ran = time.between(at, stops);
    if (ran >= left) return time.after(at, left);
    if (span.to === null) return null;
    left -= ran;
    at = span.to;
  }
  return time.after(at, left);
}

/** Time counted between two instants, the paused stretches left out. */
export function counted(from: Instant, to: Instant, paused: readonly Span[], time: TimeKeeper): Millis {
  let ms = time.between(from, to);
  for (const span of joined(paused)) {
    const [a, b] = [Math.max(span.from, from), Math.min(span.to ?? to, to)];
    if (a < b) ms -= time.between(a, b);
  }
  return ms;
}

/**
 * From when a customer waits: the time the network says, not earlier than a week before it reached us and not after that
 * (operations.md §7.2).
 */
export function waitsFrom(saidAt: Instant, receivedAt: Instant): Instant {
  return Math.min(receivedAt, Math.max(saidAt, receivedAt - 7 * 86_400_000));
}
