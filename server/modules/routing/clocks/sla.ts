import { allCalendars, brandOf, setSetting, settingOf, settingToCome } from "#modules/company";
import { HOUR, type Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound } from "#platform/errors";
import { setTimer } from "#platform/timers";
import { promisedTo, type SlaAbout, type SlaPolicy } from "../domain/clocks/sla-policy.ts";
import { lockClocks } from "../store/clock-store.ts";
import { allQueues } from "../store/queue-store.ts";
import { slaSetting } from "./settings.ts";
import { timeOf } from "./time-of.ts";
import { ANEW_TIMER } from "./timers.ts";

type Coming = { policy: SlaPolicy; from: Instant } | null;

/** The policy in force, and the newest one if that begins later. The version is the newest one's: who changes it has seen both. */
export async function slaOf(tx: Tx): Promise<{ policy: SlaPolicy; version: number; coming: Coming }> {
  const now = await settingOf(tx, slaSetting);
  const next = await settingToCome(tx, slaSetting);
  const coming = next && { policy: next.value, from: next.from };
  return { policy: now.value, version: Math.max(now.version, next?.version ?? 0), coming };
}

/** Writes the next version. Work that is open keeps its clocks unless it is asked for them too. */
export async function setSla(
  tx: Tx,
  set: { policy: SlaPolicy; expectedVersion: number; from: Instant | null; openToo: boolean; by: string | null },
): Promise<number> {
  await lockClocks(tx);
  const { version } = await slaOf(tx);
  if (version !== set.expectedVersion) throw conflict("policy", { version });
  if (set.from !== null && set.from <= tx.now)
    throw new AppError("invalid-request", "Let it begin at a later time, or now.");
  if (set.from !== null && set.openToo)
    throw new AppError("invalid-request", "Only a policy that begins now can count for open work as well.");
  await sound(tx, set.policy);
  const made = await setSetting(tx, slaSetting, set.policy, set.by, set.from === null ? {} : { from: set.from });
  if (set.openToo) await setTimer(tx, ANEW_TIMER, tx.accountId, tx.now);
  return made;
}

async function sound(tx: Tx, policy: SlaPolicy): Promise<void> {
  const no = (why: string) => new AppError("invalid-request", why);
  const queues = new Set((await allQueues(tx)).map((queue) => queue.id));
  const calendars = new Set((await allCalendars(tx)).map((calendar) => calendar.id));
  for (const row of policy.rows) {
    if (row.queueIds.some((id) => !queues.has(id))) throw no(`“${row.name}” names a queue that is not there.`);
    for (const brandId of row.brandIds) await brandOf(tx, brandId);
    if (row.hours !== "queue" && row.hours !== "plain" && !calendars.has(row.hours))
      throw no(`“${row.name}” names a calendar that is not there.`);
  }
}

export interface Meaning {
  row: string | null;
  firstResponseDue: Instant;
  nextResponseDue: Instant;
  resolutionDue: Instant | null;
  warnAt: Instant[];
  zone: string;
}

/** When a message is due by a policy, saved or not. */
export async function meaningOf(tx: Tx, policy: SlaPolicy, about: SlaAbout, at: Instant): Promise<Meaning> {
  const queue = (await allQueues(tx)).find((one) => one.id === about.queueId);
  if (!queue) throw notFound("queue");
  const all = new Map((await allCalendars(tx)).map((calendar) => [calendar.id, calendar]));
  const promised = promisedTo(about, policy, { ...queue, easing: [] });
  const named = all.get(promised.hours === "plain" ? queue.calendarId : promised.hours);
  if (!named) throw notFound("calendar");
  const time = timeOf(promised.hours, new Map([[named.id, named.calendar]]));
  const day = new Date(at + 12 * HOUR).toISOString().slice(0, 10);
  const rule = named.rules.findLast((one) => one.from <= day) ?? named.rules[0];
  return {
    ...{ row: promised.row, zone: rule?.zone ?? "UTC", firstResponseDue: time.after(at, promised.firstResponseMs) },
    nextResponseDue: time.after(at, promised.nextResponseMs),
    resolutionDue: promised.resolutionMs === null ? null : time.after(at, promised.resolutionMs),
    warnAt: policy.warnAt.map((part) => time.after(at, Math.round(promised.firstResponseMs * part))),
  };
}
