import { AppError, conflict, notFound, notNow } from "#platform/errors";
import type { Item } from "./domain/model.ts";
import type { Outcome, Refused } from "./domain/transitions.ts";
import type { Session } from "./session.ts";

/** Turns a refusal of the engine into a sentence that tells who has the work. */
export function orRefuse(session: Session, item: Item, outcome: Outcome): Item {
  if (outcome.ok) return outcome.item;
  const holderId = item.ownerId ?? item.offer?.agentId ?? null;
  const holder = holderId ? (session.agents.get(holderId)?.name ?? "Somebody else") : null;
  throw notNow(sentence(outcome.why, holder), {
    why: outcome.why,
    present: {
      workItemId: item.id,
      conversationId: item.conversationId,
      state: item.state,
      ownerId: holderId,
      owner: holder,
    },
  });
}

function sentence(why: Refused, holder: string | null): string {
  switch (why) {
    case "ended":
      return "This work is done already.";
    case "held-by-another":
      return `${holder ?? "Somebody else"} has this now.`;
    case "timed-out":
      return holder
        ? `The offer has ended; ${holder} has this now.`
        : "The offer has ended; the work waits in its queue.";
    case "not-offered-to-you":
      return "This is not offered to you now.";
    case "no-room":
      return "There is no room left for this. Finish or put aside something first.";
    case "too-many-parked":
      return "50 are put aside already. Finish some of them first.";
    case "conflict":
      return "This agent is the subject of a complaint in it and may not work on it. Choose somebody else.";
    case "not-here":
      return "This agent is not here now. Ask somebody who is available.";
    case "too-many-guests":
      return "Five work on this beside its owner already. Let one of them go first.";
    case "not-a-guest":
      return "Ask this agent in first; then it can be handed over.";
    case "no-wrap-up":
      return "There is nothing to write up any more: the work is done.";
    case "extended-already":
      return "The time to write it up was extended once already.";
    case "not-yours":
      return holder ? `Only ${holder} can do this: the work is theirs.` : "Take the work first.";
  }
}

/** The item of a command, if it is known and in the version that the caller saw. */
export function itemOf(session: Session, id: string | undefined, expectedVersion?: number): Item {
  const item = id === undefined ? [...session.items.values()][0] : session.items.get(id);
  if (!item) throw notFound("work item");
  const version = session.read.get(item.id)?.version;
  if (expectedVersion !== undefined && version !== expectedVersion)
    throw conflict("work", { version, state: item.state, ownerId: item.ownerId });
  return item;
}

export const unknownAgent = (): AppError => new AppError("invalid-request", "There is no active agent with this id.");
