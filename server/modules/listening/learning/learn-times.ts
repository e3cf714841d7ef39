import { DAY, HOUR, MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { uuidOf } from "#platform/ids";
import { ensureTimer, setTimer } from "#platform/timers";

/** Set after marks, one for each task, which its payload names. */
export const LEARN_TIMER = "listening-learn";
/** Once a night for an account that marked something, with more marks than there is time for by day. */
export const NIGHT_TIMER = "listening-night";
const NIGHT = 3 * HOUR;

/** What was said of a label is learnt at the next full minute, and in the night again. */
export async function learnSoon(tx: Tx, task: string): Promise<void> {
  await setTimer(tx, LEARN_TIMER, uuidOf(LEARN_TIMER, task), Math.floor(tx.now / MINUTE + 1) * MINUTE, { task });
  await learnTonight(tx);
}

/** At the next 03:00 UTC. Many transactions say so at once: none waits for another, nor for the learning of a night that is under way, whose timer is another one. */
export function learnTonight(tx: Tx): Promise<void> {
  const due = Math.floor((tx.now - NIGHT) / DAY + 1) * DAY + NIGHT;
  return ensureTimer(tx, NIGHT_TIMER, uuidOf(NIGHT_TIMER, String(due)), due);
}
