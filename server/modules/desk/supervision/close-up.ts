import type { z } from "zod";
import type { boardItemsPage, boardItemsQuery, queueCloseUp } from "#contracts/supervision";
import { agentsById, need } from "#modules/people";
import { boardItems, waitsOfQueue } from "#modules/routing";
import { type Instant, instantOf, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { isUuid } from "#platform/ids";
import { presentWork } from "../read/work-rows.ts";
import { boardQueues } from "./board.ts";

/** Edges of "how long they have waited", as parts of the target of normal work. */
const EDGES = [0.2, 0.4, 0.7, 1, 1.7] as const;
const NEXT = 5;

/** One queue close up: how long they have waited, and what is late next. What may not be seen is not there. */
export function closeUpOf(db: Tx, actor: Actor, queueId: string): Promise<z.input<typeof queueCloseUp>> {
  need(actor, "work.read");
  return db.together(async (tx) => {
    const queue = (await boardQueues(tx, actor)).find((one) => one.id === queueId);
    if (!queue) throw notFound("queue");
    const targetMs = queue.targets.normal;
    const edges = EDGES.map((part) => Math.round(part * targetMs));
    const [waits, next] = await Promise.all([
      waitsOfQueue(tx, queueId, edges),
      boardItems(tx, { queueIds: [queueId], of: "open", agentId: null, after: null, limit: NEXT }),
    ]);
    const [rows, agents] = await Promise.all([
      presentWork(tx, actor.id, next),
      agentsById(
        tx,
        next.map((work) => work.offer?.agentId),
      ),
    ]);
    const { bins, publicly, privately, priorities } = waits;
    return {
      ...{ queueId, targetMs, publicly, privately, priorities },
      waits: bins.map((items, n) => ({ items, upToMs: edges[n] ?? null })),
      next: rows.map((row, n) => ({
        ...row,
        offeredTo: agents.get(next[n]?.offer?.agentId ?? "")?.name ?? null,
        needs: next[n]?.needs.find((one) => one.kind === "hard")?.name ?? null,
      })),
    };
  });
}

/** The items behind a number of the board, by due time. */
export function boardItemsFor(
  db: Tx,
  actor: Actor,
  query: z.output<typeof boardItemsQuery>,
): Promise<z.input<typeof boardItemsPage>> {
  need(actor, "work.read");
  const after = cursorOf(query.cursor);
  return db.together(async (tx) => {
    const queues = await boardQueues(tx, actor, query.teamId);
    const queueIds = queues.map((q) => q.id).filter((id) => query.queueId === undefined || id === query.queueId);
    const { of, limit } = query;
    const found = await boardItems(tx, { queueIds, of, agentId: query.agentId ?? null, after, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const items = await presentWork(tx, actor.id, shown);
    return { items, next: found.length > limit && last ? `${iso(last.due)}~${last.id}` : null };
  });
}

function cursorOf(cursor: string | undefined): { due: Instant; id: string } | null {
  if (cursor === undefined) return null;
  const [due, id] = cursor.split("~");
  const at = instantOf(due ?? "");
  if (at === null || !id || !isUuid(id))
    throw new AppError("invalid-request", "This cursor is not one that a page of this list ended with.");
  return { due: at, id };
}
