import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notNow } from "#platform/errors";
import { capabilitiesOf } from "../capabilities.ts";
import { findChannel } from "../store/channel-store.ts";
import { findVisitors, lockListener, saveVisitor } from "../store/webchat-visitor-store.ts";
import { visitorOfThread } from "./envelope.ts";
import { tellWindows } from "./lines.ts";
import { chatSettings } from "./settings.ts";
import { HERE } from "./visit.ts";

/** An agent writes, or has stopped, in a thread of a network that shows it; who writes has read what stands there. */
export async function markTyping(
  tx: Tx,
  where: { channelId: string; threadKey: string },
  typing: { on: boolean; name: string },
): Promise<void> {
  const channel = await findChannel(tx, where.channelId);
  const visiting = visitorOfThread(where.threadKey);
  if (!channel || !visiting || !capabilitiesOf(channel.network, channel.overrides).canType.supported)
    throw notNow("This network does not show who is writing.");
  const visitor = await lockListener(tx, channel.id, visiting.visitorId);
  if (!visitor || visitor.erasedAt !== null) return;
  await tellWindows(tx, channel.id, visitor.id, typing);
  if (visitor.id !== visiting.visitorId || visitor.readSeq >= visitor.lastSeq) return;
  visitor.deliveredSeq = visitor.readSeq = visitor.lastSeq;
  await saveVisitor(tx, channel.id, visitor);
  await tellWindows(tx, channel.id, visitor.id);
}

/** The visitors behind threads of web chat; other threads have none. */
export function visitorsOfThreads(threads: readonly { threadKey: string }[]): string[] {
  return [...new Set(threads.flatMap((t) => visitorOfThread(t.threadKey)?.visitorId ?? []))];
}

export interface SeenVisit {
  page: { url: string; title: string };
  before: { url: string; title: string }[];
  here: boolean;
  seenAt: string;
}

/** Where the visitor behind these threads is on the site, or was last; null where the chat does not show it or nothing is known. */
export async function visitOf(
  tx: Tx,
  threads: readonly { channelId: string; threadKey: string }[],
): Promise<SeenVisit | null> {
  let last: { at: Instant; seen: SeenVisit } | null = null;
  for (const [channelId, own] of Map.groupBy(threads, (t) => t.channelId)) {
    const channel = await findChannel(tx, channelId);
    if (channel?.network !== "webchat" || !chatSettings(channel.config).visit.show) continue;
    const named = await findVisitors(tx, channelId, visitorsOfThreads(own));
    const became = [...named.values()].flatMap((v) => v.became ?? []);
    for (const v of [...named.values(), ...(await findVisitors(tx, channelId, became)).values()])
      if (v.page.url && (last === null || v.seenAt > last.at)) {
        const { url, title } = v.page;
        const here = tx.now - v.seenAt <= HERE;
        last = { at: v.seenAt, seen: { page: { url, title }, before: v.visit, here, seenAt: iso(v.seenAt) } };
      }
  }
  return last?.seen ?? null;
}
