import {
  type HistoryLine,
  type ImportRun,
  inSet,
  lockImport,
  openImport,
  placesOf,
  type ReadOutcome,
  readImportRow,
  saveImport,
  settleThreads,
  storeHistory,
  ThreadMemory,
} from "#modules/channels";
import { brandsOf } from "#modules/company";
import { noteOutcomes, type PastOutcome } from "#modules/conversations";
import { lookBackAnew } from "#modules/listening";
import { activeAgents, agentsById } from "#modules/people";
import { systemClock } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { bringHome, moveOn } from "./bring-home.ts";
import {
  type ImportLine,
  type ImportOptions,
  type ImportResult,
  type LineOptions,
  type RefusedLine,
  tell,
} from "./import-options.ts";

export type {
  ImportLine,
  ImportOptions,
  ImportProgress,
  ImportResult,
  LineOptions,
  RefusedLine,
} from "./import-options.ts";

const BATCH_LINES = 1_000;
const BATCH_BYTES = 4_000_000;

/**
 * Brings history in: parsed and stored here; labelled, stitched and counted by the readers that do so for live input (they have to run:
 * in this process or in another one). It opens no work and sends nothing. After a crash a call with the same name goes on.
 */
export async function importRows(db: Database, options: ImportOptions): Promise<ImportResult> {
  const { rows, ...rest } = options;
  return importLines(db, { ...rest, lines: valuesOf(rows) });
}

async function* valuesOf(rows: ImportOptions["rows"]): AsyncGenerator<ImportLine> {
  for await (const value of rows) yield { value };
}

/** Lines of the import of this name that are committed; 0 when there is none. */
export async function importSoFar(db: Database, accountId: AccountId, name: string): Promise<number> {
  return db.withAccount(accountId, async (tx) => (await openImport(tx, name)).lines);
}

/** The same for lines that may be faulty. */
export async function importLines(db: Database, options: LineOptions): Promise<ImportResult> {
  const { accountId } = options;
  const run = await db.withAccount(accountId, (tx) => openImport(tx, options.name));
  const before = run.state === "done";
  if (run.state === "reading") await readAll(db, options, run);
  if (run.state === "settling") await settleAll(db, options, run);
  const home = await bringHome(db, options, run);
  if (!before) await db.withAccount(accountId, lookBackAnew);
  return { ...figuresOf(run), ...home, before };
}

function figuresOf(run: ImportRun) {
  const { lines, stored, known, outcomes, refused } = run;
  return { lines, stored, known, outcomes, refused };
}

/** Stage one: lines become messages, a batch in one transaction with the place in the input. */
async function readAll(db: Database, options: LineOptions, run: ImportRun): Promise<void> {
  const threads = new ThreadMemory();
  const clock = options.clock ?? systemClock;
  let batch: GivenLine[] = [];
  let bytes = 0;
  let line = 0;
  // While one batch is stored, the lines of the next one are read.
  let storing = Promise.resolve();
  const flush = async () => {
    await storing;
    if (batch.length === 0) return;
    tell(options, run, "reading", 0, 0);
    options.signal?.throwIfAborted();
    storing = storeBatch(db, options, run, batch, threads);
    // Its failure is heard where it is waited for.
    storing.catch(() => {});
    batch = [];
    bytes = 0;
  };
  const from = run.lines;
  try {
    for await (const given of options.lines) {
      line += 1;
      if (line <= from) continue;
      batch.push({ line, read: readLine(given, clock.now()) });
      bytes += sizeOf(given);
      if (batch.length >= (options.batchLines ?? BATCH_LINES) || bytes >= BATCH_BYTES) await flush();
    }
  } finally {
    await storing;
  }
  await flush();
  await storing;
  await moveOn(db, options, run, "reading", "settling");
}

/** A line as it was understood; null where it was blank. */
interface GivenLine {
  line: number;
  read: ReturnType<typeof readImportRow> | null;
}

function readLine(given: ImportLine, now: number): GivenLine["read"] {
  if ("blank" in given) return null;
  return "fault" in given ? { ok: false, why: given.fault } : readImportRow(given.value, now);
}

