import { sql } from "kysely";
import type { Instant, Millis } from "./clock.ts";
import type { Database } from "./db.ts";

/** A named right held by one process for a time. `token` grows with every holder: writers name it, so a late one is refused. */
export interface Lease {
  readonly name: string;
  readonly token: number;
}

/** Clocks of one installation differ by less. A lease that lasts longer than its time and this was taken by a clock that was put back since. */
const CLOCKS_DIFFER: Millis = 60_000;

/** Takes the lease when it is free, run out, or already this holder's; null when another holds it. */
export async function takeLease(
  db: Database,
  name: string,
  holder: string,
  now: Instant,
  forMs: Millis,
): Promise<Lease | null> {
  const until = new Date(now + forMs);
  const rows = await db.asSystem((trx) =>
    sql<{ token: number }>`
      insert into lease as l (name, holder, token, expires_at) values (${name}, ${holder}, 1, ${until})
      on conflict (name) do update set holder = ${holder}, token = l.token + 1, expires_at = ${until}
        where l.expires_at < ${new Date(now)} or l.holder = ${holder} or l.expires_at > ${new Date(now + forMs + CLOCKS_DIFFER)}
      returning token`.execute(trx),
  );
  const token = rows.rows[0]?.token;
  return token === undefined ? null : { name, token };
}

/** Prolongs; false when somebody else took it meanwhile. */
export async function keepLease(db: Database, lease: Lease, now: Instant, forMs: Millis): Promise<boolean> {
  const done = await db.asSystem((trx) =>
    sql`update lease set expires_at = ${new Date(now + forMs)} where name = ${lease.name} and token = ${lease.token}`.execute(
      trx,
    ),
  );
  return Number(done.numAffectedRows ?? 0) > 0;
}

export async function dropLease(db: Database, lease: Lease): Promise<void> {
  await db.asSystem((trx) =>
    sql`update lease set expires_at = 'epoch' where name = ${lease.name} and token = ${lease.token}`.execute(trx),
  );
}
