import type { z } from "zod";
import type { trendPost } from "#contracts/trends";
import { channelsOf, messagesById } from "#modules/channels";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { labelsOfMessages } from "../listening.ts";

export type Shown = z.input<typeof trendPost>;

/** Posts as they are shown beside figures; what is gone, or of a brand that may not be read, is left out. Their sentiment is not known yet. */
export async function readablePosts(
  tx: Tx,
  ids: readonly string[],
  mayRead: (brandId: string) => boolean,
): Promise<Map<string, Shown>> {
  const [channels, messages] = await Promise.all([channelsOf(tx), messagesById(tx, ids)]);
  const brands = new Map(channels.map((c) => [c.id, c.brandId as string]));
  return new Map(
    messages.flatMap((m) => {
      if (m.state !== "live" || !mayRead(brands.get(m.channelId) ?? "")) return [];
      const { id, network, text, permalink } = m;
      const author = m.authorName || m.authorHandle;
      return [[id, { id, network, text, permalink, author, at: iso(m.sentAt), sentiment: "neutral" }] as const];
    }),
  );
}

/** The same with their labels, in the order of the ids. */
export async function postsWithLabels(
  tx: Tx,
  ids: readonly string[],
  mayRead: (brandId: string) => boolean,
): Promise<Shown[]> {
  const [posts, labels] = await tx.together((round) =>
    Promise.all([readablePosts(round, ids, mayRead), labelsOfMessages(round, ids)]),
  );
  return ids.flatMap((id) => {
    const post = posts.get(id);
    return post ? [{ ...post, sentiment: labels.get(id)?.sentiment ?? "neutral" }] : [];
  });
}
