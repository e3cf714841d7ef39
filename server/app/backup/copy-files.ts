import { createReadStream } from "node:fs";
import { basename, join } from "node:path";
import { asOwner } from "#platform/as-owner";
import type { BlobFiles } from "#platform/blobs/blob-files";
import type { Connection } from "#platform/copy/catalogue";
import type { AccountId } from "#platform/ids";
import type { BackupFolder } from "./backup-folder.ts";

const PAGE = 1_000;
const fileName = (account: string, hash: string) => `files/${account}/${hash.slice(0, 2)}/${hash}`;

/** Copies the attachments that the snapshot refers to, sealed as they lie. What was erased meanwhile is only named. */
export async function copyFilesOut(
  client: Connection,
  accountId: AccountId | null,
  files: BlobFiles,
  folder: BackupFolder,
  say: (line: string) => void,
): Promise<{ count: number; bytes: number; gone: { account: string; hash: string }[] }> {
  const done = { count: 0, bytes: 0, gone: [] as { account: string; hash: string }[] };
  await client.query(
    `declare blobs cursor for select account_id as account, hash from blob
     where state = 'live' ${accountId ? `and account_id = '${accountId}'` : ""} order by account_id, hash`,
  );
  for (;;) {
    const { rows } = await client.query<{ account: string; hash: string }>(`fetch ${PAGE} from blobs`);
    for (const { account, hash } of rows) {
      const sealed = await files.read({ accountId: account, hash });
      if (!sealed) {
        done.gone.push({ account, hash });
        continue;
      }
      done.bytes += (await folder.write(fileName(account, hash), sealed)).bytes;
      done.count++;
    }
    if (rows.length < PAGE) break;
  }
  if (done.count > 0) say(`  ${"files".padEnd(22)}${done.count.toLocaleString("en").padStart(12)} files`);
  return done;
}

/** Of the missing ones, those to which a row still refers now: their files should be here and are not. */
export async function stillReferred(
  ownerUrl: string,
  gone: readonly { account: string; hash: string }[],
): Promise<{ account: string; hash: string }[]> {
  if (gone.length === 0) return [];
  return asOwner(ownerUrl, "backup", async (client) => {
    const { rows } = await client.query<{ account: string; hash: string }>(
      `select b.account_id as account, b.hash from unnest($1::uuid[], $2::text[]) as g(account, hash)
       join blob b on b.account_id = g.account and b.hash = g.hash and b.state = 'live'`,
      [gone.map((g) => g.account), gone.map((g) => g.hash)],
    );
    return rows;
  });
}

/** Puts the attachments of a backup in their places, over whatever a broken attempt left there. */
export async function copyFilesIn(backup: string, names: readonly string[], files: BlobFiles): Promise<void> {
  for (const name of names) {
    const [, accountId = ""] = name.split("/");
    const arrived = await files.write(createReadStream(join(backup, name)));
    await files.keep(arrived, { accountId, hash: basename(name) }).catch(async (error) => {
      await files.discard(arrived);
      throw error;
    });
  }
}
