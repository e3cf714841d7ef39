import { WorkChanged, WorkQueued } from "#events/routing";
import type { Tx } from "#platform/db";
import { reaction } from "#platform/journal/reader";
import { isOver } from "../../domain/clocks/episode-clock.ts";
import { clocksOfEpisodes } from "../../store/clock-store.ts";
import { dueByClocks, keepClocks } from "../keep-clocks.ts";

/** Work that stands in another queue than its clocks know is told to them; of the rest only the due time is looked at. */
async function stands(tx: Tx, work: readonly { episodeId: string; queueId: string }[]): Promise<void> {
  if (work.length === 0) return;
  const clocks = await clocksOfEpisodes(
    tx,
    work.map((one) => one.episodeId),
  );
  const moved = work.filter(({ episodeId, queueId }) =>
    (clocks.get(episodeId) ?? []).some((clock) => !isOver(clock) && clock.queueId !== queueId),
  );
  await keepClocks(
    tx,
    moved.map(({ episodeId, queueId }) => ({ episodeId, about: null, fact: { what: "moved", queueId } })),
  );
  const told = new Set(moved.map((one) => one.episodeId));
  const rest = work.flatMap((one) => (told.has(one.episodeId) ? [] : [one.episodeId]));
  await dueByClocks(tx, [...new Set(rest)], clocks);
}

/** It stands in a queue now: which one the clocks know, and they say when it is due. */
export const onWorkQueued = reaction(WorkQueued, (tx, events) =>
  stands(
    tx,
    events.map((e) => e.payload),
  ),
);

/** Handed to another queue, or its clock runs again: due by what is promised there, never later than before. */
export const onWorkChanged = reaction(WorkChanged, (tx, events) =>
  stands(
    tx,
    events.flatMap(({ payload: { what, episodeId, queueId } }) =>
      episodeId && what !== "parked" && what !== "requeued" ? [{ episodeId, queueId }] : [],
    ),
  ),
);
