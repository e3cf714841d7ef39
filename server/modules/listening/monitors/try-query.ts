import type { z } from "zod";
import type { monitorTried, monitorTry } from "#contracts/monitors";
import { channelsOf, messagesHeard } from "#modules/channels";
import { DAY, HOUR, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { matchesEverything } from "#shared/query/anchors";
import { parseQuery } from "#shared/query/parse";
import { labelsOfMessages } from "../listening.ts";
import { lane } from "./matching-lane.ts";
import { presentFault } from "./monitors.ts";
import { isHeard, postOfMessage } from "./post-of-message.ts";

/** So far back, and so many of the messages that are kept. */
const BACK = 7 * DAY;
const KEPT = 1_000;
/** Of less traffic than this no rate can be told. */
const SHORTEST = HOUR;

/** A query asked of recent traffic of the brands the actor may look at (null: all); changes nothing. */
export async function tryQuery(
  tx: Tx,
  trial: z.output<typeof monitorTry>,
  mayRead: (brandId: string) => boolean,
): Promise<z.input<typeof monitorTried>> {
  const parsed = parseQuery(trial.query, { accents: trial.accents });
  const fault = parsed.ok ? matchesEverything(parsed.query) : parsed.fault;
  const notices = parsed.ok ? parsed.notices.map(({ code, text, spot }) => ({ code, text, ...spot })) : [];
  const nothing = { notices, of: { kept: 0, heard: 0, from: null, to: null }, hits: 0, perDay: null };
  if (fault) return { fault: presentFault(fault), ...nothing, examples: [], terms: [] };

  const [channels, messages] = await tx.together((round) =>
    Promise.all([channelsOf(round), messagesHeard(round, tx.now - BACK, KEPT)]),
  );
  const brands = new Map(channels.map((c) => [c.id, c.brandId as string]));
  const wanted = (brandId: string | undefined): brandId is string =>
    brandId !== undefined && mayRead(brandId) && (trial.brandId === null || trial.brandId === brandId);
  const kept = messages.filter((m) => isHeard(m) && wanted(brands.get(m.channelId)));
  const labels = await labelsOfMessages(
    tx,
    kept.map((m) => m.id),
  );
  const posts = kept.map((m) =>
    postOfMessage(m, { brandId: brands.get(m.channelId) as string, language: labels.get(m.id)?.language }),
  );
  // What was only heard belongs to the brand of its channel; who may see one brand asks for that one.
  const only = trial.brandId ?? ([...new Set(brands.values())].every(mayRead) ? null : "none");
  const { tried, heard, examples } = await lane.try(tx.accountId, only, posts, trial);
  const times = [...kept.map((m) => m.sentAt), ...[heard.from, heard.to].filter((at) => at !== null)];
  const from = times.length > 0 ? times.reduce((a, b) => Math.min(a, b)) : null;
  const to = times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : null;
  const long = from !== null && to !== null && to - from >= SHORTEST ? to - from : null;
  const spot = ([start, end]: readonly [number, number]) => ({ at: start, length: end - start });
  return {
    ...{ fault: null, notices, hits: tried.hits },
    of: {
      ...{ kept: kept.length, heard: heard.count },
      ...{ from: from === null ? null : iso(from), to: to === null ? null : iso(to) },
    },
    perDay: long === null ? null : Math.round((tried.hits / (long / DAY)) * 10) / 10,
    examples: [
      ...tried.examples.map(({ post, spans }) => {
        const m = kept[post] as (typeof kept)[number];
        const { id: messageId, network, text, sentAt } = m;
        return {
          messageId,
          network,
          author: m.authorName || m.authorHandle,
          text,
          at: iso(sentAt),
          spans: spans.map(spot),
        };
      }),
      ...examples.map(({ post, spans }) => ({
        ...{ messageId: null, network: post.network ?? "", author: post.author ?? post.from ?? "", text: post.text },
        ...{ at: iso(post.at ?? tx.now), spans: spans.map(spot) },
      })),
    ],
    terms: tried.terms.map(({ at, length, posts: count }) => ({
      ...{ at, length, posts: count, text: trial.query.slice(at, at + length) },
    })),
  };
}
