import type { Tx } from "#platform/db";
import { actsBecauseOf, actsOn, findAct, type JoinAct, mergesAround, movesOf } from "../store/join-store.ts";
import { findPlacements, type Placement } from "../store/placement-store.ts";
import { standIn } from "./redirects.ts";

export async function joinAct(tx: Tx, id: string): Promise<JoinAct | undefined> {
  return findAct(tx, id);
}

/** What was parted because an act or statement about customers no longer holds, newest first, as far as it stands. */
export async function joinsBecauseOf(tx: Tx, causeId: string): Promise<JoinAct[]> {
  return actsBecauseOf(tx, causeId);
}

/** Acts on a conversation and on those that are part of it, newest first; undone ones as well. */
export async function joinsOf(tx: Tx, conversationId: string, limit = 100): Promise<JoinAct[]> {
  const around = await mergesAround(tx, [conversationId]);
  return actsOn(tx, [conversationId, ...around.keys(), ...around.values()], limit);
}

export interface ActOn {
  act: JoinAct;
  /** It put this message where it is: undone, the message would be elsewhere. */
  decides: boolean;
}

/** What people did with one message, oldest first: moved it by itself, or merged the conversation it stood in. */
export async function actsOfMessage(
  tx: Tx,
  messageId: string,
): Promise<{ placement: Placement | undefined; acts: ActOn[] }> {
  const [placement] = await findPlacements(tx, [messageId]);
  if (!placement?.conversationId) return { placement, acts: [] };
  const moves = await movesOf(tx, [messageId]);
  const last = moves.findLast((m) => m.undoneAt === null);
  const way: string[] = [];
  const merges = await mergesAround(tx, [placement.conversationId]);
  for (let at: string | undefined = placement.standsId ?? undefined; at !== undefined; at = merges.get(at))
    way.push(at);
  const merging = (await actsOn(tx, way, 100)).filter(
    (a) => a.kind === "merge" && a.undoneAt === null && way.includes(a.sourceId) && way.includes(a.targetId),
  );
  return {
    placement,
    acts: [
      ...moves.map(({ messageId: _, ...act }) => ({ act, decides: act.id === last?.id })),
      ...merging.toReversed().map((act) => ({ act, decides: true })),
    ],
  };
}

/** Conversations that have to do with this one by somebody's act, with the act, wherever they are now. */
export async function linkedWith(tx: Tx, conversationId: string): Promise<{ act: JoinAct; conversationId: string }[]> {
  const acts = (await joinsOf(tx, conversationId)).filter((a) => a.kind === "link" && a.undoneAt === null);
  const stand = await standIn(
    tx,
    acts.flatMap((a) => [a.sourceId, a.targetId]),
  );
  return acts.flatMap((act) => {
    const ends = [act.sourceId, act.targetId].map((id) => stand.get(id) ?? id);
    const other = ends.find((id) => id !== conversationId);
    return other === undefined ? [] : [{ act, conversationId: other }];
  });
}
