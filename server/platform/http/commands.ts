import { createHash } from "node:crypto";
import { sql } from "kysely";
import { DAY } from "../clock.ts";
import { json, type Tx } from "../db.ts";
import { AppError } from "../errors.ts";

/** Results are kept this long: a repeated command gets the first one's result (DESIGN D10). */
export const COMMAND_KEPT_MS = DAY;
const COMMAND_ID = /^[\x21-\x7e]{8,200}$/;

export interface CommandResult {
  status: number;
  result: unknown;
}

/** The command id of a request, or a clear refusal. */
export function commandIdOf(header: unknown): string {
  if (typeof header !== "string" || !COMMAND_ID.test(header))
    throw new AppError(
      "invalid-request",
      "Send a header Idempotency-Key of 8 to 200 visible ASCII characters, new for each command and the same at each retry.",
    );
  return header;
}

/**
 * Runs a command once: its effect and its result commit together, a repetition gets the stored result and does nothing.
 * Two repetitions at the same moment wait for one another on the row.
 */
export async function once(
  tx: Tx,
  actorId: string,
  commandId: string,
  request: unknown,
  run: () => Promise<CommandResult>,
): Promise<CommandResult & { repeated: boolean }> {
  const db = tx.tables();
  const hash = hashOf(request);
  const claimed = await sql`insert into command_log (account_id, actor, command_id, request_hash, status, result, at)
    values (${tx.accountId}, ${actorId}, ${commandId}, ${hash}, 0, null, ${new Date(tx.now)}) on conflict do nothing`.execute(
    db,
  );
  if (Number(claimed.numAffectedRows ?? 0) === 0) {
    const row = (
      await sql<{
        request_hash: string;
        status: number;
        result: unknown;
      }>`select request_hash, status, result from command_log where account_id = ${tx.accountId} and actor = ${actorId} and command_id = ${commandId}`.execute(
        db,
      )
    ).rows[0];
    if (!row) throw new AppError("internal", "The command's record is gone.");
    if (row.request_hash !== hash) throw reused();
    return { status: row.status, result: row.result, repeated: true };
  }
  const done = await run();
  await sql`update command_log set status = ${done.status}, result = ${json(done.result ?? null)}::jsonb where account_id = ${tx.accountId} and actor = ${actorId} and command_id = ${commandId}`.execute(
    db,
  );
  return { ...done, repeated: false };
}

/** The stored result of a command that was done before; undefined when it was not. */
export async function doneBefore(
  tx: Tx,
  actorId: string,
  commandId: string,
  request: unknown,
): Promise<CommandResult | undefined> {
  const found = await sql<{ request_hash: string; status: number; result: unknown }>`
    select request_hash, status, result from command_log
    where account_id = ${tx.accountId} and actor = ${actorId} and command_id = ${commandId} and status > 0`.execute(
    tx.tables(),
  );
  const row = found.rows[0];
  if (row && row.request_hash !== hashOf(request)) throw reused();
  return row && { status: row.status, result: row.result };
}

const hashOf = (request: unknown) => createHash("sha256").update(JSON.stringify(request)).digest("hex");
const reused = () =>
  new AppError(
    "command-reused",
    "This Idempotency-Key was sent with another request before. Make a new one for each command.",
  );

/** Forgets results older than a day; called by the scheduler. */
export async function forgetOldCommands(tx: Tx): Promise<void> {
  await sql`delete from command_log where account_id = ${tx.accountId} and at < ${new Date(tx.now - COMMAND_KEPT_MS)}`.execute(
    tx.tables(),
  );
}
