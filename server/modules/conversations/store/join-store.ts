import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts } from "#platform/db";

export type JoinKind = "merge" | "split" | "move" | "link";

/** What a person put together or apart. Instants are epoch milliseconds. */
export interface JoinAct {
  id: string;
  /** Its place in the order in which the account's acts were made. */
  ordinal: number;
  kind: JoinKind;
  /** The conversation that has it since: merged into, split off as, moved to, linked with. */
  targetId: string;
  sourceId: string;
  /** Null: a program. */
  byAgent: string | null;
  at: Instant;
  messages: number;
  episodes: string[];
  /** Who had which work before; the desk gives it back. */
  work: WorkBefore[];
  undoneAt: Instant | null;
  undoneBy: string | null;
}
export interface WorkBefore {
  episodeId: string;
  ownerId: string | null;
  /** Who had it after the act. */
  gaveTo: string | null;
  crisis: boolean;
}

const COLUMNS = sql`a.id, a.ordinal, a.kind, a.target_id as "targetId", a.source_id as "sourceId", a.by_agent as "byAgent", a.at, a.messages, a.episodes, a.work,
  a.undone_at as "undoneAt", a.undone_by as "undoneBy"`;

/** One act at a time in an account: a person's pace, and two who cross wait instead of failing. Taken before any row. */
export async function lockJoins(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('joins ' || ${tx.accountId}::text, 0))`.execute(tx.tables());
}

/** Under the lock: acts are numbered in their order. */
export async function insertAct(
  tx: Tx,
  act: Pick<JoinAct, "id" | "kind" | "targetId" | "sourceId" | "byAgent" | "messages" | "episodes"> & {
    /** The act or statement about customers that this one follows. */
    becauseOf: string | null;
  },
  messageIds: readonly string[],
): Promise<void> {
  await sql`
    insert into join_act (account_id, id, ordinal, kind, target_id, source_id, by_agent, at, messages, episodes, because_of)
    select ${tx.accountId}, ${act.id}, coalesce((select max(ordinal) from join_act where account_id = ${tx.accountId}), 0) + 1, ${act.kind}, ${act.targetId}, ${act.sourceId},
      ${act.byAgent}, ${ts(tx.now)}, ${act.messages}, ${json(act.episodes)}::jsonb, ${act.becauseOf}::uuid`.execute(
    tx.tables(),
  );
  if (messageIds.length === 0) return;
  await sql`
    insert into join_move (account_id, act_id, message_id, to_conversation)
    select ${tx.accountId}, ${act.id}, m, ${act.targetId} from unnest(${[...messageIds]}::uuid[]) as m`.execute(
    tx.tables(),
  );
}

export async function markUndone(tx: Tx, actId: string, by: string | null): Promise<void> {
  await sql`update join_act set undone_at = ${ts(tx.now)}, undone_by = ${by} where account_id = ${tx.accountId} and id = ${actId}`.execute(
    tx.tables(),
  );
}

export async function noteWork(tx: Tx, actId: string, work: readonly WorkBefore[]): Promise<void> {
  await sql`update join_act set work = ${json(work)}::jsonb where account_id = ${tx.accountId} and id = ${actId}`.execute(
    tx.tables(),
  );
}

export async function findAct(tx: Tx, id: string): Promise<JoinAct | undefined> {
  const found =
    await sql<JoinAct>`select ${COLUMNS} from join_act a where a.account_id = ${tx.accountId} and a.id = ${id}`.execute(
      tx.tables(),
    );
  return found.rows[0];
}

/** Acts that name one of these conversations, newest first; undone ones as well. */
export async function actsOn(tx: Tx, conversationIds: readonly string[], limit: number): Promise<JoinAct[]> {
  const ids = [...new Set(conversationIds)];
  const found = await sql<JoinAct>`
    select ${COLUMNS} from (
      select id from join_act where account_id = ${tx.accountId} and target_id = any(${ids}::uuid[])
      union select id from join_act where account_id = ${tx.accountId} and source_id = any(${ids}::uuid[])
    ) f join join_act a on a.account_id = ${tx.accountId} and a.id = f.id order by a.ordinal desc limit ${limit}`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Acts in force that followed an act or statement about customers, newest first. */
export async function actsBecauseOf(tx: Tx, causeId: string): Promise<JoinAct[]> {
  const found = await sql<JoinAct>`select ${COLUMNS} from join_act a
    where a.account_id = ${tx.accountId} and a.because_of = ${causeId} and a.undone_at is null order by a.ordinal desc`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Acts that chose one of these messages, oldest first; undone ones as well. */
export async function movesOf(tx: Tx, messageIds: readonly string[]): Promise<(JoinAct & { messageId: string })[]> {
  if (messageIds.length === 0) return [];
  const found = await sql<JoinAct & { messageId: string }>`
    select ${COLUMNS}, m.message_id as "messageId" from join_move m join join_act a on a.account_id = ${tx.accountId} and a.id = m.act_id
    where m.account_id = ${tx.accountId} and m.message_id = any(${[...messageIds]}::uuid[]) order by a.ordinal`.execute(
    tx.tables(),
  );
  return found.rows;
}

export async function messagesOfAct(tx: Tx, actId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select message_id as id from join_move where account_id = ${tx.accountId} and act_id = ${actId} order by message_id`.execute(
    tx.tables(),
  );
  return found.rows.map((r) => r.id);
}

/** The merges in force that hang together with these conversations, each from → into. */
export async function mergesAround(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ sourceId: string; targetId: string }>`
    with recursive near(id) as (
      select unnest(${[...new Set(conversationIds)]}::uuid[])
      union select n.id from near cross join lateral (
        select target_id as id from join_act where account_id = ${tx.accountId} and source_id = near.id and kind = 'merge' and undone_at is null
        union all select source_id from join_act where account_id = ${tx.accountId} and target_id = near.id and kind = 'merge' and undone_at is null) n
    ) select a.source_id as "sourceId", a.target_id as "targetId" from near
    join join_act a on a.account_id = ${tx.accountId} and a.source_id = near.id and a.kind = 'merge' and a.undone_at is null`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map((r) => [r.sourceId, r.targetId]));
}

/** Where old addresses lead: each of these conversations that is part of another one now, with the one that has it. */
export async function findRedirects(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await sql<{ id: string; now: string }>`
    with recursive way(id, now, next, step) as (
      select c.id, c.merged_into, n.merged_into, 1 from conversation c left join conversation n on n.account_id = ${tx.accountId} and n.id = c.merged_into
      where c.account_id = ${tx.accountId} and c.id = any(${[...new Set(ids)]}::uuid[]) and c.merged_into is not null
      union all select w.id, n.id, n.merged_into, w.step + 1 from way w join conversation n on n.account_id = ${tx.accountId} and n.id = w.next where w.step < 50
    ) select distinct on (id) id, now from way order by id, step desc`.execute(tx.tables());
  return new Map(found.rows.map((r) => [r.id, r.now]));
}
