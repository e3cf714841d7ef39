import { textsById } from "#modules/channels";
import { customersById } from "#modules/customers";
import { labelsOfMessages } from "#modules/listening";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { StitchSettings } from "../domain/evidence.ts";
import { audienceOf } from "../domain/medium.ts";
import { ownNumbers } from "../domain/of-another.ts";
import { saidLater } from "../domain/said-later.ts";
import {
  addLink,
  addMatter,
  addPlaced,
  emptyWorld,
  linkKey,
  type Placed,
  type StitchMessage,
  type StitchWorld,
} from "../domain/stitch-world.ts";
import { type Conversation, conversationsOf, findConversations } from "../store/conversation-store.ts";
import { type Episode, lastEpisodes } from "../store/episode-store.ts";
import { messagesNaming } from "../store/number-store.ts";
import {
  findByExternal,
  findPlacements,
  lastOfHandles,
  lastOfThreads,
  type Placement,
  wordsOfConversations,
} from "../store/placement-store.ts";
import { findLinks } from "../store/thread-store.ts";
import { channelKey, splitKey } from "./draft.ts";

/**
 * How much of a customer's past bears on a decision: conversations, and words of each: the first one and the last. The fewer
 * conversations, the more words; in all at most 200 rows are read for a message. Older ones are found by thread and reply only.
 */
const CONVERSATIONS_EACH = 10;
const WORDS_OF_ALL = 40;
const [FEWEST_WORDS, MOST_WORDS] = [4, 30];

export interface LoadedWorld {
  world: StitchWorld;
  conversations: Map<string, Conversation>;
  last: Map<string, Episode>;
  /** Of conversations that are part of another one: that one. */
  redirects: ReadonlyMap<string, string>;
}

/**
 * Loads what bears on these messages, as it stands without them: eight statements whatever their number. `former`: their present
 * placements, when they are decided again.
 */
export async function loadWorld(
  tx: Tx,
  deciding: readonly StitchMessage[],
  former: ReadonlyMap<string, Placement>,
  { settings, ours }: { settings: StitchSettings; ours: ReadonlySet<string> },
): Promise<LoadedWorld> {
  const except = deciding.map((m) => m.id);
  const inside = new Set(deciding.map((m) => m.key));
  const earliest = Math.min(...deciding.map((m) => m.at));
  const parents = await findByExternal(
    tx,
    unique(
      deciding.flatMap((m) => [m.parentKey, m.copyOf?.key].filter((k) => k != null && !inside.has(k)) as string[]),
    ).map((key) => {
      const [channelId, externalId] = splitKey(key);
      return { channelId, externalId };
    }),
  );
  const around = await lastOfThreads(tx, threadsToAsk(deciding), except);
  const links = await linksOf(tx, deciding, former);
  const customers = unique(deciding.flatMap((m) => m.customerId ?? []));
  const namings = await namingsByOthers(tx, deciding, except);
  const own = await conversationsOf(tx, customers, earliest - settings.memoryMs, CONVERSATIONS_EACH);
  const named = unique([
    ...parents.flatMap((p) => p.conversationId ?? []),
    ...around.flatMap((p) => p.conversationId ?? []),
    ...links.map((l) => l.conversationId),
    ...namings.placed.flatMap((p) => p.conversationId ?? []),
    ...deciding.flatMap((m) => m.deliveredFor ?? []),
    ...deciding.flatMap((m) => m.invited?.conversationId ?? []),
    ...deciding.flatMap((m) => m.numbered?.conversationId ?? []),
    ...[...former.values()].flatMap((p) => p.conversationId ?? []),
  ]);
  // Locked in the order of their ids: whoever else changes one of them waits.
  const conversations = new Map(
    (await findConversations(tx, [...own.map((c) => c.id), ...named], true)).map((c) => [c.id, c]),
  );
  const redirects = await followMerges(tx, conversations);
  const last = new Map((await lastEpisodes(tx, [...conversations.keys()])).map((e) => [e.conversationId, e]));
  const theirs = new Set(customers);
  const many = Map.groupBy(own, (c) => c.customerId);
  const ofCustomers = [...conversations.values()]
    .filter((c) => theirs.has(c.customerId))
    .map((c) => ({ id: c.id, words: wordsOfEach(many.get(c.customerId)?.length ?? 1) }));
  const words = await wordsOfConversations(tx, ofCustomers, except);
  const others = [...conversations.values()].filter((c) => namings.placed.some((p) => p.conversationId === c.id));
  const names = others.length === 0 ? new Map() : await customersById(tx, unique(others.map((c) => c.customerId)));
  const moved = <T extends { conversationId: string | null }>(rows: T[]): T[] =>
    redirects.size === 0
      ? rows
      : rows.map((r) => ({ ...r, conversationId: redirects.get(r.conversationId ?? "") ?? r.conversationId }));
  const loaded = {
    parents: moved(parents),
    around: moved(around),
    links: moved(links),
    conversations,
    last,
    words,
    names,
    namings: { ...namings, placed: moved(namings.placed) },
  };
  return { world: await build(tx, loaded, ours), conversations, last, redirects };
}

