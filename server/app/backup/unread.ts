import type { Connection } from "#platform/copy/catalogue";
import type { AccountId } from "#platform/ids";

export interface UnreadInputs {
  account: string;
  channel: string;
  inputs: number;
  /** The server will parse them in a moment, if it runs. */
  soon: boolean;
}

/**
 * Inputs that were acknowledged, are not parsed yet, and that no poll would bring again: what was pulled lies behind its cursor, and what was
 * pushed to a channel without a poll comes once. Raw bytes are in no backup, so it is better made a moment later.
 */
export async function unreadInputs(client: Connection, accountId: AccountId | null): Promise<UnreadInputs[]> {
  const { rows } = await client.query<UnreadInputs>(
    `select r.account_id as account, r.channel_id as channel, count(*)::int as inputs, bool_or(c.state = 'on') as soon
     from raw_inbox r join channel c on c.account_id = r.account_id and c.id = r.channel_id
     where r.state = 'new' and ($1::uuid is null or r.account_id = $1)
       and (r.source <> 'webhook' or not exists (select 1 from channel_cursor u where u.account_id = r.account_id and u.channel_id = r.channel_id))
     group by 1, 2 order by 1, 2`,
    [accountId],
  );
  return rows;
}
