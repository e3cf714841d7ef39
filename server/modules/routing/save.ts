import {
  CapacityExceeded,
  CapacityRestored,
  type From,
  GuestJoined,
  GuestLeft,
  OfferEnded,
  WorkAccepted,
  WorkChanged,
  WorkEnded,
  WorkOffered,
  WorkQueued,
  WorkStuck,
} from "#events/routing";
import { setPresence } from "#modules/workforce";
import { iso } from "#platform/clock";
import type { EventType } from "#platform/journal/event";
import { setTimers } from "#platform/timers";
import { EXCLUDED_MS } from "./domain/admit.ts";
import { laneOf } from "./domain/lane.ts";
import type { AssignHow, Decision, Item, LeftHow, Queue, Reason, StuckWhy } from "./domain/model.ts";
import { noteOverCapacity } from "./domain/over-capacity.ts";
import { nextRingAt } from "./domain/skills.ts";
import type { Ended } from "./mirror/mirror.ts";
import type { Session } from "./session.ts";
import { decisionsToSave } from "./store/decision-store.ts";
import type { EndedOffer, NewOffer } from "./store/offer-store.ts";
import { saveRouting, type ToSave } from "./store/save-store.ts";
import type { Work } from "./store/work-store.ts";
import { agentsOf, servedOf } from "./whom-it-moved.ts";

/** Somebody wrote the same work in between, although the lock is ours. The transaction is taken back and decides anew from what stands now. */
export class PastTheLock extends Error {
  /** As a serialisation failure: `withAccount` tries again. */
  readonly code = "40001";
  constructor() {
    super("Work was changed past the lock of routing.");
    this.name = "PastTheLock";
  }
}

/** An act as it was saved: its items as they stand now, and what it changed. */
export interface SavedAct extends Ended {
  readonly works: ReadonlyMap<string, Work>;
}

/** Remembers what was decided (items, offers, reasons, turns, the step in one call, and timers), then says what happened. */
export async function save(session: Session): Promise<SavedAct> {
  const { tx, decisions, silent, woken } = session;
  noteOverCapacity(session, session.now);
  const reasons = new Map<string, readonly Reason[]>();
  for (const d of decisions) if (d.reasons.length > 0) reasons.set(d.itemId, d.reasons);
  const touched = [...session.touched].map((id) => session.items.get(id) as Item);
  const works = workAfter(session, reasons);
  const agents = touched.length + silent.size + woken.size > 0 ? agentsOf(session) : [];
  for (const agentId of silent)
    await setPresence(tx, { agentId, state: "not-responding", reason: "An offer ran out.", by: null });
  await saveTimers(session, touched);
  const { updated, step } = await saveAct(session, touched, reasons, works, agents);
  if (updated !== touched.filter(({ id }) => !session.made.has(id)).length) throw new PastTheLock();
  for (const d of decisions) announce(session, d, works.get(d.itemId) as Work);
  const decided = new Set(decisions.map((d) => d.itemId));
  for (const { id } of touched) if (!decided.has(id)) announceChange(session, works.get(id) as Work, "clock");
  return { works, step, agents, changed: touched.map(({ id }) => works.get(id) as Work) };
}

