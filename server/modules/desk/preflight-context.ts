import { type Channel, type Message, messagesById } from "#modules/channels";
import { type Brand, type DisclosureStyle as BrandStyle, type Stop, stopHolds } from "#modules/company";
import { placementsOf } from "#modules/conversations";
import type { Crisis } from "#modules/routing";
import type { Tx } from "#platform/db";
import type { CopyFacts } from "#shared/copies";
import type { DisclosureStyle } from "#shared/disclosure";
import type { PreflightContext } from "#shared/preflight";
import type { SignatureStyle } from "./voice/settings.ts";

/** The style of preflight by that of a brand or of one of its networks. */
export function disclosureStyle(style: BrandStyle | "first-name" | "first-name-brand"): DisclosureStyle {
  return style === "profile" ? "none" : style === "full-name" ? "signature" : style;
}

export interface ContextAsked {
  conversationId: string;
  channel: Channel;
  target: Message;
  brand: Brand;
  /** How a public reply there is signed. */
  signed: SignatureStyle;
  agentName: string;
  agentId: string;
  stop: Stop | null;
  /** The running crises that bind the conversation. */
  crises: readonly Crisis[];
  /** The conversation's messages when the caller has them already. */
  messages?: readonly Message[];
}

/** Everything preflight has to know, without the time: the composer and the outbox put in their own. */
export async function preflightContext(tx: Tx, asked: ContextAsked): Promise<Omit<PreflightContext, "now">> {
  const messages =
    asked.messages ??
    (await messagesById(
      tx,
      (await placementsOf(tx, asked.conversationId, { limit: 200 })).map((p) => p.messageId),
    ));
  const { target, channel } = asked;
  const inbound = messages.filter(
    (m) =>
      m.direction === "in" &&
      m.authorId === target.authorId &&
      m.channelId === target.channelId &&
      m.visibility === "private",
  );
  const lastInboundAt = inbound.reduce<number | undefined>((last, m) => Math.max(last ?? 0, m.receivedAt), undefined);
  const sentInWindow = messages.filter(
    (m) =>
      m.direction === "out" &&
      m.channelId === target.channelId &&
      m.visibility === "private" &&
      m.sentAt > (lastInboundAt ?? 0),
  ).length;
  const isPublic = target.visibility !== "private";
  return {
    capabilities: channel.capabilities,
    disclosure: {
      style: disclosureStyle(asked.signed),
      agent: asked.agentName,
      brand: asked.brand.name,
      locale: asked.brand.locale,
      profileDiscloses: asked.signed === "profile",
    },
    target: {
      audience: isPublic ? "public" : "private",
      at: target.sentAt,
      namesUs: target.why.includes("mention"),
      alreadyAnswered: messages.some(
        (m) => m.direction === "out" && m.visibility === "private" && m.parentExternalId === target.externalId,
      ),
      ...(target.state === "tombstone" || target.state === "erased"
        ? { deletedAt: target.editedAt ?? target.receivedAt }
        : {}),
    },
    ...(lastInboundAt === undefined ? {} : { lastInboundAt }),
    sentInWindow,
    recipientConsents: true,
    ...stopFacts(asked),
    privateTexts: messages
      .filter((m) => m.direction === "in" && m.visibility === "private" && m.state === "live")
      .map((m) => m.text),
    publicTexts: messages.filter((m) => m.visibility !== "private" && m.state === "live").map((m) => m.text),
    ...(hasCopies(channel) && { copies: copyFacts(channel, target, messages) }),
    ...(channel.state === "on"
      ? {}
      : {
          channelProblem:
            channel.state === "archive"
              ? `${channel.name} is history that was imported: nothing can be sent there.`
              : `${channel.name} is ${channel.state === "paused" ? "paused" : "in trouble"}${channel.trouble ? `: ${channel.trouble}` : ""}. Your text is safe; it can be sent when the channel is on again.`,
        }),
  };
}

/** What a stop holds back of this agent's, and who speaks in public on a crisis's topic in their stead. */
function stopFacts({ stop, crises, agentId }: ContextAsked): Pick<PreflightContext, "stopped" | "spokesperson"> {
  const held = (audience: "public" | "private") => stop !== null && stopHolds(stop, { audience, agentId });
  const lock = crises.find((c) => c.spokespersonId !== agentId);
  return {
    ...(stop &&
      held("public") && {
        stopped: { by: stop.scope, reason: stop.reason, ...(!held("private") && { publicOnly: true }) },
      }),
    ...(lock && { spokesperson: { topic: lock.topic, name: lock.speaker } }),
  };
}

/** Networks that thread by headers are mail, and mail has copies. */
export function hasCopies(channel: Pick<Channel, "capabilities">): boolean {
  return channel.capabilities.threading.model === "headers";
}

export function ownAddresses(channel: Channel): string[] {
  return channel.selfIds;
}

function copyFacts(channel: Channel, target: Message, messages: readonly Message[]): CopyFacts {
  const mails = [target, ...messages].filter((m) => m.channelId === channel.id);
  const named = mails.flatMap((m) => [
    // A sender whom the own domain disowns has part in nothing.
    ...(m.direction === "in" && m.mail?.sender !== "failed" ? [m.authorId] : []),
    ...[...(m.mail?.to ?? []), ...(m.mail?.cc ?? [])].map((one) => one.address),
  ]);
  return { known: [...new Set(named)].slice(0, 500), own: ownAddresses(channel) };
}
