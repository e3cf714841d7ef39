import { QueueEased } from "#events/routing";
import { staffOf } from "#modules/people";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound, notNow } from "#platform/errors";
import { setTimer } from "#platform/timers";
import { STRETCH_TIMER } from "../clocks/timers.ts";
import { type Easing, mayBeLowered } from "../domain/easing.ts";
import { needOf } from "../new-work.ts";
import { allQueues, lockEasing, saveEasing } from "../store/queue-store.ts";
import { EASED_NEEDS } from "./follow-needs.ts";

/** Makes something of a queue easier until an instant; what waits follows at once, and it is over by itself. Whoever calls checks the right. */
export async function easeQueue(tx: Tx, queueId: string, easing: Easing): Promise<void> {
  const all = await lockEasing(tx, queueId);
  if (!all) throw notFound("queue");
  const now = all.filter((one) => one.until > tx.now);
  if (easing.what === "target") {
    const same = now.some((one) => one.what === "target" && one.priorities.some((p) => easing.priorities.includes(p)));
    if (same) throw notNow("A target of this queue is stretched already. End that first, then stretch it anew.");
  } else await sound(tx, queueId, easing, now);
  // What is over stays until it is ended: what it made easier is asked as usual only then.
  await saveEasing(tx, queueId, [...all, easing]);
  await follow(tx, queueId, easing.what);
  tell(tx, queueId, easing, true);
}

async function sound(
  tx: Tx,
  queueId: string,
  easing: Extract<Easing, { what: "skill" }>,
  now: readonly Easing[],
): Promise<void> {
  const queue = (await allQueues(tx)).find((one) => one.id === queueId);
  const asked = queue?.skills.find((skill) => skill.skillId === easing.skillId);
  if (!queue || !asked) throw new AppError("invalid-request", "This queue does not ask for that skill.");
  if (!mayBeLowered(needOf((await staffOf(tx)).skills, asked)))
    throw notNow("This is a clearance: it is had or not had. What it guards cannot be handed to others for an hour.");
  if (easing.level >= asked.level)
    throw new AppError("invalid-request", `The queue asks for ${asked.level} of 100. Choose a lower level.`);
  if (now.some((one) => one.what === "skill" && one.skillId === easing.skillId))
    throw notNow("This skill is lowered here already. End that first, then lower it anew.");
}

/**
 * It is over: by its time, or because somebody ended it. What is asked of people is the usual again at once. What customers were told by
 * a longer target keeps it when the time is over; taken back, it is reckoned as if it had not been.
 */
export async function endEasing(tx: Tx, asked: { queueId: string; actId: string; takenBack: boolean }): Promise<void> {
  const { queueId, actId } = asked;
  const now = await lockEasing(tx, queueId);
  const ended = now?.find((one) => one.actId === actId);
  if (!now || !ended) return;
  await saveEasing(
    tx,
    queueId,
    now.filter((one) => one !== ended),
  );
  if (ended.what === "skill" || asked.takenBack) await follow(tx, queueId, ended.what);
  tell(tx, queueId, ended, false);
}

const follow = (tx: Tx, queueId: string, what: Easing["what"]): Promise<void> =>
  setTimer(tx, what === "target" ? STRETCH_TIMER : EASED_NEEDS, queueId, tx.now);

function tell(tx: Tx, queueId: string, { actId, what, until }: Easing, eased: boolean): void {
  tx.announce(QueueEased, {
    ...{ key: queueId, entity: "queue", entityId: queueId, entityVersion: 1 },
    payload: { queueId, actId, what, eased, until: iso(until) },
  });
}
