import { parseArgs } from "node:util";
import { systemClock } from "#platform/clock";
import { dataDirPath, openDataDir } from "#platform/data-dir";
import { addressFromUrl } from "#platform/database-url";
import type { DatabaseAddress } from "#platform/db";
import { createLog } from "#platform/log";
import { startEmbeddedPostgres } from "#platform/postgres/index";
import { inWords } from "../backup/in-words.ts";
import { unusable } from "../backup/manifest.ts";
import { type OpenBackup, openBackup, refuseWrongKey } from "../backup/open-backup.ts";
import { type Restored, restore as restoreInto } from "../backup/restore.ts";
import { blobFolder, bucketOf, openBucket } from "../blob-files.ts";
import { findMasterKey, keepMasterKey, readKeyFile, rootKey } from "../master-key.ts";
import { withClosers } from "./closing.ts";
import { type Command, EXIT, type Io, UsageError } from "./command.ts";
import { pathMeant } from "./where-called.ts";

/** Rows with their indexes take about this many times the bytes of their text. */
const GROWS = 3;

export const restore: Command = {
  usage: `npm run hubbub -- restore DIR [--key-file FILE]

Fills a new data folder (HUBBUB_DATA_DIR), or an empty database (DATABASE_URL), from a backup. What is not empty is refused, and nothing is
written before every file of the backup fits its sum. Broken off at any moment, it is simply run again.

  --key-file  the master key of the installation that was backed up, if it is not in the data folder or HUBBUB_MASTER_KEY already

After it nothing is sent until a person says so (desk, or: npm run hubbub -- outbound resume). What was on its way when the backup was made is
looked for on the networks before anything is sent a second time.`,

  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { "key-file": { type: "string" } },
      allowPositionals: true,
    });
    if (positionals.length !== 1) throw new UsageError("Name the folder of the backup.");
    const backup = await openBackup(pathMeant(positionals[0]!, io), io.out);
    if (backup.manifest.account)
      throw unusable(`It holds one account only. Use: npm run hubbub -- account import ${positionals[0]}`);
    const given = values["key-file"] === undefined ? null : readKeyFile(pathMeant(values["key-file"], io));
    const dataDir = dataDirPath(io.env);
    const present = findMasterKey(dataDir, io.env);
    const key = present ?? given;
    await refuseWrongKey(backup, key, HOW);
    const done = await withEmptyDatabase(io, backup, async (address, where) => {
      io.out(`Restoring the backup of ${backup.manifest.madeAt} into ${where}`);
      const place = bucketOf(io.env);
      const files =
        backup.files.length === 0
          ? null
          : place && key
            ? await openBucket(place, dataDir, rootKey(dataDir, io.env, key, null), systemClock)
            : blobFolder(dataDir);
      const beforeCommit = async () => {
        if (!present && given) keepMasterKey(dataDir, given);
      };
      return restoreInto({ backup, address, files, clock: systemClock, say: io.out, beforeCommit }).catch((error) => {
        throw inWords(error, where, "Nothing was kept: run the restore again.");
      });
    });
    report(done, backup, io);
    return EXIT.ok;
  },
};

const HOW =
  "Put master.key of the old data folder into the new one, or set HUBBUB_MASTER_KEY, or name it with --key-file.";

/** The database to fill: that of DATABASE_URL, else one made in the data folder. A server that uses the folder is refused. */
async function withEmptyDatabase<T>(
  io: Io,
  { manifest }: OpenBackup,
  run: (address: DatabaseAddress, where: string) => Promise<T>,
): Promise<T> {
  return withClosers(async (closers) => {
    const needed = manifest.files.bytes + GROWS * manifest.tables.reduce((sum, t) => sum + t.bytes, 0);
    const minFreeBytes = io.env.DATABASE_URL ? manifest.files.bytes : Math.max(500_000_000, needed);
    const dataDir = await openDataDir({ env: io.env, minFreeBytes });
    closers.push(() => dataDir.release());
    if (io.env.DATABASE_URL) return await run(await addressFromUrl(io.env.DATABASE_URL), "DATABASE_URL");
    const postgres = await startEmbeddedPostgres({ dataDir: dataDir.path, log: createLog(io.env.HUBBUB_LOG) });
    closers.push(() => postgres.stop());
    return await run(postgres.address, dataDir.path);
  });
}

function report(done: Restored, { manifest, files }: OpenBackup, io: Io): void {
  const n = (count: number) => count.toLocaleString("en");
  io.out(
    `Done     ${n(done.rows)} rows of ${done.accounts} accounts, ${files.length} files; every table equals the backup`,
  );
  if (done.migrations > 0) io.out(`         ${done.migrations} migrations of this version ran over it`);
  io.out(
    `Sending  is stopped. ${done.unknown} deliveries that were on their way then are looked for when the server runs.`,
  );
  io.out("         When all is well: npm run hubbub -- outbound resume");
  io.out(`Reading  ${done.channels} channels go on where they stood, from ${manifest.madeAt} on.`);
  if (manifest.files.where === "bucket")
    io.out("Files    Attachments lie in the bucket: set HUBBUB_BLOBS_S3 as it was.");
  if (manifest.unread.length > 0)
    io.err("! Inputs that were not parsed when the backup was made are missing; each channel shows the gap.");
}
