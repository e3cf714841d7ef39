import { channelsOf, messagesById } from "#modules/channels";
import { type Placement, placementsOfMessages } from "#modules/conversations";
import { customersById, handlesOfCustomers } from "#modules/customers";
import { labelsOfMessages } from "#modules/listening";
import { agentsById } from "#modules/people";
import type { Tx } from "#platform/db";
import { docOf, gramsDoc, personDoc } from "./domain/doc.ts";
import { forgetDocs, saveDocs, savePeople, saveWords } from "./store/doc-store.ts";

/** Puts messages into the index as they are now, or takes them out when there is nothing of them left. Safe to run twice. */
export async function fillMessages(db: Tx, messageIds: readonly string[]): Promise<void> {
  const ids = [...new Set(messageIds)];
  if (ids.length === 0) return;
  const { docs, words, gone } = await db.together(async (tx) => {
    const [messages, placements, labels, channels] = await Promise.all([
      messagesById(tx, ids),
      placementsOfMessages(tx, ids),
      labelsOfMessages(tx, ids),
      channelsOf(tx),
    ]);
    const agentOf = (placed: Placement | undefined, author: { agentId?: string }) =>
      placed?.agentId ?? author.agentId ?? null;
    const agents = await agentsById(
      tx,
      messages.map((m) => agentOf(placements.get(m.id), m.author)),
    );
    const byChannel = new Map(channels.map((one) => [one.id, one]));
    const words = new Set<string>();
    const docs: { messageId: string; words: string }[] = [];
    for (const m of messages) {
      const placed = placements.get(m.id);
      const channel = byChannel.get(m.channelId);
      if (!placed || !channel || (m.state !== "live" && m.state !== "hidden")) continue;
      const agentId = agentOf(placed, m.author);
      const agent = agentId === null ? undefined : agents.get(agentId);
      const us = [channel.name, channel.handle];
      const doc = docOf({
        ...{ subject: m.subject, text: m.text, direction: m.direction, network: m.network, medium: placed.medium },
        ...{ brandId: placed.brandId, language: labels.get(m.id)?.language ?? m.language },
        ...{ hasFile: m.attachments.some((one) => !one.inline), agentId },
        from: [m.authorName, m.authorHandle, ...(agent ? [agent.name] : [])],
        to: m.direction === "in" ? [...m.addressedTo, ...us] : m.addressedTo,
      });
      docs.push({ messageId: m.id, words: doc.words });
      for (const word of doc.vocabulary) words.add(word);
    }
    const kept = new Set(docs.map((one) => one.messageId));
    return { docs, words, gone: messages.map((m) => m.id).filter((id) => !kept.has(id)) };
  });
  await forgetDocs(db, gone);
  await saveDocs(db, docs);
  await saveWords(
    db,
    [...words].map((word) => ({ word, grams: gramsDoc(word) })),
  );
}

/** The same with customers: their names and those of all their handles. */
export async function fillPeople(db: Tx, customerIds: readonly string[]): Promise<void> {
  const ids = [...new Set(customerIds)];
  if (ids.length === 0) return;
  const people = await db.together(async (tx) => {
    const [customers, handles] = await Promise.all([customersById(tx, ids), handlesOfCustomers(tx, ids)]);
    return [...customers].map(([customerId, customer]) => ({
      customerId,
      words: personDoc([customer.name, ...(handles.get(customerId) ?? []).flatMap((h) => [h.name, h.handle])]),
    }));
  });
  await savePeople(db, people);
}
