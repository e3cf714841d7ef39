import { afterRestore as channelsAfterRestore } from "#modules/channels";
import { setStop, stops } from "#modules/company";
import { audit } from "#modules/people";
import { goOffline, presencesOf } from "#modules/workforce";
import { inAccount } from "#platform/account-tx";
import { type Instant, iso } from "#platform/clock";
import type { Connection } from "#platform/copy/catalogue";
import type { AccountId } from "#platform/ids";
import type { Manifest } from "./manifest.ts";

/** By these words `outbound resume` knows a stop that a restore has made. */
export const RESTORED = "Restored from a backup of ";
export const IMPORTED = "Imported from an export of ";

export interface Settled {
  /** Deliveries of which nobody knows whether they left after the backup was made. */
  unknown: number;
  channels: number;
}

/**
 * What has to be true before a server may start on restored rows; in the transaction that loads them. Nothing leaves until a person
 * says so; what was to leave may have left after the backup, so it is looked for; nobody is here until they sign in.
 */
export async function settleAccount(
  client: Connection,
  accountId: AccountId,
  manifest: Manifest,
  now: Instant,
): Promise<Settled> {
  const madeAt = Date.parse(manifest.madeAt);
  const why = `${manifest.account ? IMPORTED : RESTORED}${manifest.madeAt}`;
  const unread = manifest.unread.filter((u) => u.account === accountId);
  const gone = manifest.files.gone.filter((g) => g.account === accountId).map((g) => g.hash);
  if (gone.length > 0)
    await client.query(
      "update blob set state = 'erased', wrapped_key = null where account_id = $1 and hash = any($2::text[])",
      [accountId, gone],
    );
  return inAccount(client, accountId, now, async (tx) => {
    const before = (await stops(tx, []))[0];
    const reason = before ? `${why}. It was stopped before: ${before.reason}` : why;
    await setStop(tx, { brandId: null, on: true, reason: reason.slice(0, 300), by: null });
    const settled = await channelsAfterRestore(tx, {
      madeAt,
      unread: new Map(unread.map((u) => [u.channel, u.inputs])),
    });
    for (const [agentId, presence] of await presencesOf(tx))
      if (presence.state !== "offline") await goOffline(tx, agentId, "restored from a backup");
    await audit(tx, null, manifest.account ? "account.imported" : "account.restored", "account", accountId, {
      ...{ madeAt: manifest.madeAt, restoredAt: iso(now), unknown: settled.unknown, by: "command line" },
    });
    return settled;
  });
}
