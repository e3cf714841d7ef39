import type { Tx } from "#platform/db";
import { isUuid } from "#platform/ids";
import { capabilitiesOf } from "../capabilities.ts";
import { isItemEvent } from "../domain/item.ts";
import type { ChannelRow } from "../store/channel-store.ts";
import { findDeliveries } from "../store/delivery-store.ts";
import { forgetUnreachable, saveUnreachable, type Unreachable } from "../store/unreachable-store.ts";
import type { Input } from "./input.ts";

/** Of networks with addresses: where nothing arrives any more, and who has written since. */
export async function storeAddresses(tx: Tx, channel: ChannelRow, inputs: readonly Input[]): Promise<void> {
  if (capabilitiesOf(channel.network).threading.model !== "headers") return;
  await saveUnreachable(tx, channel.id, await believed(tx, channel.id, inputs));
  const heard = inputs.flatMap(({ event, receivedAt, source }) => {
    if (!isItemEvent(event) || source === "import") return [];
    const { author, automated } = event.item;
    return author.isSelf || automated !== undefined ? [] : [{ address: author.id, at: receivedAt }];
  });
  await forgetUnreachable(tx, channel.id, heard);
}

/** Whoever got one mail of ours knows its name and could report any other address as gone: only whom that mail went to is believed. */
async function believed(tx: Tx, channelId: string, inputs: readonly Input[]): Promise<Unreachable[]> {
  const gone = inputs.flatMap(({ event }) => (event.type === "address.unreachable" ? [event] : []));
  const deliveryOf = (about = "") => about.split(".")[0]!;
  const named = [...new Set(gone.map((g) => deliveryOf(g.about)).filter(isUuid))];
  const sentTo = new Map(
    (await findDeliveries(tx, named))
      .filter((d) => d.channelId === channelId)
      .map((d) => [d.id, d.intent.toAuthorId.toLowerCase()]),
  );
  return gone.filter((g) => g.about === undefined || sentTo.get(deliveryOf(g.about)) === g.address);
}
