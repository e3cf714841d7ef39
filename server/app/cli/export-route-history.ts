import { writeFile } from "node:fs/promises";
import { parseArgs, promisify } from "node:util";
import { gzip } from "node:zlib";
import { routeHistory } from "#modules/routing";
import { DAY, systemClock } from "#platform/clock";
import { EXIT, type Io, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";
import { accountMeant } from "./which-account.ts";

const MOST_DAYS = 92;

/** `backtest route --export`: the past days of an account as a history (docs/formats/route.md). Reads, and changes nothing. */
export async function exportRouteHistory(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { export: { type: "string" }, account: { type: "string" }, days: { type: "string" } },
  });
  const file = values.export;
  if (!file) throw new UsageError("Name the file to write: --export history.jsonl.");
  const days = Number(values.days ?? "7");
  if (!(days > 0 && days <= MOST_DAYS)) throw new UsageError(`--days is a number above 0, at most ${MOST_DAYS}.`);
  return withDatabase(io, {}, async ({ db }) => {
    const account = await accountMeant(db, values.account);
    const to = systemClock.now();
    const { lines, left } = await db.withAccount(account.id, (tx) => routeHistory(tx, to - days * DAY, to));
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    await writeFile(file, file.endsWith(".gz") ? await promisify(gzip)(text) : text);
    io.out(`Wrote ${lines.length} lines of ${account.name} to ${file}: ids, times and rules, no word of a customer.`);
    if (left > 0) io.out(`${left} items were never in anybody's hands and ended by themselves; they are not in it.`);
    return EXIT.ok;
  });
}
