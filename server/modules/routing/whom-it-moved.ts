import type { Item } from "./domain/model.ts";
import type { Session } from "./session.ts";

/** Who carries an item, or is asked to. */
export function holdersOf(item: Item): (string | null)[] {
  return [item.ownerId, item.offer?.agentId ?? null, ...item.guests.map((guest) => guest.agentId)];
}

/** Who was given something, or had it held out: their turn begins anew. */
export function servedOf({ decisions }: Session): string[] {
  const served = decisions.flatMap((d) => (d.act === "offered" || d.act === "assigned" ? d.agentId : []));
  return [...new Set(served.filter((id) => id !== null))];
}

/** All whose load, presence or turn the act may have changed. */
export function agentsOf(session: Session): string[] {
  const { items, read, silent, woken, concerned } = session;
  const held = [...items.values(), ...read.values()].flatMap(holdersOf);
  const moved = session.moved?.keys() ?? [];
  return [
    ...new Set(
      [...concerned, ...silent, ...woken, ...held, ...servedOf(session), ...moved].filter((id) => id !== null),
    ),
  ];
}
