import type { z } from "zod";
import type { conversationView } from "#contracts/desk";
import type { Message } from "#modules/channels";
import { burstGapOn, bursts, type Placement } from "#modules/conversations";
import { iso } from "#platform/clock";
import type { ConversationReads } from "./conversation-reads.ts";
import { markOf } from "./work-rows.ts";

type View = z.input<typeof conversationView>;

/** The bursts of a page, numbered on it. */
export function burstViews(
  page: readonly Placement[],
  of: ReadonlyMap<string, Message>,
  read: ConversationReads,
): View["bursts"] {
  const windows = { burst: read.burst, channels: read.channelWindows };
  return bursts(
    page.flatMap((p) => {
      const m = of.get(p.messageId);
      if (!m) return [];
      const medium = `${m.channelId}/${m.visibility === "private" ? "private" : "public"}`;
      return [{ id: m.id, at: m.sentAt, medium, gapMs: burstGapOn(windows, p.medium, m.channelId) }];
    }),
  ).map((b, i) => {
    const first = of.get(b.ids[0] ?? "");
    return {
      ordinal: i + 1,
      mark: markOf(first && read.channels.get(first.channelId), first?.visibility ?? "public"),
      from: iso(b.from),
      to: iso(b.to),
      messages: b.ids.length,
      gapBeforeMs: b.gapBeforeMs,
      entryIds: b.ids,
    };
  });
}
