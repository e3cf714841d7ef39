const FIRST = 500;
const MOST = 20_000;

/**
 * Milliseconds before the given attempt (1, 2, …): doubling from half a second to twenty, with full jitter over the
 * upper half, so that a thousand browsers do not come back in the same moment. `chance` is 0…1.
 */
export function backOff(attempt: number, chance: number): number {
  const whole = Math.min(MOST, FIRST * 2 ** Math.min(attempt - 1, 16));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
