import type { Tx } from "#platform/db";
import { storeEvents } from "../inbound/store-events.ts";
import { type ChannelRow, lockChannel } from "../store/channel-store.ts";
import { findMessages, updateMessages } from "../store/message-store.ts";
import type { ActRow } from "../store/moderation-store.ts";

/** What the public does not see any more is not shown here as if it did. */
export async function markMessage(tx: Tx, row: ActRow, channel: ChannelRow): Promise<void> {
  await lockChannel(tx, channel.id);
  if (row.verb === "delete") {
    const event = { type: "item.deleted" as const, externalId: row.target.externalId, at: tx.now, by: "us" as const };
    await storeEvents(tx, channel, [{ event, source: "send", receivedAt: tx.now, rawId: null }]);
    return;
  }
  if (row.verb !== "hide" && row.verb !== "unhide") return;
  const message = (await findMessages(tx, [row.messageId]))[0];
  const [from, to] = row.verb === "hide" ? (["live", "hidden"] as const) : (["hidden", "live"] as const);
  if (message?.state === from) await updateMessages(tx, [{ ...message, state: to, version: message.version + 1 }]);
}
