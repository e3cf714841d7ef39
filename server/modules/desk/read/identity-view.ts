import type { z } from "zod";
import type { identityPreview, identityView } from "#contracts/identity";
import { conversationsOfCustomer, placementsOfMessages } from "#modules/conversations";
import { type CustomerIdentity, customersById, type Handle, identityOf, type Preview } from "#modules/customers";
import { agentsById, reachOf } from "#modules/people";
import { standingsOf } from "#modules/routing";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { mayWithCustomer } from "../customer-access.ts";
import { stitchedFor } from "../stitched.ts";
import { readableOf } from "../work-acts.ts";

type View = z.input<typeof identityView>;
type Names = Map<string, { id: string; name: string }>;

/** Who a customer is and how sure that is, as far as the actor may see it. */
export async function identityFor(tx: Tx, actor: Actor, customerId: string, mayJoin: boolean): Promise<View> {
  const found = await identityOf(tx, customerId);
  if (!found) throw notFound("customer");
  const suggestions = await visible(tx, actor, found.suggestions);
  const agents = await namesOf(tx, found);
  const said = await saidWhere(tx, actor, found);
  const name = (agentId: string | null) => (agentId === null ? null : (agents.get(agentId) ?? null));
  return {
    id: found.customer.id,
    name: found.customer.name,
    version: found.customer.version,
    mayJoin,
    handles: found.handles.map((h) => ({
      ...mark(h),
      own: h.homeId === found.customer.id,
      shared: h.shared,
      recycledAt: h.recycledAt === null ? null : iso(h.recycledAt),
      joins: h.joins.map(({ by, messageId, at, ...why }) => ({
        ...why,
        at: iso(at),
        by: name(by),
        said: said.get(messageId ?? "") ?? null,
      })),
    })),
    suggestions: suggestions.map((s) => ({
      ...{ id: s.id, kind: s.kind, score: s.score, reasons: s.reasons, madeAt: iso(s.madeAt) },
      ...{ mine: mark(s.mine), other: mark(s.other) },
      otherCustomer: { id: s.otherCustomer.id, name: s.otherCustomer.name },
    })),
    acts: found.acts.map((a) => ({
      ...{ id: a.id, kind: a.kind, reason: a.reason, at: iso(a.at), by: name(a.by) },
      undone: a.undoneAt === null ? null : { at: iso(a.undoneAt), by: name(a.undoneBy) },
    })),
  };
}

function mark(h: Handle): HandleMark {
  const { id, network, handle, name, profileUrl, followers, verified } = h;
  return { id, network, handle, name, profileUrl, followers, verified };
}
type HandleMark = Pick<Handle, "id" | "network" | "handle" | "name" | "profileUrl" | "followers" | "verified">;

/** A suggestion names another customer: only who may see that one sees it. */
async function visible(
  tx: Tx,
  actor: Actor,
  suggestions: CustomerIdentity["suggestions"],
): Promise<CustomerIdentity["suggestions"]> {
  if (suggestions.length === 0 || reachOf(actor, "customer.read") === "all") return suggestions;
  const may = new Map<string, boolean>();
  for (const { otherCustomer } of suggestions)
    if (!may.has(otherCustomer.id)) may.set(otherCustomer.id, await maySee(tx, actor, otherCustomer.id));
  return suggestions.filter((s) => may.get(s.otherCustomer.id));
}

export async function maySee(tx: Tx, actor: Actor, customerId: string): Promise<boolean> {
  if (reachOf(actor, "customer.read") === "all") return true;
  const ids = (await conversationsOfCustomer(tx, customerId)).map((c) => c.id);
  return mayWithCustomer(actor, "customer.read", (await standingsOf(tx, ids)).values());
}

async function namesOf(tx: Tx, found: CustomerIdentity): Promise<Names> {
  return agentsById(tx, [
    ...found.handles.flatMap((h) => h.joins.map((j) => j.by)),
    ...found.acts.flatMap((a) => [a.by, a.undoneBy]),
  ]);
}

/** Where the words stand that joined, of those the actor may read. */
async function saidWhere(
  tx: Tx,
  actor: Actor,
  found: CustomerIdentity,
): Promise<Map<string, { messageId: string; conversationId: string }>> {
  const ids = [...new Set(found.handles.flatMap((h) => h.joins.flatMap((j) => j.messageId ?? [])))];
  const places = [...(await placementsOfMessages(tx, ids)).values()].flatMap((p) =>
    p.conversationId === null ? [] : [{ messageId: p.messageId, conversationId: p.conversationId }],
  );
  const readable = await readableOf(
    tx,
    actor,
    places.map((p) => p.conversationId),
  );
  return new Map(places.filter((p) => readable.has(p.conversationId)).map((p) => [p.messageId, p]));
}

/** What an act would change, with the conversations that go along. */
export async function presentPreview(tx: Tx, actor: Actor, preview: Preview): Promise<z.input<typeof identityPreview>> {
  const customers = await customersById(
    tx,
    preview.versions.map((v) => v.id),
  );
  const going = new Map(preview.moving.map((m) => [m.from, m.to]));
  // A conversation goes with the handle that began it; of a joined customer all go, of a parted one those of the handles that leave.
  const whole = preview.versions.length > 1 ? [...going.keys()] : [];
  const conversations = (await Promise.all(whole.map((id) => conversationsOfCustomer(tx, id)))).flat();
  const readable = await readableOf(
    tx,
    actor,
    conversations.map((c) => c.id),
  );
  const stitched = await stitchedFor(
    tx,
    actor,
    preview.moving.map(({ handle, from, to }) => ({ handleId: handle.id, from, to })),
  );
  return {
    stitched: {
      messages: stitched.reduce((sum, one) => sum + one.messageIds.length, 0),
      conversations: new Set(stitched.map((one) => one.conversationId)).size,
    },
    customerId: preview.customerId,
    moving: preview.moving.map((m) => ({ handle: mark(m.handle), from: m.from, to: m.to })),
    conversations: conversations
      .filter((c) => readable.has(c.id))
      .map((c) => ({ id: c.id, number: c.number, subject: c.subject, to: going.get(c.customerId)! })),
    versions: preview.versions.map((v) => ({ ...v, name: customers.get(v.id)?.name ?? "" })),
    warnings: preview.warnings,
  };
}
