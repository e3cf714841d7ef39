import { type DatabaseConnection, DefaultQueryExecutor, Kysely, PostgresDialect } from "kysely";

// Only the words of PostgreSQL are taken from it; connections are handed in.
const dialect = new PostgresDialect({ pool: () => Promise.reject(new Error("This builder has no pool.")) });
const [driver, compiler, adapter] = [dialect.createDriver(), dialect.createQueryCompiler(), dialect.createAdapter()];

/** The query builder over a connection that is held already. It does not queue: the connection keeps the order. */
export function tablesOver(connection: DatabaseConnection): Kysely<unknown> {
  const executor = new DefaultQueryExecutor(compiler, adapter, { provideConnection: (use) => use(connection) });
  return new Kysely<unknown>({ config: { dialect }, dialect, driver, executor });
}
