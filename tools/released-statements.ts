/** What a release asks of its database, as recorded by `record-statements.ts`. */
export type Role = "app" | "system";
export interface Statement {
  role: Role;
  sql: string;
}
export interface Release {
  version: string;
  /** Names of the files in migrations/ that it brought. */
  migrations: string[];
  statements: Statement[];
}

/** Only these can be prepared; the rest (begin, savepoint, set) has nothing to do with tables. */
const PLANNED = /^\s*(\(?\s*select|insert|update|delete|with|merge)\b/i;

/** The same however many rows or values were handed in. */
export function shapeOf(sql: string): string {
  return sql
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\$\d+/g, "?")
    .replace(/\?(, ?\?)+/g, "?")
    .replace(/\((\([^()]*\))(, ?\1)+\)/g, "($1)")
    .replace(/(\([^()]*\))(, ?\1)+/g, "$1");
}

/** One of each shape, the shortest, in a lasting order. */
export function briefly(heard: readonly Statement[]): Statement[] {
  const best = new Map<string, Statement>();
  for (const { role, sql } of heard) {
    if (!PLANNED.test(sql)) continue;
    const plain = sql.replace(/\s+/g, " ").trim();
    const id = `${role} ${shapeOf(sql)}`;
    const known = best.get(id);
    if (!known || plain.length < known.sql.length || (plain.length === known.sql.length && plain < known.sql))
      best.set(id, { role, sql: plain });
  }
  return [...best].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, statement]) => statement);
}
