import type { Clock, Instant, Millis } from "../../server/platform/clock.ts";

/** The clock of a child process: the machine's, put forward or back by what the runner says over the channel. */
export function jumpingClock(): Clock {
  let offset: Millis = Number(process.env.NEMESIS_CLOCK ?? 0);
  process.on("message", (message) => {
    const said = (message as { clock?: unknown }).clock;
    if (typeof said === "number") offset = said;
  });
  return { now: (): Instant => Date.now() + offset };
}

/** A child whose runner is gone has nothing left to do; its end is as sudden as the runner's was. */
export function endWithRunner(): void {
  process.on("disconnect", () => process.exit(3));
}
