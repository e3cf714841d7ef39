import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";

export type DailyAnswer = "yes" | "no" | "skip";

export interface DailyPost {
  place: number;
  messageId: string;
  task: string;
  /** How probable "yes" was when it was chosen. */
  likely: number;
  answer: DailyAnswer | null;
  answeredBy: string | null;
  answeredAt: Instant | null;
}

export async function findDaily(tx: Tx, day: string): Promise<DailyPost[]> {
  const found = await sql<DailyPost>`
    select place, message_id as "messageId", task, likely, answer, answered_by as "answeredBy", answered_at as "answeredAt"
    from daily_post where account_id = ${tx.accountId} and day = ${day} order by place`.execute(tx.tables());
  return found.rows;
}

/** Two who look first at the same moment get the same: one waits for the other's rows. */
export async function insertDaily(
  tx: Tx,
  day: string,
  posts: readonly { place: number; messageId: string; task: string; likely: number }[],
): Promise<void> {
  if (posts.length === 0) return;
  await sql`insert into daily_post (account_id, day, place, message_id, task, likely)
    select ${tx.accountId}, ${day}, r.place, r.message_id, r.task, r.likely
    from unnest(${posts.map((p) => p.place)}::int[], ${posts.map((p) => p.messageId)}::uuid[], ${posts.map((p) => p.task)}::text[], ${posts.map((p) => p.likely)}::real[])
      as r(place, message_id, task, likely)
    on conflict do nothing`.execute(tx.tables());
}

export async function saveAnswer(
  tx: Tx,
  day: string,
  place: number,
  answer: DailyAnswer,
  by: string | null,
): Promise<void> {
  await sql`update daily_post set answer = ${answer}, answered_by = ${by}, answered_at = ${ts(tx.now)}
    where account_id = ${tx.accountId} and day = ${day} and place = ${place}`.execute(tx.tables());
}

/** What the models said of the newest messages that nobody has marked: of our own there is nothing to ask. */
export interface Unmarked {
  messageId: string;
  noise: string | null;
  noiseSure: number | null;
  gratitude: boolean;
  thanksOnly: boolean;
  gratitudeSure: number | null;
  intentSure: number | null;
  actionable: number | null;
}

export async function newestUnmarked(tx: Tx, limit: number): Promise<Unmarked[]> {
  const found = await sql<Unmarked>`
    select message_id as "messageId", detail->'noise'->>'value' as noise, (detail->'noise'->>'score')::float8 as "noiseSure", gratitude, thanks_only as "thanksOnly",
      (detail->'gratitude'->>'score')::float8 as "gratitudeSure", (detail->'intent'->>'score')::float8 as "intentSure", (detail->'actionable'->>'score')::float8 as actionable
    from (select message_id, detail, gratitude, thanks_only from understanding where account_id = ${tx.accountId} order by message_id desc limit ${limit}) u
    where jsonb_exists(detail, 'noise') and not jsonb_exists(detail, 'marked')`.execute(tx.tables());
  return found.rows;
}
