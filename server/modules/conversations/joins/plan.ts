import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { clockOf, type EpisodeClock, type Moment } from "../domain/episode.ts";
import type { JoinedMessage, Settled } from "../domain/join-model.ts";
import { clockOfEpisode, momentAs, settle } from "../domain/join-settle.ts";
import { type Conversation, findConversations } from "../store/conversation-store.ts";
import { type JoinAct, mergesAround, messagesOfAct, movesOf } from "../store/join-store.ts";
import {
  conversationsOfMessages,
  type EpisodeRow,
  episodesIn,
  homesOfMessages,
  type PlaceRow,
  placesIn,
} from "../store/joined-store.ts";

/** What somebody wants to be so. Ids name conversations that are not part of another one. */
export type Change =
  | { kind: "merge"; actId: string; sourceId: string; targetId: string }
  | {
      kind: "split" | "move";
      actId: string;
      sourceId: string;
      targetId: string;
      messageIds: readonly string[];
      principalId?: string;
    }
  | { kind: "undo"; act: JoinAct };

/** All that follows from a change, before anything is written. */
export interface Plan {
  change: Change;
  conversations: ReadonlyMap<string, Conversation>;
  places: ReadonlyMap<string, PlaceRow>;
  episodes: ReadonlyMap<string, EpisodeRow>;
  settled: Settled;
  /** Where each message that the change concerns stands by itself from now on. */
  stands: ReadonlyMap<string, string>;
  /** The merges in force from now on, each from → into. */
  merges: ReadonlyMap<string, string>;
  /** Clocks of the episodes that are open then, and of those that were. */
  clocks: ReadonlyMap<string, EpisodeClock>;
  clocksBefore: ReadonlyMap<string, EpisodeClock>;
}

/** `lock`: what it concerns stays as it is until the transaction ends. A preview does without. */
export async function planChange(tx: Tx, change: Change, lock: boolean): Promise<Plan> {
  const stands = await standsAfter(tx, change);
  const ids = await concerned(tx, change, stands);
  const around = await mergesAround(tx, ids);
  const merges = mergesAfter(around, change);
  const root = (id: string) => rootIn(merges, id);
  const roots = new Set([...ids, ...ids.map(root), ...ids.map((id) => rootIn(around, id))]);
  const conversations = new Map((await findConversations(tx, [...roots], lock)).map((c) => [c.id, c]));
  const places = new Map((await placesIn(tx, [...roots])).map((p) => [p.messageId, p]));
  const episodes = new Map((await episodesIn(tx, [...roots])).map((e) => [e.id, e]));
  const messages = [...places.values()].map((p) => joined(p, stands.get(p.messageId)));
  const customers = new Map([...conversations.values()].map((c) => [c.id, c.customerId]));
  if (change.kind === "split" && change.principalId !== undefined) customers.set(change.targetId, change.principalId);
  const settled = settle(
    { messages, episodes: [...episodes.values()].map(bare), customers, root },
    {
      newId: () => uuidv7(tx.now),
      actId: change.kind === "undo" ? change.act.id : change.actId,
      now: tx.now,
    },
  );
  const clocks = clocksAfter(settled, messages, episodes);
  return {
    change,
    conversations,
    places,
    episodes,
    settled,
    stands,
    merges,
    clocks,
    clocksBefore: clocksNow(messages, episodes),
  };
}

/** Where the messages of the change stand by themselves after it: where the last act in force put them, else at home. */
async function standsAfter(tx: Tx, change: Change): Promise<Map<string, string>> {
  if (change.kind === "merge") return new Map();
  if (change.kind !== "undo") return new Map(change.messageIds.map((id) => [id, change.targetId]));
  if (change.act.kind === "merge" || change.act.kind === "link") return new Map();
  const ids = await messagesOfAct(tx, change.act.id);
  const stands = new Map<string, string>(ids.map((id) => [id, ""]));
  for (const m of await movesOf(tx, ids))
    if (m.undoneAt === null && m.id !== change.act.id) stands.set(m.messageId, m.targetId);
  return stands;
}

