import { seal, unseal } from "#modules/company";
import type { Database, Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { accessOf } from "./channels.ts";
import type { ChannelAccess, SecretStore } from "./domain/adapter.ts";
import { type ChannelRow, findChannel, updateChannelSecret } from "./store/channel-store.ts";

/** The access of a channel with a way to renew its session. */
export async function renewableAccess(tx: Tx, db: Database, row: ChannelRow): Promise<ChannelAccess> {
  return { ...(await accessOf(tx, row)), secrets: secretStore(db, tx.accountId, row.id) };
}

type Secret = Record<string, string>;

function secretStore(db: Database, accountId: AccountId, channelId: string): SecretStore {
  const stored = async (tx: Tx, lock: boolean): Promise<Secret> => {
    const row = await findChannel(tx, channelId, lock);
    return row?.secret ? (JSON.parse((await unseal(tx, row.secret)).toString()) as Secret) : {};
  };
  return {
    read: () => db.withAccount(accountId, (tx) => stored(tx, false)),
    keep: (change, since) =>
      db.withAccount(accountId, async (tx) => {
        const now = await stored(tx, true);
        if ((now[since.name] ?? "") !== since.value) return now;
        const next = { ...now, ...change };
        await updateChannelSecret(tx, channelId, await seal(tx, Buffer.from(JSON.stringify(next))));
        return next;
      }),
  };
}