function wordsOfEach(conversations: number): number {
  return Math.min(MOST_WORDS, Math.max(FEWEST_WORDS, Math.floor(WORDS_OF_ALL / conversations)));
}

/** What was read before the lock may name a conversation that became part of another one meanwhile: that one is locked, too. */
async function followMerges(tx: Tx, conversations: Map<string, Conversation>): Promise<Map<string, string>> {
  const merged = () =>
    [...conversations.values()].filter((c) => c.mergedInto !== null && !conversations.has(c.mergedInto));
  for (let left = merged(); left.length > 0; left = merged()) {
    const found = await findConversations(tx, unique(left.map((c) => c.mergedInto!)), true);
    if (found.length === 0) break;
    for (const c of found) conversations.set(c.id, c);
  }
  const redirects = new Map<string, string>();
  for (const c of conversations.values()) {
    let at: Conversation | undefined = c;
    for (let steps = 0; at?.mergedInto && steps < 50; steps++) at = conversations.get(at.mergedInto);
    if (at && at.id !== c.id) redirects.set(c.id, at.id);
  }
  return redirects;
}

interface Loaded {
  parents: Placement[];
  around: Placement[];
  links: { channelId: string; threadKey: string; handleId: string; conversationId: string }[];
  conversations: Map<string, Conversation>;
  last: Map<string, Episode>;
  words: Placement[];
  namings: Namings;
  names: ReadonlyMap<string, { name: string }>;
}

/** Numbers that more people than one name, and what others said who named them. */
interface Namings {
  several: boolean;
  placed: Placement[];
}

/** Two statements, and none where nobody names a number. */
async function namingsByOthers(
  tx: Tx,
  deciding: readonly StitchMessage[],
  except: readonly string[],
): Promise<Namings> {
  const speakers = new Map<string, Set<string>>();
  for (const m of deciding)
    if (m.by === "customer" && m.customerId !== null)
      for (const number of ownNumbers(m.said.refs))
        speakers.set(number, (speakers.get(number) ?? new Set()).add(m.customerId));
  const named = await messagesNaming(tx, [...speakers.keys()], except);
  const placed = await findPlacements(tx, unique(named.map((n) => n.messageId)));
  const by = new Map(placed.map((p) => [p.messageId, p]));
  for (const n of named) {
    const who = by.get(n.messageId)?.customerId;
    if (who) speakers.get(n.number)!.add(who);
  }
  const shared = new Set([...speakers].filter(([, who]) => who.size > 1).map(([number]) => number));
  const concerned = new Set(named.filter((n) => shared.has(n.number)).map((n) => n.messageId));
  return { several: shared.size > 0, placed: placed.filter((p) => concerned.has(p.messageId)) };
}

