import type { z } from "zod";
import type { promiseShown } from "#contracts/sla";
import { calendarNames, settingOf } from "#modules/company";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { type EpisodeClock, isOver, isPaused } from "../domain/clocks/episode-clock.ts";
import { rowFor } from "../domain/clocks/sla-policy.ts";
import { clocksOfConversation } from "../store/clock-store.ts";
import { slaSetting } from "./settings.ts";

/** What the promise of a conversation's open work is shown by; three reads that wait for nothing. */
export async function promiseReads(tx: Tx, conversationId: string) {
  const [clocks, calendars, sla] = await Promise.all([
    clocksOfConversation(tx, conversationId),
    calendarNames(tx),
    settingOf(tx, slaSetting),
  ]);
  return { clocks, calendars, sla };
}
export type PromiseReads = Awaited<ReturnType<typeof promiseReads>>;

/** The clock that makes an episode's work due: the earliest that runs, else what stands still. Null: nothing is owed. */
export function clockThatCounts(clocks: readonly EpisodeClock[]): EpisodeClock | null {
  const open = clocks.filter((clock) => !isOver(clock));
  const runs = open.filter((clock) => !isPaused(clock) && clock.dueAt !== null);
  if (runs.length > 0) return runs.reduce((a, b) => ((b.dueAt as number) < (a.dueAt as number) ? b : a));
  return open.findLast((clock) => clock.kind !== "resolution") ?? open.at(-1) ?? null;
}

/** All that `showPromise` shows of an episode's clocks, to be compared: what differs in nothing of it looks the same on a screen. */
export function shownOf(clocks: readonly EpisodeClock[]): string {
  const clock = clockThatCounts(clocks);
  if (!clock) return "";
  const { conversationId, kind, targetMs, hours, policyVersion, brandId, queueId, priority, medium } = clock;
  const pause = clock.pauses.find((one) => one.to === null);
  const row = [policyVersion, brandId, queueId, priority, medium];
  return JSON.stringify([conversationId, kind, targetMs, hours, row, pause?.cause, pause?.from]);
}

/** Whose promise it is, in which hours it is counted, and why it stands still. */
export function showPromise(
  { clocks, calendars, sla }: PromiseReads,
  episodeId: string,
): z.input<typeof promiseShown> | null {
  const clock = clockThatCounts(clocks.filter((one) => one.episodeId === episodeId));
  if (!clock) return null;
  const same = clock.kind !== "reply-window" && clock.policyVersion === sla.version;
  const pause = clock.pauses.find((one) => one.to === null);
  return {
    ...{ kind: clock.kind, targetMs: clock.targetMs },
    calendar: calendars.find((one) => one.id === clock.hours)?.name ?? null,
    row: same ? (rowFor(clock, sla.value)?.name ?? null) : null,
    paused: pause ? { cause: pause.cause, from: iso(pause.from) } : null,
  };
}
