import { SettingChanged } from "#events/company";
import { clearTimeOf, peaksSetting, queuesToWatch, stepReliefs } from "#modules/routing";
import { MINUTE } from "#platform/clock";
import { type Reaction, reaction } from "#platform/journal/reader";
import { setTimer, type TimerHandler } from "#platform/timers";
import { queuesNow } from "./own-flows.ts";

const SWEEP = "peak-sweep";

/** What no event tells: that somebody has waited too long, that the forecast has turned. Every minute while a queue has a rule for it. */
const sweep: TimerHandler = async (tx) => {
  const watched = new Set(await queuesToWatch(tx));
  if (watched.size === 0) return;
  await setTimer(tx, SWEEP, tx.accountId, tx.now + MINUTE);
  const facts = (await queuesNow(tx))
    .filter(({ queue }) => watched.has(queue.id))
    .map(({ queue, standing, flow }) => {
      const { firstT0 = null, waiting = 0 } = standing ?? {};
      // A single item that waits for room a moment is no sign that nobody can clear it.
      const clear = waiting === 0 ? ({ state: "clear" } as const) : clearTimeOf(flow, tx.now);
      return [queue.id, { oldest: firstT0 === null ? null : tx.now - firstT0, clear }] as const;
    });
  await stepReliefs(tx, new Map(facts));
};
export const peakTimers: Readonly<Record<string, TimerHandler>> = { [SWEEP]: sweep };

/** From the first rule on the queues are looked over. */
export const onPeakRules: Reaction = reaction(SettingChanged, async (tx, events) => {
  if (events.some((e) => e.payload.key === peaksSetting.key)) await setTimer(tx, SWEEP, tx.accountId, tx.now);
});
