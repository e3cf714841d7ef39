import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Settled } from "../batches.ts";
import { DAY, type Instant } from "../clock.ts";
import { json, rowSet, type Tx } from "../db.ts";
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

export interface Command {
  readonly actorId: string;
  readonly commandId: string;
  readonly request: unknown;
}
type Answered = CommandResult & { repeated: boolean };
const nameOf = (actor: string, commandId: string) => `${commandId} ${actor}`;

/**
 * Many commands in one transaction, each once and each with an answer of its own, as `once` gives it. `run` is given those that were not
 * done yet, by their numbers, and answers for each in that order; one that it refuses may have changed nothing.
 */
export async function onceEach(
  tx: Tx,
  commands: readonly Command[],
  run: (fresh: readonly number[]) => Promise<readonly Settled<CommandResult>[]>,
): Promise<Settled<Answered>[]> {
  const rows = commands.map((c) => ({ actor: c.actorId, command_id: c.commandId, hash: hashOf(c.request) }));
  const db = tx.tables();
  // In one order everywhere: two that claim the same wait for one another, and never in a circle.
  const claimed = await sql<{ actor: string; command_id: string }>`
    insert into command_log (account_id, actor, command_id, request_hash, status, result, at)
    select ${tx.accountId}, c.actor, c.command_id, c.hash, 0, null, ${new Date(tx.now)}
    from ${rowSet({ actor: "text", command_id: "text", hash: "text" }, rows)} c order by c.actor, c.command_id, c.n
    on conflict do nothing returning actor, command_id`.execute(db);
  const first = new Map<string, number>();
  for (const [n, row] of rows.entries()) {
    const name = nameOf(row.actor, row.command_id);
    if (!first.has(name)) first.set(name, n);
  }
  const fresh = claimed.rows
    .map((row) => first.get(nameOf(row.actor, row.command_id)) as number)
    .sort((one, other) => one - other);
  const done = new Map<number, Settled<Answered>>();
  if (fresh.length > 0) {
    const settled = await run(fresh);
    for (const [i, n] of fresh.entries()) {
      const one = settled[i] ?? { ok: false, error: new AppError("internal", "The command was not answered.") };
      done.set(n, one.ok ? { ok: true, value: { ...one.value, repeated: false } } : one);
    }
    await keepAnswers(tx, rows, done);
  }
  const before = rows.length === fresh.length ? new Map() : await storedAnswers(tx, rows);
  return rows.map((row, n): Settled<Answered> => {
    const own = done.get(n);
    if (own) return own;
    const name = nameOf(row.actor, row.command_id);
    // Sent twice at the same moment: what came of the first.
    const twin = done.get(first.get(name) as number);
    const stored = before.get(name);
    if (stored && stored.request_hash !== row.hash) return { ok: false, error: reused() };
    if (twin && !twin.ok) return twin;
    if (!stored) return { ok: false, error: new AppError("internal", "The command's record is gone.") };
    return { ok: true, value: { status: stored.status, result: stored.result, repeated: true } };
  });
}

/** Results of what was done; what was refused was never asked. */
async function keepAnswers(
  tx: Tx,
  rows: readonly { actor: string; command_id: string }[],
  done: ReadonlyMap<number, Settled<Answered>>,
): Promise<void> {
  const kept = [...done].flatMap(([n, one]) =>
    one.ok ? [{ ...rows[n], status: one.value.status, result: one.value.result ?? null }] : [],
  );
  const refused = [...done].flatMap(([n, one]) => (one.ok ? [] : [{ ...rows[n] }]));
  const same = sql`l.account_id = ${tx.accountId} and l.actor = c.actor and l.command_id = c.command_id`;
  if (kept.length > 0)
    await sql`update command_log l set status = c.status, result = coalesce(c.result, 'null'::jsonb)
      from ${rowSet({ actor: "text", command_id: "text", status: "integer", result: "jsonb" }, kept as never)} c where ${same}`.execute(
      tx.tables(),
    );
  if (refused.length > 0)
    await sql`delete from command_log l using ${rowSet({ actor: "text", command_id: "text" }, refused as never)} c where ${same}`.execute(
      tx.tables(),
    );
}

async function storedAnswers(tx: Tx, rows: readonly { actor: string; command_id: string }[]) {
  const found = await sql<{ actor: string; command_id: string; request_hash: string; status: number; result: unknown }>`
    select l.actor, l.command_id, l.request_hash, l.status, l.result
    from ${rowSet({ actor: "text", command_id: "text" }, rows)} c
    join command_log l on l.account_id = ${tx.accountId} and l.actor = c.actor and l.command_id = c.command_id`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map((row) => [nameOf(row.actor, row.command_id), row]));
}

/** When somebody gave a command last, of the last day; null: not at all. */
export async function lastCommandAt(tx: Tx, actorId: string): Promise<Instant | null> {
  const found = await sql<{ at: Instant | null }>`select max(at) as at from command_log
    where account_id = ${tx.accountId} and actor = ${actorId}`.execute(tx.tables());
  return found.rows[0]?.at ?? null;
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
