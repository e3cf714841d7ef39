import { DAY, HOUR } from "#platform/clock";
import { setTimer, type TimerHandler } from "#platform/timers";
import { purgeRaw } from "./store/raw-store.ts";
import { purgeVisits } from "./webchat/visit.ts";

/** D8: a redacted copy is kept a day so that a parser fault can be mended, what could not be parsed seven days. */
export const KEPT_PARSED = DAY;
export const KEPT_QUARANTINED = 7 * DAY;

/** Clears the raw copies of a channel, and the pages of its chat's visits, and sets itself again. */
export const purgeChannel: TimerHandler = async (tx, timer) => {
  await purgeRaw(tx, timer.ref, tx.now - KEPT_PARSED, tx.now - KEPT_QUARANTINED);
  await purgeVisits(tx, timer.ref);
  await setTimer(tx, timer.kind, timer.ref, tx.now + HOUR);
};
