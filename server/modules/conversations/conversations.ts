import { EpisodeDone, EpisodeOpened } from "#events/conversations";
import { learnFromWork, understandingOf } from "#modules/listening";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound, notNow } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import type { Result } from "#platform/result";
import { windowUntil } from "./domain/episode.ts";
import { taughtBy } from "./domain/taught-by.ts";
import { windowsOf } from "./placing/verdict.ts";
import { sampleWeekly } from "./set-aside/samples.ts";
import { type Conversation, findConversations, saveConversations } from "./store/conversation-store.ts";
import { type Episode, findEpisodes, lastEpisodes, saveEpisodes } from "./store/episode-store.ts";
import { mediaOf, newestOf } from "./store/placement-store.ts";

/**
 * Ends an episode with what came of it. `by`: the agent, or null when a rule did. Figures stay provisional until the reopen window of
 * the media used has passed; a return inside it is a new episode. `unlessWaiting`: not while the customer waits for an answer, which
 * whoever decided to end it cannot have seen.
 */
export async function finishEpisode(
  tx: Tx,
  end: { episodeId: string; outcome: string; by: string | null; at: Instant; unlessWaiting?: boolean },
): Promise<Result<{ episode: Episode }, "unknown" | "already-done" | "waits">> {
  const [found] = await findEpisodes(tx, "id", [end.episodeId]);
  if (!found) return { ok: false, why: "unknown" };
  const conversation = await lockConversation(tx, found.conversationId);
  // Read again behind the lock: a message may have been placed meanwhile.
  const [episode] = await findEpisodes(tx, "id", [end.episodeId]);
  if (!conversation || !episode || episode.state === "done") return { ok: false, why: "already-done" };
  if (end.unlessWaiting && episode.unansweredSince !== null) return { ok: false, why: "waits" };
  const windows = await windowsOf(tx, [episode.brandId]);
  const used = await mediaOf(tx, episode.conversationId);
  const until = windowUntil(end.at, used, (channelId) => windows(episode.brandId, channelId));
  Object.assign(episode, {
    state: "done",
    doneAt: end.at,
    doneBy: end.by,
    outcome: end.outcome,
    windowUntil: until,
    absorbedBy: null,
    version: episode.version + 1,
  });
  Object.assign(conversation, {
    state: "quiet",
    version: conversation.version + 1,
    actedAt: end.by === null ? conversation.actedAt : tx.now,
  });
  await saveEpisodes(tx, [episode]);
  await saveConversations(tx, [conversation]);
  const taught = end.by === null ? null : taughtBy(end.outcome);
  if (taught && end.by !== null)
    await learnFromWork(tx, { ...taught, messageId: episode.openedByMessage, agentId: end.by });
  // Where there is work there is something left, too: it is measured each week.
  if (end.by !== null) await sampleWeekly(tx, episode.brandId);
  tx.announce(EpisodeDone, {
    key: conversation.id,
    entity: "episode",
    entityId: episode.id,
    entityVersion: episode.version,
    payload: {
      episodeId: episode.id,
      conversationId: conversation.id,
      outcome: end.outcome,
      by: end.by,
      doneAt: iso(end.at),
      windowUntil: iso(until),
    },
  });
  return { ok: true, episode };
}

/** An agent begins work where the policy did not: the customer waits from now on. Refused while an episode is open. */
export async function openEpisodeByHand(
  tx: Tx,
  ask: { conversationId: string; by: string; reason: string },
): Promise<{ episodeId: string }> {
  const conversation = await lockConversation(tx, ask.conversationId);
  if (!conversation) throw notFound("conversation");
  const [last] = await lastEpisodes(tx, [conversation.id]);
  if (last?.state === "open") throw notNow("Work on this conversation is open already.");
  const message = (await newestOf(tx, [conversation.id], true))[0] ?? (await newestOf(tx, [conversation.id], false))[0];
  if (!message) throw notNow("Nothing has been said in this conversation yet.");
  const label = (await understandingOf(tx, [message.messageId])).get(message.messageId);
  const windows = (await windowsOf(tx, [conversation.brandId]))(conversation.brandId, message.channelId);
  const back = last !== undefined && last.doneAt !== null && tx.now <= last.doneAt + windows[message.medium];
  const episode: Episode = {
    id: uuidv7(tx.now),
    conversationId: conversation.id,
    ordinal: (last?.ordinal ?? 0) + 1,
    brandId: conversation.brandId,
    channelId: message.channelId,
    medium: message.medium,
    visibility: message.visibility,
    state: "open",
    openedAt: tx.now,
    openedByMessage: message.messageId,
    unansweredSince: tx.now,
    unansweredMessage: message.messageId,
    firstReplyAt: null,
    lastReplyAt: null,
    reopens: back ? last.id : null,
    doneAt: null,
    doneBy: null,
    outcome: null,
    windowUntil: null,
    askedAt: tx.now,
    rule: "by-hand",
    priority: "normal",
    version: 1,
  };
  Object.assign(conversation, { state: "open", version: conversation.version + 1, actedAt: tx.now });
  await saveConversations(tx, [conversation]);
  await saveEpisodes(tx, [episode]);
  if (message.role !== "us")
    await learnFromWork(tx, { messageId: message.messageId, agentId: ask.by, actionable: true });
  tx.announce(EpisodeOpened, {
    key: conversation.id,
    entity: "episode",
    entityId: episode.id,
    entityVersion: 1,
    payload: {
      episodeId: episode.id,
      conversationId: conversation.id,
      customerId: conversation.customerId,
      brandId: conversation.brandId,
      channelId: message.channelId,
      network: message.network,
      medium: message.medium,
      visibility: message.visibility,
      messageId: message.messageId,
      t0: iso(tx.now),
      priority: "normal",
      language: label?.language ?? "und",
      risks: label?.risks ?? [],
      reopens: episode.reopens,
      // Who asks for the work is the first to be asked to do it.
      lastOwnerId: ask.by,
      rule: "by-hand",
      says: ask.reason,
    },
  });
  return { episodeId: episode.id };
}

async function lockConversation(tx: Tx, id: string): Promise<Conversation | undefined> {
  return (await findConversations(tx, [id], true))[0];
}
