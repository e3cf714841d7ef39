import { json, sql, type Tx, ts } from "#platform/db";

/** What an agent set, by name. */
export async function findPreferences(tx: Tx, agentId: string): Promise<Record<string, unknown>> {
  const rows = await sql<{ name: string; value: unknown }>`
    select name, value from agent_preference where account_id = ${tx.accountId} and agent_id = ${agentId}`.execute(
    tx.tables(),
  );
  return Object.fromEntries(rows.rows.map((row) => [row.name, row.value]));
}

/** Sets several at once; the last writer counts: it is one person's own. */
export async function savePreferences(
  tx: Tx,
  agentId: string,
  values: readonly { name: string; value: unknown }[],
): Promise<void> {
  if (values.length === 0) return;
  await sql`
    insert into agent_preference as p (account_id, agent_id, name, value, saved_at)
    select ${tx.accountId}, ${agentId}, v.name, v.value, ${ts(tx.now)} from jsonb_to_recordset(${json(values)}::jsonb) as v(name text, value jsonb)
    on conflict (account_id, agent_id, name) do update set value = excluded.value, saved_at = excluded.saved_at, version = p.version + 1`.execute(
    tx.tables(),
  );
}
