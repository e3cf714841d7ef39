import type { Millis } from "#platform/clock";

/** A length of time in a sentence: "15 minutes". */
export function saysTarget(ms: Millis): string {
  const minutes = Math.round(ms / 60_000);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
