import { type ChatPlaces, messagesOfThread } from "#modules/channels";
import { placementsOfMessages } from "#modules/conversations";
import { placesInQueues, type QueuePlace } from "#modules/routing";

/** Who waits behind whom, for the windows of web chat: thread → conversation → work → its place in the queue. */
export const chatPlaces: ChatPlaces = async (tx, threads) => {
  const lastOf = new Map<string, string>();
  for (const { channelId, threadKey } of threads) {
    const last = (await messagesOfThread(tx, channelId, threadKey, 20)).findLast((m) => m.direction === "in");
    if (last) lastOf.set(last.id, threadKey);
  }
  const placed = await placementsOfMessages(tx, [...lastOf.keys()]);
  const threadOf = new Map(
    [...placed.values()].flatMap((p) =>
      p.conversationId === null ? [] : [[p.conversationId, lastOf.get(p.messageId)!] as const],
    ),
  );
  const places = await placesInQueues(tx, [...threadOf.keys()]);
  return new Map(
    [...places].flatMap(([conversationId, place]): [string, QueuePlace][] => {
      const threadKey = threadOf.get(conversationId);
      return threadKey === undefined ? [] : [[threadKey, place]];
    }),
  );
};
