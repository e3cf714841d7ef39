import type { z } from "zod";
import type { searchHit, searchPage } from "#contracts/search";
import { channelsOf, messagesById } from "#modules/channels";
import { conversationByNumber, conversationsById, placementsOfMessages } from "#modules/conversations";
import { customersById, handlesOfCustomers } from "#modules/customers";
import { agentsById } from "#modules/people";
import { queuesOf, workOfConversations } from "#modules/routing";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { markOf } from "../read/work-rows.ts";
import { readableOf } from "../work-acts.ts";
import type { Compiled } from "./domain/compile.ts";
import { excerpt, type Needle, spansOf } from "./domain/needle.ts";
import { tokensOf } from "./domain/words.ts";

interface Hit {
  messageId: string;
  conversationId: string;
}
interface Finds {
  own: readonly Hit[];
  items: readonly Hit[];
  people: readonly string[];
  ownIds: readonly string[];
  first: boolean;
  next: string | null;
  lookedTo: Instant | null;
}

/** What was found, as it is shown. What may not be read (any more) is left out here once more. */
export async function presentFinds(
  db: Tx,
  actor: Actor,
  q: string,
  search: Compiled,
  finds: Finds,
): Promise<z.input<typeof searchPage>> {
  const shownOwn = grouped(finds.own);
  const ownMessages = new Set(finds.own.map((hit) => hit.messageId));
  const shownItems = grouped(finds.items.filter((hit) => !ownMessages.has(hit.messageId)));
  const hits = [...shownOwn, ...shownItems];
  const asksNumber = finds.first && /^\s*c?\s*-?\s*\d{1,12}\s*$/iu.test(q);
  return db.together(async (tx) => {
    const [conversations, said, placed, works, channels, queues, people, handles, jump] = await Promise.all([
      conversationsById(
        tx,
        hits.map((hit) => hit.conversationId),
      ),
      messagesById(
        tx,
        hits.map((hit) => hit.messageId),
      ),
      placementsOfMessages(
        tx,
        hits.map((hit) => hit.messageId),
      ),
      workOfConversations(
        tx,
        hits.map((hit) => hit.conversationId),
      ),
      channelsOf(tx),
      queuesOf(tx),
      customersById(tx, finds.people),
      handlesOfCustomers(tx, finds.people),
      asksNumber ? conversationByNumber(tx, q) : null,
    ]);
    const messages = new Map(said.map((m) => [m.id, m]));
    const writerOf = (messageId: string) =>
      placed.get(messageId)?.agentId ?? messages.get(messageId)?.author.agentId ?? null;
    const ids = [...new Set([...hits.map((hit) => hit.conversationId), ...(jump ? [jump.id] : [])])];
    const [readable, customers, agents] = await Promise.all([
      readableOf(tx, actor, ids),
      customersById(tx, [...[...conversations.values()].map((c) => c.customerId), ...(jump ? [jump.customerId] : [])]),
      agentsById(
        tx,
        said.map((m) => writerOf(m.id)),
      ),
    ]);
    const byChannel = new Map(channels.map((one) => [one.id, one]));
    const queueNames = new Map(queues.map((one) => [one.id, one.name]));
    const present = ({ messageId, conversationId, also }: Hit & { also: number }): z.input<typeof searchHit>[] => {
      const [c, m] = [conversations.get(conversationId), messages.get(messageId)];
      if (!c || !m || !readable.has(conversationId) || (m.state !== "live" && m.state !== "hidden")) return [];
      const work = works.get(conversationId);
      const words = m.text.trim() === "" ? m.subject : m.text;
      return [
        {
          ...{ messageId, conversationId, number: c.number, subject: c.subject, also },
          customer: { id: c.customerId, name: customers.get(c.customerId)?.name ?? "" },
          mark: markOf(byChannel.get(m.channelId), m.visibility),
          ...{ direction: m.direction, at: iso(m.sentAt) },
          author: agents.get(writerOf(messageId) ?? "")?.name || m.authorName || m.authorHandle,
          ...{ open: work !== undefined, mine: work?.ownerId === actor.id },
          queue: work ? (queueNames.get(work.queueId) ?? null) : null,
          ...excerpt(words, search.needles),
        },
      ];
    };
    return {
      jump:
        jump && readable.has(jump.id)
          ? {
              ...{ id: jump.id, number: jump.number, subject: jump.subject },
              customer: customers.get(jump.customerId)?.name ?? "",
            }
          : null,
      own: shownOwn.flatMap(present),
      items: shownItems.flatMap(present),
      people: finds.people.flatMap((id) => {
        const person = people.get(id);
        if (!person) return [];
        return [
          {
            ...{ id: person.id, name: person.name, lastSeenAt: iso(person.lastSeenAt) },
            spans: spansOf(tokensOf(person.name), beginnings(search)),
            handles: (handles.get(id) ?? [])
              .slice(0, 3)
              .map(({ network, handle, name }) => ({ network, handle: handle || name })),
          },
        ];
      }),
      next: finds.next,
      lookedTo: finds.lookedTo === null ? null : iso(finds.lookedTo),
    };
  });
}

/** Each conversation once, at its newest hit. */
function grouped(hits: readonly Hit[]): (Hit & { also: number })[] {
  return [...Map.groupBy(hits, (hit) => hit.conversationId).values()].map((of) => ({
    ...of[0]!,
    also: of.length - 1,
  }));
}

const beginnings = ({ needles }: Compiled): Needle[] =>
  needles.flatMap((one): Needle[] =>
    one.how === "part"
      ? [one]
      : one.words.map(({ word }) => ({ how: "words" as const, words: [{ word, after: 0 }], begins: true })),
  );
