import type { Item } from "../domain/item.ts";
import type { Message } from "../domain/message.ts";
import { messageTimes } from "../domain/times.ts";
import type { ChannelRow } from "../store/channel-store.ts";

const SHORT = 500;
const LONG = 200_000;
/** A search index, a screen and a person all give up before this. */
const cut = (text: string, at: number): string => (text.length > at ? text.slice(0, at).toWellFormed() : text);

/** The row of a message that is heard of for the first time. */
export function buildMessage(
  channel: Pick<ChannelRow, "id" | "network">,
  input: {
    item: Item;
    messageId: string;
    source: string;
    receivedAt: number;
    rawId: string | null;
    redactions: number;
    traceId?: string | null;
  },
  deliveryId: string | null,
): Message {
  const { item } = input;
  const history = input.source === "import" || item.past === true;
  const { sentAt, claimedAt } = messageTimes(item.createdAt, input.receivedAt, history);
  const { id, handle, name, ...author } = item.author;
  return {
    id: input.messageId,
    channelId: channel.id,
    network: channel.network,
    kind: item.kind,
    visibility: item.visibility,
    direction: item.author.isSelf ? "out" : "in",
    externalId: item.externalId,
    revision: item.revision,
    threadKey: item.thread.key,
    rootExternalId: item.thread.rootId ?? null,
    parentExternalId: item.thread.parentId ?? null,
    authorId: cut(id, SHORT),
    authorHandle: cut(handle, SHORT),
    authorName: cut(name, SHORT),
    author,
    addressedTo: item.addressedTo.slice(0, 100).map((a) => cut(a, SHORT)),
    subject: cut(item.thread.subject ?? "", 1_000),
    mail: item.mail ?? null,
    text: cut(item.text, LONG),
    language: item.language ?? null,
    entities: item.entities.slice(0, 1_000).filter((e) => e.end <= LONG),
    attachments: item.attachments.slice(0, 100),
    rating: item.rating ?? null,
    permalink: item.permalink ?? null,
    why: [...item.why],
    automated: item.automated ?? null,
    unsupported: item.unsupported ?? null,
    sentAt,
    claimedAt,
    receivedAt: input.receivedAt,
    editedAt: item.editedAt ?? null,
    state: "live",
    redactions: input.redactions,
    deliveryId,
    rawId: input.rawId,
    traceId: input.traceId ?? null,
    backfilled: history,
    version: 1,
  };
}
