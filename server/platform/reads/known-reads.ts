import type { FieldDef } from "pg";
import { type Fields, fieldsOf, type Merged, merge, type Part } from "./merge.ts";
import { type PureRead, pureRead } from "./pure-read.ts";

/** Texts and merged statements that are kept; a program asks far fewer, what is forgotten is learnt again. */
const MOST_READS = 2_000;
const MOST_MERGED = 300;

/** What is known of a statement: whether it is a pure read, and once it has run what it returns. */
export interface KnownRead {
  readonly id: number;
  readonly sql: string;
  readonly read: PureRead | null;
  /** Undefined until it has run; null where a column is of a strange type. */
  fields: Fields | null | undefined;
}

/** What a program's statements are like, by their text; one for each database. */
export interface KnownReads {
  of(sql: string): KnownRead;
  /** Tells what a statement returned when it ran by itself. */
  learn(known: KnownRead, described: readonly FieldDef[]): void;
  /** The statement that answers all of these; made once for each sequence of texts, so that its text and its plan can be kept. */
  merged(parts: readonly (KnownRead & Part)[]): Merged;
  /** A merged statement failed: what is known of its parts may be out of date (a column came or went). */
  forget(parts: readonly KnownRead[]): void;
}

export function createKnownReads(): KnownReads {
  let lastId = 0;
  const reads = new Map<string, KnownRead>();
  const statements = new Map<string, Merged>();
  return {
    of(sql) {
      const known = reads.get(sql);
      if (known) return known;
      if (reads.size >= MOST_READS) reads.delete(reads.keys().next().value as string);
      const fresh: KnownRead = { id: ++lastId, sql, read: pureRead(sql), fields: undefined };
      reads.set(sql, fresh);
      return fresh;
    },
    learn(known, described) {
      known.fields = fieldsOf(described);
    },
    merged(parts) {
      const key = parts.map((part) => part.id).join(" ");
      const made = statements.get(key);
      if (made) return made;
      if (statements.size >= MOST_MERGED) statements.delete(statements.keys().next().value as string);
      const fresh = merge(parts);
      statements.set(key, fresh);
      return fresh;
    },
    // Under a new id no statement that was made of it is found any more.
    forget(parts) {
      for (const { sql } of parts) reads.delete(sql);
    },
  };
}
