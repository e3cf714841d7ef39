import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import type { ClientBase } from "pg";
import type { KnownRead, KnownReads } from "./known-reads.ts";
import { linesOf, type Part, rowsOf } from "./merge.ts";

/** Statements of one answer; more are asked in a further round. */
const MOST_PARTS = 40;
const WRITES = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);
/** A merged statement no longer fits its tables: names or types of columns changed since they were learnt. */
const TABLES_CHANGED = new Set(["42P10", "42804", "0A000"]);

interface Asked {
  readonly known: KnownRead;
  readonly values: readonly unknown[];
  /** It may wait for others and be answered together with them. */
  readonly together: boolean;
  answer(result: QueryResult<unknown>): void;
  fail(error: unknown): void;
}

/** The statements of one transaction, on its connection and in the order in which they are asked. */
export interface Rounds {
  /** Sends each statement by itself. */
  readonly alone: DatabaseConnection;
  /** Reads that are asked before the program waits for anything else are one statement: a round. */
  readonly together: DatabaseConnection;
  /** Resolves when nothing is under way; what still waits is refused. */
  end(): Promise<void>;
}

/** Learnt types were out of date; the transaction is to be tried again. */
export class TablesChanged extends Error {
  constructor(options: ErrorOptions) {
    super("The tables changed under a statement that was prepared for them.", options);
  }
}

export function openRounds(client: ClientBase, reads: KnownReads): Rounds {
  const waiting: Asked[] = [];
  let under: Promise<void> | null = null;
  let ended = false;

  function ask(query: CompiledQuery, together: boolean): Promise<QueryResult<unknown>> {
    if (ended) return Promise.reject(new Error("The transaction in which this is asked has ended."));
    return new Promise((answer, fail) => {
      const known = reads.of(query.sql);
      const mergeable = together && known.read !== null && known.fields !== null;
      waiting.push({ known, values: query.parameters, together: mergeable, answer, fail });
      under ??= run();
    });
  }

  async function run(): Promise<void> {
    for (let head = waiting[0]; head; head = waiting[0]) {
      // Everybody who can go on without an answer does so first, and what they ask comes along.
      if (head.together) await new Promise((turn) => setImmediate(turn));
      let count = 1;
      while (head.together && count < MOST_PARTS && waiting[count]?.together) count++;
      await send(waiting.splice(0, count));
    }
    under = null;
  }

  async function send(round: readonly Asked[]): Promise<void> {
    const merging = round.filter(isLearnt);
    for (const asked of merging.length > 1 ? round.filter((one) => !isLearnt(one)) : round) await sendAlone(asked);
    if (merging.length > 1) await sendMerged(merging);
  }

  async function sendAlone({ known, values, answer, fail }: Asked): Promise<void> {
    try {
      const { command, rowCount, rows, fields } = await client.query(known.sql, values as unknown[]);
      if (known.read && known.fields === undefined) reads.learn(known, fields);
      answer(WRITES.has(command) ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows: rows ?? [] });
    } catch (error) {
      fail(error);
    }
  }

  async function sendMerged(round: readonly Learnt[]): Promise<void> {
    // The same question asked by two is answered once; each gets rows of his own.
    const asked: Learnt[] = [];
    const indexes = round.map((one) => {
      const same = asked.findIndex((other) => isSame(one, other));
      return same < 0 ? asked.push(one) - 1 : same;
    });
    const parts = asked.map(({ known, values }) => ({ ...known, takes: values.length }));
    try {
      const { text, columns } = reads.merged(parts);
      const values = asked.flatMap((one) => one.values);
      const lines = linesOf((await client.query<unknown[]>({ text, values, rowMode: "array" })).rows);
      for (const [n, one] of round.entries()) {
        const part = indexes[n]!;
        one.answer({ rows: rowsOf(lines.get(part) ?? [], one.known.fields, columns[part]!) });
      }
    } catch (error) {
      reads.forget(parts);
      const code = String((error as { code?: string }).code);
      const told = TABLES_CHANGED.has(code) ? new TablesChanged({ cause: error }) : error;
      for (const one of round) one.fail(told);
    }
  }

  return {
    alone: connection((query) => ask(query, false)),
    together: connection((query) => ask(query, true)),
    async end() {
      ended = true;
      for (const { fail } of waiting.splice(0)) fail(new Error("The transaction ended before this was asked."));
      await under;
    },
  };
}

type Learnt = Asked & { readonly known: KnownRead & Omit<Part, "takes"> };
function isLearnt(asked: Asked): asked is Learnt {
  return asked.together && asked.known.read !== null && !!asked.known.fields;
}
function isSame(one: Asked, other: Asked): boolean {
  return (
    one.known === other.known &&
    one.values.length === other.values.length &&
    one.values.every((value, n) => Object.is(value, other.values[n]))
  );
}

function connection(execute: (query: CompiledQuery) => Promise<QueryResult<unknown>>): DatabaseConnection {
  return {
    executeQuery: <R>(query: CompiledQuery) => execute(query) as Promise<QueryResult<R>>,
    // biome-ignore lint/correctness/useYield: a stream is what the interface asks for, and nobody here has one.
    async *streamQuery() {
      throw new Error("Statements are not streamed here; page through them.");
    },
  };
}
