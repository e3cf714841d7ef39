import { type Calendar, calendarsOf } from "#modules/company";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { EpisodeClock } from "../domain/clocks/episode-clock.ts";
import type { Rules } from "../domain/clocks/follow.ts";
import { promisedTo, type SlaAbout, type SlaPolicy } from "../domain/clocks/sla-policy.ts";
import type { LoadedQueue } from "../queues.ts";
import { timeOf } from "./time-of.ts";

/** What clocks are decided by now: the policy in force, the queues, and the calendars of both and of the clocks that are there. */
export async function rulesFrom(
  tx: Tx,
  queues: readonly LoadedQueue[],
  clocks: readonly EpisodeClock[],
  nextId: () => string,
): Promise<Rules> {
  const calendars = new Map(queues.flatMap((queue) => [...queue.sla.calendars]));
  const missing = clocks.map((clock) => clock.hours).filter((hours) => hours !== "plain" && !calendars.has(hours));
  for (const [id, { calendar }] of await calendarsOf(tx, missing)) calendars.set(id, calendar);
  const sla = queues[0]?.sla;
  if (!sla) throw new AppError("not-ready", "This account has no queue. Add one, then let its clocks be read again.");
  return rulesOf(sla.policy, sla.policyVersion, queues, calendars, nextId);
}

/** The same for a policy that is being tried. */
export function rulesOf(
  policy: SlaPolicy,
  policyVersion: number,
  queues: readonly (Pick<LoadedQueue, "id" | "targets" | "calendarId"> & Partial<Pick<LoadedQueue, "easing">>)[],
  calendars: ReadonlyMap<string, Calendar>,
  nextId: () => string = () => "",
): Rules {
  const byId = new Map(queues.map((queue) => [queue.id, queue]));
  return {
    ...{ policy, policyVersion, nextId, time: (hours) => timeOf(hours, calendars) },
    promised: (about: SlaAbout) => {
      const queue = byId.get(about.queueId);
      if (!queue) throw new AppError("internal", `There is no queue ${about.queueId}.`);
      return promisedTo(about, policy, queue);
    },
  };
}
