import { accountOf } from "#modules/company";
import { type Database, sql } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { CommandError } from "./command.ts";

export interface AccountLine {
  id: AccountId;
  name: string;
}

/** All accounts, the oldest first. A named statement of the system role. */
export async function allAccounts(db: Database): Promise<AccountLine[]> {
  const rows = await db.asSystem((trx) =>
    sql<{ id: AccountId }>`select account_id as id from account order by created_at, account_id`.execute(trx),
  );
  const lines: AccountLine[] = [];
  for (const { id } of rows.rows) lines.push({ id, name: (await db.withAccount(id, (tx) => accountOf(tx))).name });
  return lines;
}

/** The account an operator means by id or name; may be left out where there is one only. */
export async function accountMeant(db: Database, said: string | undefined): Promise<AccountLine> {
  const accounts = await allAccounts(db);
  if (accounts.length === 0)
    throw new CommandError("There is no account yet. Make one: npm run hubbub -- account create --help.");
  const fits = said === undefined ? accounts : accounts.filter((a) => a.id === said || a.name === said);
  if (fits.length === 1) return fits[0]!;
  const list = accounts.map((a) => `  ${a.id}  ${a.name}`).join("\n");
  const why =
    said === undefined
      ? "There are several accounts. Say which one with --account:"
      : fits.length === 0
        ? `There is no account "${said}". There are:`
        : `Several accounts are called "${said}". Say the id:`;
  throw new CommandError(`${why}\n${list}`);
}
