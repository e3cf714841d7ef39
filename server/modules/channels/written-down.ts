import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { messageKey } from "./domain/input-key.ts";
import type { Item } from "./domain/item.ts";
import type { Author, Message } from "./domain/message.ts";
import { placesOf } from "./import/places.ts";
import { storeEvents } from "./inbound/store-events.ts";
import { type ChannelRow, findChannel, lockChannel } from "./store/channel-store.ts";
import { findKeys } from "./store/key-store.ts";

/** A call that a person puts into words: nothing came over a wire. */
export interface WrittenDown {
  brandId: string;
  /** `out`: an agent of ours writes it down; `in`: somebody asks to be called. */
  direction: "in" | "out";
  /** Who is at the other end: the number in international form where it is known, else any name of theirs that does not change. */
  other: { id: string; number: string; name: string };
  /** Of ours: who writes it, and in which conversation it belongs. */
  agent: { id: string; name: string; conversationId: string } | null;
  text: string;
  /** When it was spoken; never after now. */
  at: Instant;
  consent?: string;
  /** One name for one act: what comes twice is one message. */
  key?: string;
}

/**
 * Keeps a call as a message of the brand's telephone, or where none is connected of its place of the past: from here on it goes the way of
 * any message. Returns the message's id.
 */
export async function writeDown(tx: Tx, said: WrittenDown): Promise<{ messageId: string }> {
  const channel = await (await placesOf(tx)).of(said.brandId, "phone");
  await lockChannel(tx, channel.id);
  const ours = said.direction === "out";
  const author: Item["author"] & Author = {
    id: ours ? channel.externalId : said.other.id,
    scope: "",
    handle: ours ? channel.handle : said.other.number,
    name: ours ? (said.agent?.name ?? "") : said.other.name,
    isSelf: ours,
    ...(said.agent && { agentId: said.agent.id, about: said.agent.conversationId }),
    ...(said.consent !== undefined && { consent: said.consent }),
  };
  const externalId = `written/${said.key ?? uuidv7(tx.now)}`;
  const item: Item = {
    externalId,
    revision: "",
    kind: "call",
    visibility: "private",
    thread: { key: `call/${said.other.id}` },
    author,
    addressedTo: ours ? [said.other.number || said.other.name] : [],
    text: said.text,
    entities: [],
    attachments: [],
    createdAt: Math.min(said.at, tx.now),
    why: ["dm"],
  };
  return keep(tx, channel, item);
}

/** An answer that an agent gave on the network's own page, where software may not. */
export interface AnsweredThere {
  /** The message that was answered. */
  target: Pick<Message, "channelId" | "externalId" | "threadKey" | "rootExternalId" | "kind" | "visibility">;
  agent: { id: string; name: string; conversationId: string };
  text: string;
  /** Where it stands, as far as it is known. */
  permalink: string | null;
}

/** Keeps it as a message of ours in its thread: it stops the clock and is counted like any other answer. Returns the message's id. */
export async function writeDownAnswer(tx: Tx, said: AnsweredThere): Promise<{ messageId: string }> {
  const { target, agent } = said;
  await lockChannel(tx, target.channelId);
  const channel = await findChannel(tx, target.channelId);
  if (!channel) throw notFound("channel");
  const author: Item["author"] & Author = {
    ...{ id: channel.externalId, scope: "", handle: channel.handle, name: agent.name, isSelf: true },
    ...{ agentId: agent.id, about: agent.conversationId },
  };
  return keep(tx, channel, {
    ...{ externalId: `written/${uuidv7(tx.now)}`, revision: "", visibility: target.visibility },
    kind: target.kind as Item["kind"],
    thread: {
      ...{ key: target.threadKey, parentId: target.externalId },
      ...(target.rootExternalId !== null && { rootId: target.rootExternalId }),
    },
    ...{ author, addressedTo: [], text: said.text, entities: [], attachments: [], createdAt: tx.now, why: ["reply"] },
    ...(said.permalink !== null && { permalink: said.permalink }),
  });
}

async function keep(tx: Tx, channel: ChannelRow, item: Item): Promise<{ messageId: string }> {
  await storeEvents(tx, channel, [
    {
      ...{ event: { type: "item.created", item }, source: "by-hand", receivedAt: tx.now },
      ...{ rawId: null, traceId: tx.traceId ?? null },
    },
  ]);
  const key = messageKey(channel.id, channel.externalId, item.externalId);
  const messageId = (await findKeys(tx, [key])).get(key)?.messageId;
  if (!messageId) throw new Error("what was written down has no message");
  return { messageId };
}
