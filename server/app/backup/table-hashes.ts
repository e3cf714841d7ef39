import { asOwner } from "#platform/as-owner";
import { type Connection, tablesOf, useCopyForms } from "#platform/copy/catalogue";
import { type Counted, copyOut } from "#platform/copy/copy";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { kept } from "./left-out.ts";

export type TableHashes = Record<string, Counted>;

/**
 * Rows, length and SHA-256 of every table that a backup holds, rows in the order of their primary keys, all as of one moment: two
 * databases with equal hashes hold the same. Of one account or of all.
 */
export async function tableHashes(
  db: Pick<Database, "address">,
  { accountId = null, leave = [] }: { accountId?: AccountId | null; leave?: readonly string[] } = {},
): Promise<TableHashes> {
  return asOwner(db.address.owner, "hashes", async (client) => {
    await useCopyForms(client);
    await client.query("begin isolation level repeatable read read only");
    const hashes = await hashesOn(client, accountId, leave);
    await client.query("rollback");
    return hashes;
  });
}

/** The same in a transaction that is open. */
export async function hashesOn(
  client: Connection,
  accountId: AccountId | null,
  leave: readonly string[] = [],
): Promise<TableHashes> {
  const hashes: TableHashes = {};
  for (const table of kept(await tablesOf(client), accountId !== null))
    if (!leave.includes(table.name)) hashes[table.name] = await copyOut(client, table, accountId);
  return hashes;
}