function sizeOf(given: ImportLine): number {
  const text = "value" in given ? (given.value as { text?: unknown } | null)?.text : undefined;
  return 400 + (typeof text === "string" ? text.length : 0);
}

/** What an account knows that a line only names. */
interface Known {
  brandId: string | undefined;
  brands: Map<string, string>;
  agents: Map<string, string>;
}

async function storeBatch(
  db: Database,
  options: LineOptions,
  run: ImportRun,
  batch: readonly GivenLine[],
  threads: ThreadMemory,
): Promise<void> {
  const done = await db.withAccount(options.accountId, async (tx) => {
    // Somebody else goes on with it at the same moment: what he has done is not done again.
    const here = await lockImport(tx, run.name);
    if (here?.state !== "reading" || here.lines !== run.lines)
      throw new Error(`The import "${run.name}" is under way in another process. Wait until that one has ended.`);
    const known = await knownOf(tx, options.brandId);
    const refused: RefusedLine[] = [];
    const lines: HistoryLine[] = [];
    const outcomes: { line: number; row: ReadOutcome; brandId: string }[] = [];
    for (const { line, read } of batch) {
      if (read === null) continue;
      if (!read.ok) {
        refused.push({ line, why: read.why });
        continue;
      }
      const { row } = read;
      const brandId = row.brand === null ? known.brandId : known.brands.get(row.brand.trim().toLowerCase());
      if (brandId === undefined) {
        refused.push({ line, why: `names the brand "${row.brand ?? ""}", which this account does not have.` });
        continue;
      }
      const agentId = row.agent === null ? undefined : known.agents.get(row.agent);
      if (row.type === "message")
        lines.push({ line, row, brandId, agent: agentId === undefined ? null : { id: agentId } });
      else outcomes.push({ line, row, brandId });
    }
    const stored = await storeHistory(tx, here, lines, threads);
    const noted = await noteOutcomes(tx, await outcomesOf(tx, outcomes, known));
    refused.push(...stored.refused);
    refused.sort((a, b) => a.line - b.line);
    Object.assign(here, {
      lines: batch.at(-1)!.line,
      stored: here.stored + stored.stored,
      known: here.known + stored.known,
      outcomes: here.outcomes + noted,
      refused: here.refused + refused.length,
    });
    await saveImport(tx, here);
    if (refused.length > 0) await options.onRefused?.(refused);
    return here;
  });
  Object.assign(run, done);
}

async function knownOf(tx: Tx, brandId: string | undefined): Promise<Known> {
  const brands = await brandsOf(tx);
  const agents = await agentsById(
    tx,
    (await activeAgents(tx)).map((a) => a.id),
  );
  return {
    brandId: brandId ?? brands[0]?.id,
    brands: new Map(brands.flatMap((b) => [b.name, ...b.names].map((name) => [name.toLowerCase(), b.id as string]))),
    agents: new Map([...agents.values()].map((a) => [a.email.toLowerCase(), a.id])),
  };
}

async function outcomesOf(
  tx: Tx,
  outcomes: readonly { row: ReadOutcome; brandId: string }[],
  known: Known,
): Promise<PastOutcome[]> {
  if (outcomes.length === 0) return [];
  const places = await placesOf(tx);
  return Promise.all(
    outcomes.map(async ({ row, brandId }) => ({
      channelId: (await places.of(brandId, row.channel)).id,
      externalId: inSet(row.set, row.message),
      at: row.at,
      outcome: row.outcome,
      agentId: row.agent === null ? null : (known.agents.get(row.agent) ?? null),
      agent: row.agent === null || known.agents.has(row.agent) ? null : row.agent,
    })),
  );
}

async function settleAll(db: Database, options: LineOptions, run: ImportRun): Promise<void> {
  let after: string | null = null;
  do {
    tell(options, run, "threads", 0, 0);
    const from: string | null = after;
    after = await db.withAccount(options.accountId, (tx) => settleThreads(tx, run, from));
  } while (after !== null);
  await moveOn(db, options, run, "settling", "announcing");
}