async function concerned(tx: Tx, change: Change, stands: ReadonlyMap<string, string>): Promise<string[]> {
  if (change.kind !== "undo") return [change.sourceId, change.targetId];
  const { sourceId, targetId } = change.act;
  const now = await conversationsOfMessages(tx, [...stands.keys()]);
  const homes = await homesOfMessages(tx, [...stands.keys()]);
  const around = [...now.values()].flatMap((id) => id ?? []);
  return [...new Set([sourceId, targetId, ...around, ...homes, ...stands.values()])].filter((id) => id !== "");
}

function mergesAfter(around: ReadonlyMap<string, string>, change: Change): Map<string, string> {
  const merges = new Map(around);
  if (change.kind === "merge") merges.set(change.sourceId, change.targetId);
  if (change.kind === "undo" && change.act.kind === "merge") merges.delete(change.act.sourceId);
  return merges;
}

export function rootIn(merges: ReadonlyMap<string, string>, id: string): string {
  let at = id;
  for (let next = merges.get(at); next !== undefined; next = merges.get(at)) at = next;
  return at;
}

/** `stands`: from now on; the empty word: at home. */
function joined(p: PlaceRow, stands: string | undefined): JoinedMessage {
  const touched = p.homeId !== null;
  const home = touched
    ? { conversationId: p.homeId!, episodeId: p.homeEpisodeId, role: p.homeRole ?? p.role }
    : { conversationId: p.conversationId, episodeId: p.episodeId, role: p.role };
  const m: JoinedMessage = {
    ...{
      id: p.messageId,
      customerId: p.customerId,
      role: p.role,
      conversationId: p.conversationId,
      episodeId: p.episodeId,
    },
    ...{ home, touched, stands: stands === "" ? home.conversationId : (stands ?? p.standsId ?? p.conversationId) },
    ...{ actionable: p.actionable, backfilled: p.backfilled },
    moment: {
      ...{ id: p.messageId, who: "other", at: p.sentAt, receivedAt: p.receivedAt, waits: false },
      deleted: p.deletedAt !== null,
    },
  };
  return { ...m, moment: momentAs(m, p.role) };
}

function bare(e: EpisodeRow) {
  const { id, conversationId, homeId, ordinal, past, state, openedAt, openedBy, askedAt } = e;
  const { absorbedBy, doneWith, priority, ownPriority, madeByAct } = e;
  return {
    ...{ id, conversationId, homeId, ordinal, past, state, openedAt, openedBy, askedAt },
    ...{ absorbedBy, doneWith, priority, ownPriority, madeByAct },
  };
}

function clocksAfter(
  settled: Settled,
  messages: readonly JoinedMessage[],
  episodes: ReadonlyMap<string, EpisodeRow>,
): Map<string, EpisodeClock> {
  const changed = new Map(settled.messages.map((m) => [m.id, m]));
  const moments = new Map<string, Moment[]>();
  for (const m of messages) {
    const now = changed.get(m.id);
    const episodeId = now ? now.episodeId : m.episodeId;
    if (episodeId === null) continue;
    moments.set(episodeId, [...(moments.get(episodeId) ?? []), now ? momentAs(m, now.role) : m.moment]);
  }
  const after = new Map([...episodes.values()].map((e) => [e.id, bare(e)]));
  for (const e of settled.episodes) after.set(e.id, e);
  for (const e of settled.begun) after.set(e.id, e);
  for (const e of settled.void) after.delete(e.id);
  return new Map(
    [...after.values()].flatMap((e) =>
      e.state === "open" ? [[e.id, clockOfEpisode(e, moments.get(e.id) ?? [])] as const] : [],
    ),
  );
}

function clocksNow(
  messages: readonly JoinedMessage[],
  episodes: ReadonlyMap<string, EpisodeRow>,
): Map<string, EpisodeClock> {
  const moments = Map.groupBy(messages, (m) => m.episodeId);
  return new Map(
    [...episodes.values()]
      .filter((e) => e.state === "open")
      .map((e) => [
        e.id,
        clockOfEpisode(
          e,
          (moments.get(e.id) ?? []).map((m) => m.moment),
        ),
      ]),
  );
}

/** An episode's clock by what is stored of its messages: for the facts of figures. */
export function clockOfPlaces(e: Pick<EpisodeRow, "askedAt" | "openedBy">, places: readonly PlaceRow[]): EpisodeClock {
  return e.askedAt === null
    ? clockOf(places.map((p) => joined(p, undefined).moment))
    : clockOfEpisode(
        e,
        places.map((p) => joined(p, undefined).moment),
      );
}
