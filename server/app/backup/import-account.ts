import { rewrapKey } from "#modules/company";
import { asOwner } from "#platform/as-owner";
import type { BlobFiles } from "#platform/blobs/blob-files";
import type { Clock } from "#platform/clock";
import { type Connection, useCopyForms } from "#platform/copy/catalogue";
import type { DatabaseAddress } from "#platform/db";
import { exitCodes, StartError } from "#platform/errors";
import type { AccountId } from "#platform/ids";
import { migrationsDone } from "#platform/migrate";
import { type Settled, settleAccount } from "./after-restore.ts";
import { copyFilesIn } from "./copy-files.ts";
import { loadTables } from "./load-tables.ts";
import { unusable } from "./manifest.ts";
import { type OpenBackup, smallTable } from "./open-backup.ts";

export interface ImportOptions {
  backup: OpenBackup;
  address: DatabaseAddress;
  files: BlobFiles | null;
  /** The key that opens the export's account key, and the master key of this installation. */
  rewrap: { from: Uint8Array; to: Uint8Array };
  clock: Clock;
  say(line: string): void;
  /** Runs when all is loaded, before it counts. */
  beforeCommit?: () => unknown;
}

/** Brings one account into a database that may hold others, with the same ids, in one transaction; also while the server runs. */
export async function importAccount(o: ImportOptions): Promise<Settled> {
  const { manifest } = o.backup;
  if (!manifest.account) throw unusable("It holds a whole installation. Use: npm run hubbub -- restore.");
  const accountId = manifest.account.id as AccountId;
  return asOwner(o.address.owner, "import", async (client) => {
    await useCopyForms(client);
    await client.query("begin");
    // One import at a time, and none beside "account create": both look for addresses first.
    await client.query("select pg_advisory_xact_lock(4820120)");
    await refuseOtherSchema(client, o.backup);
    await refuseOtherKey(client, o.rewrap.to);
    await refuseTaken(client, o.backup, accountId);
    await loadTables(client, o.backup, { accountId, rewrap: o.rewrap, say: o.say });
    const settled = await settleAccount(client, accountId, manifest, o.clock.now());
    if (o.files) await copyFilesIn(o.backup.folder, o.backup.files, o.files);
    await o.beforeCommit?.();
    await client.query("commit");
    return settled;
  });
}

async function refuseOtherSchema(client: Connection, { manifest }: OpenBackup): Promise<void> {
  const here = await migrationsDone(client);
  const same = here.size === manifest.migrations.length && manifest.migrations.every((m) => here.has(m.name));
  if (!same)
    throw unusable(
      `The export was made by another version of Hubbub (${manifest.program}) than the one this database belongs to. Bring both to the same version and export again.`,
    );
}

/** The key that the accounts here are sealed under may lie on another machine than this command runs on. */
async function refuseOtherKey(client: Connection, master: Uint8Array): Promise<void> {
  const { rows } = await client.query<{ wrapped: Buffer }>("select wrapped from account_key");
  try {
    for (const { wrapped } of rows) rewrapKey(wrapped, master, master);
  } catch {
    throw new StartError(
      "The master key of the data folder here is not the one of this database. Run this where the server runs, or set HUBBUB_MASTER_KEY.",
      exitCodes["wrong-key"],
    );
  }
}

async function refuseTaken(client: Connection, backup: OpenBackup, accountId: AccountId): Promise<void> {
  const there = await client.query("select 1 from account where account_id = $1", [accountId]);
  if (there.rowCount)
    throw new StartError(
      `The account ${accountId} is here already. An import never overwrites.`,
      exitCodes["not-empty"],
    );
  const { rows, columns } = await smallTable(backup, "agent");
  const emails = rows.map((row) => row[columns.indexOf("email")]!);
  const known = await client.query<{ email: string }>(
    "select email from agent where email = any($1::text[]) order by 1 limit 3",
    [emails],
  );
  if (known.rows.length > 0)
    throw new StartError(
      `Agents with these addresses are here already, in another account: ${known.rows.map((r) => r.email).join(", ")}. One address signs in to one account.`,
      exitCodes["not-empty"],
    );
}
