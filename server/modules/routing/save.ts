import { type From, OfferEnded, WorkAccepted, WorkChanged, WorkEnded, WorkOffered, WorkQueued } from "#events/routing";
import { setPresence } from "#modules/workforce";
import { iso } from "#platform/clock";
import { AppError } from "#platform/errors";
import { setTimers } from "#platform/timers";
import { EXCLUDED_MS } from "./domain/admit.ts";
import { laneOf } from "./domain/lane.ts";
import type { Decision, Item, Reason } from "./domain/model.ts";
import { nextRingAt } from "./domain/skills.ts";
import type { Session } from "./session.ts";
import { insertDecisions } from "./store/decision-store.ts";
import { saveAgentTurns } from "./store/load-store.ts";
import { insertOffers, type OfferRow, settleOffers } from "./store/offer-store.ts";
import { saveTurns } from "./store/queue-store.ts";
import { insertWork, updateWork, type Work } from "./store/work-store.ts";

/** Remembers what was decided: items, offers, reasons, turns and timers, then says what happened. */
export async function save(session: Session): Promise<Map<string, Work>> {
  const { tx, decisions } = session;
  const reasons = new Map<string, readonly Reason[]>();
  for (const d of decisions) if (d.reasons.length > 0) reasons.set(d.itemId, d.reasons);
  const touched = [...session.touched].map((id) => session.items.get(id) as Item);
  const rows = touched.map((item) => ({ ...item, lane: laneOf(item), reasons: reasons.get(item.id) ?? null }));
  const fresh = rows.flatMap((row) => {
    const facts = session.made.get(row.id);
    return facts ? [{ ...row, ...facts }] : [];
  });
  const known = rows.filter((row) => !session.made.has(row.id));
  const changed = known.map((row) => {
    const read = session.read.get(row.id) as Work;
    const ends = read.doneAt === null && (row.state === "done" || row.state === "withdrawn");
    return { ...row, version: read.version, ends };
  });
  if ((await updateWork(tx, changed)) !== changed.length)
    throw new AppError("internal", "Work was changed past the lock of routing.");
  // After the updates: what ends makes room for the new item of the same conversation.
  await insertWork(tx, fresh);
  await saveOffers(session);
  if (decisions.some((d) => d.figures?.mode === "overload"))
    await saveTurns(tx, new Map([...session.queues].map(([id, queue]) => [id, queue.turns])));
  const served = decisions.filter((d) => d.act === "offered" || d.act === "assigned").map((d) => d.agentId as string);
  await saveAgentTurns(tx, [...new Set(served)]);
  for (const agentId of session.silent)
    await setPresence(tx, { agentId, state: "not-responding", reason: "An offer ran out.", by: null });
  await saveTimers(session, touched);
  const saved = workAfter(session, reasons);
  await insertDecisions(tx, decisions, (id) => saved.get(id)?.version ?? 0);
  for (const d of decisions) announce(session, d, saved.get(d.itemId) as Work);
  const decided = new Set(decisions.map((d) => d.itemId));
  for (const { id } of touched) if (!decided.has(id)) announceChange(session, saved.get(id) as Work, "clock");
  return saved;
}

function workAfter(session: Session, reasons: ReadonlyMap<string, readonly Reason[]>): Map<string, Work> {
  return new Map(
    [...session.items].map(([id, item]): [string, Work] => {
      const facts = session.made.get(id);
      const read = session.read.get(id);
      const over = item.state === "done" || item.state === "withdrawn";
      const changed = session.touched.has(id);
      const base = read ?? { ...(facts as NonNullable<typeof facts>), openedAt: session.now, version: 0, doneAt: null };
      const shown = reasons.get(id) ?? read?.reasons ?? [];
      const doneAt = over ? (base.doneAt ?? (changed ? session.now : null)) : null;
      return [id, { ...base, ...item, reasons: shown, doneAt, version: base.version + (changed ? 1 : 0) }];
    }),
  );
}

async function saveOffers({ tx, decisions, now }: Session): Promise<void> {
  const ended = decisions.flatMap((d): { id: string; state: OfferRow["state"]; reason: string | null }[] => {
    if (d.offerId === undefined) return [];
    if (d.act === "assigned") return [{ id: d.offerId, state: "accepted", reason: null }];
    if (d.act !== "offer-ended") return [];
    const state = d.how as "declined" | "timed-out" | "rescinded";
    return [{ id: d.offerId, state, reason: d.reasons[0]?.text ?? null }];
  });
  await settleOffers(tx, ended);
  const made = decisions.filter((d) => d.act === "offered");
  await insertOffers(
    tx,
    made.map((d) => ({
      ...{ id: d.offerId as string, workItemId: d.itemId, agentId: d.agentId as string },
      ...{ reasons: [...d.reasons], offeredAt: now, expiresAt: d.until as number },
    })),
  );
}

