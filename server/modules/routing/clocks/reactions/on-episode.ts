import {
  ConversationJoinUndone,
  ConversationSplit,
  ConversationsMerged,
  EpisodeAnswered,
  EpisodeContinued,
  EpisodeDone,
  EpisodeOpened,
  MessagesMoved,
} from "#events/conversations";
import { type Channel, channelsOf, channelsOut, type Message, messagesById } from "#modules/channels";
import { episodesById } from "#modules/conversations";
import { instantOf } from "#platform/clock";
import type { Tx } from "#platform/db";
import { reaction } from "#platform/journal/reader";
import { windowRule } from "#shared/reply-window";
import { chooseQueue } from "../../domain/accepts.ts";
import { waitsFrom } from "../../domain/clocks/count-time.ts";
import type { ClockAbout } from "../../domain/clocks/episode-clock.ts";
import { ABSORBED, type Said } from "../../domain/clocks/follow.ts";
import { classOf } from "../../domain/medium-class.ts";
import { isCrisis } from "../../new-work.ts";
import { loadQueues } from "../../queues.ts";
import { keepClocks, type Told } from "../keep-clocks.ts";

/** The first answer is owed. */
export const onEpisodeOpened = reaction(EpisodeOpened, async (tx, events) => {
  const queues = await loadQueues(tx);
  const { said, out } = await saidBy(
    tx,
    events.map((e) => e.payload),
  );
  const told = events.flatMap(({ payload: e }): Told[] => {
    const chosen = chooseQueue(queues, e);
    if (!chosen) return [];
    const medium = classOf(e.medium, e.visibility).name;
    const about: ClockAbout = {
      ...{ episodeId: e.episodeId, conversationId: e.conversationId, queueId: chosen.queue.id, brandId: e.brandId },
      ...{ priority: e.priority, medium, crisis: isCrisis(e.risks) },
    };
    const waits = { what: "waits" as const, ...waited(e, said.get(e.messageId), tx.now) };
    return [{ episodeId: e.episodeId, about, fact: waits }, ...held(e, out)];
  });
  await keepClocks(tx, told);
});

/** An answer is owed again. Thanks change nothing. */
export const onEpisodeContinued = reaction(EpisodeContinued, async (tx, events) => {
  const waiting = events.map((e) => e.payload).filter((e) => e.waits);
  if (waiting.length === 0) return;
  const { said, out } = await saidBy(tx, waiting);
  await keepClocks(
    tx,
    waiting.flatMap((e): Told[] => [
      {
        ...{ episodeId: e.episodeId, about: null },
        fact: { what: "waits", ...waited(e, said.get(e.messageId), tx.now) },
      },
      ...held(e, out),
    ]),
  );
});

export const onEpisodeAnswered = reaction(EpisodeAnswered, (tx, events) =>
  keepClocks(
    tx,
    events.map(({ payload: e }) => ({
      ...{ episodeId: e.episodeId, about: null },
      fact: { what: "answered", at: instantOf(e.answeredAt) ?? tx.now },
    })),
  ),
);

/** Done: the resolution is kept; a response that was still owed is not owed any more. */
export const onEpisodeDone = reaction(EpisodeDone, (tx, events) =>
  keepClocks(
    tx,
    events.map(({ payload: e }) => ({
      ...{ episodeId: e.episodeId, about: null },
      fact: { what: "over", at: instantOf(e.doneAt) ?? tx.now, why: e.outcome, kept: true },
    })),
  ),
);

/** Conversations were put together or apart: the clocks of their episodes follow what the episodes are now. */
async function afterJoin(tx: Tx, episodeIds: readonly string[]): Promise<void> {
  const episodes = await episodesById(tx, [...new Set(episodeIds)]);
  const told = [...episodes.values()].flatMap((e): Told[] => {
    const goesOn = !e.absorbedBy;
    const one = (fact: Told["fact"]): Told[] => [
      { episodeId: e.id, about: null, fact: { what: "placed", conversationId: e.conversationId, goesOn } },
      { episodeId: e.id, about: null, fact },
    ];
    if (e.absorbedBy) return one({ what: "over", at: tx.now, why: ABSORBED, kept: false });
    if (e.state === "done") return one({ what: "over", at: e.doneAt ?? tx.now, why: e.outcome ?? "", kept: true });
    if (e.unansweredSince === null) return one({ what: "owes-nothing", at: tx.now, repliedAt: e.lastReplyAt });
    return one({ what: "waits", t0: e.unansweredSince, priority: e.priority, said: null, exact: true });
  });
  await keepClocks(tx, told);
}
const joins = [ConversationsMerged, ConversationSplit, MessagesMoved, ConversationJoinUndone] as const;
export const onJoins = joins.map((type) =>
  reaction<{ episodeIds: string[] }>(type, (tx, events) =>
    afterJoin(
      tx,
      events.flatMap((e) => e.payload.episodeIds),
    ),
  ),
);

/** Said where nothing can be sent now: its clocks stand still from the beginning. */
function held({ episodeId, channelId }: Heard & { episodeId: string }, out: ReadonlyMap<string, number>): Told[] {
  const since = out.get(channelId);
  if (since === undefined) return [];
  return [{ episodeId, about: null, fact: { what: "paused", cause: "outage-hold", at: since } }];
}

interface Heard {
  messageId: string;
  channelId: string;
  visibility: string;
  t0: string;
  priority: ClockAbout["priority"];
}

interface WasSaid {
  said: Map<string, Said>;
  /** Channels on which nothing can be sent, since when. */
  out: ReadonlyMap<string, number>;
}

/** What was said with an event, how long the network lets us answer it, and whether anything can be sent there. */
async function saidBy(tx: Tx, heard: readonly Heard[]): Promise<WasSaid> {
  const messages = await messagesById(tx, [...new Set(heard.map((e) => e.messageId))]);
  const [all, out] = await tx.together((t) => Promise.all([channelsOf(t), channelsOut(t)]));
  const channels = new Map(all.map((channel) => [channel.id, channel]));
  const byId = new Map(messages.map((message) => [message.id, message]));
  const said = new Map(
    heard.flatMap((e): [string, Said][] => {
      const message = byId.get(e.messageId);
      return message ? [[e.messageId, asSaid(message, channels.get(e.channelId), e.visibility)]] : [];
    }),
  );
  return { said, out };
}

function asSaid(message: Message, channel: Channel | undefined, visibility: string): Said {
  const rule = channel && windowRule(channel.capabilities, visibility === "private" ? "private" : "public");
  const ends = rule?.kind === "since-last-inbound" || rule?.kind === "once-per-item";
  // Agents are people, so where a longer window is given to people it is theirs.
  const windowMs = ends ? (rule.extension?.durationMs ?? rule.durationMs ?? null) : null;
  return { at: waitsFrom(message.sentAt, message.receivedAt), receivedAt: message.receivedAt, windowMs };
}

function waited(e: Heard, said: Said | undefined, now: number) {
  const t0 = instantOf(e.t0) ?? now;
  return { t0: said ? waitsFrom(t0, said.receivedAt) : t0, priority: e.priority, said: said ?? null };
}
