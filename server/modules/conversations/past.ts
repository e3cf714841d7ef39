import { createHash } from "node:crypto";
import { EpisodeRecalled } from "#events/conversations";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { uuidOf } from "#platform/ids";
import { windowUntil } from "./domain/episode.ts";
import { audienceOf } from "./domain/medium.ts";
import { type Past, type PastEpisode, type PastWord, pastEpisodes } from "./domain/past.ts";
import { unique } from "./placing/load-world.ts";
import { type PastDraft, pastDraftsOf } from "./placing/past-drafts.ts";
import { verdictOn, type WindowsOf, windowsOf } from "./placing/verdict.ts";
import { type Policies, policiesOf } from "./policies.ts";
import { type Conversation, findConversations } from "./store/conversation-store.ts";
import {
  conversationsWithPast,
  deletePast,
  type EpisodeHead,
  episodeHeads,
  findEndingsAfter,
  findOutcomesAfter,
  insertOutcomes,
  type OutcomeOfConversation,
  outcomesOf,
  type PastOutcome,
  type PastRow,
  type PlaceInPast,
  renumber,
  savePast,
  savePlacesInPast,
} from "./store/past-store.ts";
import { type Placement, pastOfConversations } from "./store/placement-store.ts";

export type { PastOutcome } from "./store/past-store.ts";

/** Notes how work ended, as an import tells; it counts when the past is told. Returns how many were not known. */
export async function noteOutcomes(tx: Tx, outcomes: readonly PastOutcome[]): Promise<number> {
  return insertOutcomes(tx, outcomes);
}

/** A page of outcomes for an export; `next` is where the following one begins, null when there is none. */
export interface OutcomePage {
  outcomes: PastOutcome[];
  next: string | null;
}

/** What imports told of how work ended. `after`: empty, or the `next` of the page before. */
export async function pastOutcomesAfter(tx: Tx, after: string, limit: number): Promise<OutcomePage> {
  const outcomes = await findOutcomesAfter(tx, after === "" ? null : (JSON.parse(after) as PastOutcome), limit);
  return { outcomes, next: outcomes.length < limit ? null : JSON.stringify(outcomes.at(-1)) };
}

/** How our own work ended, in the same form. */
export async function endingsAfter(tx: Tx, after: string, limit: number): Promise<OutcomePage> {
  const outcomes = await findEndingsAfter(tx, after === "" ? null : after, limit);
  return { outcomes, next: outcomes.length < limit ? null : outcomes.at(-1)!.id };
}

/** Where stretches of so many conversations with a past end, so that several can be told at a time; the last one has no end. */
export async function stretchesOfPast(tx: Tx, each: number): Promise<(string | null)[]> {
  const ends: string[] = [];
  for (;;) {
    const ids = await conversationsWithPast(tx, ends.at(-1) ?? null, each);
    if (ids.length < each) return [...ends, null];
    ends.push(ids.at(-1)!);
  }
}

/**
 * Tells the episodes of the past of the next conversations behind `after`, computed of all their history anew. Nothing of it is work:
 * only figures follow. Telling twice says nothing twice. `next` is null when these were the last, or the last up to `upTo`.
 */
export async function tellPast(
  tx: Tx,
  after: string | null,
  limit: number,
  upTo: string | null = null,
): Promise<{ next: string | null; episodes: number }> {
  const ids = await conversationsWithPast(tx, after, limit, upTo);
  if (ids.length === 0) return { next: null, episodes: 0 };
  const conversations = new Map((await findConversations(tx, ids, true)).map((c) => [c.id, c]));
  const placements = await pastOfConversations(tx, ids);
  const brands = unique(placements.map((p) => p.brandId));
  const desk: Desk = { policies: await policiesOf(tx, brands), windows: await windowsOf(tx, brands) };
  const drafts = await pastDraftsOf(tx, placements);
  const outcomes = Map.groupBy(await outcomesOf(tx, placements), (o) => o.conversationId);
  const heads = Map.groupBy(await episodeHeads(tx, ids), (h) => h.conversationId);
  const all = Map.groupBy(placements, (p) => p.conversationId!);
  const told = ids.flatMap((id) => {
    const conversation = conversations.get(id);
    if (!conversation) return [];
    const those = all.get(id) ?? [];
    return [recall(conversation, those, drafts, outcomes.get(id) ?? [], heads.get(id) ?? [], desk)];
  });
  await save(tx, told);
  for (const t of told) announce(tx, t);
  return { next: ids.length < limit ? null : ids.at(-1)!, episodes: told.reduce((n, t) => n + t.rows.length, 0) };
}

