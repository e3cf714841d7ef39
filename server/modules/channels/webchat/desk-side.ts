import type { Tx } from "#platform/db";
import { notNow } from "#platform/errors";
import { capabilitiesOf } from "../capabilities.ts";
import { findChannel } from "../store/channel-store.ts";
import { lockKnownVisitor, saveVisitor } from "../store/webchat-visitor-store.ts";
import { visitorOfThread } from "./envelope.ts";
import { tellWindows } from "./lines.ts";

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
  const visitor = await lockKnownVisitor(tx, channel.id, visiting.visitorId);
  if (!visitor || visitor.erasedAt !== null) return;
  await tellWindows(tx, channel.id, visitor.id, typing);
  if (visitor.readSeq >= visitor.lastSeq) return;
  visitor.deliveredSeq = visitor.readSeq = visitor.lastSeq;
  await saveVisitor(tx, channel.id, visitor);
  await tellWindows(tx, channel.id, visitor.id);
}

/** The visitors behind threads of web chat; other threads have none. */
export function visitorsOfThreads(threads: readonly { threadKey: string }[]): string[] {
  return [...new Set(threads.flatMap((t) => visitorOfThread(t.threadKey)?.visitorId ?? []))];
}
