import type { Priority } from "#contracts/policy";
import { EpisodeAnswered, EpisodeContinued, EpisodeDone, EpisodeOpened } from "#events/conversations";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { alikeOf } from "../domain/alike.ts";
import { clockOf, type EpisodeClock, type EpisodeStep, type LastEpisode, type Moment } from "../domain/episode.ts";
import type { Verdict } from "../domain/policy.ts";
import type { Conversation } from "../store/conversation-store.ts";
import { type Episode, saveEpisodes } from "../store/episode-store.ts";
import { countLeft, lastOfConversations, type Placement, placementsOfEpisodes } from "../store/placement-store.ts";
import type { Labels } from "./draft.ts";

/** What a placed message did to the work: its episode, and the event to announce after `MessagePlaced`. */
export interface Worked {
  episodeId: string | null;
  announce(): void;
}

/** The conversations and episodes of one run, in memory until they are written: several messages of a run may move one clock. */
export interface Workbench {
  lastOf(conversationId: string): LastEpisode | null;
  takeOut(before: Placement): void;
  putIn(placement: Placement): void;
  work(
    tx: Tx,
    placement: Placement,
    step: EpisodeStep,
    of: { labels: Labels; verdict: Verdict | null; text: string },
  ): Worked;
  /** Computes the clock of a placement's episode again after an edit or a delete, and says what changed. */
  reconsider(tx: Tx, placement: Placement): void;
  finish(tx: Tx): Promise<Conversation[]>;
  save(tx: Tx): Promise<void>;
}

const ORDER: Priority[] = ["urgent", "high", "normal", "low"];
const more = (a: Priority, b: Priority): Priority => (ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b);

export function momentOf(p: Placement): Moment {
  return {
    id: p.messageId,
    who: p.role === "customer" ? "customer" : p.role === "us" ? "us" : "other",
    at: p.sentAt,
    receivedAt: p.receivedAt,
    waits: p.role === "customer" && p.actionable === true && !p.backfilled,
    deleted: p.deletedAt !== null,
  };
}

/** An episode opened by hand waits from then on. */
function askedMoment(e: Episode): Moment[] {
  if (e.askedAt === null) return [];
  return [
    { id: e.openedByMessage, who: "customer", at: e.askedAt, receivedAt: e.askedAt, waits: true, deleted: false },
  ];
}

/** More of an episode's words are not read while its last ones tell how its clock stands. */
const LAST_WORDS = 40;

/**
 * The words of open episodes that move their clocks. Of a long one the last, unless something is placed that was said before them (`earliest`;
 * not given: anything may be).
 */
async function wordsOfEpisodes(
  tx: Tx,
  open: readonly Episode[],
  earliest: Instant | undefined,
): Promise<{ placed: Placement[]; shortened: ReadonlySet<string> }> {
  if (earliest === undefined)
    return {
      placed: await placementsOfEpisodes(
        tx,
        open.map((e) => e.id),
      ),
      shortened: new Set(),
    };
  const ids = [...new Set(open.map((e) => e.conversationId))];
  const last = Map.groupBy(await lastOfConversations(tx, ids, LAST_WORDS), (p) => p.conversationId!);
  const [whole, shortened] = [new Set<string>(), new Set<string>()];
  const placed: Placement[] = [];
  for (const e of open) {
    const read = last.get(e.conversationId) ?? [];
    const words = read.filter((p) => p.episodeId === e.id);
    const all = read.length < LAST_WORDS;
    if (!all) (tellClock(e, words, earliest) ? shortened : whole).add(e.id);
    if (!whole.has(e.id)) placed.push(...words);
  }
  return { placed: [...placed, ...(await placementsOfEpisodes(tx, [...whole]))], shortened };
}

/** What waits is the oldest that does, and the first answer is known: so these words tell the rest, where both lie among them or before. */
function tellClock(e: Episode, words: readonly Placement[], earliest: Instant): boolean {
  if (words.every((p) => p.sentAt >= earliest)) return false;
  const waits = e.unansweredMessage;
  const byHand = e.askedAt !== null && waits === e.openedByMessage;
  if (waits !== null && !byHand && !words.some((p) => p.messageId === waits)) return false;
  return e.firstReplyAt === null || words.some((p) => p.role === "us" && p.sentAt < earliest);
}

