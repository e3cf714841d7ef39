import { messagesById } from "#modules/channels";
import { conversationsById, placementsOf } from "#modules/conversations";
import { customersById } from "#modules/customers";
import { noteClosing, writeReply } from "#modules/desk";
import { understandingOf } from "#modules/listening";
import { activeAgents, agentsById } from "#modules/people";
import { acceptOffer, listWork, offersOf, type Work } from "#modules/routing";
import type { Database, Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import type { AccountId } from "#platform/ids";
import type { Fresh } from "../../../scenarios/fresh.ts";
import { answerTo, type How, readMatter } from "../../../scenarios/northwind/answers.ts";
import { closingFor } from "../../../scenarios/northwind/outcomes.ts";
import type { Random } from "../../../scenarios/random.ts";

const RIGHTS = ["work.read", "work.take", "conversation.read", "reply.public", "reply.private"] as const;

/** A simulated colleague acts through the same verbs as a person at the desk. */
async function actorOf(tx: Tx, agentId: string): Promise<Actor> {
  const agent = (await agentsById(tx, [agentId])).get(agentId);
  return {
    accountId: tx.accountId,
    kind: "agent",
    id: agentId,
    name: agent?.name ?? "",
    csrf: null,
    grants: RIGHTS.map((verb) => ({ verb, scope: "account" as const, scopeId: null })),
  };
}

/** Takes what is held out to them; returns how many. */
export async function acceptAll(db: Database, accountId: AccountId, agentIds: readonly string[]): Promise<number> {
  const offers = await db.withAccount(accountId, async (tx) => {
    const held = [];
    for (const agentId of agentIds) held.push(...(await offersOf(tx, agentId)));
    return held;
  });
  for (const { offerId, agentId } of offers)
    await db.withAccount(accountId, (tx) => acceptOffer(tx, { offerId, agentId })).catch(() => null);
  return offers.length;
}

/** The work these colleagues own and owe an answer on. */
export async function owed(db: Database, accountId: AccountId, agentIds: readonly string[]): Promise<Work[]> {
  return db.withAccount(accountId, async (tx) => {
    const work: Work[] = [];
    for (const agentId of agentIds)
      work.push(...(await listWork(tx, { view: "mine", agentId, queues: "all", limit: 40 })).items);
    return work.filter((w) => w.state === "active" && w.clock === "running");
  });
}

/** Answers one conversation in the customer's language; sometimes invites to a private message, sometimes resolves with the answer. */
export async function answerOne(
  db: Database,
  accountId: AccountId,
  work: Work,
  random: Random,
  invite: boolean,
  fresh: Fresh,
): Promise<boolean> {
  return db.withAccount(accountId, async (tx) => {
    if (!work.ownerId) return false;
    const placements = await placementsOf(tx, work.conversationId, { limit: 20 });
    const messages = await messagesById(
      tx,
      placements.map((p) => p.messageId),
    );
    const roles = new Map(placements.map((p) => [p.messageId, p.role]));
    const target = messages
      .filter((m) => m.direction === "in" && m.state === "live" && roles.get(m.id) === "customer")
      .sort((a, b) => b.sentAt - a.sentAt)[0];
    const conversation = (await conversationsById(tx, [work.conversationId])).get(work.conversationId);
    if (!target || !conversation) return false;
    const language = (await understandingOf(tx, [target.id])).get(target.id)?.language ?? "en";
    const name = (await customersById(tx, [work.customerId])).get(work.customerId)?.name ?? target.authorName;
    const isPrivate = target.visibility === "private";
    const customers = messages.filter(
      (m) => m.direction === "in" && m.state === "live" && roles.get(m.id) === "customer",
    );
    const ours = messages.filter((m) => m.direction === "out" && (m.visibility === "private") === isPrivate).length;
    const how: How = ours > 0 && random.chance(0.6) ? "sorted" : isPrivate ? "private" : invite ? "invite" : "public";
    const { topic, facts } = readMatter(
      customers.sort((a, b) => a.sentAt - b.sentAt).map((m) => m.text),
      ...([language, name, random, tx.now] as const),
    );
    const actor = await actorOf(tx, work.ownerId);
    const text = fresh.unlike(() => answerTo(topic, facts, how, random), facts);
    const outcome = how === "sorted" || (how === "public" && random.chance(0.25)) ? "solved" : null;
    await writeReply(tx, actor, {
      conversationId: work.conversationId,
      audience: isPrivate ? "private" : "public",
      text,
      answersMessageId: target.id,
      resolveWith: outcome,
      expectedVersion: work.version,
    });
    if (outcome !== null) {
      const about = topic?.kind ?? "";
      await noteClosing(tx, actor, work, outcome, closingFor({ outcome, about, seed: work.episodeId, weeksAgo: 0 }));
    }
    return true;
  });
}

/** Colleagues of the demo by id. */
export async function colleagueIds(db: Database, accountId: AccountId, emails: readonly string[]): Promise<string[]> {
  return db.withAccount(accountId, async (tx) => {
    const active = await activeAgents(tx);
    const details = await agentsById(
      tx,
      active.map((a) => a.id),
    );
    return active.filter((a) => emails.includes(details.get(a.id)?.email ?? "")).map((a) => a.id);
  });
}
