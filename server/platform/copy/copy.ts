import { createHash } from "node:crypto";
import { Readable, Transform, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from, to } from "pg-copy-streams";
import { type AccountId, isUuid } from "../ids.ts";
import { type Connection, quoted, type TableShape } from "./catalogue.ts";

/** Of a table's rows as COPY text in the order of the primary key: how many, how long, and their SHA-256 (hex). */
export interface Counted {
  rows: number;
  bytes: number;
  hash: string;
}

/** Passes bytes on and counts them. In COPY text a line break is always the end of a row. */
export function counting(limitBytes = Number.POSITIVE_INFINITY): Transform & { counted(): Counted } {
  const hash = createHash("sha256");
  let [rows, bytes] = [0, 0];
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limitBytes) return done(new Error("it is longer than it should be"));
      hash.update(chunk);
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows++;
      done(null, chunk);
    },
  });
  return Object.assign(stream, { counted: () => ({ rows, bytes, hash: hash.copy().digest("hex") }) });
}

type Step = Transform | (NodeJS.ReadWriteStream & NodeJS.WritableStream);

/**
 * Streams a table out, rows in the order of the primary key, of one account or of all. `steps` are what the text goes through
 * and ends in; without any it is counted only.
 */
export async function copyOut(
  client: Connection,
  table: TableShape,
  accountId: AccountId | null,
  steps: readonly (Step | Writable)[] = [],
): Promise<Counted> {
  const columns = table.columns.map(quoted).join(", ");
  const statement = `copy (select ${columns} from ${quoted(table.name)} ${ofAccount(accountId)} order by ${table.order}) to stdout`;
  const counter = counting();
  const last = steps.length > 0 ? steps : [nowhere()];
  await pipeline([client.query(to(statement)), counter, ...last] as unknown as [Readable, Writable]);
  return counter.counted();
}

/** Streams rows in; resolves with how many there were. With an account, rows of others are left out. */
export async function copyIn(
  client: Connection,
  table: Pick<TableShape, "name" | "columns">,
  accountId: AccountId | null,
  rows: Readable | AsyncIterable<Buffer>,
): Promise<number> {
  const columns = table.columns.map(quoted).join(", ");
  const into = client.query(from(`copy ${quoted(table.name)} (${columns}) from stdin ${ofAccount(accountId)}`));
  await pipeline(Readable.from(rows, { objectMode: false }), into);
  return into.rowCount;
}

function ofAccount(accountId: AccountId | null): string {
  if (accountId === null) return "";
  if (!isUuid(accountId)) throw new Error("This is no id of an account.");
  return `where account_id = '${accountId}'`;
}

function nowhere(): Transform {
  const end = new Transform({ transform: (_chunk, _encoding, done) => done() });
  return end.resume();
}
