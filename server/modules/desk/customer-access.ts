import { type ConversationFacts, conversationsOfCustomer } from "#modules/conversations";
import { presentCustomer } from "#modules/customers";
import { can, reachOf, type Verb } from "#modules/people";
import { type Standing, standingsOf } from "#modules/routing";
import type { Tx } from "#platform/db";
import { notFound, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";

/** A customer stands where his conversations stand: a right to any of those places is a right to him. */
export function mayWithCustomer(actor: Actor, verb: Verb, standings: Iterable<Standing>): boolean {
  if (reachOf(actor, verb) === "all") return true;
  for (const { where } of standings) if (can(actor, verb, where)) return true;
  return false;
}

/**
 * The one way to change something of a customer: found under whoever he was joined to, and only where the actor may see him. What
 * may not be seen is answered like what is not there.
 */
export async function accessCustomer(
  tx: Tx,
  actor: Actor,
  asked: string,
): Promise<{ customerId: string; conversations: ConversationFacts[] }> {
  const customerId = await presentCustomer(tx, asked);
  if (customerId === null) throw notFound("customer");
  const conversations = await conversationsOfCustomer(tx, customerId);
  const standings = await standingsOf(
    tx,
    conversations.map((c) => c.id),
  );
  if (!mayWithCustomer(actor, "customer.read", standings.values())) throw notFound("customer");
  if (!mayWithCustomer(actor, "customer.write", standings.values()))
    throw notPermitted("note anything of this customer");
  return { customerId, conversations };
}
