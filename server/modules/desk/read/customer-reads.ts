import { messagesById } from "#modules/channels";
import { brandsOf, settingsOf } from "#modules/company";
import {
  burstGapsSetting,
  channelWindowsSetting,
  conversationsOfCustomer,
  episodesOf,
  monthsOfCustomer,
  placementsAcross,
} from "#modules/conversations";
import { customersById, factsOf, handlesOfCustomers, presentCustomer } from "#modules/customers";
import { labelsOfMessages } from "#modules/listening";
import { agentsById, can } from "#modules/people";
import { standingsOf } from "#modules/routing";
import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { mayWithCustomer } from "../customer-access.ts";
import { outcomesSetting } from "../settings.ts";
import { notesOfConversations } from "../store/customer-page-store.ts";
import { agentsInFacts } from "./customer-facts-view.ts";
import { channelsById } from "./work-rows.ts";

/** Messages on one page of the line of time. */
const PAGE = 60;

/** Everything of a customer that the page shows, as its modules tell it. */
export type CustomerReads = Awaited<ReturnType<typeof readCustomer>>;

/** Reads a customer in three rounds; one more where the address is that of somebody he was joined to. `before` pages backwards. */
export function readCustomer(db: Tx, actor: Actor, asked: string, before: string | null) {
  return db.together(async (tx) => {
    const first = await readByCustomer(tx, asked);
    const known = first.present === asked ? first : await readByCustomer(tx, first.present);
    const second = await readByConversations(tx, actor, known, before);
    const ids = second.page.map((p) => p.messageId);
    const [messages, labels, agents] = await Promise.all([
      messagesById(tx, ids),
      labelsOfMessages(tx, ids),
      agentsById(tx, [
        ...agentsInFacts(known.facts),
        ...second.page.map((p) => p.agentId),
        ...second.notes.map((n) => n.agentId),
      ]),
    ]);
    return { ...known, ...second, messages: new Map(messages.map((m) => [m.id, m])), labels, agents };
  });
}

/** What the customer's id alone leads to. */
async function readByCustomer(tx: Tx, id: string) {
  const [present, customers, handles, facts, conversations, months, brands, channels] = await Promise.all([
    presentCustomer(tx, id),
    customersById(tx, [id]),
    handlesOfCustomers(tx, [id]),
    factsOf(tx, id),
    conversationsOfCustomer(tx, id),
    monthsOfCustomer(tx, id),
    brandsOf(tx),
    channelsById(tx),
  ]);
  const customer = customers.get(id);
  if (present === null || !customer) throw notFound("customer");
  return { present, customer, handles: handles.get(id) ?? [], facts, conversations, months, brands, channels };
}

/** What his conversations lead to; of those that the actor may not read nothing is left. */
async function readByConversations(
  tx: Tx,
  actor: Actor,
  known: Awaited<ReturnType<typeof readByCustomer>>,
  before: string | null,
) {
  const ids = known.conversations.map((c) => c.id);
  const brandIds = [...new Set(known.conversations.map((c) => c.brandId))];
  const [standings, placements, episodes, notes, settings] = await Promise.all([
    standingsOf(tx, ids),
    placementsAcross(tx, ids, { before, limit: PAGE + 1 }),
    episodesOf(tx, ids),
    notesOfConversations(tx, ids),
    Promise.all(
      brandIds.map((brandId) =>
        settingsOf(
          tx,
          { outcomes: outcomesSetting, burst: burstGapsSetting, channels: channelWindowsSetting },
          brandId,
        ),
      ),
    ),
  ]);
  if (!mayWithCustomer(actor, "customer.read", standings.values())) throw notFound("customer");
  const readable = new Set(
    [...standings].filter(([, s]) => can(actor, "conversation.read", s.where)).map(([id]) => id),
  );
  const here = (conversationId: string | null) => conversationId !== null && readable.has(conversationId);
  const page = placements.slice(0, PAGE);
  return {
    mayWrite: mayWithCustomer(actor, "customer.write", standings.values()),
    readable: known.conversations.filter((c) => readable.has(c.id)),
    page: page.filter((p) => here(p.conversationId)),
    earlier: placements.length > PAGE ? (page.at(-1)?.messageId ?? null) : null,
    episodes,
    notes: notes.filter((n) => here(n.conversationId)),
    settings: new Map(brandIds.map((id, i) => [id, settings[i]!])),
  };
}
