import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { uuidOf } from "#platform/ids";
import { inputKey } from "../domain/input-key.ts";
import { isItemEvent } from "../domain/item.ts";
import { AuthorChanged } from "../events.ts";
import type { ChannelRow } from "../store/channel-store.ts";
import { liveOfAuthors } from "../store/message-store.ts";
import type { Input } from "./input.ts";

/** Who is gone takes along what he said: a deletion for each message of his that is stored or comes in this batch. */
export async function withGoneAuthors(
  tx: Tx,
  channel: ChannelRow,
  inputs: readonly Input[],
): Promise<readonly Input[]> {
  const gone = new Map<string, Input>();
  for (const input of inputs) if (input.event.type === "author.gone") gone.set(input.event.authorId, input);
  if (gone.size === 0) return inputs;
  const said = await liveOfAuthors(tx, channel.id, channel.network, [...gone.keys()]);
  for (const { event } of inputs)
    if (isItemEvent(event) && gone.has(event.item.author.id))
      said.push({ externalId: event.item.externalId, authorId: event.item.author.id });
  return [
    ...inputs,
    ...said.flatMap(({ externalId, authorId }): Input[] => {
      const because = gone.get(authorId)!;
      if (because.event.type !== "author.gone") return [];
      const { at, by } = because.event;
      return [{ ...because, event: { type: "item.deleted", externalId, at, by } }];
    }),
  ];
}

/** Says that somebody goes by another name; once, however often we are told. */
export function announceAuthors(
  tx: Tx,
  channel: ChannelRow,
  inputs: readonly Input[],
  fresh: ReadonlySet<string>,
): void {
  for (const { event } of inputs) {
    if (event.type !== "author.changed" || !fresh.has(inputKey(channel.id, channel.externalId, event))) continue;
    const { id, scope, handle, name } = event.author;
    const entityId = uuidOf("author", channel.id, id);
    tx.announce(AuthorChanged, {
      ...{ key: entityId, entity: "author", entityId, entityVersion: 1 },
      payload: {
        ...{ channelId: channel.id, network: channel.network, scope, authorId: id, handle },
        ...{ name: name ?? "", at: iso(event.at) },
      },
    });
  }
}
