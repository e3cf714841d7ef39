import { type Channel, type Message, messagesById } from "#modules/channels";
import type { Brand, DisclosureStyle as BrandStyle, Stop } from "#modules/company";
import { placementsOf } from "#modules/conversations";
import type { Tx } from "#platform/db";
import type { DisclosureStyle } from "#shared/disclosure";
import type { PreflightContext } from "#shared/preflight";

export function disclosureStyle(style: BrandStyle): DisclosureStyle {
  return style === "initials" ? "initials" : style === "profile" ? "none" : "signature";
}

export interface ContextAsked {
  conversationId: string;
  channel: Channel;
  target: Message;
  brand: Brand;
  agentName: string;
  stop: Stop | null;
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
      style: disclosureStyle(asked.brand.disclosure),
      agent: asked.agentName,
      brand: asked.brand.name,
      locale: asked.brand.locale,
      profileDiscloses: asked.brand.disclosure === "profile",
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
    ...(asked.stop ? { stopped: { by: asked.stop.scope, reason: asked.stop.reason } } : {}),
    privateTexts: messages
      .filter((m) => m.direction === "in" && m.visibility === "private" && m.state === "live")
      .map((m) => m.text),
    publicTexts: messages.filter((m) => m.visibility !== "private" && m.state === "live").map((m) => m.text),
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