interface Desk {
  policies: Policies;
  windows: WindowsOf;
}

interface Told {
  conversation: Conversation;
  rows: PastRow[];
  changed: PastRow[];
  gone: EpisodeHead[];
  moved: { id: string; ordinal: number }[];
  places: PlaceInPast[];
  facts: Map<string, Omit<typeof EpisodeRecalled extends { __payload?: infer P } ? NonNullable<P> : never, "gone">>;
}

function recall(
  conversation: Conversation,
  placements: readonly Placement[],
  drafts: ReadonlyMap<string, PastDraft>,
  outcomes: readonly OutcomeOfConversation[],
  heads: readonly EpisodeHead[],
  { policies, windows }: Desk,
): Told {
  const byId = new Map(placements.map((p) => [p.messageId, p]));
  const brandId = placements[0]?.brandId ?? conversation.brandId;
  const words = placements.flatMap((p) => wordOf(p, drafts.get(p.messageId), policies));
  const past = pastEpisodes(words, outcomes, (channelId) => windows(brandId, channelId));
  const used = placements.filter((p) => p.role === "customer");
  const known = new Map(heads.map((h) => [h.id, h]));
  const idOf = (messageId: string) => uuidOf("episode of the past", messageId);

  const told: Told = { conversation, rows: [], changed: [], gone: [], moved: [], places: [], facts: new Map() };
  past.episodes.forEach((e, i) => {
    const opener = byId.get(e.openedBy)!;
    const id = idOf(e.openedBy);
    const next = past.episodes[i + 1];
    const facts = {
      episodeId: id,
      conversationId: conversation.id,
      customerId: conversation.customerId,
      brandId: opener.brandId,
      network: opener.network,
      medium: opener.medium,
      visibility: opener.visibility,
      language: drafts.get(e.openedBy)?.labels.language ?? "und",
      openedAt: iso(e.openedAt),
      reopens: e.reopens === null ? null : idOf(e.reopens),
      reopenedBy: next?.reopens === e.openedBy ? idOf(next.openedBy) : null,
      firstReplyAt: isoOrNull(e.firstReplyAt),
      firstPublicReplyAt: isoOrNull(e.firstPublicReplyAt),
      firstReplyBy: e.firstReplyBy,
      doneAt: iso(e.doneAt),
      doneBy: e.doneBy,
      outcome: e.outcome,
      windowUntil: iso(windowUntil(e.doneAt, used, (channelId) => windows(brandId, channelId))),
      responses: e.responses.map((r) => ({ ...r, askedAt: iso(r.askedAt), answeredAt: iso(r.answeredAt) })),
    };
    const toldAs = createHash("sha256").update(JSON.stringify(facts)).digest("base64url");
    const before = known.get(id);
    const row = rowOf(e, opener, facts, i + 1, toldAs, before?.version ?? 0);
    told.rows.push(row);
    told.facts.set(id, facts);
    if (before?.toldAs !== toldAs) {
      row.version += 1;
      told.changed.push(row);
    }
  });
  const stays = new Set(told.rows.map((r) => r.id));
  told.gone = heads.filter((h) => h.past && !stays.has(h.id));
  told.moved = ordinals(told, heads);
  told.places = places(past, placements, idOf);
  return told;
}

const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

function rowOf(
  e: PastEpisode,
  opener: Placement,
  facts: { episodeId: string; conversationId: string; reopens: string | null; windowUntil: string },
  ordinal: number,
  toldAs: string,
  version: number,
): PastRow {
  return {
    id: facts.episodeId,
    conversationId: facts.conversationId,
    ordinal,
    brandId: opener.brandId,
    channelId: opener.channelId,
    medium: opener.medium,
    visibility: opener.visibility,
    openedAt: e.openedAt,
    openedByMessage: e.openedBy,
    firstReplyAt: e.firstReplyAt,
    lastReplyAt: e.lastReplyAt,
    reopens: facts.reopens,
    doneAt: e.doneAt,
    doneBy: e.doneBy,
    outcome: e.outcome,
    windowUntil: Date.parse(facts.windowUntil),
    rule: e.verdict.ruleId,
    priority: e.verdict.priority,
    toldAs,
    version,
  };
}