async function saveAct(
  session: Session,
  touched: readonly Item[],
  reasons: ReadonlyMap<string, readonly Reason[]>,
  works: ReadonlyMap<string, Work>,
  agents: readonly string[],
): Promise<{ updated: number; step: number | null }> {
  const { tx, decisions, queues, made, read } = session;
  if (touched.length + decisions.length + agents.length === 0) return { updated: 0, step: null };
  const rows = touched.map((item) => ({ ...item, lane: laneOf(item), reasons: reasons.get(item.id) ?? null }));
  const turned = decisions.some((d) => d.figures?.mode === "overload");
  const items = touched.map((item) => item.id);
  return saveRouting(tx, {
    changed: rows.flatMap((row) => {
      const was = read.get(row.id);
      if (made.has(row.id) || !was) return [];
      const ends = was.doneAt === null && (row.state === "done" || row.state === "withdrawn");
      return { ...row, version: was.version, ends };
    }),
    made: rows.flatMap((row) => {
      const facts = made.get(row.id);
      return facts ? { ...row, ...facts } : [];
    }),
    ...offersOf(session),
    decided: decisionsToSave(decisions, (id) => works.get(id)?.version ?? 0),
    turns: turned ? new Map([...queues].map(([id, queue]) => [id, queue.turns])) : null,
    step: items.length + agents.length > 0 ? { items, agents, served: servedOf(session) } : null,
  });
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

function offersOf({ decisions }: Session): Pick<ToSave, "settled" | "offered"> {
  const settled = decisions.flatMap((d): EndedOffer[] => {
    if (d.offerId === undefined) return [];
    if (d.act === "assigned") return [{ id: d.offerId, state: "accepted", reason: null }];
    if (d.act !== "offer-ended") return [];
    const state = d.how as "declined" | "timed-out" | "rescinded";
    return [{ id: d.offerId, state, reason: d.reasons[0]?.text ?? null }];
  });
  const offered = decisions.flatMap((d): NewOffer[] =>
    d.act !== "offered"
      ? []
      : [
          {
            ...{ id: d.offerId as string, workItemId: d.itemId, agentId: d.agentId as string },
            ...{ reasons: [...d.reasons], expiresAt: d.until as number },
          },
        ],
  );
  return { settled, offered };
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
    if (d.act === "wrapped-up") set("wrap-up-ends", d.itemId, d.until);
  }
  const closed = new Set(session.waitForOpening);
  for (const item of touched) {
    if (item.state !== "queued") continue;
    if (session.queues.get(item.queueId)?.serving === false && !item.crisis) closed.add(item.queueId);
    const at = looksAgainAt(item, now, session.queues.get(item.queueId));
    if (at !== null) set("ring-opens", item.id, at);
  }
  for (const queueId of closed) {
    const opensAt = session.queueFacts.find((q) => q.id === queueId)?.opensAt;
    if (opensAt) set("queue-opens", queueId, opensAt);
  }
  await setTimers(session.tx, timers);
}

/** When more agents may take an item that waits: a ring opens, or a decline is forgotten. */
export function looksAgainAt(item: Item, now: number, queue?: Pick<Queue, "overflow">): number | null {
  if (item.behind !== null) return null;
  const helped = queue?.overflow.some((teams) => teams.length > 0) ?? false;
  const widens = helped || item.excluded.length > 0 || item.needs.some((n) => n.kind === "soft");
  const ring = widens ? nextRingAt(item, now) : null;
  const times = item.excluded.map((e) => e.at + EXCLUDED_MS).filter((at) => at > now);
  if (ring !== null) times.push(ring);
  return times.length === 0 ? null : Math.min(...times);
}

type PayloadOf<T> = T extends EventType<infer P> ? P : never;
type What = PayloadOf<typeof WorkChanged>["what"];
const WHAT: Partial<Record<Decision["act"], What>> = {
  parked: "parked",
  woken: "woken",
  requeued: "requeued",
  transferred: "transferred",
  changed: "clock",
  forward: "forward",
  barred: "barred",
  "wrapped-up": "wrapup",
  interrupted: "interrupted",
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
    const how = d.how as AssignHow;
    const payload = { ...about, episodeId, agentId, how, overCapacity: d.overCapacity === true, ...from };
    tx.announce(WorkAccepted, { ...head, payload });
  } else if (d.act === "ended") {
    const how = d.how as "done" | "withdrawn";
    const payload = { ...about, episodeId, ownerId: work.ownerId, how, reason: texts[0] ?? "" };
    tx.announce(WorkEnded, { ...head, payload });
  } else if (d.act === "joined" || d.act === "left") {
    const guest = { ...about, agentId };
    const kind = d.reasons[0]?.code === "conference" ? "conference" : "consult";
    if (d.act === "joined") tx.announce(GuestJoined, { ...head, payload: { ...guest, kind } });
    else tx.announce(GuestLeft, { ...head, payload: { ...guest, how: d.how as LeftHow } });
  } else if (d.act === "tried-all" || d.act === "stuck") {
    const why = d.act === "stuck" ? (d.how as StuckWhy) : "all-declined";
    tx.announce(WorkStuck, {
      ...head,
      payload: { ...about, episodeId, why, transfers: work.transfers, reasons: texts },
    });
  } else if (d.act === "over-capacity") {
    const { used = 0, budget = 0 } = d.figures as { used?: number; budget?: number };
    const payload = { ...about, agentId, used, budget, at: iso(d.at) };
    tx.announce(d.how === "began" ? CapacityExceeded : CapacityRestored, { ...head, payload });
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

function announceChange(session: Session, work: Work, what: What): void {
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
