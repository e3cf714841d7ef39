import { type Instant, MINUTE, type Millis } from "#platform/clock";
import type { ClearTime } from "./clear-time.ts";
import type { Reason } from "./model.ts";

/** When which teams help a queue out. A limit that is null does not count. */
export interface ReliefRule {
  readonly teamIds: readonly string[];
  /** Somebody has waited so long. */
  readonly oldestMinutes: number | null;
  /** What waits is not cleared within so long, as the forecast has it. */
  readonly clearMinutes: number | null;
  /** Help ends when both have been below half of their limit for so long. */
  readonly calmMinutes: number;
}
export interface ReliefFacts {
  /** How long whoever waits longest has waited; null: nobody waits. */
  readonly oldest: Millis | null;
  /** By the queue's own people alone: whether they need help is not seen from how it goes with help. */
  readonly clear: ClearTime;
}
export interface ReliefState {
  readonly helping: boolean;
  readonly since: Instant;
  readonly calmSince: Instant | null;
}
export interface ReliefDecision {
  readonly state: ReliefState;
  readonly act: "began" | "ended" | null;
  readonly reasons: readonly Reason[];
}

/** A queue may be calm again at this part of a limit. */
const CALM = 0.5;
const minutes = (ms: Millis) => Math.max(0, Math.round(ms / MINUTE));

/** Begins at a limit; ends only after it was well below for a while, so that teams are not sent to and fro. */
export function decideRelief(
  rule: ReliefRule | null,
  facts: ReliefFacts,
  state: ReliefState,
  now: Instant,
): ReliefDecision {
  const stays = (to: Partial<ReliefState> = {}): ReliefDecision => ({
    state: { ...state, ...to },
    act: null,
    reasons: [],
  });
  if (!rule || rule.teamIds.length === 0) {
    if (!state.helping) return stays({ calmSince: null });
    return ended(now, { code: "no-rule", text: "There is no rule for help any more." });
  }
  const reasons = limits(rule, facts, now, 1);
  if (!state.helping) {
    if (reasons.length === 0) return stays({ calmSince: null });
    return { state: { helping: true, since: now, calmSince: null }, act: "began", reasons };
  }
  if (limits(rule, facts, now, CALM).length > 0) return stays({ calmSince: null });
  const calmSince = state.calmSince ?? now;
  if (now - calmSince < rule.calmMinutes * MINUTE) return stays({ calmSince });
  return ended(now, {
    code: "calm",
    text: `Below half of its limits for ${rule.calmMinutes} minutes: its own people are enough again.`,
  });
}

function ended(now: Instant, reason: Reason): ReliefDecision {
  return { state: { helping: false, since: now, calmSince: null }, act: "ended", reasons: [reason] };
}

/** The limits that are reached, at this part of them. */
function limits(rule: ReliefRule, { oldest, clear }: ReliefFacts, now: Instant, part: number): Reason[] {
  const reached: Reason[] = [];
  const { oldestMinutes, clearMinutes } = rule;
  if (oldestMinutes !== null && oldest !== null && oldest >= oldestMinutes * MINUTE * part)
    reached.push({
      code: "age",
      text: `Somebody has waited ${minutes(oldest)} minutes; the limit is ${oldestMinutes}.`,
    });
  const says = clearMinutes === null ? null : unclear(clear, now, clearMinutes * MINUTE * part);
  if (says !== null) reached.push({ code: "clear-time", text: `${says} The limit is ${clearMinutes} minutes.` });
  return reached;
}

function unclear(clear: ClearTime, now: Instant, limit: Millis): string | null {
  switch (clear.state) {
    case "clear":
    // A queue that is closed waits for its opening: what happens then is another rule's.
    case "closed":
      return null;
    case "nobody":
      return "Nobody of its own people is here.";
    case "grows":
      return `It grows by ${Math.round(clear.perHour)} an hour.`;
    case "clears":
      return clear.at - now >= limit ? `It is forecast to clear in ${minutes(clear.at - now)} minutes.` : null;
  }
}
