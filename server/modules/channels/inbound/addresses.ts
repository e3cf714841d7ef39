import type { Tx } from "#platform/db";
import { capabilitiesOf } from "../capabilities.ts";
import { isItemEvent } from "../domain/item.ts";
import type { ChannelRow } from "../store/channel-store.ts";
import { forgetUnreachable, saveUnreachable, type Unreachable } from "../store/unreachable-store.ts";
import type { Input } from "./input.ts";

/** Of networks with addresses: where nothing arrives any more, and who has written since. */
export async function storeAddresses(tx: Tx, channel: ChannelRow, inputs: readonly Input[]): Promise<void> {
  if (capabilitiesOf(channel.network).threading.model !== "headers") return;
  const gone: Unreachable[] = inputs.flatMap(({ event }) => (event.type === "address.unreachable" ? [event] : []));
  await saveUnreachable(tx, channel.id, gone);
  const heard = inputs.flatMap(({ event, receivedAt, source }) => {
    if (!isItemEvent(event) || source === "import") return [];
    const { author, automated } = event.item;
    return author.isSelf || automated !== undefined ? [] : [{ address: author.id, at: receivedAt }];
  });
  await forgetUnreachable(tx, channel.id, heard);
}
