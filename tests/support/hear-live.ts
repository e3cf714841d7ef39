import { MessageReceived } from "#events/channels";
import { channelsOf, threadUuid } from "#modules/channels";
import { iso } from "../../server/platform/clock.ts";
import { sql, type Tx, ts } from "../../server/platform/db.ts";
import { uuidv7 } from "../../server/platform/ids.ts";

/** A private message that comes now on the account's channel of a network, as its adapter would have stored it. */
export async function hearLive(
  tx: Tx,
  said: { brandId: string; network: string; from: string; thread: string; text: string },
): Promise<void> {
  const channel = (await channelsOf(tx)).find((c) => c.network === said.network)!;
  const id = uuidv7(tx.now);
  await sql`
    insert into message (account_id, id, channel_id, network, kind, visibility, direction, external_id, revision, thread_key, author_id, author_handle, author_name, author, text,
      sent_at, received_at, state)
    values (${tx.accountId}, ${id}, ${channel.id}, ${said.network}, 'dm', 'private', 'in', ${`live ${id}`}, '', ${said.thread}, ${said.from}, ${said.from}, '',
      '{"scope":"","isSelf":false}', ${said.text}, ${ts(tx.now)}, ${ts(tx.now)}, 'live')`.execute(tx.tables());
  tx.announce(MessageReceived, {
    key: threadUuid(channel.id, said.thread),
    entity: "message",
    entityId: id,
    entityVersion: 1,
    payload: {
      ...{ messageId: id, channelId: channel.id, brandId: said.brandId, network: said.network, kind: "dm" },
      ...{ visibility: "private", direction: "in", threadKey: said.thread, sentAt: iso(tx.now), backfilled: false },
    },
  });
}