function wordOf(p: Placement, draft: PastDraft | undefined, policies: Policies): PastWord[] {
  if (!draft) return [];
  const machine = draft.message.automated !== null || draft.message.author.isBot === true;
  const who = p.role === "customer" ? "customer" : p.role === "us" && !machine ? "us" : "other";
  return [
    {
      id: p.messageId,
      at: p.sentAt,
      who,
      medium: p.medium,
      channelId: p.channelId,
      private: audienceOf(p.visibility) === "private",
      agentId: p.agentId,
      deleted: p.deletedAt !== null,
      thanksOnly: draft.labels.thanksOnly,
      judge: who === "customer" ? (episode) => verdictOn(policies.of(p.brandId).rules, draft, episode) : null,
    },
  ];
}

/** The past comes first, in its order; what is work now keeps its own order behind it. */
function ordinals(told: Told, heads: readonly EpisodeHead[]): { id: string; ordinal: number }[] {
  const wanted = new Map(told.rows.map((r) => [r.id, r.ordinal]));
  let next = told.rows.length;
  for (const h of heads) if (!h.past && h.ordinal > 0) wanted.set(h.id, ++next);
  return heads.flatMap((h) => {
    const ordinal = wanted.get(h.id);
    return ordinal === undefined || ordinal === h.ordinal ? [] : [{ id: h.id, ordinal }];
  });
}

function places(past: Past, placements: readonly Placement[], idOf: (id: string) => string): PlaceInPast[] {
  const episodeOf = new Map(past.episodes.flatMap((e) => e.words.map((w) => [w, idOf(e.openedBy)] as const)));
  return placements.flatMap((p) => {
    const verdict = past.verdicts.get(p.messageId);
    const episodeId = episodeOf.get(p.messageId) ?? null;
    const same = verdict === undefined || (verdict.actionable === p.actionable && verdict.ruleId === p.rule);
    if (same && episodeId === p.episodeId) return [];
    return [
      {
        messageId: p.messageId,
        episodeId,
        actionable: verdict?.actionable ?? p.actionable,
        rule: verdict?.ruleId ?? p.rule,
        reasons: same ? null : (verdict?.reasons ?? null),
      },
    ];
  });
}

async function save(tx: Tx, told: readonly Told[]): Promise<void> {
  await deletePast(
    tx,
    told.flatMap((t) => t.gone.map((g) => g.id)),
  );
  await renumber(
    tx,
    told.flatMap((t) => t.moved),
  );
  await savePast(
    tx,
    told.flatMap((t) => t.changed),
  );
  await savePlacesInPast(
    tx,
    told.flatMap((t) => t.places),
  );
}

function announce(tx: Tx, told: Told): void {
  const about = (id: string, version: number) => ({
    key: told.conversation.id,
    entity: "episode",
    entityId: id,
    entityVersion: version,
  });
  for (const row of told.changed)
    tx.announce(EpisodeRecalled, {
      ...about(row.id, row.version),
      payload: { ...told.facts.get(row.id)!, gone: false },
    });
  for (const head of told.gone)
    tx.announce(EpisodeRecalled, {
      ...about(head.id, head.version + 1),
      payload: { ...EMPTY, episodeId: head.id, conversationId: told.conversation.id, gone: true },
    });
}

/** Of an episode that never was nothing is left to say. */
const EMPTY = {
  customerId: "",
  brandId: "",
  network: "",
  medium: "",
  visibility: "",
  language: "",
  openedAt: "",
  reopens: null,
  reopenedBy: null,
  firstReplyAt: null,
  firstPublicReplyAt: null,
  firstReplyBy: null,
  doneAt: "",
  doneBy: null,
  outcome: "",
  windowUntil: "",
  responses: [],
};
