import { parseArgs } from "node:util";
import { asOwner } from "#platform/as-owner";
import { type Database, sql } from "#platform/db";
import { PARTITIONED } from "#platform/migrate";
import { readConfig } from "../config.ts";
import { type Command, EXIT } from "./command.ts";
import { withDatabase } from "./open-database.ts";

/** One figure of the report; `wrong` when somebody has to look. */
interface Line {
  what: string;
  is: string;
  wrong: boolean;
}

/** Readers this far behind are not just busy. */
const BEHIND = 10_000;
const ASK_MS = 3_000;

export const health: Command = {
  usage: `npm run hubbub -- health [--url ADDRESS]

Asks the server whether it is ready, and the database what waits: events not numbered or not read, parked events, the outbox,
rows in default partitions (their ids carry a time far from now). Marks with ! what somebody has to look at, and then ends with 1.

  --url  address of the server; by default the one npm start would use here (PORT)`,

  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: { url: { type: "string" } } });
    const url = (values.url ?? `http://127.0.0.1:${readConfig(io.env).port}`).replace(/\/+$/, "");
    return withDatabase(io, {}, async ({ db, address, where, serverRuns }) => {
      // A server that answers here although nobody runs this database is another one's.
      const asked = values.url !== undefined || serverRuns || io.env.DATABASE_URL !== undefined;
      const server = asked ? await askServer(url) : { what: "server", is: "does not run", wrong: false };
      const lines = [server, ...(await askDatabase(db)), ...(await strayRows(address.owner))];
      io.out(`Database: ${where}`);
      for (const { what, is, wrong } of lines) io.out(`${wrong ? "!" : " "} ${what.padEnd(28)}${is}`);
      return lines.some((l) => l.wrong) ? EXIT.findings : EXIT.ok;
    });
  },
};

/** A server that does not run is no fault here; one that runs and is not ready is. */
async function askServer(url: string): Promise<Line> {
  const what = `server at ${url.replace(/^https?:\/\//, "")}`;
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ASK_MS) });
    const { ready, reasons } = (await answer.json()) as { ready: boolean; reasons: { reason: string }[] };
    return { what, is: ready ? "ready" : reasons.map((r) => r.reason).join("; "), wrong: !ready };
  } catch (error) {
    const slow = (error as Error).name === "TimeoutError";
    return { what, is: slow ? "does not answer" : "does not run", wrong: slow };
  }
}

/** Named statements of the system role. */
async function askDatabase(db: Database): Promise<Line[]> {
  return db.asSystem(async (trx) => {
    const lines: Line[] = [];
    const counts = await sql<{ unnumbered: number; parked: number }>`
      select (select count(*) from event where position is null)::int as unnumbered, (select count(*) from parked_event)::int as parked`.execute(
      trx,
    );
    const { unnumbered, parked } = counts.rows[0]!;
    lines.push({ what: "events not numbered", is: String(unnumbered), wrong: unnumbered > BEHIND });
    const lag = await sql<{ reader: string; behind: number }>`
      select c.reader, max(greatest(h.position - c.position, 0))::float8 as behind
      from reader_cursor c join journal_head h using (account_id) group by 1 order by 1`.execute(trx);
    for (const { reader, behind } of lag.rows)
      lines.push({ what: `unread by ${reader}`, is: String(behind), wrong: behind > BEHIND });
    lines.push({ what: "parked events", is: String(parked), wrong: parked > 0 });
    const outbox = await sql<{ state: string; n: number }>`
      select state, count(*)::int as n from delivery where state in ('pending', 'in-flight', 'unknown', 'held', 'failed') group by 1 order by 1`.execute(
      trx,
    );
    for (const { state, n } of outbox.rows)
      lines.push({ what: `outbox ${state}`, is: String(n), wrong: state === "unknown" || state === "held" });
    if (outbox.rows.length === 0) lines.push({ what: "outbox", is: "empty", wrong: false });
    const late = await sql<{ n: number }>`select count(*)::int as n from timer where tries > 0`.execute(trx);
    lines.push({ what: "timers that failed", is: String(late.rows[0]!.n), wrong: late.rows[0]!.n > 0 });
    return lines;
  });
}

async function strayRows(ownerUrl: string): Promise<Line[]> {
  return asOwner(ownerUrl, "health", async (owner) => {
    const lines: Line[] = [];
    for (const table of PARTITIONED) {
      const { rows } = await owner.query<{ n: number }>(`select count(*) as n from ${table}_default`);
      const n = Number(rows[0]!.n);
      if (n > 0) lines.push({ what: `${table} in default partition`, is: String(n), wrong: true });
    }
    return lines.length > 0 ? lines : [{ what: "default partitions", is: "empty", wrong: false }];
  });
}
