import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import type { Cursor } from "../domain/adapter.ts";

export async function findCursor(tx: Tx, channelId: string, stream: string): Promise<Cursor | undefined> {
  const found =
    await sql<Cursor>`select value, version from channel_cursor where account_id = ${tx.accountId} and channel_id = ${channelId} and stream = ${stream}`.execute(
      tx.tables(),
    );
  return found.rows[0];
}

/** Moves the cursor on if nobody else did meanwhile; false: the page belongs to another reader and is thrown away. */
export async function moveCursor(
  tx: Tx,
  channelId: string,
  stream: string,
  from: Cursor | undefined,
  value: string,
): Promise<boolean> {
  const done = from
    ? await sql`update channel_cursor set value = ${value}, version = version + 1, updated_at = ${ts(tx.now)}
        where account_id = ${tx.accountId} and channel_id = ${channelId} and stream = ${stream} and version = ${from.version}`.execute(
        tx.tables(),
      )
    : await sql`insert into channel_cursor (account_id, channel_id, stream, value, version, updated_at)
        values (${tx.accountId}, ${channelId}, ${stream}, ${value}, 1, ${ts(tx.now)}) on conflict do nothing`.execute(
        tx.tables(),
      );
  return Number(done.numAffectedRows ?? 0) === 1;
}

export async function dropCursor(tx: Tx, channelId: string, stream: string): Promise<void> {
  await sql`delete from channel_cursor where account_id = ${tx.accountId} and channel_id = ${channelId} and stream = ${stream}`.execute(
    tx.tables(),
  );
}

/** The stream was read to its end at this moment. */
export async function streamEnded(tx: Tx, channelId: string, stream: string): Promise<void> {
  await sql`update channel_cursor set ended_at = ${ts(tx.now)} where account_id = ${tx.accountId} and channel_id = ${channelId} and stream = ${stream}`.execute(
    tx.tables(),
  );
}

/** After a pause nobody is behind: when each stream was last at its end is not known any more. */
export async function forgetEnds(tx: Tx, channelId: string): Promise<void> {
  await sql`update channel_cursor set ended_at = null where account_id = ${tx.accountId} and channel_id = ${channelId}`.execute(
    tx.tables(),
  );
}

/** When each stream was last read to its end, where that is known. */
export async function streamEnds(tx: Tx): Promise<{ channelId: string; stream: string; endedAt: Instant }[]> {
  const found = await sql<{ channelId: string; stream: string; endedAt: Instant }>`
    select channel_id as "channelId", stream, ended_at as "endedAt" from channel_cursor
    where account_id = ${tx.accountId} and ended_at is not null`.execute(tx.tables());
  return found.rows;
}

export interface Gap {
  id: string;
  channelId: string;
  stream: string;
  reason: string;
  openedAt: Instant;
  filledAt: Instant | null;
}

export async function openGap(
  tx: Tx,
  gap: { id: string; channelId: string; stream: string; from: string | null; to: string | null; reason: string },
): Promise<void> {
  await sql`insert into channel_gap (account_id, id, channel_id, stream, from_value, to_value, reason, opened_at)
    values (${tx.accountId}, ${gap.id}, ${gap.channelId}, ${gap.stream}, ${gap.from}, ${gap.to}, ${gap.reason}, ${ts(tx.now)})`.execute(
    tx.tables(),
  );
}

/** The stream has brought what was missing. `refilling` gaps carry a `to_value` of null until then. */
export async function fillGaps(tx: Tx, channelId: string, stream: string): Promise<Gap[]> {
  const done = await sql<Gap>`update channel_gap set filled_at = ${ts(tx.now)}
    where account_id = ${tx.accountId} and channel_id = ${channelId} and stream = ${stream} and filled_at is null and to_value is null
    returning id, channel_id as "channelId", stream, reason, opened_at as "openedAt", filled_at as "filledAt"`.execute(
    tx.tables(),
  );
  return done.rows;
}

/** An open gap is to be read again from the history; false when there is no such gap. */
export async function askGapFill(tx: Tx, channelId: string, gapId: string): Promise<boolean> {
  const done = await sql`update channel_gap set fill_asked_at = ${ts(tx.now)}
    where account_id = ${tx.accountId} and id = ${gapId} and channel_id = ${channelId} and filled_at is null`.execute(
    tx.tables(),
  );
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** The history was read to its end: the gaps it was read for are filled. */
export async function fillAskedGaps(tx: Tx, channelId: string): Promise<Gap[]> {
  const done = await sql<Gap>`update channel_gap set filled_at = ${ts(tx.now)}
    where account_id = ${tx.accountId} and channel_id = ${channelId} and filled_at is null and fill_asked_at is not null
    returning id, channel_id as "channelId", stream, reason, opened_at as "openedAt", filled_at as "filledAt"`.execute(
    tx.tables(),
  );
  return done.rows;
}

/** Where each stream of each channel stands. */
export async function allCursors(tx: Tx): Promise<{ channelId: string; stream: string; value: string }[]> {
  const found = await sql<{ channelId: string; stream: string; value: string }>`
    select channel_id as "channelId", stream, value from channel_cursor where account_id = ${tx.accountId} order by 1, 2`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Channels with a gap of this reason that the stream has not closed yet. */
export async function channelsWithGap(tx: Tx, reasonBegins: string): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(distinct channel_id)::int as n from channel_gap
    where account_id = ${tx.accountId} and filled_at is null and to_value is null and starts_with(reason, ${reasonBegins})`.execute(
    tx.tables(),
  );
  return found.rows[0]?.n ?? 0;
}

/** Open gaps, and those of the last day. */
export async function recentGaps(tx: Tx, since: Instant): Promise<Gap[]> {
  const found =
    await sql<Gap>`select id, channel_id as "channelId", stream, reason, opened_at as "openedAt", filled_at as "filledAt" from channel_gap
    where account_id = ${tx.accountId} and (filled_at is null or opened_at >= ${ts(since)}) order by opened_at desc limit 200`.execute(
      tx.tables(),
    );
  return found.rows;
}
