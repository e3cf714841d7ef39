import type { z } from "zod";
import type { offerView, workRow } from "#contracts/desk";
import { type Channel, channelsOf, messagesById } from "#modules/channels";
import { conversationsById, episodesById, lastPlacementsOf } from "#modules/conversations";
import { customersById, handlesOfCustomers } from "#modules/customers";
import { understandingOf } from "#modules/listening";
import { agentsById } from "#modules/people";
import type { OfferFacts, Work } from "#modules/routing";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { draftsOf, seenOf, troubledReplies } from "../store/desk-store.ts";

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

/** Rows of the work list: ten statements whatever their number. */
export async function presentWork(tx: Tx, agentId: string, work: readonly Work[]): Promise<WorkRowView[]> {
  if (work.length === 0) return [];
  const conversationIds = [...new Set(work.map((w) => w.conversationId))];
  const customerIds = [...new Set(work.map((w) => w.customerId))];
  const channels = new Map((await channelsOf(tx)).map((c) => [c.id, c]));
  const conversations = await conversationsById(tx, conversationIds);
  const episodes = await episodesById(
    tx,
    work.map((w) => w.episodeId),
  );
  const last = await lastPlacementsOf(tx, conversationIds);
  const messages = new Map(
    (
      await messagesById(
        tx,
        [...last.values()].map((p) => p.messageId),
      )
    ).map((m) => [m.id, m]),
  );
  const labels = await understandingOf(tx, [
    ...messages.keys(),
    ...[...episodes.values()].map((e) => e.openedByMessage),
  ]);
  const customers = await customersById(tx, customerIds);
  const handles = await handlesOfCustomers(tx, customerIds);
  const owners = await agentsById(
    tx,
    work.map((w) => w.ownerId),
  );
  const drafts = await draftsOf(tx, conversationIds, agentId);
  const trouble = await troubledReplies(tx, conversationIds);
  const seen = await seenOf(tx, conversationIds, agentId);

  return work.map((w): WorkRowView => {
    const conversation = conversations.get(w.conversationId);
    const episode = episodes.get(w.episodeId);
    const placement = last.get(w.conversationId);
    const message = placement && messages.get(placement.messageId);
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
      unread: isUnread(message?.receivedAt, message?.direction, seen.get(w.conversationId)),
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
      trouble: trouble.get(w.conversationId) ?? null,
      draft: drafts.has(w.conversationId),
    };
  });
}

function isUnread(
  receivedAt: Instant | undefined,
  direction: string | undefined,
  seenAt: Instant | undefined,
): boolean {
  return direction === "in" && receivedAt !== undefined && (seenAt === undefined || receivedAt > seenAt);
}

/** Offers with their rows, the oldest first. */
export async function presentOffers(tx: Tx, agentId: string, offers: readonly OfferFacts[]): Promise<OfferRowView[]> {
  const rows = new Map(
    (
      await presentWork(
        tx,
        agentId,
        offers.map((o) => o.work),
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
