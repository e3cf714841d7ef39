import type { Database } from "../../server/platform/db.ts";
import { Cut, type Fate, type Life, NEVER } from "./fate.ts";

const lost = () => Object.assign(new Error("the connection to the database was lost"), { code: "ECONNRESET" });

/**
 * The real database behind a seam that can fail: refused before a transaction begins, rolled back at its last step, or lost
 * after its commit, when nobody can tell. A crash takes the process at the same places.
 */
export function crashingDatabase(inner: Database, fate: Fate, life: Life): Database {
  async function through<T>(run: (stop: () => void) => Promise<T>): Promise<T> {
    if (life.dead) return NEVER;
    const result = await fate.inTurn(async (): Promise<{ value: T } | { end: "fail" | "crash"; error?: unknown }> => {
      const begins = fate.cross(life, "begin");
      if (begins !== "go") return { end: begins };
      try {
        const value = await run(() => {
          const commits = fate.cross(life, "commit");
          if (commits !== "go") throw new Cut(commits);
        });
        const told = fate.cross(life, "committed");
        return told === "go" ? { value } : { end: told };
      } catch (error) {
        if (error instanceof Cut) return { end: error.verdict as "fail" | "crash" };
        return { end: "fail", error };
      }
    });
    if (life.dead) return NEVER;
    if ("value" in result) return result.value;
    throw result.error ?? lost();
  }
  return {
    address: inner.address,
    // What a process knew goes with it.
    home: {},
    withAccount: (accountId, run, opts) =>
      through((stop) =>
        inner.withAccount(
          accountId,
          async (tx) => {
            const done = await run(tx);
            stop();
            return done;
          },
          opts,
        ),
      ),
    asSystem: (run) =>
      through((stop) =>
        inner.asSystem(async (trx) => {
          const done = await run(trx);
          stop();
          return done;
        }),
      ),
    askSystem: (statement) =>
      through((stop) =>
        inner.asSystem(async (trx) => {
          const { rows } = await statement.execute(trx);
          stop();
          return rows;
        }),
      ),
    // Nothing wakes by itself here: each step is taken by hand, in an order the seed knows.
    listen: async () => ({ close: async () => {} }),
    onJournalWrite: () => {},
    close: async () => {},
  };
}
