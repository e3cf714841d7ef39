import { ChannelBack, ChannelOut } from "#events/channels";
import { instantOf } from "#platform/clock";
import { reaction } from "#platform/journal/reader";
import { setTimer } from "#platform/timers";
import { OUTAGE_TIMER } from "../timers.ts";

/** Nobody can answer where nothing can be sent: what is promised there stands still, where the policy says so. */
export const onChannelOut = reaction(ChannelOut, async (tx, events) => {
  for (const { payload } of events)
    await setTimer(tx, OUTAGE_TIMER, payload.channelId, tx.now, {
      ...{ what: "paused", at: instantOf(payload.since) ?? tx.now },
    });
});

export const onChannelBack = reaction(ChannelBack, async (tx, events) => {
  for (const { payload } of events)
    await setTimer(tx, OUTAGE_TIMER, payload.channelId, tx.now, { what: "resumed", at: tx.now });
});
