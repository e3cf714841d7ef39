import { parseArgs } from "node:util";
import { seal, unseal, useKeyRing } from "#modules/company";
import type { BlobFiles } from "#platform/blobs/blob-files";
import { type Moved, moveBlobs } from "#platform/blobs/move-blobs";
import { systemClock } from "#platform/clock";
import { dataDirPath } from "#platform/data-dir";
import { blobFolder, bucketOf, openBucket } from "../blob-files.ts";
import { masterKey, nextMasterKey, rootKey } from "../master-key.ts";
import { type Command, CommandError, EXIT, type Io, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { accountMeant, allAccounts } from "./which-account.ts";

const SHOWN = 10;

export const blobs: Command = {
  usage: `npm run hubbub -- blobs move --to bucket|disk [--account ID|NAME] [--remove]

Copies stored files (attachments) from the data folder to the bucket of HUBBUB_BLOBS_S3, or back. Every copy is read back, opened and
compared with its name. Broken off, it is begun again and goes on: what is there and whole is left alone.

To change over: move while the server runs, stop the server, move again (what came meanwhile), start the server with HUBBUB_BLOBS_S3 set
(or taken away), and move once more with --remove when all is well.

  --to       bucket, or disk
  --account  only this account's files
  --remove   take away each old file once its copy is proven`,

  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb !== "move") throw new UsageError(`Say "blobs move".`);
    const options = { to: { type: "string" }, account: { type: "string" }, remove: { type: "boolean" } } as const;
    const { values } = parseArgs({ args: rest, options });
    if (values.to !== "bucket" && values.to !== "disk") throw new UsageError("--to is missing: say bucket or disk.");
    return move(values.to, values.account, values.remove === true, io);
  },
};

async function move(to: "bucket" | "disk", account: string | undefined, remove: boolean, io: Io): Promise<number> {
  const place = bucketOf(io.env);
  if (!place)
    throw new CommandError("Set HUBBUB_BLOBS_S3, its key and its secret: one side of the move is the bucket.");
  return withDatabase(io, {}, async ({ db }) => {
    const dataDir = dataDirPath(io.env);
    const master = masterKey(dataDir, io.env);
    const next = nextMasterKey(dataDir, io.env);
    useKeyRing(master, next);
    const bucket = await openBucket(place, dataDir, rootKey(dataDir, io.env, master, next), systemClock);
    const sides: [BlobFiles, BlobFiles] = [blobFolder(dataDir), bucket];
    const [from, target] = to === "bucket" ? sides : sides.reverse();
    try {
      const accounts = account === undefined ? await allAccounts(db) : [await accountMeant(db, account)];
      let lost = 0;
      for (const { id, name } of accounts) {
        const work = { db, keys: { seal, unseal }, from: from!, to: target!, remove };
        const moved = await moveBlobs(work, id, (so) => tell(so, name, io));
        io.out(`${name}: ${moved.copied} copied (${moved.bytes} bytes), ${moved.there} there already.`);
        lost += moved.lost.length;
        for (const hash of moved.lost.slice(0, SHOWN)) io.err(`  ${hash} is whole in neither place.`);
      }
      if (lost > 0) io.err(`${lost} files are whole in neither place: bring them back from a backup.`);
      return lost > 0 ? EXIT.findings : EXIT.ok;
    } finally {
      await bucket.close();
    }
  });
}

function tell(so: Moved, name: string, io: Io): void {
  const done = so.copied + so.there + so.lost.length;
  if (done % 1_000 === 0) io.out(`${name}: ${done} looked at so far`);
}
