import { type ConversationFacts, conversationsById } from "#modules/conversations";
import { reachOf, type Verb, type Where } from "#modules/people";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { isOpen } from "./domain/model.ts";
import { allQueues } from "./store/queue-store.ts";
import { findStandings } from "./store/standing-store.ts";
import type { Work } from "./store/work-store.ts";

/** Where something stands, for asking whether a right covers it. */
export type Whereabouts = Required<Where>;

/** Where a conversation stands, with the work that is open on it. */
export interface Standing {
  readonly where: Whereabouts;
  readonly brandId: string;
  readonly work: Work | undefined;
  /** Version of the conversation itself. */
  readonly version: number;
  readonly conversation: ConversationFacts;
}

/**
 * Where conversations stand: in the brand they are with, and in the queue (and with the owner) of their open work, else of
 * the last work that was done on them. One without any work stands in its brand only. Two reads, one round.
 */
export async function standingsOf(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, Standing>> {
  const [conversations, items] = await Promise.all([
    conversationsById(tx, conversationIds),
    findStandings(tx, conversationIds),
  ]);
  return new Map(
    [...conversations].map(([id, conversation]): [string, Standing] => {
      const item = items.get(id);
      const { queueId = null, ownerId = null } = item?.work ?? {};
      return [
        id,
        {
          where: { brandId: conversation.brandId, queueId, teamId: item?.teamId ?? null, ownerId },
          brandId: conversation.brandId,
          work: item && isOpen(item.work) ? item.work : undefined,
          version: conversation.version,
          conversation,
        },
      ];
    }),
  );
}

export async function whereConversationsStand(tx: Tx, ids: readonly string[]): Promise<Map<string, Whereabouts>> {
  return new Map([...(await standingsOf(tx, ids))].map(([id, standing]) => [id, standing.where]));
}

/** Queues stand in no brand and belong to nobody. */
export async function whereQueuesStand(tx: Tx, ids: readonly string[]): Promise<Map<string, Whereabouts>> {
  const wanted = new Set(ids);
  return new Map(
    (await allQueues(tx)).flatMap(({ id, teamId }): [string, Whereabouts][] =>
      wanted.has(id) ? [[id, { queueId: id, teamId, brandId: null, ownerId: null }]] : [],
    ),
  );
}

export async function whereWorkStands(tx: Tx, work: Work): Promise<Whereabouts> {
  const { queueId, brandId, ownerId } = work;
  return { queueId, brandId, ownerId, teamId: (await whereQueuesStand(tx, [queueId])).get(queueId)?.teamId ?? null };
}

/** What a list may show, in the words of its tables: queues (a team stands for its queues), brands, what one owns. */
export interface Permitted {
  readonly queues: "all" | readonly string[];
  readonly brands: readonly string[];
  readonly own: boolean;
}

export async function permittedQueues(tx: Tx, actor: Pick<Actor, "grants">, verb: Verb): Promise<Permitted> {
  const reach = reachOf(actor, verb);
  if (reach === "all") return { queues: "all", brands: [], own: true };
  const { queueIds, teamIds, brandIds: brands, own } = reach;
  const ofTeams = teamIds.length === 0 ? [] : (await allQueues(tx)).filter((queue) => teamIds.includes(queue.teamId));
  return { queues: [...new Set([...queueIds, ...ofTeams.map((queue) => queue.id)])], brands, own };
}

export async function queueIsHere(tx: Tx, queueId: string): Promise<boolean> {
  return (await allQueues(tx)).some((queue) => queue.id === queueId);
}
