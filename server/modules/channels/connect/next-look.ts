import { DAY, type Instant, type Millis } from "#platform/clock";

/** Once a day unless the network says otherwise, spread by a fifth so that not all channels are looked at in one moment. */
export function nextLook(now: Instant, everyMs: Millis | undefined, chance: number): Instant {
  return now + Math.round((everyMs ?? DAY) * (0.9 + 0.2 * chance));
}
