import { createRequire } from "node:module";
import { sep } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "#platform/clock";
import { dataDirPath } from "#platform/data-dir";
import { unfinishedBeside } from "../backup/backup-folder.ts";
import { makeBackup } from "../backup/make-backup.ts";
import type { Manifest } from "../backup/manifest.ts";
import { blobFolder, bucketOf } from "../blob-files.ts";
import { findMasterKey, masterKeyPlace } from "../master-key.ts";
import { type Command, EXIT, type Io, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { pathMeant } from "./where-called.ts";

export const program = (createRequire(import.meta.url)("../../../package.json") as { version: string }).version;

export const backup: Command = {
  usage: `npm run hubbub -- backup DIR

Copies everything into the new folder DIR as it stood at one moment: all accounts, attachments, the journal with its readers. The server may
run meanwhile. DIR appears when the backup is whole, or not at all; an existing folder is never overwritten.

Not in it: the master key (keep a copy of it elsewhere), raw bytes from networks, sessions. Attachments in a bucket (HUBBUB_BLOBS_S3) stay there.
DIR holds what customers wrote: keep it as safe as the server. Check a copy with: sha256sum -c SHA256SUMS`,

  async run(args, io) {
    const target = oneFolder(args, io);
    refuseInside(target, io);
    return withDatabase(io, { asItIs: true }, async ({ address, where }) => {
      io.out(`Backup of ${where}`);
      const files = bucketOf(io.env) ? null : blobFolder(dataDirPath(io.env));
      const manifest = await makeBackup({ address, target, files, clock: systemClock, program, say: io.out });
      report(manifest, target, io);
      const dataDir = dataDirPath(io.env);
      io.out(
        findMasterKey(dataDir, io.env)
          ? `Key      The master key is NOT in the backup. It lies in ${masterKeyPlace(dataDir, io.env)}: keep a copy of it in another place.`
          : "Key      The master key is NOT in the backup, and not in the data folder here either: find it where the server runs.",
      );
      io.out("         Without it a restore is refused: tokens of channels and attachments could not be read.");
      for (const draft of await unfinishedBeside(target))
        io.out(`Note     ${draft} is left of a backup that was killed: remove it, unless one is being made now.`);
      return EXIT.ok;
    });
  },
};

/** The end block of backup and export. */
export function report(manifest: Manifest, target: string, io: Io): void {
  const { tables, files, unread, madeAt } = manifest;
  const rows = tables.reduce((sum, t) => sum + t.rows, 0).toLocaleString("en");
  io.out(`Done     ${rows} rows of ${tables.length} tables, ${files.count} files, as of ${madeAt}`);
  io.out(`         ${target}`);
  if (files.where === "bucket")
    io.out("Files    Attachments stay in the bucket of HUBBUB_BLOBS_S3: keep that safe too.");
  if (files.missing > 0)
    io.err(
      `! ${files.missing} attachments are referred to and their files are not on this machine. Run this where the server runs.`,
    );
  const inputs = unread.reduce((sum, u) => sum + u.inputs, 0);
  if (inputs > 0)
    io.err(
      `! ${inputs} inputs had arrived and were not parsed yet: they are not in the backup. Make one while the server runs to have them.`,
    );
}

export function oneFolder(args: readonly string[], io: Io): string {
  const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
  if (positionals.length !== 1) throw new UsageError("Name one folder.");
  return pathMeant(positionals[0]!, io);
}

/** A backup in the data folder is lost together with it. */
export function refuseInside(target: string, io: Io): void {
  const dataDir = dataDirPath(io.env);
  if (target === dataDir || target.startsWith(dataDir + sep))
    throw new UsageError(`${target} lies in the data folder, and would be lost with it. Name another place.`);
}
