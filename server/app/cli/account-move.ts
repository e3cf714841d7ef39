import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { systemClock } from "#platform/clock";
import { dataDirPath } from "#platform/data-dir";
import { exitCodes, StartError } from "#platform/errors";
import { importAccount } from "../backup/import-account.ts";
import { makeBackup } from "../backup/make-backup.ts";
import { openBackup, refuseWrongKey } from "../backup/open-backup.ts";
import { blobFolder, bucketOf, openBucket } from "../blob-files.ts";
import { findMasterKey, keepMasterKey, masterKeyPlace, readKeyFile, rootKey } from "../master-key.ts";
import { program, refuseInside, report } from "./backup.ts";
import { EXIT, type Io, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { pathMeant } from "./where-called.ts";
import { accountMeant } from "./which-account.ts";

function read(args: readonly string[], io: Io, words: number, say: string) {
  const options = { "key-file": { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (positionals.length !== words) throw new UsageError(say);
  const key = values["key-file"] === undefined ? null : readKeyFile(pathMeant(values["key-file"], io));
  return { key, positionals };
}

export async function exportAccount(args: readonly string[], io: Io): Promise<number> {
  const { key, positionals } = read(args, io, 2, "Name the account and one folder: account export NAME DIR.");
  const target = pathMeant(positionals[1]!, io);
  refuseInside(target, io);
  const dataDir = dataDirPath(io.env);
  return withDatabase(io, { asItIs: true }, async ({ db, address, where }) => {
    const { id, name } = await accountMeant(db, positionals[0]);
    const own = findMasterKey(dataDir, io.env);
    if (key && !own)
      throw new StartError(
        `The master key is not in ${masterKeyPlace(dataDir, io.env)}, so the account's key cannot be sealed anew. Run this where the server runs.`,
        exitCodes["wrong-key"],
      );
    io.out(`Export of ${name} from ${where}`);
    const place = bucketOf(io.env);
    const files =
      place && own
        ? await openBucket(place, dataDir, rootKey(dataDir, io.env, own, null), systemClock)
        : blobFolder(dataDir);
    const rewrap = key && own ? { from: own, to: key } : null;
    const options = { address, target, files, clock: systemClock, program, say: io.out, account: { id, name, rewrap } };
    report(await makeBackup(options), target, io);
    io.out(
      key
        ? "Key      The account's key is sealed under the key file: the import needs the same file. Carry it on another way than DIR."
        : "Key      The account's key is sealed under this installation's master key: the import needs that key.",
    );
    return EXIT.ok;
  });
}

export async function importInto(args: readonly string[], io: Io): Promise<number> {
  const { key, positionals } = read(args, io, 1, "Name one folder: account import DIR.");
  const backup = await openBackup(pathMeant(positionals[0]!, io), io.out);
  const dataDir = dataDirPath(io.env);
  const sealedUnder = backup.manifest.sealedUnder === "key-file" ? "the key file of the export" : "its master key";
  await refuseWrongKey(backup, key ?? findMasterKey(dataDir, io.env), `Name ${sealedUnder} with --key-file.`);
  return withDatabase(io, { make: true }, async ({ address, where }) => {
    io.out(`Import of ${backup.manifest.account?.name ?? "the backup"} into ${where}`);
    const known = findMasterKey(dataDir, io.env);
    const own = known ?? randomBytes(32);
    const place = bucketOf(io.env);
    const files = place
      ? await openBucket(place, dataDir, rootKey(dataDir, io.env, own, null), systemClock)
      : blobFolder(dataDir);
    const settled = await importAccount({
      ...{ backup, address, files, clock: systemClock, say: io.out },
      rewrap: { from: key ?? own, to: own },
      beforeCommit: () => known ?? keepMasterKey(dataDir, own),
    });
    io.out(`Done     ${backup.files.length} files; every table equals the export`);
    io.out(
      `Sending  of this account is stopped. ${settled.unknown} deliveries that were on their way then are looked for.`,
    );
    io.out("         When it is switched off where it came from: npm run hubbub -- outbound resume");
    return EXIT.ok;
  });
}
