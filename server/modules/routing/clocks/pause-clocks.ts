import { episodesOf } from "#modules/conversations";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notNow } from "#platform/errors";
import { clearTimer, setTimer } from "#platform/timers";
import { isOver } from "../domain/clocks/episode-clock.ts";
import type { PauseCause } from "../domain/clocks/sla-policy.ts";
import { clocksOfEpisodes } from "../store/clock-store.ts";
import { keepClocks } from "./keep-clocks.ts";
import { PAUSE_TIMER } from "./timers.ts";

interface Asked {
  conversationId: string;
  /** Said by people; waiting for the customer and outages are known by themselves. */
  cause: Extract<PauseCause, "third-party" | "peer-answer">;
}

/**
 * Stops the clocks of the open episode that the policy lets this cause stop, until it is resumed (for a third party: until an instant; another
 * customer's answer: until the customer says more).
 * 409 `not-now` when no clock runs that it stops: nothing is promised to stand still that does not.
 */
export async function pauseClocks(tx: Tx, asked: Asked & { until?: Instant | null }): Promise<void> {
  const episodeId = await openEpisode(tx, asked.conversationId);
  const { cause, until = null } = asked;
  if (until !== null && cause !== "third-party")
    throw new AppError(
      "invalid-request",
      "Another customer's answer stands until the customer says more, or you take it back.",
    );
  if (until !== null && until <= tx.now) throw new AppError("invalid-request", "Choose a time in the future.");
  const clocks = (await clocksOfEpisodes(tx, [episodeId])).get(episodeId) ?? [];
  if (!clocks.some((clock) => !isOver(clock) && clock.stoppedBy.includes(cause)))
    throw notNow("No clock runs here that this may stop. Hours & targets says what stops which clock.", {
      why: "nothing-to-pause",
    });
  await keepClocks(tx, [{ episodeId, about: null, fact: { what: "paused", cause, at: tx.now } }]);
  if (cause !== "third-party") return;
  if (until === null) await clearTimer(tx, PAUSE_TIMER, episodeId);
  else await setTimer(tx, PAUSE_TIMER, episodeId, until);
}

/** They go on; when they stand still for another cause as well, that one goes on stopping them. */
export async function resumeClocks(tx: Tx, asked: Asked): Promise<void> {
  const episodeId = await openEpisode(tx, asked.conversationId);
  if (asked.cause === "third-party") await clearTimer(tx, PAUSE_TIMER, episodeId);
  await keepClocks(tx, [{ episodeId, about: null, fact: { what: "resumed", cause: asked.cause, at: tx.now } }]);
}

async function openEpisode(tx: Tx, conversationId: string): Promise<string> {
  const episodes = (await episodesOf(tx, [conversationId])).get(conversationId) ?? [];
  const open = episodes.findLast((episode) => episode.state === "open");
  if (!open) throw notNow("This conversation has no open episode, so no clock runs.", { why: "ended" });
  return open.id;
}
