import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { exportRows } from "../import/export-rows.ts";
import { type Command, EXIT, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { accountMeant } from "./which-account.ts";

export const exportCommand: Command = {
  usage: `npm run hubbub -- export FILE.jsonl[.gz] [--account NAME]

Writes all messages of an account and how work ended, one JSON object a line, in the format of import
(docs/formats/import.md), each message with its conversation and customer. A name that ends with .gz is packed. The file is
there when it is whole. It holds what customers wrote: keep it like a backup.

  --account  name or id of the account; may be left out where there is one only`,

  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { account: { type: "string" } },
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new UsageError("Name one file to write.");
    return withDatabase(io, {}, async ({ db }) => {
      const account = await accountMeant(db, values.account);
      const rows = await writeExport(db, account.id, file);
      io.out(`Exported ${rows} rows of ${account.name} to ${file}.`);
      return EXIT.ok;
    });
  },
};

/** Writes beside the file first: whoever finds it finds it whole. Returns the number of rows. */
export async function writeExport(db: Database, accountId: AccountId, file: string): Promise<number> {
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    let text = "";
    for await (const row of exportRows(db, accountId)) {
      rows += 1;
      text += `${JSON.stringify(row)}\n`;
      if (text.length < 65_536) continue;
      yield text;
      text = "";
    }
    yield text;
  }
  const unfinished = `${file}.part`;
  const out = createWriteStream(unfinished, { mode: 0o600 });
  try {
    if (file.endsWith(".gz")) await pipeline(Readable.from(lines()), createGzip(), out);
    else await pipeline(Readable.from(lines()), out);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return rows;
}
