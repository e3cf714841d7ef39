import type { Desk } from "./server.ts";

/** Makes a conversation as long as wanted: copies of one message, one a minute, named Line 0 and on, ending where that one stands. */
export async function manyMessages(desk: Desk, like: { id: string; at: string }, count: number): Promise<number> {
  const begin = Date.parse(like.at) - count * 60_000;
  const ms = `(${begin} + n::bigint * 60000)`;
  const name = `(lpad(to_hex(${ms}), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid`;
  const when = `(timestamptz 'epoch' + ${ms} * interval '1 millisecond')`;
  const copies = { external_id: "'made-' || n", sent_at: when, received_at: when, text: "'Line ' || n" };
  const multiply = async (table: string, key: string) => {
    const columns = await desk.database.query<{ name: string }>(
      "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1",
      [table],
    );
    const made: Record<string, string> = { ...copies, [key]: name };
    const names = columns.map((column) => column.name);
    const values = names.map((one) => (Object.hasOwn(made, one) ? made[one] : `t."${one}"`));
    await desk.database.query(
      `insert into ${table} (${names.map((one) => `"${one}"`).join()}) select ${values.join()} from ${table} t, generate_series(0, ${count - 1}) n where t."${key}" = $1`,
      [like.id],
    );
  };
  await Promise.all([multiply("message", "id"), multiply("placement", "message_id")]);
  return begin;
}
