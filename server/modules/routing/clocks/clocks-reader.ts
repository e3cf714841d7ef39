import { CalendarChanged } from "#events/company";
import { type Reader, reaction } from "#platform/journal/reader";
import { setTimer } from "#platform/timers";
import { inRouting } from "../in-routing.ts";
import {
  onEpisodeAnswered,
  onEpisodeContinued,
  onEpisodeDone,
  onEpisodeOpened,
  onJoins,
} from "./reactions/on-episode.ts";
import { onChannelBack, onChannelOut } from "./reactions/on-outage.ts";
import { onWorkChanged, onWorkQueued } from "./reactions/on-work.ts";
import { ANEW_TIMER } from "./timers.ts";

const onCalendarChanged = reaction(CalendarChanged, async (tx, events) => {
  if (events.some((e) => e.payload.openToo)) await setTimer(tx, ANEW_TIMER, tx.accountId, tx.now);
  // A queue may be open now, or open at another time than what waits in it was told.
  await inRouting(tx, {}, () => {});
});

/** Promises to customers run and are kept or not. Nobody waits for it: what is due at once was told by routing itself. */
export const clocksReader: Reader = {
  name: "clocks",
  gatherMs: 200,
  batch: 2_000,
  reactions: [
    ...[onEpisodeOpened, onEpisodeContinued, onEpisodeAnswered, onEpisodeDone, ...onJoins],
    ...[onWorkQueued, onWorkChanged, onCalendarChanged, onChannelOut, onChannelBack],
  ],
};
