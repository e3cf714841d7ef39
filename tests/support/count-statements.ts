import { Client } from "pg";

/** What went to PostgreSQL: every statement by its text, and how many transactions were committed. */
export interface Counted {
  statements: readonly string[];
  commits: number;
}

/** Counts what this process sends to PostgreSQL while something runs, over all its connections. */
export async function countStatements(run: () => Promise<unknown>): Promise<Counted> {
  const statements: string[] = [];
  const { prototype } = Client;
  const real = prototype.query;
  prototype.query = function (this: Client, ...asked: unknown[]) {
    const [first] = asked;
    statements.push(typeof first === "string" ? first : ((first as { text?: string }).text ?? ""));
    return (real as (...all: unknown[]) => unknown).apply(this, asked);
  } as typeof real;
  try {
    await run();
  } finally {
    prototype.query = real;
  }
  return { statements, commits: statements.filter((text) => /^\s*commit\b/i.test(text)).length };
}
