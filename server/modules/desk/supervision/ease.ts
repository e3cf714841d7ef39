import type { z } from "zod";
import type { EasingView, ease } from "#contracts/supervision";
import { audit, need, type Staff, staffOf } from "#modules/people";
import { type Easing, easeQueue, endEasing, queueOf } from "#modules/routing";
import { DAY, type Instant, instantOf, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { uuidv7 } from "#platform/ids";
import { clearTimer, setTimer, type TimerHandler } from "#platform/timers";
import { type ActDetail, endAct, insertAct, lockAct, type SupervisionAct } from "../store/act-store.ts";

const TIMER = "easing-ends";
/** Longer than a day is no exception: then the target or the skill is to be changed. */
const LONGEST = DAY;

export type EaseDetail = Extract<ActDetail, { kind: "ease" }>;
const isEase = (detail: ActDetail): detail is EaseDetail => detail.kind === "ease";

/** Lets responses of a queue take longer, or asks less of a skill in it, until an instant; then it is as before by itself. */
export async function easeFor(tx: Tx, actor: Actor, wish: z.output<typeof ease>): Promise<SupervisionAct> {
  const { teamId } = await queueOf(tx, wish.queueId);
  need(actor, "people.manage", { queueId: wish.queueId, teamId });
  const until = instantOf(wish.until) ?? 0;
  if (until <= tx.now || until > tx.now + LONGEST)
    throw new AppError("invalid-request", "Choose an end within the next 24 hours.");
  const id = uuidv7(tx.now);
  const by = (await staffOf(tx)).byId.get(actor.id)?.agent.name ?? "Somebody";
  const easing: Easing = { actId: id, from: tx.now, until, reason: wish.reason, by, ...wish.what };
  await easeQueue(tx, wish.queueId, easing);
  const detail: EaseDetail = { kind: "ease", queueId: wish.queueId, easing };
  const act = { id, byAgent: actor.id, endsAt: until, detail };
  await insertAct(tx, act);
  await setTimer(tx, TIMER, id, until);
  await audit(tx, actor, "queue.eased", "queue", wish.queueId, {
    ...{ ...wish.what, until: wish.until, reason: wish.reason },
  });
  return { ...act, at: tx.now, endedAt: null, version: 1 };
}

/** Ended by somebody who may ease it: as if it had not been. */
export async function takeEasingBack(tx: Tx, actor: Actor, act: SupervisionAct, detail: EaseDetail): Promise<void> {
  const { teamId } = await queueOf(tx, detail.queueId);
  need(actor, "people.manage", { queueId: detail.queueId, teamId });
  await endAct(tx, act);
  await clearTimer(tx, TIMER, act.id);
  await endEasing(tx, { queueId: detail.queueId, actId: act.id, takenBack: true });
}

export const easingTimers: Record<string, TimerHandler> = {
  [TIMER]: async (tx, timer) => {
    const act = await lockAct(tx, timer.ref);
    if (!act || act.endedAt !== null || !isEase(act.detail)) return;
    await endAct(tx, act);
    await endEasing(tx, { queueId: act.detail.queueId, actId: act.id, takenBack: false });
    await audit(tx, null, "queue.easing-ended", "queue", act.detail.queueId);
  },
};

/** What is easier now of the queues somebody sees. */
export function presentEasings(
  staff: Staff,
  acts: readonly SupervisionAct[],
  queues: readonly { id: string; name: string; skills: readonly { skillId: string; level: number }[] }[],
  now: Instant,
): EasingView[] {
  return acts.flatMap((act): EasingView[] => {
    if (!isEase(act.detail) || act.detail.easing.until <= now) return [];
    const { easing, queueId } = act.detail;
    const queue = queues.find((one) => one.id === queueId);
    if (!queue) return [];
    const head = {
      ...{ actId: act.id, queueId, queueName: queue.name, endsAt: iso(easing.until), byName: easing.by },
      ...{ reason: easing.reason, version: act.version, target: null, skill: null },
    };
    if (easing.what === "target")
      return [{ ...head, target: { percent: easing.percent, priorities: [...easing.priorities] } }];
    const { skillId, level } = easing;
    const usual = queue.skills.find((skill) => skill.skillId === skillId)?.level ?? level;
    return [{ ...head, skill: { id: skillId, name: staff.skills.get(skillId)?.name ?? "", level, usual } }];
  });
}
