import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { brandsOf } from "#modules/company";
import { systemClock } from "#platform/clock";
import { dataDirPath } from "#platform/data-dir";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { createLog } from "#platform/log";
import { importLines, importSoFar } from "../import/import-rows.ts";
import { fileHash, fileLines } from "../import/input-lines.ts";
import { progressLine } from "../import/progress-line.ts";
import { RejectedFile } from "../import/rejected-file.ts";
import { stageTimes } from "../import/stage-times.ts";
import { StandIn } from "../import/stand-in.ts";
import { masterKey } from "../master-key.ts";
import { type Command, CommandError, EXIT, type Io, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { accountMeant } from "./which-account.ts";

export const importCommand: Command = {
  usage: `npm run hubbub -- import FILE.jsonl[.gz] [--account NAME] [--brand NAME]

Brings history of any network in: one JSON object a line, as docs/formats/import.md tells. It is labelled, stitched to
conversations and counted in the figures of its time; it opens no work and sends nothing. A second import of the same file
brings nothing new; one that was stopped goes on where it stood. Lines that cannot be taken are listed in
FILE.rejected.jsonl with number and reason, and the rest goes on; the exit code is then 1.

  --account  name or id of the account; may be left out where there is one only
  --brand    the brand of lines that name none; the account's first unless given`,

  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { account: { type: "string" }, brand: { type: "string" } },
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new UsageError("Name one file to import.");
    await readable(file);
    return withDatabase(io, {}, async ({ db }) => {
      const account = await accountMeant(db, values.account);
      const brandId = values.brand === undefined ? undefined : await brandMeant(db, account.id, values.brand);
      return bringIn(db, io, { file, account, brandId });
    });
  },
};

/** Messages told to the readers at once: some of their long steps, or no more than live traffic may wait behind. */
const AHEAD_ALONE = 8_000;
const AHEAD_BESIDE_SERVER = 4_000;

async function bringIn(
  db: Database,
  io: Io,
  of: { file: string; account: { id: AccountId; name: string }; brandId: string | undefined },
): Promise<number> {
  const { file, account, brandId } = of;
  const name = `file ${await fileHash(file)}${brandId === undefined ? "" : ` ${brandId}`}`;
  const committed = await importSoFar(db, account.id, name);
  const rejected = new RejectedFile(file, committed);
  const log = createLog(io.env.HUBBUB_LOG);
  const standIn = new StandIn(db, systemClock, log, () => masterKey(dataDirPath(io.env), io.env));
  const progress = progressLine(process.stderr, io.err, systemClock.now);
  const begun = systemClock.now();
  const times = stageTimes(systemClock.now);
  try {
    // Begun now, it is ready when the lines are read.
    await standIn.look();
    const result = await importLines(db, {
      accountId: account.id,
      ...(brandId !== undefined && { brandId }),
      name,
      lines: fileLines(file),
      onRefused: (refused) => rejected.add(refused),
      onProgress(p) {
        times.heard(p);
        progress.show(p);
      },
      wait: (ms) => standIn.wait(ms),
      ahead: standIn.works ? AHEAD_ALONE : AHEAD_BESIDE_SERVER,
    });
    await standIn.settled();
    progress.end();
    if (result.before) {
      io.out(`This file has been imported before, into ${account.name}: nothing new.`);
      return result.refused > 0 ? EXIT.findings : EXIT.ok;
    }
    const seconds = Math.max(0.001, (systemClock.now() - begun) / 1_000);
    const rate = Math.round((result.lines - committed) / seconds);
    io.out(`Imported into ${account.name}: ${result.lines} lines in ${seconds.toFixed(1)} s (${rate} lines/s).`);
    io.out(`  ${result.stored} new messages, ${result.known} that were here already, ${result.outcomes} outcomes`);
    io.out(`  ${result.episodes} episodes of the past; no work was opened and nothing was sent`);
    io.out(`  ${times.words()}`);
    if (result.parked > 0) io.out(`! ${result.parked} messages are parked: see npm run hubbub -- parked list`);
    if (result.refused > 0) io.out(`! ${result.refused} lines were set aside: see ${rejected.path}`);
    return result.refused + result.parked > 0 ? EXIT.findings : EXIT.ok;
  } catch (error) {
    progress.end();
    throw readingFault(error, file) ?? error;
  } finally {
    rejected.close();
    await standIn.close();
  }
}

async function readable(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new CommandError(`There is no file ${file} that can be read.`);
}

async function brandMeant(db: Database, accountId: AccountId, said: string): Promise<string> {
  const brands = await db.withAccount(accountId, (tx) => brandsOf(tx));
  const found = brands.find((b) => b.id === said || b.name.toLowerCase() === said.toLowerCase());
  if (found) return found.id;
  throw new CommandError(`There is no brand "${said}". There are: ${brands.map((b) => b.name).join(", ")}.`);
}

/** A damaged archive ends in the middle; what stood before it is in. */
function readingFault(error: unknown, file: string): CommandError | null {
  const code = String((error as NodeJS.ErrnoException).code ?? "");
  if (!code.startsWith("Z_")) return null;
  return new CommandError(
    `${file} is damaged: it cannot be unpacked to its end. The lines before the damage are stored; mend the file and import it again.`,
  );
}
