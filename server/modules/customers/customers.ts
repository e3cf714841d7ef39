import { HandleChanged, HandleMet } from "#events/customers";
import type { Tx } from "#platform/db";
import { isReusable } from "./domain/keys.ts";
import { customerName, handleKey, type Identity, meetings } from "./domain/meet.ts";
import { changedHandsAt, type NameSpan, withSightings } from "./domain/name-spans.ts";
import { presentCustomer } from "./facts/facts.ts";
import { type Customer, type Handle, selectCustomers, selectHandles } from "./store/customer-store.ts";
import { findHandles, type StoredHandle, saveNames, touchCustomers, upsertHandles } from "./store/handle-store.ts";

/** Who stands behind a handle. */
export interface Met {
  handleId: string;
  customerId: string;
  /** Met for the first time, or called otherwise since: what others said of such a name may be about it. */
  news: boolean;
  /** Came back after a long silence under another name: what was said of it before may be about somebody else. */
  changedHands: boolean;
}

/**
 * Meets or refreshes handles in bulk (four statements whatever the number) and locks their customers in a fixed order until the
 * transaction ends. The map's key is `handleKey(identity)`. An erased handle is not met again: it is missing from the map.
 */
export async function meetHandles(tx: Tx, identities: readonly Identity[]): Promise<Map<string, Met>> {
  const met = meetings(identities);
  if (met.length === 0) return new Map();
  const before = new Map((await findHandles(tx, met)).map((h) => [h.id, h]));
  const after = await upsertHandles(tx, met);
  const byKey = new Map(met.map((m) => [m.key, m]));
  const result = new Map<string, Met>();
  const seen = new Map<string, { firstAt: number; lastAt: number; name: string | null }>();
  const named: { id: string; names: NameSpan[]; recycledAt: number | null }[] = [];
  for (const h of after) {
    const key = handleKey(h);
    const meeting = byKey.get(key);
    if (!meeting) continue;
    const was = before.get(h.id);
    const news = h.fresh || (was !== undefined && was.handle !== h.handle);
    const names = withSightings(was ? namesOf(was) : [], meeting.sightings);
    const recycledAt = changedHandsAt(h, names);
    const changedHands = recycledAt !== (was?.recycledAt ?? null);
    if (was && isReusable(h) && (changedHands || !sameNames(was.names, names)))
      named.push({ id: h.id, names, recycledAt });
    result.set(key, { handleId: h.id, customerId: h.customerId, news, changedHands });
    const said = { key: h.customerId, entity: "handle", entityId: h.id, entityVersion: h.version };
    if (h.fresh) {
      tx.announce(HandleMet, { ...said, payload: { handleId: h.id, customerId: h.customerId, network: h.network } });
      continue;
    }
    const other = seen.get(h.customerId);
    const renamed = was !== undefined && customerName(was) !== customerName(h) ? customerName(h) : null;
    seen.set(h.customerId, {
      firstAt: Math.min(meeting.firstAt, other?.firstAt ?? meeting.firstAt),
      lastAt: Math.max(meeting.lastAt, other?.lastAt ?? meeting.lastAt),
      name: (h.homeId === h.customerId ? renamed : null) ?? other?.name ?? null,
    });
    // A joined handle's new name is that of the customer it falls back to.
    if (renamed !== null && h.homeId !== h.customerId)
      seen.set(h.homeId, { firstAt: meeting.firstAt, lastAt: meeting.lastAt, name: renamed });
    if (was && was.version !== h.version)
      tx.announce(HandleChanged, { ...said, payload: { handleId: h.id, customerId: h.customerId } });
  }
  await touchCustomers(tx, seen);
  await saveNames(tx, named);
  return result;
}

/** Handles that were met before names were kept have the one they have. */
function namesOf(was: StoredHandle): NameSpan[] {
  if (was.names.length > 0) return was.names;
  return withSightings(
    [],
    [
      { name: was.name, at: was.firstSeenAt },
      { name: was.name, at: was.lastSeenAt },
    ],
  );
}

function sameNames(a: readonly NameSpan[], b: readonly NameSpan[]): boolean {
  const told = (spans: readonly NameSpan[]) => spans.map((s) => [s.name, s.from, s.to].join("\u0000")).join("\u0001");
  return told(a) === told(b);
}

/** By the ids that are asked for: whoever was joined to another is found under the one he became. */
export async function customersById(tx: Tx, ids: readonly string[]): Promise<Map<string, Customer>> {
  if (ids.length === 0) return new Map();
  const found = new Map((await selectCustomers(tx, [...new Set(ids)])).map((c) => [c.id, c]));
  // Few are joined to another, so the others are not asked for twice; a join leads straight to the one that stands.
  const joined = [...found.values()].flatMap((c) => (c.mergedInto === null ? [] : [[c.id, c.mergedInto] as const]));
  if (joined.length === 0) return found;
  const present = new Map((await selectCustomers(tx, [...new Set(joined.map(([, to]) => to))])).map((c) => [c.id, c]));
  for (const [asked, to] of joined) {
    let customer = present.get(to);
    if (customer && customer.mergedInto !== null) {
      // Whoever does not stand was joined again while this was read.
      const now = await presentCustomer(tx, asked);
      customer = now === null ? undefined : (await selectCustomers(tx, [now]))[0];
    }
    if (customer) found.set(asked, customer);
  }
  return found;
}

/** All live handles of these customers, with the sentence that joins each to its customer. */
export async function handlesOfCustomers(tx: Tx, customerIds: readonly string[]): Promise<Map<string, Handle[]>> {
  if (customerIds.length === 0) return new Map();
  return Map.groupBy(await selectHandles(tx, "customer_id", [...new Set(customerIds)]), (h) => h.customerId);
}

export async function handlesById(tx: Tx, ids: readonly string[]): Promise<Map<string, Handle>> {
  if (ids.length === 0) return new Map();
  return new Map((await selectHandles(tx, "id", [...new Set(ids)])).map((h) => [h.id, h]));
}
