import type { z } from "zod";
import type { offerView, workRow } from "#contracts/desk";
import { type Channel, channelsOf, type Message, messagesById } from "#modules/channels";
import {
  type ConversationFacts,
  conversationsById,
  type Episode,
  episodesById,
  lastPlacementsOf,
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
  /** The newest message of each conversation. */
  newest?: ReadonlyMap<string, Message>;
  /** Where some are missing they are read. */
  labels?: ReadonlyMap<string, UnderstandingRow>;
  customers?: ReadonlyMap<string, Customer>;
  handles?: ReadonlyMap<string, readonly Handle[]>;
  agents?: ReadonlyMap<string, Pick<Agent, "id" | "name">>;
  marks?: ReadonlyMap<string, Marks>;
}

/** Rows of the work list: ten statements whatever their number, fewer where the caller knows more. */
export async function presentWork(
  tx: Tx,
  agentId: string,
  work: readonly Work[],
  known: Known = {},
): Promise<WorkRowView[]> {
  if (work.length === 0) return [];
  const conversationIds = [...new Set(work.map((w) => w.conversationId))];
  const customerIds = [...new Set(work.map((w) => w.customerId))];
  const channels = known.channels ?? new Map((await channelsOf(tx)).map((c) => [c.id, c]));
  const conversations = known.conversations ?? (await conversationsById(tx, conversationIds));
  const episodeIds = work.map((w) => w.episodeId);
  const episodes = known.episodes ?? (await episodesById(tx, episodeIds));
  const newest = known.newest ?? (await newestOf(tx, conversationIds));
  const labels = await labelsFor(tx, known.labels, [
    ...[...newest.values()].map((m) => m.id),
    ...work.flatMap((w) => episodes.get(w.episodeId)?.openedByMessage ?? []),
  ]);
  const customers = known.customers ?? (await customersById(tx, customerIds));
  const handles = known.handles ?? (await handlesOfCustomers(tx, customerIds));
  const ownerIds = work.map((w) => w.ownerId);
  const owners = known.agents ?? (await agentsById(tx, ownerIds));
  const marks = known.marks ?? (await marksOf(tx, conversationIds, agentId));

  return work.map((w): WorkRowView => {
    const conversation = conversations.get(w.conversationId);
    const episode = episodes.get(w.episodeId);
    const message = newest.get(w.conversationId);
    const mark = marks.get(w.conversationId);
    const label = (message && labels.get(message.id)) ?? (episode && labels.get(episode.openedByMessage));
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
      snippet: message && message.state === "live" ? snippetOf(message.text) : "",
      snippetBy: message?.direction === "out" ? "us" : "customer",
      language: label?.language ?? "und",
      priority: w.priority,
      risks: [...new Set([...(opening?.risks ?? []), ...(label?.risks ?? [])])],
      sentiment: (label?.sentiment as WorkRowView["sentiment"]) ?? null,
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
    };
  });
}

async function newestOf(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, Message>> {
  const last = [...(await lastPlacementsOf(tx, conversationIds))];
  const ids = last.map(([, placement]) => placement.messageId);
  const messages = new Map((await messagesById(tx, ids)).map((m) => [m.id, m]));
  return new Map(
    last.flatMap(([conversationId, { messageId }]): [string, Message][] => {
      const message = messages.get(messageId);
      return message ? [[conversationId, message]] : [];
    }),
  );
}

async function labelsFor(
  tx: Tx,
  known: ReadonlyMap<string, UnderstandingRow> = new Map(),
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, UnderstandingRow>> {
  const missing = messageIds.filter((id) => !known.has(id));
  return missing.length === 0 ? known : new Map([...known, ...(await understandingOf(tx, missing))]);
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
