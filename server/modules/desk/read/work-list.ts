import type { z } from "zod";
import type { workPage, workQuery } from "#contracts/desk";
import { need } from "#modules/people";
import { listWork, permittedQueues, teamQueues, type Work, workCounts } from "#modules/routing";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { marksOf } from "../store/mark-store.ts";
import { presentWork } from "./work-rows.ts";

/** A page of the work list with its counts, in four rounds: what I may see, which work, its facts, its newest messages. */
export function workListFor(
  db: Tx,
  actor: Actor,
  query: z.output<typeof workQuery>,
): Promise<z.input<typeof workPage>> {
  need(actor, "work.read");
  return db.together(async (tx) => {
    const [{ queues, own }, teamQueueIds] = await Promise.all([
      permittedQueues(tx, actor, "work.read"),
      teamQueues(tx, actor.id),
    ]);
    const { view, queueId, cursor, limit } = query;
    const asked = { teamQueueIds, agentId: actor.id, queues, own };
    const [page, counts] = await Promise.all([
      listWork(tx, { ...asked, view, queueId, cursor, limit }),
      workCounts(tx, asked),
    ]);
    const conversationIds = page.items.map((w) => w.conversationId);
    const marks = marksOf(tx, conversationIds, actor.id);
    const [rows, known] = await Promise.all([presentWork(tx, actor.id, page.items, { marks }), marks]);
    const ending = (w: Pick<Work, "conversationId">) => known.get(w.conversationId)?.ending === true;
    const mine = page.items.filter((w) => w.ownerId === actor.id && ending(w)).length;
    return {
      items: rows.filter((row) => !ending(row)),
      next: page.next,
      counts: { ...counts, mine: Math.max(0, counts.mine - mine) },
    };
  });
}
