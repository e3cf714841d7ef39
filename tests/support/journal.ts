import { type Database, sql } from "../../server/platform/db.ts";
import type { AccountId } from "../../server/platform/ids.ts";

/**
 * Gives positions to one account's events, as the sequencer does. The sequencer's lease is one for the whole database:
 * test files with clocks of their own would keep it from each other for days. Here its row is only locked, for a moment.
 */
export async function numberEvents(db: Database, accountId: AccountId): Promise<void> {
  await db.asSystem(async (trx) => {
    await sql`insert into lease (name, holder, token, expires_at) values ('sequencer', 'nobody', 0, 'epoch') on conflict do nothing`.execute(
      trx,
    );
    await sql`select 1 from lease where name = 'sequencer' for update`.execute(trx);
    await sql`
      with fresh as (
        select id, ord from event where account_id = ${accountId} and position is null
      ), head as (
        insert into journal_head as h (account_id, position) select ${accountId}, count(*) from fresh
        on conflict (account_id) do update set position = h.position + excluded.position returning position
      )
      update event e set position = n.position
      from (select f.id, head.position - count(*) over () + row_number() over (order by f.ord) as position from fresh f, head) n
      where e.account_id = ${accountId} and e.id = n.id`.execute(trx);
  });
}
