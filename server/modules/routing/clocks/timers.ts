import { uuidv7 } from "#platform/ids";
import { setTimer, type TimerHandler } from "#platform/timers";
import { comeDue, type EpisodeClock } from "../domain/clocks/episode-clock.ts";
import { follow } from "../domain/clocks/follow.ts";
import { loadQueues } from "../queues.ts";
import {
  clockById,
  clocksOfEpisodes,
  lockClocks,
  openEpisodes,
  openEpisodesIn,
  openEpisodesOn,
} from "../store/clock-store.ts";
import { CLOCK_TIMER, dueByClocks, keepClocks, tell, write } from "./keep-clocks.ts";
import { rulesFrom } from "./rules.ts";

/** Episodes whose clocks are reckoned anew in one transaction. */
const PAGE = 200;
/** Ref: the account. One such work goes on at a time: a newer change begins it again from the first episode. */
export const ANEW_TIMER = "clocks-anew";
/** Ref: a channel that is out or back. What came last counts: it begins again from the first episode. */
export const OUTAGE_TIMER = "clocks-outage";
/** Ref: a queue of which responses may take longer, or no more. */
export const STRETCH_TIMER = "clocks-stretched";
/** Ref: the episode. */
export const PAUSE_TIMER = "clock-pause-ends";

export const clockTimers: Record<string, TimerHandler> = {
  /** A warning or the alarm is due. Late, twice and after a restart each is told once: what was told is written in the clock. */
  [CLOCK_TIMER]: async (tx, timer) => {
    await lockClocks(tx);
    const clock = await clockById(tx, timer.ref);
    if (!clock) return;
    const { clock: next, news } = comeDue(clock, tx.now);
    for (const one of news) tell(tx, next, one);
    const as = (one: EpisodeClock) => new Map([[one.episodeId, [one]]]);
    // Also when nothing came due: whoever fires early is set again.
    await write(tx, as(clock), as({ ...next }));
  },
  /** A policy or a calendar changed, and what is open goes by it. Page by page, so that no transaction grows with the account. */
  [ANEW_TIMER]: async (tx, timer) => {
    await lockClocks(tx);
    const after = typeof timer.payload.after === "string" ? timer.payload.after : null;
    const ids = await openEpisodes(tx, after, PAGE);
    const before = await clocksOfEpisodes(tx, ids);
    const rules = await rulesFrom(tx, await loadQueues(tx), [...before.values()].flat(), () => uuidv7(tx.now));
    const next = new Map(
      [...before].map(([id, clocks]) => [
        id,
        follow(clocks, clocks[0] as EpisodeClock, { what: "anew" }, rules).clocks,
      ]),
    );
    await write(tx, before, next);
    await dueByClocks(tx, ids, next);
    const last = ids.at(-1);
    if (last && ids.length === PAGE) await setTimer(tx, ANEW_TIMER, timer.ref, tx.now, { after: last });
  },
  /** Nothing can be sent on a channel, or again: its open clocks stand still or go on, page by page. */
  [OUTAGE_TIMER]: async (tx, { ref: channelId, payload }) => {
    const after = typeof payload.after === "string" ? payload.after : null;
    const what = payload.what === "resumed" ? ("resumed" as const) : ("paused" as const);
    const at = typeof payload.at === "number" ? payload.at : tx.now;
    const ids = await openEpisodesOn(tx, channelId, after, PAGE);
    await keepClocks(
      tx,
      ids.map((episodeId) => ({ episodeId, about: null, fact: { what, cause: "outage-hold", at } })),
    );
    const last = ids.at(-1);
    if (last && ids.length === PAGE) await setTimer(tx, OUTAGE_TIMER, channelId, tx.now, { what, at, after: last });
  },
  /** A queue's targets are stretched, or that was taken back: its open clocks follow, page by page. */
  [STRETCH_TIMER]: async (tx, { ref: queueId, payload }) => {
    const after = typeof payload.after === "string" ? payload.after : null;
    const ids = await openEpisodesIn(tx, queueId, after, PAGE);
    await keepClocks(
      tx,
      ids.map((episodeId) => ({ episodeId, about: null, fact: { what: "stretched" } })),
    );
    const last = ids.at(-1);
    if (last && ids.length === PAGE) await setTimer(tx, STRETCH_TIMER, queueId, tx.now, { after: last });
  },
  /** The pause somebody set is over. */
  [PAUSE_TIMER]: (tx, timer) =>
    keepClocks(tx, [
      { episodeId: timer.ref, about: null, fact: { what: "resumed", cause: "third-party", at: timer.dueAt } },
    ]),
};
