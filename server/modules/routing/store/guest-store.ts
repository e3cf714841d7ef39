import { sql, type Tx } from "#platform/db";
import { routing } from "./tables.ts";

/** Work in which one of these agents is a guest. Few have any at a time: an index holds them. */
export async function workWithGuests(tx: Tx, agentIds: readonly string[]): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    select w.id from work_item w where w.account_id = ${tx.accountId} and w.has_guests and exists (
      select 1 from jsonb_array_elements(w.guests) g where (g->>'agentId')::uuid = any(${[...agentIds]}::uuid[]))`.execute(
    routing(tx),
  );
  return rows.rows.map((row) => row.id);
}
