import type { z } from "zod";
import type { workPage, workQuery } from "#contracts/desk";
import { conversationsById } from "#modules/conversations";
import { customersById } from "#modules/customers";
import { need } from "#modules/people";
import { type BehindGroup, listWork, permittedQueues, teamQueues, workCounts } from "#modules/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { isEnding } from "../domain/ending.ts";
import { passesRest } from "../domain/narrow-by.ts";
import { filterOf } from "../loop/filtered.ts";
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
    const { view, queueId, group, filter, cursor, limit } = query;
    const [{ queues, own }, teamQueueIds, narrowed] = await Promise.all([
      permittedQueues(tx, actor, "work.read"),
      teamQueues(tx, actor.id),
      filter?.trim() ? filterOf(tx, actor, filter) : null,
    ]);
    const asked = { teamQueueIds, agentId: actor.id, queues, own };
    const [page, counts] = await Promise.all([
      listWork(tx, { ...asked, view, queueId, group, cursor, limit, narrow: narrowed?.narrow }),
      workCounts(tx, asked),
    ]);
    const conversationIds = page.items.map((w) => w.conversationId);
    const marks = marksOf(tx, conversationIds, actor.id);
    const [rows, known, groups] = await Promise.all([
      presentWork(tx, actor.id, page.items, { marks }),
      marks,
      presentGroups(tx, page.groups),
    ]);
    const ending = page.items.filter((w) => isEnding(known.get(w.conversationId)?.ending, w));
    const over = new Set(ending.map((w) => w.id));
    const mine = ending.filter((w) => w.ownerId === actor.id).length;
    return {
      items: rows.filter((row) => !over.has(row.workItemId) && passesRest(row, narrowed?.rest ?? [])),
      ...{ next: page.next, groups },
      counts: { ...counts, mine: Math.max(0, counts.mine - mine) },
    };
  });
}

type GroupView = z.input<typeof workPage>["groups"][number];

/** What waits behind, with the names that tell it apart. */
async function presentGroups(tx: Tx, groups: readonly BehindGroup[]): Promise<GroupView[]> {
  if (groups.length === 0) return [];
  const [conversations, customers] = await Promise.all([
    conversationsById(
      tx,
      groups.map((g) => g.conversationId),
    ),
    customersById(
      tx,
      groups.map((g) => g.customerId),
    ),
  ]);
  return groups.map(({ key, count, conversationId, customerId, due }) => ({
    ...{ key, count, conversationId, dueAt: iso(due), kind: key.startsWith("author:") ? "author" : "alike" },
    ...{ name: customers.get(customerId)?.name ?? "", subject: conversations.get(conversationId)?.subject ?? "" },
  }));
}
