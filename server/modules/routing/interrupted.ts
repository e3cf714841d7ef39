import { mediumClasses } from "./domain/medium-class.ts";
import type { Item } from "./domain/model.ts";
import { bringIn } from "./in-routing.ts";
import type { Session } from "./session.ts";

/** Exclusive work holds what its agent has in hand, and lets it go on afterwards: both have to be there. Other work asks nothing. */
export async function withInterrupted(session: Session, item: Item | undefined, agentId: string | null): Promise<void> {
  if (item && agentId !== null && mediumClasses[item.mediumClass].exclusive)
    await bringIn(session, { activeOf: [agentId] });
}
