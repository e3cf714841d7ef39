import type { z } from "zod";
import type { figuresQuery } from "#contracts/insights";
import { need } from "#modules/people";
import { permittedQueues } from "#modules/routing";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { isUuid } from "#platform/ids";
import type { Filter } from "../store/fact-store.ts";

const YEARS_2 = 2 * 366 * 86_400_000;

/** What was asked for, kept to what the asker may see. */
export async function filterOf(tx: Tx, actor: Actor, q: z.output<typeof figuresQuery>): Promise<Filter> {
  need(actor, "insights.read");
  const [from, to] = [Date.parse(q.from), Date.parse(q.to)];
  if (from >= to) throw new AppError("invalid-request", "`from` has to lie before `to`.");
  if (to - from > YEARS_2) throw new AppError("invalid-request", "Ask for two years at most.");
  const { queues, brands } = await permittedQueues(tx, actor, "insights.read");
  const within = queues === "all" ? null : { queues, brands };
  return { from, to, brandId: q.brandId ?? null, queueId: q.queueId ?? null, network: q.network ?? null, within };
}

/** Where a page begins: behind this value and, of equal ones, this id. */
export function cursorOf(text: string | undefined): { value: number; tie: string } | null {
  if (text === undefined) return null;
  const [value, tie] = text.split("/");
  if (!Number.isFinite(Number(value)) || !isUuid(tie ?? ""))
    throw new AppError("invalid-request", "The cursor is none of ours. Begin without one.");
  return { value: Number(value), tie: tie! };
}
