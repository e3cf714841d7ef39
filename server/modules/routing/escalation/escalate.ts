import type { Ladder, Rung, TriggerKind } from "#contracts/escalation";
import { calendarOf, isOpen, settingOf } from "#modules/company";
import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { setTimer, type TimerHandler } from "#platform/timers";
import { chainOf, everybodysRung, isSafety, keyOf, rungFor } from "./domain/ladder.ts";
import { begin, causeGone, isQuiet, levelsOf, passTime, seenAgain } from "./domain/page.ts";
import { peopleNow } from "./reach-people.ts";
import { DUE, record, saveStep } from "./record.ts";
import { ladderSetting } from "./settings.ts";
import { type Escalation, insertEscalation, lockEscalation, lockTopic } from "./store/escalation-store.ts";

export interface Cause {
  /** What it is about: one escalation at a time for one topic. */
  topic: string;
  kind: TriggerKind;
  /** Of the ladder's rungs which fit; the gravest counts. */
  fits: (rung: Rung) => boolean;
  /** With this severity whoever manages is asked where no rung fits; null: then nobody is. */
  otherwise: number | null;
  says: string;
  brandId?: string | null;
  conversationId?: string | null;
  workItemId?: string | null;
  by?: string | null;
}

/** The ladder in force, of the brand or of the account. */
export async function ladderOf(tx: Tx, brandId: string | null): Promise<{ value: Ladder; version: number }> {
  return settingOf(tx, ladderSetting, brandId ? { brandId } : {});
}

async function inHours(tx: Tx, ladder: Ladder): Promise<boolean> {
  return ladder.calendarId === null || isOpen(tx.now, (await calendarOf(tx, ladder.calendarId)).rules);
}

/**
 * A cause for an escalation was seen. Opens one, or makes the open one of its topic worse; one that ended within its quiet time stays
 * quiet. Null where nobody is to be asked.
 */
export async function openEscalation(tx: Tx, cause: Cause): Promise<Escalation | null> {
  const { value: ladder, version } = await ladderOf(tx, cause.brandId ?? null);
  const none = everybodysRung(cause.kind, cause.otherwise ?? 0);
  const rung = rungFor(ladder, cause.fits, none);
  if (rung === none && cause.otherwise === null) return null;
  const people = await peopleNow(tx);
  const before = await lockTopic(tx, cause.topic);
  if (before && before.endedAt === null) {
    const step = seenAgain(before, rung.severity, isSafety(rung.trigger), people.resolve, tx.now);
    return saveStep(tx, people, before, step);
  }
  if (before && isQuiet(before, rung.severity, tx.now)) return null;
  const open = await inHours(tx, ladder);
  const step = begin(
    levelsOf(ladder.rungs, rung, (r) => chainOf(r, open)),
    people.resolve,
    tx.now,
  );
  const made: Escalation = {
    ...step.page,
    ...{ id: uuidv7(tx.now), topic: cause.topic, trigger: cause.kind, says: cause.says, openedAt: tx.now, version: 1 },
    ...{ brandId: cause.brandId ?? null, conversationId: cause.conversationId ?? null, openedBy: cause.by ?? null },
    ...{ workItemId: cause.workItemId ?? null, holding: rung.holding, approvers: rung.approvers.map(keyOf) },
    ladderVersion: version,
  };
  // Somebody else opened it at this very moment: theirs counts.
  if (!(await insertEscalation(tx, made))) return null;
  await record(tx, people, made, step.happened, true);
  if (made.dueAt !== null) await setTimer(tx, DUE, made.id, made.dueAt);
  return made;
}

/** What stood behind a topic is over: channel well again, nothing late any more. */
export async function causeIsGone(tx: Tx, topic: string): Promise<void> {
  const found = await lockTopic(tx, topic);
  if (!found || found.endedAt !== null || found.goneAt !== null) return;
  await saveStep(tx, await peopleNow(tx), found, causeGone(found, tx.now));
}

/** The next step of a chain. Safe to run late and twice: it is asked again whether the time is over. */
export const escalationDue: TimerHandler = async (tx, timer) => {
  const found = await lockEscalation(tx, timer.ref);
  if (!found || found.endedAt !== null) return;
  const people = await peopleNow(tx);
  const step = passTime(found, people.resolve, tx.now);
  if (step.happened.length > 0) await saveStep(tx, people, found, step);
  else if (found.dueAt !== null) await setTimer(tx, DUE, found.id, Math.max(found.dueAt, tx.now + 1));
};