export async function openWorkbench(
  tx: Tx,
  conversations: Map<string, Conversation>,
  last: Map<string, Episode>,
  former: ReadonlyMap<string, Placement> = new Map(),
  touching?: ReadonlySet<string>,
  earliest?: Instant,
): Promise<Workbench> {
  // What is only weighed keeps its clock: its messages are not read.
  const open = [...last.values()].filter(
    (e) => e.state === "open" && (touching === undefined || touching.has(e.conversationId)),
  );
  const moments = new Map(open.map((e) => [e.id, new Map(askedMoment(e).map((m) => [`asked ${m.id}`, m]))]));
  const { placed, shortened } = await wordsOfEpisodes(tx, open, earliest);
  for (const p of placed) moments.get(p.episodeId!)?.set(p.messageId, momentOf(p));
  const touched = new Set<string>();
  const changed = new Set<string>();
  const takenOut = new Map<string, Placement[]>();
  const putWhere = new Map<string, string>();

  const clock = (e: Episode): EpisodeClock => clockOf([...(moments.get(e.id)?.values() ?? [])]);
  function settle(e: Episode): EpisodeClock {
    const now = clock(e);
    Object.assign(e, {
      unansweredSince: now.unansweredSince,
      unansweredMessage: now.unansweredId,
      // The first answer may lie before what was read.
      firstReplyAt: shortened.has(e.id) ? (e.firstReplyAt ?? now.firstReplyAt) : now.firstReplyAt,
      lastReplyAt: now.lastReplyAt,
    });
    if (!changed.has(e.id)) e.version++;
    changed.add(e.id);
    touched.add(e.conversationId);
    return now;
  }
  const about = (e: Episode) => ({
    key: e.conversationId,
    entity: "episode",
    entityId: e.id,
    entityVersion: e.version,
  });

  function continued(
    tx: Tx,
    e: Episode,
    p: Pick<Placement, "messageId" | "medium" | "visibility" | "channelId" | "sentAt">,
  ): void {
    tx.announce(EpisodeContinued, {
      ...about(e),
      payload: {
        episodeId: e.id,
        conversationId: e.conversationId,
        messageId: p.messageId,
        medium: p.medium,
        visibility: p.visibility,
        channelId: p.channelId,
        t0: iso(e.unansweredSince ?? p.sentAt),
        waits: e.unansweredSince !== null,
        priority: e.priority,
      },
    });
  }

  function open_(
    tx: Tx,
    p: Placement,
    reopens: string | null,
    of: { labels: Labels; verdict: Verdict | null; text: string },
  ): Worked {
    const c = conversations.get(p.conversationId!)!;
    const before = last.get(c.id);
    const e: Episode = {
      id: uuidv7(tx.now),
      conversationId: c.id,
      ordinal: (before?.ordinal ?? 0) + 1,
      brandId: p.brandId,
      channelId: p.channelId,
      medium: p.medium,
      visibility: p.visibility,
      state: "open",
      openedAt: tx.now,
      openedByMessage: p.messageId,
      unansweredSince: null,
      unansweredMessage: null,
      firstReplyAt: null,
      lastReplyAt: null,
      reopens,
      doneAt: null,
      doneBy: null,
      outcome: null,
      windowUntil: null,
      askedAt: null,
      rule: of.verdict?.ruleId ?? "",
      priority: of.verdict?.priority ?? "normal",
      version: 0,
    };
    last.set(c.id, e);
    moments.set(e.id, new Map([[p.messageId, momentOf(p)]]));
    settle(e);
    const payload = {
      episodeId: e.id,
      conversationId: c.id,
      customerId: c.customerId,
      brandId: p.brandId,
      channelId: p.channelId,
      network: p.network,
      medium: p.medium,
      visibility: p.visibility,
      messageId: p.messageId,
      t0: iso(e.unansweredSince ?? p.sentAt),
      priority: e.priority,
      language: of.labels.language,
      risks: [...of.labels.risks],
      reopens,
      lastOwnerId: before?.doneBy ?? c.lastAgentId,
      rule: e.rule,
      says: of.verdict?.says ?? "",
      alike: alikeOf(of.text),
    };
    return { episodeId: e.id, announce: () => tx.announce(EpisodeOpened, { ...about(e), payload }) };
  }

  function answered(tx: Tx, e: Episode, p: Placement, now: EpisodeClock): Worked {
    const answer = now.answers.find((a) => a.id === p.messageId);
    const payload = {
      episodeId: e.id,
      conversationId: e.conversationId,
      messageId: p.messageId,
      replyId: null,
      agentId: p.agentId,
      visibility: p.visibility,
      answeredAt: iso(p.sentAt),
      first: answer?.first ?? false,
      askedMessageId: answer?.askedId ?? null,
      askedAt: answer?.askedAt == null ? null : iso(answer.askedAt),
    };
    const stillWaits = e.unansweredSince !== null;
    return {
      episodeId: e.id,
      announce() {
        tx.announce(EpisodeAnswered, { ...about(e), payload });
        // A reply found late answers only what was there when it was written.
        if (stillWaits) continued(tx, e, { ...p, messageId: e.unansweredMessage ?? p.messageId });
      },
    };
  }

  return {
    lastOf(conversationId) {
      return last.get(conversationId) ?? null;
    },
    takeOut(before) {
      const e = last.get(before.conversationId!);
      if (e && e.id === before.episodeId) moments.get(e.id)?.delete(before.messageId);
      touched.add(before.conversationId!);
      takenOut.set(before.conversationId!, [...(takenOut.get(before.conversationId!) ?? []), before]);
    },
    putIn(p) {
      const c = conversations.get(p.conversationId!);
      if (!c) throw new Error(`conversation ${p.conversationId} was not loaded`);
      touched.add(c.id);
      putWhere.set(p.messageId, c.id);
      c.lastMessageAt = Math.max(c.lastMessageAt, p.sentAt);
      if (p.role === "customer") c.lastInboundAt = Math.max(c.lastInboundAt ?? p.sentAt, p.sentAt);
      // What was answered in the past holds nothing in its place.
      if (p.agentId !== null && !p.backfilled) {
        c.actedAt = tx.now;
        c.lastAgentId = p.agentId;
      }
    },
    work(tx, p, step, of) {
      const e = last.get(p.conversationId!);
      if (step.do === "open") return open_(tx, p, step.reopens, of);
      if (step.do === "nothing" || !e || e.state !== "open") return { episodeId: null, announce: () => {} };
      // The placement does not carry its episode yet; its moment does.
      moments.get(e.id)!.set(p.messageId, momentOf(p));
      if (step.do === "continue" && of.verdict?.actionable) {
        e.priority = more(e.priority, of.verdict.priority);
        if (e.ownPriority) e.ownPriority = more(e.ownPriority, of.verdict.priority);
      }
      const now = settle(e);
      if (step.do === "answer") return answered(tx, e, p, now);
      return { episodeId: e.id, announce: () => (step.do === "continue" ? continued(tx, e, p) : undefined) };
    },
    reconsider(tx, p) {
      const e = last.get(p.conversationId ?? "");
      if (e?.state !== "open" || e.id !== p.episodeId) return;
      const since = e.unansweredSince;
      moments.get(e.id)!.set(p.messageId, momentOf(p));
      settle(e);
      if (e.unansweredSince !== since) continued(tx, e, p);
    },
    async finish(tx) {
      const left =
        takenOut.size === 0
          ? new Map<string, { count: number; lastAt: Instant }>()
          : await countLeft(tx, [...takenOut.keys()], [...putWhere.keys(), ...former.keys()]);
      for (const id of [...former.values()]
        .filter((p) => !putWhere.has(p.messageId))
        .flatMap((p) => p.conversationId ?? []))
        left.set(id, left.get(id) ?? { count: 1, lastAt: 0 });
      const filled = new Set(putWhere.values());
      for (const [id, gone] of takenOut) {
        const c = conversations.get(id);
        if (!c) continue;
        const e = last.get(id);
        if (e?.state === "open") {
          const waited = e.unansweredSince !== null;
          settle(e);
          if ((moments.get(e.id)?.size ?? 0) === 0) end(tx, e, "merged");
          else if (waited && e.unansweredSince === null) continued(tx, e, gone[0]!);
        }
        if (!filled.has(id) && (left.get(id)?.count ?? 0) === 0)
          c.mergedInto = gone.map((p) => putWhere.get(p.messageId)).find((to) => to !== undefined && to !== id) ?? null;
      }
      const done = [...touched].flatMap((id) => conversations.get(id) ?? []);
      for (const c of done) {
        c.state = last.get(c.id)?.state === "open" ? "open" : "quiet";
        c.version++;
      }
      return done;
    },
    async save(tx) {
      await saveEpisodes(
        tx,
        [...last.values()].filter((e) => changed.has(e.id)),
      );
    },
  };

  /** The episode's messages belong elsewhere: nothing is left to answer here. */
  function end(tx: Tx, e: Episode, outcome: string): void {
    Object.assign(e, { state: "done", doneAt: tx.now, outcome, windowUntil: tx.now, absorbedBy: null });
    tx.announce(EpisodeDone, {
      ...about(e),
      payload: {
        episodeId: e.id,
        conversationId: e.conversationId,
        outcome,
        by: null,
        doneAt: iso(tx.now),
        windowUntil: iso(tx.now),
      },
    });
  }
}
