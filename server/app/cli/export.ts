import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { type ExportFiles, exportFiles } from "../import/export-files.ts";
import { exportRows } from "../import/export-rows.ts";
import { type Command, CommandError, EXIT, UsageError } from "./command.ts";
import { withFileStore } from "./file-store.ts";
import { withDatabase } from "./open-database.ts";
import { accountMeant } from "./which-account.ts";

export const exportCommand: Command = {
  usage: `npm run hubbub -- export FILE.jsonl[.gz] [--account NAME] [--files [--files-most MB]]

Writes all messages of an account and how work ended, one JSON object a line, in the format of import
(docs/formats/import.md), each message with its conversation and customer. A name that ends with .gz is packed. The file is
there when it is whole. It holds what customers wrote: keep it like a backup.

  --account     name or id of the account; may be left out where there is one only
  --files       write the messages' files too, into the folder FILE.jsonl.files beside it; rows name them
  --files-most  megabytes of all files together, 1000 unless said; what is over is named and left out`,

  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { account: { type: "string" }, files: { type: "boolean" }, "files-most": { type: "string" } },
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new UsageError("Name one file to write.");
    const most = mostOf(values["files-most"], values.files === true);
    return withDatabase(io, {}, async ({ db }) => {
      const account = await accountMeant(db, values.account);
      if (most === null) {
        const rows = await writeExport(db, account.id, file);
        io.out(`Exported ${rows} rows of ${account.name} to ${file}.`);
        return EXIT.ok;
      }
      return withFileStore(db, io, async () => {
        const folder = filesFolder(file);
        if (existsSync(folder))
          throw new CommandError(`${folder} is there already. Take it away, or name another file.`);
        const files = exportFiles(db, account.id, basename(folder), most);
        const rows = await writeExport(db, account.id, file, { files, folder });
        io.out(
          `Exported ${rows.rows} rows of ${account.name} to ${file}, and ${rows.written} files (${rows.bytes} bytes) to ${folder}.`,
        );
        if (rows.gone > 0) io.out(`${rows.gone} files were deleted meanwhile.`);
        if (rows.over > 0)
          io.out(`${rows.over} files were left out: all together they may have ${most / MB} MB (--files-most).`);
        return EXIT.ok;
      });
    });
  },
};

const MB = 1_000_000;

function mostOf(said: string | undefined, wanted: boolean): number | null {
  if (said !== undefined && !wanted) throw new UsageError("--files-most says how much: say --files, too.");
  if (!wanted) return null;
  const most = Number(said ?? "1000");
  if (!Number.isSafeInteger(most) || most < 1 || most > 1_000_000)
    throw new UsageError("--files-most is a whole number of megabytes, from 1 to 1000000.");
  return most * MB;
}

/** Beside the rows, without the ending that says they are packed. */
const filesFolder = (file: string): string => `${file.replace(/\.gz$/, "")}.files`;

type Written = Awaited<ReturnType<ExportFiles["write"]>> & { rows: number };

/** Writes beside the file first: whoever finds it finds it whole. Returns the number of rows, and what became of the files. */
export async function writeExport(db: Database, accountId: AccountId, file: string): Promise<number>;
export async function writeExport(
  db: Database,
  accountId: AccountId,
  file: string,
  beside: { files: ExportFiles; folder: string },
): Promise<Written>;
export async function writeExport(
  db: Database,
  accountId: AccountId,
  file: string,
  beside?: { files: ExportFiles; folder: string },
): Promise<number | Written> {
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    let text = "";
    for await (const row of exportRows(db, accountId, beside?.files.rowOf)) {
      rows += 1;
      text += `${JSON.stringify(row)}\n`;
      if (text.length < 65_536) continue;
      yield text;
      text = "";
    }
    yield text;
  }
  const unfinished = `${file}.part`;
  const folder = beside && `${beside.folder}.part`;
  const out = createWriteStream(unfinished, { mode: 0o600 });
  try {
    if (file.endsWith(".gz")) await pipeline(Readable.from(lines()), createGzip(), out);
    else await pipeline(Readable.from(lines()), out);
    if (!beside || folder === undefined) {
      await rename(unfinished, file);
      return rows;
    }
    // Of one that was broken off.
    await rm(folder, { force: true, recursive: true });
    const written = await beside.files.write(folder);
    await rename(folder, beside.folder);
    await rename(unfinished, file);
    return { ...written, rows };
  } catch (error) {
    await rm(unfinished, { force: true });
    if (folder !== undefined) await rm(folder, { force: true, recursive: true });
    throw error;
  }
}
