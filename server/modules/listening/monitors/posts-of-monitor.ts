import type { z } from "zod";
import type { monitorPosts } from "#contracts/monitors";
import { channelsOf, messagesById } from "#modules/channels";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { understandingOf } from "../listening.ts";
import { hitsBefore } from "../store/monitor-store.ts";
import type { UnderstandingRow } from "../store/understanding-store.ts";

/** What a monitor caught, newest first, of the brands that `mayRead` lets through. */
export async function postsOfMonitor(
  tx: Tx,
  monitorId: string,
  before: string | null,
  limit: number,
  mayRead: (brandId: string) => boolean,
): Promise<z.input<typeof monitorPosts>> {
  const ids = await hitsBefore(tx, monitorId, before, limit + 1);
  const page = ids.slice(0, limit);
  const [channels, messages, labels] = await tx.together((round) =>
    Promise.all([channelsOf(round), messagesById(round, page), understandingOf(round, page)]),
  );
  const brands = new Map(channels.map((c) => [c.id, c.brandId as string]));
  const found = new Map(messages.map((m) => [m.id, m]));
  return {
    next: ids.length > limit ? (page.at(-1) ?? null) : null,
    items: page.flatMap((id) => {
      const m = found.get(id);
      const label = labels.get(id);
      // What is gone on the network, or may not be seen, is not shown; its count stays.
      if (!m || !label || m.state !== "live" || !mayRead(brands.get(m.channelId) ?? "")) return [];
      const hits = label.detail.monitors ?? [];
      const { channelId, network, text, permalink } = m;
      return [
        {
          ...{ messageId: id, channelId, network, text, permalink, at: iso(m.sentAt) },
          ...{ author: m.authorName || m.authorHandle, handle: m.authorHandle },
          followers: m.author.followers ?? null,
          ...{ language: label.language, sentiment: label.sentiment, noise: label.noise },
          spans: (hits.find((hit) => hit.id === monitorId)?.spans ?? []).map(([from, to]) => ({
            ...{ at: from, length: to - from },
          })),
          labels: shownLabels(label),
          monitors: hits.map((hit) => hit.id),
        },
      ];
    }),
  };
}

type ShownLabel = z.input<typeof monitorPosts>["items"][number]["labels"][number];
type Said = { value: unknown; score: number; words: readonly { start: number; end: number }[] };

/** What is worth telling of a post: noise, tone, danger, abuse, what it names and what else it tells. What an agent said has no words. */
function shownLabels({ noise, sentiment, detail: d }: UnderstandingRow): ShownLabel[] {
  const one = (task: string, { value, score, words }: Said): ShownLabel => {
    const marked = d.marked?.[task] !== undefined;
    const spots = words.map(({ start, end }) => ({ at: start, length: end - start }));
    return { task, value: String(value), score: marked ? null : score, words: marked ? [] : spots };
  };
  return [
    ...(noise && d.noise ? [one("noise", { ...d.noise, value: "noise" })] : []),
    ...(sentiment !== "neutral" && d.sentiment ? [one("sentiment", { ...d.sentiment, value: sentiment })] : []),
    ...(d.urgency?.risks ?? []).map((said) => one("risk", said)),
    ...(d.abuse ?? []).map((said) => one("abuse", said)),
    ...(d.things ?? []).map((said) => one("thing", { ...said, value: said.name })),
    ...[...(d.signals ?? []), ...(d.told ?? [])].map((said) => one("signal", said)),
  ];
}
