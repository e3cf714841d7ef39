import { type Instant, MINUTE, type Millis } from "#platform/clock";
import type { ConnectCheck, ConnectFault } from "./connector.ts";

/** Signatures and tokens carry times: networks take five minutes of difference, not more. */
export const CLOCKS_MAY_DIFFER: Millis = 5 * MINUTE;

export const passed = (half: string, says: string, expiresAt?: Instant): ConnectCheck => ({
  ...{ half, state: "ok", says },
  ...(expiresAt !== undefined && { expiresAt }),
});
export const failing = (half: string, fault: ConnectFault, says: string, expiresAt?: Instant): ConnectCheck => ({
  ...{ half, state: "failed", fault, says },
  ...(expiresAt !== undefined && { expiresAt }),
});
export const notTried = (half: string, says: string): ConnectCheck => ({ half, state: "not-tried", says });

/** Our clock beside the network's, as its answers date themselves (HTTP `Date`, whole seconds). */
export function clockHalf(dateHeader: string | undefined, now: Instant): ConnectCheck {
  const theirs = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
  if (!Number.isFinite(theirs)) return notTried("clock", "The network did not say what time it has.");
  const off = now - theirs;
  if (Math.abs(off) <= CLOCKS_MAY_DIFFER) return passed("clock", "Our clock and the network's agree.");
  const minutes = Math.round(Math.abs(off) / MINUTE);
  return failing(
    "clock",
    "clock-off",
    `This machine's clock is ${minutes} minutes ${off > 0 ? "ahead of" : "behind"} the network's. Set it by a time service (NTP): pushes are refused as too old and tokens run out at the wrong time until then.`,
  );
}

/** The halves that failed, the first word about why nothing works. */
export const failedHalves = (halves: readonly ConnectCheck[]): readonly ConnectCheck[] =>
  halves.filter((one) => one.state === "failed");

/** The sign-in itself is refused: nothing goes in or out until a person gives another secret. */
export function signInRefused(halves: readonly ConnectCheck[]): ConnectCheck | undefined {
  return failedHalves(halves).find(
    (one) => one.half === "sign-in" && (one.fault === "wrong-secret" || one.fault === "expired-token"),
  );
}

/** The soonest end of anything that was looked at. */
export function soonestEnd(halves: readonly ConnectCheck[]): Instant | null {
  const ends = halves.flatMap((one) => one.expiresAt ?? []);
  return ends.length === 0 ? null : Math.min(...ends);
}
