import type { z } from "zod";
import type { offerView, workRow } from "#contracts/desk";
import { type Channel, channelsOf, type Message, messagesById } from "#modules/channels";
import {
  type ConversationFacts,
  conversationsById,
  type Episode,
  episodesById,
  type LastWords,
  lastWordsOf,
} from "#modules/conversations";
import { type Customer, customersById, type Handle, handlesOfCustomers } from "#modules/customers";
import { type UnderstandingRow, understandingOf } from "#modules/listening";
import { type Agent, agentsById } from "#modules/people";
import type { OfferFacts, Work } from "#modules/routing";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { type Marks, marksOf } from "../store/mark-store.ts";

export type WorkRowView = z.input<typeof workRow>;
export type OfferRowView = z.input<typeof offerView>;

const SNIPPET = 160;

/** One line of text for a list: no line breaks, cut at a character. */
export function snippetOf(text: string, most = SNIPPET): string {
  const line = text.replace(/\s+/gu, " ").trim();
  return line.length <= most ? line : `${[...line].slice(0, most - 1).join("")}…`;
}

export function markOf(
  channel: Pick<Channel, "id" | "network" | "name"> | undefined,
  visibility: string,
): WorkRowView["mark"] {
  return {
    channelId: channel?.id ?? "00000000-0000-0000-0000-000000000000",
    network: channel?.network ?? "unknown",
    name: channel?.name ?? "",
    audience: visibility === "private" ? "private" : "public",
  };
}

/** What the caller has read already of all the work that is to be shown; the rest is read here. */
export interface Known {
  channels?: ReadonlyMap<string, Channel>;
  conversations?: ReadonlyMap<string, Pick<ConversationFacts, "number" | "subject">>;
  episodes?: ReadonlyMap<string, Episode>;
  /** What was said last in each conversation by its customer or by us, and the messages of it. */
  last?: { words: ReadonlyMap<string, LastWords>; messages: ReadonlyMap<string, Message> };
  /** Where some are missing they are read. */
  labels?: ReadonlyMap<string, UnderstandingRow>;
  customers?: ReadonlyMap<string, Customer>;
  handles?: ReadonlyMap<string, readonly Handle[]>;
  agents?: ReadonlyMap<string, Pick<Agent, "id" | "name">>;
  marks?: ReadonlyMap<string, Marks> | Promise<ReadonlyMap<string, Marks>>;
}

/** Rows of the work list: two rounds of reads whatever their number, none where the caller knows it all. */
export async function presentWork(
  tx: Tx,
  agentId: string,
  work: readonly Work[],
  known: Known = {},
): Promise<WorkRowView[]> {
  if (work.length === 0) return [];
  const conversationIds = [...new Set(work.map((w) => w.conversationId))];
  const customerIds = [...new Set(work.map((w) => w.customerId))];
  const episodeIds = work.map((w) => w.episodeId);
  const ownerIds = work.flatMap(agentsOfWork);
  const [channels, conversations, episodes, last, customers, handles, owners, marks] = await Promise.all([
    known.channels ?? channelsById(tx),
    known.conversations ?? conversationsById(tx, conversationIds),
    known.episodes ?? episodesById(tx, episodeIds),
    known.last?.words ?? lastWordsOf(tx, conversationIds),
    known.customers ?? customersById(tx, customerIds),
    known.handles ?? handlesOfCustomers(tx, customerIds),
    known.agents ?? agentsById(tx, ownerIds),
    known.marks ?? marksOf(tx, conversationIds, agentId),
  ]);
  const [said, labels] = await Promise.all([
    known.last?.messages ?? messagesSaid(tx, last),
    labelsFor(tx, known.labels, [
      ...[...last.values()].flatMap((words) => words.customers?.messageId ?? []),
      ...work.flatMap((w) => episodes.get(w.episodeId)?.openedByMessage ?? []),
    ]),
  ]);

  return work.map((w): WorkRowView => {
    const conversation = conversations.get(w.conversationId);
    const episode = episodes.get(w.episodeId);
    const words = last.get(w.conversationId);
    const message = said.get(words?.said?.messageId ?? "");
    const mark = marks.get(w.conversationId);
    const label = labels.get(words?.customers?.messageId ?? "") ?? (episode && labels.get(episode.openedByMessage));
    const opening = episode && labels.get(episode.openedByMessage);
    const handle =
      handles.get(w.customerId)?.find((h) => h.network === channels.get(w.channelId)?.network) ??
      handles.get(w.customerId)?.[0];
    const owner = w.ownerId ? owners.get(w.ownerId) : undefined;
    return {
      workItemId: w.id,
      conversationId: w.conversationId,
      episodeId: w.episodeId,
      number: conversation?.number ?? "",
      version: w.version,
      state: w.state as WorkRowView["state"],
      customer: {
        id: w.customerId,
        name: customers.get(w.customerId)?.name || handle?.name || handle?.handle || "",
        handle: handle?.handle ?? "",
      },
      mark: markOf(channels.get(w.channelId), w.visibility),
      subject: conversation?.subject ?? "",
      snippet: message && (message.state === "live" || message.state === "hidden") ? snippetOf(message.text) : "",
      snippetBy: message?.direction === "out" ? "us" : "customer",
      language: label?.language ?? "und",
      priority: w.priority,
      risks: [...new Set([...(opening?.risks ?? []), ...(label?.risks ?? [])])],
      sentiment: (label?.sentiment as WorkRowView["sentiment"]) ?? null,
      ...tellsOf(label),
      unread: isUnread(message?.receivedAt, message?.direction, mark?.seenAt ?? undefined),
      episodeOrdinal: episode?.ordinal ?? 1,
      clock: {
        state: w.clock,
        startedAt: iso(w.t0),
        dueAt: iso(w.due),
        what: episode?.firstReplyAt ? "next-response" : "first-response",
      },
      owner: owner ? { id: owner.id, name: owner.name } : null,
      wakesAt: w.wakesAt === null ? null : iso(w.wakesAt),
      parkReason: w.parkReason,
      trouble: mark?.trouble ?? null,
      draft: mark?.draft ?? false,
      guests: w.guests.map(({ agentId: id, kind }) => ({ id, name: owners.get(id)?.name ?? "", kind })),
      barred: w.barred.map((id) => ({ id, name: owners.get(id)?.name ?? "" })),
      ...{ behind: w.behind !== null, held: w.heldFor !== null, wrapExtended: w.wrapExtended },
      wrapUntil: w.wrapUntil === null ? null : iso(w.wrapUntil),
    };
  });
}

