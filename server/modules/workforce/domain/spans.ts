import type { Instant, Millis } from "#platform/clock";
import type { PresenceState } from "./presence.ts";

/** A line of the log: from `at` on the agent was in this state. */
export interface PresenceStep {
  readonly state: PresenceState;
  readonly at: Instant;
  readonly reason: string | null;
  readonly byAgent: string | null;
}
/** `to` is exclusive; a span that goes on ends where the question ends. */
export interface PresenceSpan extends Omit<PresenceStep, "at"> {
  readonly from: Instant;
  readonly to: Instant;
}

/** The spans of [from, to) without a hole. `steps` in order, with the last one before `from` if there is one; before the first step an agent was offline. */
export function spansOf(steps: readonly PresenceStep[], from: Instant, to: Instant): PresenceSpan[] {
  const never: PresenceStep = { state: "offline", at: Number.NEGATIVE_INFINITY, reason: null, byAgent: null };
  const spans: PresenceSpan[] = [];
  const all = [never, ...steps];
  for (const [n, { at, ...step }] of all.entries()) {
    const span = { ...step, from: Math.max(at, from), to: Math.min(all[n + 1]?.at ?? to, to) };
    if (span.from >= span.to) continue;
    const last = spans.at(-1);
    const same = last && last.state === step.state && last.reason === step.reason && last.byAgent === step.byAgent;
    if (same) spans[spans.length - 1] = { ...last, to: span.to };
    else spans.push(span);
  }
  return spans;
}

/** How long in each state. The sum is the time asked about. */
export function totalsOf(spans: readonly PresenceSpan[]): Partial<Record<PresenceState, Millis>> {
  const totals: Partial<Record<PresenceState, Millis>> = {};
  for (const { state, from, to } of spans) totals[state] = (totals[state] ?? 0) + to - from;
  return totals;
}
