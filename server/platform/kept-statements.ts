import type { ClientBase, QueryConfig } from "pg";
import type { Millis } from "./clock.ts";

/** So often a text is asked before it is worth a name. */
const OFTEN = 8;
/** Names on one connection: the server keeps a plan for each. */
const MOST_NAMES = 200;
/** Texts that are counted. What is built for a number of rows comes in many shapes, each seldom. */
const MOST_TEXTS = 2_000;
/**
 * A plan that is kept was made for the tables as they were, and PostgreSQL makes it anew only when it counts them again: about once a
 * minute. In an empty database that is being filled an old plan would read whole tables until then. So names are given up after half the
 * time that the process has been asking: no table has doubled since.
 */
const SHORTEST_MS: Millis = 2_000;
const LONGEST_MS: Millis = 60_000;

/** What a kept statement gives has other columns now: a table was changed. The same text asked again is prepared anew. */
export const TABLE_CHANGED = "0A000";

/** Where the driver remembers what it has prepared, by name. */
interface Prepared {
  connection?: { parsedStatements?: Record<string, string> };
}
type Ask = (query: QueryConfig | string, values?: unknown[], callback?: unknown) => unknown;

export interface KeptStatements {
  /** From now on what this connection is often asked is parsed and planned once and not each time. */
  keepOn(client: ClientBase): void;
}

/** Counts texts over all connections of a process. `elapsed` is a clock that only goes forward. */
export function keptStatements(elapsed: () => Millis = () => performance.now()): KeptStatements {
  const asked = new Map<string, number>();
  const born = elapsed();
  const lasts = () => Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (elapsed() - born) / 2));

  function isOften(text: string): boolean {
    const times = (asked.get(text) ?? 0) + 1;
    if (times === 1 && asked.size >= MOST_TEXTS) asked.clear();
    asked.set(text, times);
    return times > OFTEN;
  }

  function keepOn(client: ClientBase): void {
    // Looked up at each call: whoever listens to all connections of a process does so there.
    const { query } = Object.getOwnPropertyDescriptors(client);
    const ask: Ask = (...all) => ((query?.value ?? Object.getPrototypeOf(client).query) as Ask).apply(client, all);
    const prepared = (client as Prepared).connection;
    const names = new Map<string, string>();
    let [since, made, unfit] = [elapsed(), 0, false];

    function giveUp(): void {
      const former = [...names.values()];
      names.clear();
      unfit = false;
      // What was asked before this and still waits its turn is asked by its former name: the driver forgets that only afterwards, or it would
      // prepare it a second time. Refused in a transaction that has failed: names are never used again, so it does not matter.
      const forget = () => {
        for (const name of former) delete prepared?.parsedStatements?.[name];
      };
      (ask("deallocate all") as Promise<unknown>).then(forget, forget);
    }

    function nameOf(text: string): string | undefined {
      if (names.size > 0 && (unfit || elapsed() - since > lasts())) giveUp();
      const known = names.get(text);
      if (known !== undefined || !isOften(text) || names.size >= MOST_NAMES) return known;
      if (names.size === 0) since = elapsed();
      const name = `kept_${++made}`;
      names.set(text, name);
      return name;
    }

    const keeping: Ask = (query, values, callback) => {
      const config = typeof query === "string" ? { text: query, values } : query;
      // Others' own query objects, names and callbacks are left alone; without values there is nothing to gain.
      const plain = callback === undefined && !("submit" in config) && !config.name;
      const name = plain && config.values && config.values.length > 0 ? nameOf(config.text) : undefined;
      if (name === undefined) return ask(query, values, callback);
      return (ask({ ...config, name }) as Promise<unknown>).catch((error: { code?: string }) => {
        unfit ||= error.code === TABLE_CHANGED;
        throw error;
      });
    };
    client.query = keeping as typeof client.query;
  }

  return { keepOn };
}
