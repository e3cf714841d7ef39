import { deliveriesById, type Message, messagesById } from "#modules/channels";
import {
  customersById,
  handleKey,
  type Identity,
  learnIdentities,
  type Met,
  meetHandles,
  scopeOf,
} from "#modules/customers";
import { labelsOfMessages } from "#modules/listening";
import type { Tx } from "#platform/db";
import { audienceOf } from "../domain/medium.ts";
import { judge } from "../domain/policy.ts";
import { followHandles } from "../follow.ts";
import type { Policies } from "../policies.ts";
import type { Placement } from "../store/placement-store.ts";
import { type Draft, type Labels, labelsOf, mediumOfMessage, policyFacts } from "./draft.ts";
import { alsoSignedInAs, joinSignedIn } from "./signed-in.ts";
import { withCopies } from "./use-copies.ts";
import { withInvites } from "./use-invites.ts";
import { withSubjectNumbers } from "./use-subject-numbers.ts";

/** What an event says of a message that is to be placed. */
export interface Understood extends Labels {
  messageId: string;
  brandId: string;
  backfilled: boolean;
}

/** Loads messages, meets who wrote them (and locks their customers), and finds out whose replies ours are. A constant number of statements. */
export async function gatherDrafts(tx: Tx, understood: readonly Understood[], policies: Policies): Promise<Draft[]> {
  const messages = new Map(
    (
      await messagesById(
        tx,
        understood.map((u) => u.messageId),
      )
    ).map((m) => [m.id, m]),
  );
  const theirs = [...messages.values()].filter((m) => m.direction === "in");
  const met = await meetHandles(tx, [...theirs.map(identityOf), ...theirs.flatMap(alsoSignedInAs)]);
  const rejoined = await learnWho(tx, theirs, met, understood);
  const customers = await customersById(
    tx,
    [...met.values()].map((m) => m.customerId),
  );
  const deliveryIds = [...messages.values()].flatMap((m) => (m.deliveryId === null ? [] : [m.deliveryId]));
  const deliveries = deliveryIds.length === 0 ? new Map() : await deliveriesById(tx, deliveryIds);
  const drafts = understood.flatMap((u) => {
    const message = messages.get(u.messageId);
    if (!message) return [];
    const who = message.direction === "in" ? met.get(handleKey(identityOf(message))) : undefined;
    const delivery = message.deliveryId === null ? undefined : deliveries.get(message.deliveryId);
    const customer = who && customers.get(who.customerId);
    const draft: Draft = {
      message,
      labels: u,
      brandId: u.brandId,
      backfilled: u.backfilled,
      medium: mediumOfMessage(message),
      handleId: who?.handleId ?? null,
      customerId: who?.customerId ?? null,
      agentId: delivery?.agentId ?? message.author.agentId ?? null,
      deliveredFor: delivery?.conversationId ?? aboutOf(message),
      writtenAt: delivery?.createdAt ?? (aboutOf(message) === null ? null : message.sentAt),
      known: customer !== undefined && customer.firstSeenAt < message.sentAt,
      workAlone: false,
      ...(delivery?.automatic && { automatic: true }),
    };
    // An erased author is not met again; what still comes from him stands outside.
    return [withVerdictAlone(draft, policies)];
  });
  if (drafts[0] && rejoined.length > 0) drafts[0].rejoined = rejoined;
  return withCopies(tx, await withSubjectNumbers(tx, await withInvites(tx, drafts, "first")));
}

/** Drafts of messages that were placed before, to decide them again. */
export async function draftsOfPlaced(tx: Tx, placed: readonly Placement[], policies: Policies): Promise<Draft[]> {
  if (placed.length === 0) return [];
  const ids = placed.map((p) => p.messageId);
  const messages = new Map((await messagesById(tx, ids)).map((m) => [m.id, m]));
  const understandings = await labelsOfMessages(tx, ids);
  const customers = await customersById(
    tx,
    placed.flatMap((p) => p.customerId ?? []),
  );
  const deliveries = await deliveriesById(
    tx,
    [...messages.values()].flatMap((m) => m.deliveryId ?? []),
  );
  const drafts = placed.flatMap((p) => {
    const message = messages.get(p.messageId);
    const row = understandings.get(p.messageId);
    if (!message || !row) return [];
    const customer = p.customerId === null ? undefined : customers.get(p.customerId);
    const delivery = message.deliveryId === null ? undefined : deliveries.get(message.deliveryId);
    const draft: Draft = {
      message,
      labels: labelsOf(row),
      brandId: p.brandId,
      backfilled: p.backfilled,
      medium: p.medium,
      handleId: p.handleId,
      customerId: p.customerId,
      agentId: p.agentId,
      deliveredFor: delivery?.conversationId ?? aboutOf(message),
      writtenAt: delivery?.createdAt ?? (aboutOf(message) === null ? null : message.sentAt),
      known: customer !== undefined && customer.firstSeenAt < message.sentAt,
      workAlone: false,
      ...(delivery?.automatic && { automatic: true }),
    };
    return [withVerdictAlone(draft, policies)];
  });
  return withCopies(tx, await withSubjectNumbers(tx, await withInvites(tx, drafts, "again")));
}

/** What the writers say of themselves joins their handles before anything is placed. Returns the customers whom that concerns. */
async function learnWho(
  tx: Tx,
  theirs: readonly Message[],
  met: Map<string, Met>,
  understood: readonly Understood[],
): Promise<string[]> {
  const of = new Map(understood.map((u) => [u.messageId, u]));
  const heard = theirs.flatMap((m) => {
    const who = met.get(handleKey(identityOf(m)));
    const u = of.get(m.id);
    if (!who || !u || m.state !== "live") return [];
    const isBot = m.automated !== null || m.author.isBot === true;
    const open = audienceOf(m.visibility) === "public";
    return [
      {
        ...{ handleId: who.handleId, messageId: m.id, brandId: u.brandId, text: m.text, language: u.language },
        ...{ public: open, isBot, at: m.sentAt, verified: m.author.verifiedLinks },
      },
    ];
  });
  const learned = await learnIdentities(tx, met.values(), heard);
  const signedIn = theirs.filter((m) => m.author.signedIn !== undefined && m.state === "live");
  const moved = [...learned, ...(await joinSignedIn(tx, signedIn, met, (m) => handleKey(identityOf(m))))];
  await followHandles(tx, moved);
  const now = new Map(moved.map((m) => [m.handleId, m.to]));
  for (const who of met.values()) who.customerId = now.get(who.handleId) ?? who.customerId;
  return [...new Set(moved.flatMap((m) => [m.from, m.to]))];
}

function withVerdictAlone(draft: Draft, policies: Policies): Draft {
  if (draft.message.direction === "out") return draft;
  return { ...draft, workAlone: judge(policies.of(draft.brandId).rules, policyFacts(draft, "none")).actionable };
}

function identityOf(m: Message): Identity {
  const a = m.author;
  return {
    network: m.network,
    scope: scopeOf(m.network, m.channelId, a.scope),
    externalId: m.authorId,
    handle: m.authorHandle,
    name: m.authorName,
    followers: a.followers,
    avatarUrl: a.avatarUrl,
    profileUrl: a.profileUrl,
    verified: a.verified,
    isBot: a.isBot,
    at: m.sentAt,
  };
}

/** The conversation for which an agent of ours wrote it down. */
function aboutOf(m: Message): string | null {
  return m.direction === "out" ? (m.author.about ?? null) : null;
}
