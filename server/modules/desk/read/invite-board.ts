import type { z } from "zod";
import type { inviteBoard, inviteView } from "#contracts/invites";
import { channelsOf, type Message, messagesById } from "#modules/channels";
import { settingOf } from "#modules/company";
import {
  closingWords,
  type Invite,
  invitePlaces,
  inviteSetting,
  invitesOf,
  placementsOf,
} from "#modules/conversations";
import { labelsOfMessages } from "#modules/listening";
import { agentsById } from "#modules/people";
import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import { redactAll } from "#shared/redact";
import { adviseMove, type Heard } from "../domain/move-advice.ts";

const LOOKED_AT = 60;

export function presentInvite(i: Invite, agentName: string, now: number): z.input<typeof inviteView> {
  const at = (instant: number | null) => (instant === null ? null : iso(instant));
  const ended = i.endedAt !== null || i.expiresAt <= now;
  return {
    id: i.id,
    destination: i.destination,
    agent: { id: i.madeBy, name: agentName },
    state:
      i.returnedAt !== null
        ? "returned"
        : ended
          ? "ended"
          : i.openedAt !== null
            ? "opened"
            : i.sentAt !== null
              ? "sent"
              : "made",
    madeAt: iso(i.madeAt),
    expiresAt: iso(i.expiresAt),
    sentAt: at(i.sentAt),
    sentMessageId: i.sentMessageId,
    openedAt: at(i.openedAt),
    returnedAt: at(i.returnedAt),
    returnedBy: i.returnedBy,
    returnedMessageId: i.returnedMessageId,
    proof: i.proof,
    refused: i.refused,
    endedWhy: i.endedWhy ?? (ended && i.returnedAt === null ? "time" : null),
    version: i.version,
  };
}

/** Everything "take it private" shows beside the composer. */
export async function inviteBoardOf(
  tx: Tx,
  actor: Actor,
  at: { conversationId: string; brandId: string },
): Promise<z.input<typeof inviteBoard>> {
  const placed = (await placementsOf(tx, at.conversationId, { limit: LOOKED_AT })).toReversed();
  const ids = placed.map((p) => p.messageId);
  const messages = new Map((await messagesById(tx, ids)).map((m) => [m.id, m]));
  const labels = await labelsOfMessages(tx, ids);
  const invites = await invitesOf(tx, at.conversationId, ids);
  const agents = await agentsById(tx, [...new Set(invites.map((i) => i.madeBy))]);
  const { value: settings } = await settingOf(tx, inviteSetting, { brandId: at.brandId });

  const posts = placed.flatMap((p) => {
    const message = messages.get(p.messageId);
    const answerable = p.role === "customer" && p.visibility !== "private" && p.deletedAt === null;
    return answerable && message?.state === "live" ? [message] : [];
  });
  const post = posts.at(-1);
  const channel = post && (await channelsOf(tx)).find((c) => c.id === post.channelId);
  const open = channel !== undefined && channel.capabilities.canReplyPublic.kind !== "never";
  const places = open ? await invitePlaces(tx, at.brandId, post!) : [];

  const heard = placed.flatMap((p): Heard[] => {
    const message = messages.get(p.messageId);
    if (message?.state !== "live") return [];
    return [
      {
        id: message.id,
        by: message.direction === "out" ? "us" : p.role === "customer" ? "customer" : "other",
        public: message.visibility !== "private",
        text: message.text,
        sentiment: labels.get(message.id)?.sentiment ?? "neutral",
        personal: message.direction === "in" && message.visibility !== "private" ? personalIn(message) : [],
      },
    ];
  });
  return {
    invites: invites.map((i) => presentInvite(i, agents.get(i.madeBy)?.name ?? "", tx.now)),
    places: places.map(({ destination, label }) => ({ destination, label })),
    answersMessageId: open ? post!.id : null,
    advice: adviseMove(heard, settings.advise),
    adviseTooLong: settings.advise.tooLong,
    guidelines: settings.guidelines,
    closing:
      open && settings.closingNote.on ? closingOf(actor, invites, heard, post!, settings.closingNote.words) : null,
  };
}

function personalIn(message: Message): string[] {
  return redactAll([message.text], message.language ?? undefined).found.map((f) => f.kind);
}

/** They came, and nothing has been said in public since: others who read along should know how it ended. */
function closingOf(
  actor: Actor,
  invites: readonly Invite[],
  heard: readonly Heard[],
  post: Message,
  words: Readonly<Record<string, string>>,
): { text: string; answersMessageId: string } | null {
  const came = invites.find((i) => i.returnedAt !== null && i.sentMessageId !== null);
  if (!came) return null;
  const invitedAt = heard.findIndex((m) => m.id === came.sentMessageId);
  const cameAt = heard.findIndex((m) => m.id === came.returnedMessageId);
  const since = heard.slice(Math.max(invitedAt, cameAt) + 1);
  if (invitedAt < 0 || since.some((m) => m.by === "us" && m.public)) return null;
  if (!since.some((m) => m.by === "us")) return null;
  return { text: closingWords(words, [post.language ?? "en"], actor.name), answersMessageId: post.id };
}
