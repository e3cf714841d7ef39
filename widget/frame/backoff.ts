const FIRST_MS = 600;
const MOST_MS = 30_000;

/** How long to wait before try number `attempt` (from 0): doubling, spread by `chance` in [0, 1) so that not all come back at once. */
export function waitBefore(attempt: number, chance: number): number {
  const whole = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
