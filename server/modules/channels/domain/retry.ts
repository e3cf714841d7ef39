import { MINUTE, type Millis, SECOND } from "#platform/clock";

const FIRST = SECOND;
const LONGEST = 5 * MINUTE;
/** Refusals that a network calls temporary are believed this often; then a person looks. */
export const MAX_ATTEMPTS = 12;

/** Wait before try number `attempt` + 1 (attempts count from 1): doubling, up to a quarter more by chance, never before Retry-After. */
export function retryDelay(attempt: number, chance: number, retryAfterMs: Millis = 0): Millis {
  const doubled = Math.min(LONGEST, FIRST * 2 ** Math.max(0, attempt - 1));
  return Math.round(Math.max(doubled, retryAfterMs) * (1 + chance / 4));
}

const LOOKS: readonly Millis[] = [SECOND, 5 * SECOND, 15 * SECOND, MINUTE, LONGEST];
/** After so many looks without a sure answer a person decides. */
export const MAX_LOOKS = LOOKS.length;

/** Wait before a network that could not be asked is asked again: an outage may end at any moment, and recovery is counted in seconds. */
export const UNREACHABLE: Millis = 5 * SECOND;

/** Wait before the network is asked (again) whether it has the part; `looks` were made so far. */
export function lookDelay(looks: number): Millis {
  return LOOKS[Math.min(looks, LOOKS.length - 1)]!;
}

/** How long a network may take to answer a call that sends, unless its adapter says otherwise. */
export const SEND_TIMEOUT: Millis = 7_000;