/** Only what would otherwise be overlooked: an offer that runs out, a hold or a ring that ends, a queue that opens. */
async function saveTimers(session: Session, touched: readonly Item[]): Promise<void> {
  const { now, decisions } = session;
  const timers: { kind: string; ref: string; dueAt: number }[] = [];
  const set = (kind: string, ref: string, dueAt: number) => timers.push({ kind, ref, dueAt });
  for (const d of decisions) {
    if (d.until === undefined) continue;
    if (d.act === "offered") set("offer-expiry", d.offerId as string, d.until);
    if (d.act === "held") set("sticky-end", d.itemId, d.until);
    if (d.act === "parked") set("work-wake", d.itemId, d.until);
  }
  const closed = new Set(session.waitForOpening);
  for (const item of touched) {
    if (item.state !== "queued") continue;
    if (session.queues.get(item.queueId)?.serving === false && !item.crisis) closed.add(item.queueId);
    const at = looksAgainAt(item, now);
    if (at !== null) set("ring-opens", item.id, at);
  }
  for (const queueId of closed) {
    const opensAt = session.queueFacts.find((q) => q.id === queueId)?.opensAt;
    if (opensAt) set("queue-opens", queueId, opensAt);
  }
  await setTimers(session.tx, timers);
}

/** When more agents may take an item that waits: a ring opens, or a decline is forgotten. */
export function looksAgainAt(item: Item, now: number): number | null {
  const ring = item.excluded.length > 0 || item.needs.some((n) => n.kind === "soft") ? nextRingAt(item, now) : null;
  const times = item.excluded.map((e) => e.at + EXCLUDED_MS).filter((at) => at > now);
  if (ring !== null) times.push(ring);
  return times.length === 0 ? null : Math.min(...times);
}

const WHAT: Partial<Record<Decision["act"], "due" | "parked" | "woken" | "requeued" | "transferred" | "clock">> = {
  parked: "parked",
  woken: "woken",
  requeued: "requeued",
  transferred: "transferred",
  changed: "clock",
};

function announce(session: Session, d: Decision, work: Work): void {
  const { tx } = session;
  const head = {
    key: work.conversationId,
    entity: "work",
    entityId: work.id,
    entityVersion: work.version,
    trace: work.traceId,
  };
  const about = { workItemId: work.id, conversationId: work.conversationId, queueId: work.queueId };
  const { episodeId } = work;
  const from = stoodBefore(session, work);
  const texts = d.reasons.map((reason) => reason.text);
  const dueAt = iso(work.due);
  const agentId = d.agentId ?? "";
  const what = WHAT[d.act];
  if (d.act === "queued") {
    const payload = { ...about, episodeId, dueAt, priority: work.priority, reasons: texts, ...from };
    tx.announce(WorkQueued, { ...head, payload });
  } else if (d.act === "offered") {
    const payload = { ...about, offerId: d.offerId ?? "", agentId, expiresAt: iso(d.until ?? 0), reasons: texts };
    tx.announce(WorkOffered, { ...head, payload });
  } else if (d.act === "offer-ended") {
    const how = d.how as "declined" | "timed-out" | "rescinded";
    const payload = { ...about, offerId: d.offerId ?? "", agentId, how, reason: texts[0] ?? null };
    tx.announce(OfferEnded, { ...head, payload });
  } else if (d.act === "assigned") {
    const how = d.how as "offer" | "taken" | "assigned" | "sticky";
    const payload = { ...about, episodeId, agentId, how, overCapacity: d.overCapacity === true, ...from };
    tx.announce(WorkAccepted, { ...head, payload });
  } else if (d.act === "ended") {
    const how = d.how as "done" | "withdrawn";
    const payload = { ...about, episodeId, ownerId: work.ownerId, how, reason: texts[0] ?? "" };
    tx.announce(WorkEnded, { ...head, payload });
  } else if (what) {
    announceChange(session, work, what);
  }
}

/** Where it stood before this act, when it has left another queue or another owner. */
function stoodBefore({ read, before }: Session, work: Work): { from?: From } {
  const from = before.get(work.id) ?? read.get(work.id);
  if (!from) return {};
  const { queueId, ownerId } = from;
  const left = queueId !== work.queueId || (ownerId !== null && ownerId !== work.ownerId);
  return left ? { from: { queueId, ownerId } } : {};
}

function announceChange(session: Session, work: Work, what: NonNullable<(typeof WHAT)[Decision["act"]]>): void {
  const { conversationId, episodeId, queueId, state, ownerId } = work;
  const payload = {
    ...{ workItemId: work.id, conversationId, episodeId, queueId, state, ownerId, dueAt: iso(work.due), what },
    ...stoodBefore(session, work),
  };
  session.tx.announce(WorkChanged, {
    ...{ key: conversationId, entity: "work", entityId: work.id, entityVersion: work.version, trace: work.traceId },
    payload,
  });
}
