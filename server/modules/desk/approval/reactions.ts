import { MessageEdited } from "#events/channels";
import { MessagePlaced } from "#events/conversations";
import { ReplyWritten } from "#events/desk";
import { placementsOfMessages } from "#modules/conversations";
import { targetPeople, whereConversationsStand } from "#modules/routing";
import type { Tx } from "#platform/db";
import { type Reader, reaction } from "#platform/journal/reader";
import { setTimer, type TimerHandler } from "#platform/timers";
import { passTime } from "./domain/course.ts";
import { peopleFor } from "./facts.ts";
import { lockRequest, saveRequest } from "./store/request-store.ts";
import { addStep, markStale, type News } from "./store/step-store.ts";
import { APPROVAL_DUE, changed, tellOf } from "./tell.ts";

/** What was said meanwhile makes a waiting text doubtful. A fault in this holds no work up. */
export const approvalReader: Reader = {
  name: "approvals",
  gatherMs: 100,
  batch: 2_000,
  reactions: [
    reaction(MessagePlaced, (tx, events) =>
      doubt(
        tx,
        events.flatMap(({ payload: { conversationId, backfilled, direction }, at }) =>
          conversationId === null || backfilled || direction === "out" ? [] : [{ conversationId, at, by: null }],
        ),
      ),
    ),
    // Another question stands there now than the one that is answered.
    reaction(MessageEdited, async (tx, events) => {
      const at = new Map(events.map((e) => [e.payload.messageId, e.at]));
      const placed = [...(await placementsOfMessages(tx, [...at.keys()])).values()];
      const news = placed.flatMap(({ messageId, conversationId, role }) =>
        conversationId === null || role === "us" ? [] : [{ conversationId, at: at.get(messageId)!, by: null }],
      );
      await doubt(tx, news);
    }),
    // A colleague's answer may have said it already.
    reaction(ReplyWritten, (tx, events) =>
      doubt(
        tx,
        events.map(({ payload: { conversationId, agentId }, at }) => ({ conversationId, at, by: agentId })),
      ),
    ),
  ],
};

async function doubt(tx: Tx, news: readonly News[]): Promise<void> {
  for (const one of await markStale(tx, news)) {
    await addStep(tx, one.id, { act: "stale", agentId: null });
    changed(tx, one, "stale", one.version);
  }
}

/** Nobody answered in time: the next ones are asked. Safe to run late and twice. */
const askOn: TimerHandler = async (tx, timer) => {
  const request = await lockRequest(tx, timer.ref);
  if (request?.state !== "waiting") return;
  const where = (await whereConversationsStand(tx, [request.conversationId])).get(request.conversationId);
  if (!where) return;
  const step = passTime(request, peopleFor(await targetPeople(tx), where, request.agentId), tx.now);
  if (!step) {
    if (request.dueAt !== null) await setTimer(tx, APPROVAL_DUE, request.id, Math.max(request.dueAt, tx.now + 1));
    return;
  }
  const now = { ...request, ...step.course };
  await addStep(tx, request.id, { act: "asked-on", agentId: null, says: step.course.stage });
  const version = await saveRequest(tx, now);
  changed(tx, now, step.alarm ? "alarmed" : "asked-on", version);
  await tellOf(tx, now, step);
};

export const approvalTimers: Readonly<Record<string, TimerHandler>> = { [APPROVAL_DUE]: askOn };
