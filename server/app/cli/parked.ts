import { parseArgs } from "node:util";
import { useKeyRing } from "#modules/company";
import { audit } from "#modules/people";
import { iso } from "#platform/clock";
import { dataDirPath } from "#platform/data-dir";
import { type Database, sql } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { retryParked } from "#platform/journal/reader";
import { masterKey } from "../master-key.ts";
import { readers } from "../modules.ts";
import { type Command, CommandError, EXIT, type Io, UsageError } from "./command.ts";
import { withDatabase } from "./open-database.ts";

interface ParkedLine {
  account: AccountId;
  reader: string;
  key: string;
  events: number;
  first: number;
  since: number;
}

export const parked: Command = {
  usage: `npm run hubbub -- parked list
npm run hubbub -- parked retry --reader NAME --key ID

An event that failed five times is parked with all that follows it in the same conversation; the rest goes on. "list" shows
what is parked and why. When the cause is mended, "retry" reads one conversation's events again, in order, and all or none.

  --reader  the reader that failed, as listed
  --key     the conversation (or other key), as listed`,

  async run(args, io) {
    const [verb, ...rest] = args;
    if (verb === "list") return list(rest, io);
    if (verb === "retry") return retry(rest, io);
    throw new UsageError(`Say "parked list" or "parked retry".`);
  },
};

async function list(args: readonly string[], io: Io): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  return withDatabase(io, {}, async ({ db }) => {
    const lines = await parkedLines(db);
    if (lines.length === 0) io.out("Nothing is parked.");
    for (const line of lines) {
      const { error, type } = await causeOf(db, line);
      io.out(`${line.reader}  ${line.key}  ${line.events} events since ${iso(line.since)}`);
      io.out(`    ${type} at position ${line.first}: ${error}`);
    }
    return lines.length === 0 ? EXIT.ok : EXIT.findings;
  });
}

/** A named statement of the system role: heads of what is parked, over all accounts. */
async function parkedLines(db: Database): Promise<ParkedLine[]> {
  const rows = await db.asSystem((trx) =>
    sql<ParkedLine>`select account_id as account, reader, key, count(*)::int as events, min(position) as first, min(parked_at) as since
      from parked_event group by 1, 2, 3 order by min(parked_at), 2, 3`.execute(trx),
  );
  return rows.rows;
}

async function causeOf(db: Database, line: ParkedLine): Promise<{ error: string; type: string }> {
  return db.withAccount(line.account, async (tx) => {
    const row = await sql<{ error: string; type: string }>`
      select p.error, e.type from parked_event p left join event e on e.account_id = p.account_id and e.position = p.position
      where p.account_id = ${line.account} and p.reader = ${line.reader} and p.position = ${line.first}`.execute(
      tx.tables(),
    );
    return { error: row.rows[0]?.error ?? "", type: row.rows[0]?.type ?? "an event" };
  });
}

async function retry(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { reader: { type: "string" }, key: { type: "string" } } });
  if (!values.reader || !values.key) throw new UsageError("--reader and --key are needed.");
  const reader = readers.find((r) => r.name === values.reader);
  if (!reader)
    throw new UsageError(`There is no reader "${values.reader}". There are: ${readers.map((r) => r.name).join(", ")}.`);
  return withDatabase(io, {}, async ({ db }) => {
    const line = (await parkedLines(db)).find((l) => l.reader === reader.name && l.key === values.key);
    if (!line)
      throw new CommandError(
        `Nothing of ${values.key} is parked for ${reader.name}. See npm run hubbub -- parked list.`,
      );
    useKeyRing(masterKey(dataDirPath(io.env), io.env));
    const done = await retryParked(db, reader, line.account, line.key).catch((error: Error) => {
      throw new CommandError(`It failed again and stays parked: ${error.message}`);
    });
    await db.withAccount(line.account, (tx) =>
      audit(tx, null, "parked.retried", "parked-event", line.key, { reader: reader.name, events: done }),
    );
    io.out(`${done} events of ${line.key} were read by ${reader.name}.`);
    return EXIT.ok;
  });
}
