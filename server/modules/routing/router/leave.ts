import type { Tx } from "#platform/db";
import { setTimer } from "#platform/timers";
import { callRouter } from "../store/step-store.ts";

/** What waits is served by the process that leads: it is called with the commit, and a timer is the net when the call is lost. */
export async function leaveToRouter(tx: Tx): Promise<void> {
  await setTimer(tx, "routing-serve", tx.accountId, tx.now);
  await callRouter(tx);
}
