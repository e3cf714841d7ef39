import { MINUTE, type Millis, SECOND } from "#platform/clock";

/** How long until the next try of a page, after so many; null: it is given up. A page is worth little after half an hour. */
const AFTER: readonly Millis[] = [5 * SECOND, 15 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE];

export function againAfter(tries: number): Millis | null {
  return AFTER[tries - 1] ?? null;
}
