import { Readable } from "node:stream";
import { rewrapKey } from "#modules/company";
import { type Connection, ensureMonths, type TableShape, tablesOf } from "#platform/copy/catalogue";
import { copyIn } from "#platform/copy/copy";
import { bytesOfColumn, columnOfBytes, copyTextOf } from "#platform/copy/copy-text";
import type { AccountId } from "#platform/ids";
import { kept } from "./left-out.ts";
import { type Manifest, type TableEntry, unusable } from "./manifest.ts";
import { type OpenBackup, smallTable } from "./open-backup.ts";
import { hashesOn } from "./table-hashes.ts";

/** A number far beyond what a running server draws meanwhile. */
const LEAP = 1_000_000n;

export interface LoadOptions {
  accountId: AccountId | null;
  /** Seals the accounts' keys under another master key on the way in. */
  rewrap: { from: Uint8Array; to: Uint8Array } | null;
  say(line: string): void;
}

/** Loads all rows in the caller's transaction and proves that they are those of the backup. */
export async function loadTables(client: Connection, backup: OpenBackup, o: LoadOptions): Promise<void> {
  const { manifest } = backup;
  const shapes = kept(await tablesOf(client), o.accountId !== null);
  refuseOtherShape(manifest.tables, shapes);
  await ensureMonths(client, onlyKnown(manifest.months, shapes));
  for (const table of manifest.tables) {
    const rows = table.name === "account_key" && o.rewrap ? await rewrapped(backup, o.rewrap) : backup.rows(table);
    const taken = await copyIn(client, table, o.accountId, rows);
    if (taken !== table.rows) throw unusable(`${table.name} holds rows that are none of the account's.`);
    if (taken > 0) o.say(`  ${table.name.padEnd(22)}${taken.toLocaleString("en").padStart(12)} rows`);
  }
  await setSequences(client, manifest.sequences);
  o.say("comparing what was loaded with the backup");
  const leave = o.rewrap ? ["account_key"] : [];
  const hashes = await hashesOn(client, o.accountId, leave);
  for (const table of manifest.tables)
    if (!leave.includes(table.name) && hashes[table.name]?.hash !== table.hash)
      throw new Error(`What was loaded into ${table.name} is not what the backup holds; nothing was kept.`);
}

function refuseOtherShape(tables: readonly TableEntry[], shapes: readonly TableShape[]): void {
  const list = (t: readonly { name: string; columns: readonly string[] }[]) =>
    JSON.stringify(t.map((s) => [s.name, [...s.columns]]));
  if (list(tables) === list(shapes)) return;
  const other = tables.find(
    (t) => JSON.stringify([...(shapes.find((s) => s.name === t.name)?.columns ?? [])]) !== JSON.stringify(t.columns),
  );
  throw unusable(`Its tables are not those its migrations make (${other?.name ?? "some are missing"}).`);
}

function onlyKnown(months: Manifest["months"], shapes: readonly TableShape[]): Manifest["months"] {
  return Object.fromEntries(Object.entries(months).filter(([table]) => shapes.some((s) => s.name === table)));
}

async function rewrapped(backup: OpenBackup, { from, to }: { from: Uint8Array; to: Uint8Array }): Promise<Readable> {
  const { rows, columns } = await smallTable(backup, "account_key");
  const at = columns.indexOf("wrapped");
  const seal = (column: string) => columnOfBytes(rewrapKey(bytesOfColumn(column), from, to));
  return Readable.from([Buffer.from(copyTextOf(rows.map((row) => row.with(at, seal(row[at]!)))))]);
}

/** Never back: a server may be drawing numbers for other accounts. */
async function setSequences(client: Connection, sequences: Manifest["sequences"]): Promise<void> {
  for (const { name, last } of sequences) {
    const { rows } = await client.query<{ last: string | null }>(
      "select last_value::text as last from pg_sequences where schemaname = 'public' and sequencename = $1",
      [name],
    );
    if (rows.length === 0) throw unusable(`There is no sequence ${name} here.`);
    const present = rows[0]!.last;
    if (present !== null && BigInt(present) >= BigInt(last)) continue;
    const next = present === null ? BigInt(last) : BigInt(last) + LEAP;
    await client.query("select setval(($1::text)::regclass, $2)", [`public.${name}`, next.toString()]);
  }
}
