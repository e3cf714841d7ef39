import { channelsOf } from "#modules/channels";
import { brandsOf } from "#modules/company";
import { staffOf } from "#modules/people";
import { queuesOf } from "#modules/routing";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { type Names, type Narrowed, narrowBy } from "../domain/narrow-by.ts";

/** Everything a filter may name; one round. */
export async function filterNames(tx: Tx, actor: Actor): Promise<Names> {
  const [queues, brands, staff, channels] = await Promise.all([
    queuesOf(tx),
    brandsOf(tx),
    staffOf(tx),
    channelsOf(tx),
  ]);
  const agents = staff.agents.map(({ agent }) => ({ id: agent.id, name: agent.name }));
  return { me: actor.id, queues, brands, agents, channels };
}

/** What a filter narrows the list to; refused with what is wrong with it. */
export async function filterOf(tx: Tx, actor: Actor, text: string): Promise<Extract<Narrowed, { ok: true }>> {
  const narrowed = narrowBy(text, await filterNames(tx, actor), tx.now);
  if (!narrowed.ok) throw new AppError("invalid-request", narrowed.why);
  return narrowed;
}