async function build(tx: Tx, loaded: Loaded, ours: ReadonlySet<string>): Promise<StitchWorld> {
  const namings = loaded.namings.placed;
  const world = emptyWorld(loaded.namings.several);
  for (const c of loaded.conversations.values()) {
    if (c.mergedInto !== null) continue;
    const episode = loaded.last.get(c.id);
    const doneAt = episode?.state === "done" && episode.doneBy !== null ? episode.doneAt : null;
    const customerName = loaded.names.get(c.customerId)?.name;
    addMatter(world, {
      ...{ id: c.id, customerId: c.customerId, doneAt, messages: [] },
      ...(customerName !== undefined && { customerName }),
    });
  }
  for (const l of loaded.links) addLink(world, channelKey(l.channelId, l.threadKey), l.handleId, l.conversationId);
  const all = new Map([...loaded.parents, ...loaded.around, ...loaded.words, ...namings].map((p) => [p.messageId, p]));
  const spoken = unique([...loaded.words, ...namings].map((p) => p.messageId));
  const texts = await textsById(tx, spoken);
  const labels = await labelsOfMessages(tx, spoken);
  for (const p of [...all.values()].sort((a, b) => a.sentAt - b.sentAt))
    addPlaced(world, placedOf(p, texts.get(p.messageId) ?? "", labels.get(p.messageId)?.intent ?? "other", ours));
  return world;
}

function placedOf(p: Placement, text: string, intent: string, ours: ReadonlySet<string>): Placed {
  return {
    id: p.messageId,
    at: p.sentAt,
    key: channelKey(p.channelId, p.externalId),
    thread: channelKey(p.channelId, p.threadKey),
    by: p.role === "us" ? "us" : p.role === "bot" ? "bot" : "customer",
    audience: audienceOf(p.visibility),
    customerId: p.customerId,
    conversationId: p.conversationId,
    intent,
    wants: p.wants,
    byHand: p.standsId != null,
    said: saidLater(text, ours),
  };
}

/** Threads whose last words decide: our words in a private line, and words without a parent in a public one that has them. */
function threadsToAsk(deciding: readonly StitchMessage[]): { channelId: string; threadKey: string; upTo: Instant }[] {
  const upTo = new Map<string, Instant>();
  for (const m of deciding) {
    const asks = m.by === "us" ? m.linear && m.deliveredFor === null : m.parentKey === null && !m.linear;
    if (asks) upTo.set(m.thread, Math.max(m.at, upTo.get(m.thread) ?? 0));
  }
  return [...upTo].map(([thread, at]) => {
    const [channelId, threadKey] = splitKey(thread);
    return { channelId, threadKey, upTo: at };
  });
}

/**
 * The links of these handles in these threads. Where the link may come from a message that is being decided again, it is what the
 * handle's other messages say.
 */
async function linksOf(
  tx: Tx,
  deciding: readonly StitchMessage[],
  former: ReadonlyMap<string, Placement>,
): Promise<Loaded["links"]> {
  const wanted = new Map<string, { channelId: string; threadKey: string; handleId: string; customerId: string }>();
  const again = new Set<string>();
  for (const m of deciding) {
    if (m.handleId === null || m.customerId === null) continue;
    const [channelId, threadKey] = splitKey(m.thread);
    const key = linkKey(m.thread, m.handleId);
    wanted.set(key, { channelId, threadKey, handleId: m.handleId, customerId: m.customerId });
    if (former.has(m.id)) again.add(key);
  }
  const found = await findLinks(tx, [...wanted.values()]);
  if (again.size === 0) return found;
  const certain = found.filter((l) => !again.has(linkKey(channelKey(l.channelId, l.threadKey), l.handleId)));
  const doubtful = [...again].map((key) => wanted.get(key)!);
  const others = await lastOfHandles(
    tx,
    doubtful,
    deciding.map((m) => m.id),
  );
  return [
    ...certain,
    ...others.map((p) => ({
      channelId: p.channelId,
      threadKey: p.threadKey,
      handleId: p.handleId!,
      conversationId: p.conversationId!,
    })),
  ];
}

export function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
