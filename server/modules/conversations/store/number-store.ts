import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { CLAMP_MS } from "../domain/episode.ts";

/** So many of the earliest messages that name a number are looked at: from the third person on it is something public. */
const NAMINGS_EACH = 6;
const NEWEST_EACH = 20;
/** The first id of an instant. A message's id carries its own time, which its place may move by what it answers (`settleTimes`). */
const FIRST = new Uint8Array(10);

/** Remembers which numbers messages of customers name. */
export async function saveNumbers(tx: Tx, named: readonly { number: string; messageId: string }[]): Promise<void> {
  if (named.length === 0) return;
  await sql`
    insert into said_number (account_id, number, message_id)
    select ${tx.accountId}, r.number, r."messageId" from jsonb_to_recordset(${json(named)}::jsonb) as r(number text, "messageId" uuid)
    on conflict do nothing`.execute(tx.tables());
}

/** The earliest messages that name each of these numbers, without those that are being decided. */
export async function messagesNaming(
  tx: Tx,
  numbers: readonly string[],
  except: readonly string[],
): Promise<{ number: string; messageId: string }[]> {
  if (numbers.length === 0) return [];
  const found = await sql<{ number: string; messageId: string }>`
    select w.number, n.message_id as "messageId" from unnest(${[...new Set(numbers)]}::text[]) as w(number) cross join lateral (
      select message_id from said_number where account_id = ${tx.accountId} and number = w.number and message_id <> all(${[...except]}::uuid[])
      order by message_id limit ${NAMINGS_EACH}) n`.execute(tx.tables());
  return found.rows;
}

/** Messages that name one of these numbers and were said since; of a number that very many name the newest, which change nothing. */
export async function namedSince(
  tx: Tx,
  numbers: readonly { number: string; at: Instant }[],
  except: readonly string[],
): Promise<string[]> {
  if (numbers.length === 0) return [];
  const found = await sql<{ id: string }>`
    select distinct p.message_id as id
    from unnest(${numbers.map((n) => n.number)}::text[], ${numbers.map((n) => uuidv7(n.at - CLAMP_MS, FIRST))}::uuid[], ${numbers.map((n) => ts(n.at))}::timestamptz[]) as w(number, since, at)
    cross join lateral (
      select message_id from said_number where account_id = ${tx.accountId} and number = w.number and message_id >= w.since and message_id <> all(${[...except]}::uuid[])
      order by message_id desc limit ${NEWEST_EACH}) n
    cross join lateral (select message_id from placement where account_id = ${tx.accountId} and message_id = n.message_id and sent_at >= w.at offset 0) p`.execute(
    tx.tables(),
  );
  return found.rows.map((r) => r.id);
}
