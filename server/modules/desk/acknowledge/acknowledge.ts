import { WorkQueued } from "#events/routing";
import {
  channelOf,
  enqueueDelivery,
  type Message,
  messagesById,
  type Permit,
  type SendIntent,
} from "#modules/channels";
import { type Brand, brandOf, type Calendar, calendarOf, settingOf, stopOf } from "#modules/company";
import { placementsOf, policyOf } from "#modules/conversations";
import { understandingOf } from "#modules/listening";
import { clearTimeOf, crisesOfConversation, type Work, workById } from "#modules/routing";
import { MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { type Reaction, reaction } from "#platform/journal/reader";
import { checkRendered, isQuiet, renderAcknowledgement, saysWhen } from "#shared/acknowledgement";
import { preflight } from "#shared/preflight";
import { preflightContext } from "../preflight-context.ts";
import { PREFLIGHT_VERSION } from "../send-reply.ts";
import { acknowledgedOf, insertAcknowledgement } from "../store/acknowledgement-store.ts";
import { type QueueNow, queuesNow } from "../supervision/own-flows.ts";
import { promiseFor } from "./decide.ts";
import { type AcknowledgeRule, acknowledgeSetting } from "./settings.ts";

/** Said later than this it helps nobody. */
const USEFUL = 30 * MINUTE;

/** Whoever has to wait is told so, once, where the brand allows it. */
export const onWorkQueued: Reaction = reaction(WorkQueued, async (tx, events) => {
  const done = await acknowledgedOf(
    tx,
    events.map((e) => e.payload.conversationId),
  );
  const works = await workById(
    tx,
    events.map((e) => e.payload.workItemId).filter((id) => id !== ""),
  );
  const rules = new Map<string, AcknowledgeRule>();
  for (const brandId of new Set([...works.values()].map((work) => work.brandId)))
    rules.set(brandId, (await settingOf(tx, acknowledgeSetting, { brandId })).value);
  if (![...rules.values()].some((rule) => rule.on)) return;
  const queues = new Map((await queuesNow(tx)).map((now) => [now.queue.id, now]));
  for (const work of works.values()) {
    const [rule, now] = [rules.get(work.brandId), queues.get(work.queueId)];
    if (!rule?.on || !now || done.has(work.conversationId)) continue;
    if (await tell(tx, work, now, rule)) done.add(work.conversationId);
  }
});

async function tell(tx: Tx, work: Work, { queue, flow }: QueueNow, rule: AcknowledgeRule): Promise<boolean> {
  const { conversationId } = work;
  const placed = await placementsOf(tx, conversationId, { limit: 50 });
  const messages = await messagesById(
    tx,
    placed.map((p) => p.messageId),
  );
  const target = newestOf(messages, new Set(placed.filter((p) => p.role === "customer").map((p) => p.messageId)));
  if (!target) return false;
  const promise = promiseFor(
    {
      ...rule,
      quiet: isQuiet(tx.now, rule.quiet),
      ...{ visibility: target.visibility, t0: work.t0, due: work.due, crisis: work.crisis },
      opensAt: queue.open || queue.outOfHours === "work" || queue.closed !== null ? null : queue.opensAt,
      clear: clearTimeOf(flow, tx.now),
      inHands: work.ownerId !== null || work.state !== "queued" || messages.some((m) => m.direction === "out"),
      byMachine: target.automated !== null || target.author.isBot === true,
    },
    tx.now,
  );
  if (!promise.ok) return false;
  const [brand, channel] = [await brandOf(tx, work.brandId), await channelOf(tx, target.channelId)];
  const stop = await stopOf(tx, brand.id);
  // What is stopped, or bound by a crisis, says nothing by itself; later it would come too late.
  if (stop !== null || channel.state !== "on" || (await crisesOfConversation(tx, conversationId)).length > 0)
    return false;
  const { calendar } = await calendarOf(tx, queue.calendarId);
  const language = (await understandingOf(tx, [target.id])).get(target.id)?.language ?? brand.locale;
  const made = renderAcknowledgement(
    rule.texts,
    { language, medium: work.mediumClass },
    {
      company: brand.name,
      when: (locale) => saysWhen(promise.at, tx.now, locale, zoneOf(calendar)),
    },
  );
  if (!made || checkRendered(made.text, { company: brand.name, when: made.when }).length > 0) return false;
  const audience = target.visibility === "private" ? ("private" as const) : ("public" as const);
  const about = { conversationId, channel, target, brand, signed: brand.disclosure, messages };
  const facts = { ...about, agentName: "", agentId: "", stop, crises: [] };
  const context = await preflightContext(tx, facts);
  const disclosure = { style: "none" as const, agent: "", brand: brand.name, profileDiscloses: true };
  if (!preflight({ audience, text: made.text, human: false }, { ...context, disclosure, now: tx.now }).ok) return false;
  const { deliveryId } = await enqueueDelivery(tx, {
    ...{ channelId: channel.id, brandId: brand.id, threadKey: target.threadKey, intent: intentFor(audience, target) },
    ...{ text: made.text, agentId: null, conversationId, notBefore: tx.now, notAfter: tx.now + USEFUL },
    permit: permitOf(brand, (await policyOf(tx, brand.id)).version, audience),
    traceId: target.traceId ?? null,
  });
  await insertAcknowledgement(tx, { conversationId, workItemId: work.id, deliveryId, promisedAt: promise.at });
  return true;
}

function newestOf(messages: readonly Message[], theirs: ReadonlySet<string>): Message | undefined {
  return messages
    .filter((m) => m.direction === "in" && m.state === "live" && theirs.has(m.id))
    .toSorted((a, b) => b.sentAt - a.sentAt)[0];
}

function intentFor(audience: "public" | "private", target: Message): SendIntent {
  const to = { toHandle: target.authorHandle, toAuthorId: target.authorId };
  return audience === "public"
    ? { op: "reply", toExternalId: target.externalId, ...to }
    : { op: "message", automatic: true, ...to };
}

/** No person stands behind it: the text itself says who speaks, and that nobody wrote it. */
function permitOf(brand: Brand, policyVersion: number, audience: "public" | "private"): Permit {
  return {
    ...{ policyVersion, approval: null, preflightVersion: PREFLIGHT_VERSION, audience, automatic: true },
    disclosure: { text: "", style: "none", agentId: null, agentName: "", brandName: brand.name, locale: brand.locale },
  };
}

/** The zone its hours are reckoned in today. */
function zoneOf(calendar: Calendar): string {
  return calendar.at(-1)?.zone ?? "UTC";
}