/** Whom a row of work names. */
export function agentsOfWork(w: Pick<Work, "ownerId" | "guests" | "barred">): string[] {
  return [...(w.ownerId === null ? [] : [w.ownerId]), ...w.guests.map((guest) => guest.agentId), ...w.barred];
}

export async function channelsById(tx: Tx): Promise<Map<string, Channel>> {
  return new Map((await channelsOf(tx)).map((c) => [c.id, c]));
}

/** The messages of what was said last, by their ids. */
async function messagesSaid(tx: Tx, last: ReadonlyMap<string, LastWords>): Promise<Map<string, Message>> {
  const ids = [...last.values()].flatMap((words) => words.said?.messageId ?? []);
  return new Map((await messagesById(tx, ids)).map((m) => [m.id, m]));
}

async function labelsFor(
  tx: Tx,
  known: ReadonlyMap<string, UnderstandingRow> = new Map(),
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, UnderstandingRow>> {
  const missing = messageIds.filter((id) => !known.has(id));
  return missing.length === 0 ? known : new Map([...known, ...(await understandingOf(tx, missing))]);
}

/** What else a message tells, as a filter may ask for it. */
function tellsOf(label: UnderstandingRow | undefined): { tells?: string[] } {
  if (!label) return {};
  const { signals = [], told = [], abuse = [], things = [], personal, alike } = label.detail;
  const tells = [...[...signals, ...told, ...abuse].map((s): string => s.value), ...things.map((one) => one.name)];
  if (label.gratitude) tells.push("gratitude");
  if (personal) tells.push("personal_data");
  if (alike) tells.push("near_copy");
  return tells.length > 0 ? { tells } : {};
}

function isUnread(
  receivedAt: Instant | undefined,
  direction: string | undefined,
  seenAt: Instant | undefined,
): boolean {
  return direction === "in" && receivedAt !== undefined && (seenAt === undefined || receivedAt > seenAt);
}

/** Offers with their rows, the oldest first. */
export async function presentOffers(
  tx: Tx,
  agentId: string,
  offers: readonly OfferFacts[],
  known: Known = {},
): Promise<OfferRowView[]> {
  const rows = new Map(
    (
      await presentWork(
        tx,
        agentId,
        offers.map((o) => o.work),
        known,
      )
    ).map((r) => [r.workItemId, r]),
  );
  return offers.flatMap((o): OfferRowView[] => {
    const row = rows.get(o.work.id);
    return row
      ? [
          {
            offerId: o.offerId,
            row,
            offeredAt: iso(o.offeredAt),
            expiresAt: iso(o.expiresAt),
            weight: o.work.weight,
            reasons: [...o.reasons],
            skills: [...o.skills],
          },
        ]
      : [];
  });
}
