import { channelsOf, messagesHeard } from "#modules/channels";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { hitFactsOf } from "../monitors/hit-facts.ts";
import { lane } from "../monitors/matching-lane.ts";
import { knowMonitors } from "../monitors/note-monitors.ts";
import { isHeard, postOfMessage } from "../monitors/post-of-message.ts";
import { saveLookedBack } from "../store/count-store.ts";
import { monitorStamp } from "../store/monitor-store.ts";
import { findUnderstandings } from "../store/understanding-store.ts";

/** So many of the newest public messages are looked through. */
const MOST = 5_000;
const AT_ONCE = 500;

/**
 * What monitors would have caught of what is kept since an instant, for their trends: a new monitor knows from its first day what is
 * usual. It opens nothing and stands in no list of what was caught.
 */
export async function lookBack(tx: Tx, monitorIds: ReadonlySet<string>, since: Instant): Promise<void> {
  const stamp = await monitorStamp(tx);
  if (stamp === null || monitorIds.size === 0) return;
  await knowMonitors(tx, stamp);
  const [channels, found] = await tx.together((round) =>
    Promise.all([channelsOf(round), messagesHeard(round, since, MOST)]),
  );
  const brands = new Map(channels.map((c) => [c.id, c.brandId as string]));
  const messages = found.filter((m) => isHeard(m) && brands.has(m.channelId));
  for (let at = 0; at < messages.length; at += AT_ONCE) {
    const part = messages.slice(at, at + AT_ONCE);
    const known = await findUnderstandings(
      tx,
      part.map((m) => m.id),
    );
    const understood = new Map(known.map((u) => [u.messageId, u]));
    const posts = part.map((m) =>
      postOfMessage(m, { brandId: brands.get(m.channelId) as string, language: understood.get(m.id)?.language }),
    );
    const hits = await lane.hits(tx.accountId, posts);
    await saveLookedBack(
      tx,
      part.flatMap((m, n) =>
        (hits[n] ?? [])
          .filter((hit) => monitorIds.has(hit.id))
          .map((hit) => ({
            ...{ monitorId: hit.id, messageId: m.id },
            ...hitFactsOf(m, understood.get(m.id)?.detail.noise),
          })),
      ),
    );
  }
}
