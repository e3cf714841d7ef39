import type { Instant } from "#platform/clock";
import { rowSet, sql, type Tx, ts } from "#platform/db";
import type { Beside } from "../domain/beside.ts";
import type { Hit } from "../domain/matching/books.ts";
import type { Understanding } from "../domain/understand.ts";
import type { HitFacts } from "./hit-facts.ts";

/** Labels with the words that made them; empty once the message is gone. Our own messages carry the language only. */
export type Detail = Partial<Understanding> &
  Beside & {
    /** History: it opens no work. Kept so that the labels can be said again. */
    backfilled: boolean;
    /** The account's own model of what needs an answer: how sure it is, 0 to 1. A hint for people; the policy decides. */
    actionable?: { score: number };
    /** So many nearly the same posts of others, or of the same author, came shortly before. */
    alike?: number;
    /** The monitors that caught it, and where in its text. */
    monitors?: readonly Hit[];
    /** What agents said of labels; it outranks every model. */
    marked?: Record<string, string>;
  };

/** What is understood of one message. Instants are epoch milliseconds. */
export interface UnderstandingRow {
  messageId: string;
  modelVersion: string;
  /** BCP 47, `und` where nobody can tell. */
  language: string;
  direction: "ltr" | "rtl";
  noise: boolean;
  addressed: string;
  intent: string;
  sentiment: string;
  risks: string[];
  gratitude: boolean;
  thanksOnly: boolean;
  detail: Detail;
  /** What nearly the same public posts share, and who wrote it; not read back. Null: nothing (any more); left out: what stands stays. */
  copyKey?: string | null;
  copyBy?: string | null;
  at: Instant;
}

export async function findUnderstandings(tx: Tx, messageIds: readonly string[]): Promise<UnderstandingRow[]> {
  if (messageIds.length === 0) return [];
  const found = await sql<UnderstandingRow>`
    select message_id as "messageId", model_version as "modelVersion", language, writing_direction as direction, noise, addressed, intent, sentiment, risks,
      gratitude, thanks_only as "thanksOnly", detail, at
    from understanding where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[])`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** The labels without the words that made them: a tenth of the row. */
export type LabelRow = Omit<UnderstandingRow, "detail" | "copyKey" | "copyBy"> & {
  /** How sure the sentiment is, 0 to 1; 1 where somebody said it. */
  sentimentSure: number;
  /** What else it tells: signals, kinds, abuse, `personal_data`, `near_copy`. */
  signals: string[];
  /** Ids of the products and places it names. */
  things: string[];
  /** Ids of the monitors that caught it. */
  monitors: string[];
};

export async function findLabels(tx: Tx, messageIds: readonly string[]): Promise<LabelRow[]> {
  if (messageIds.length === 0) return [];
  const found = await sql<LabelRow>`
    select message_id as "messageId", model_version as "modelVersion", language, writing_direction as direction, noise, addressed, intent, sentiment, risks,
      gratitude, thanks_only as "thanksOnly", at,
      case when detail->'marked'->>'sentiment' is null then coalesce((detail->'sentiment'->>'score')::float8, 0.5) else 1 end as "sentimentSure",
      jsonb_path_query_array(detail, '$.signals[*].value') || jsonb_path_query_array(detail, '$.told[*].value') || jsonb_path_query_array(detail, '$.abuse[*].value')
        || case when jsonb_exists(detail, 'personal') then '["personal_data"]'::jsonb else '[]' end
        || case when jsonb_exists(detail, 'alike') then '["near_copy"]'::jsonb else '[]' end as signals,
      jsonb_path_query_array(detail, '$.things[*].value') as things,
      jsonb_path_query_array(detail, '$.monitors[*].id') as monitors
    from understanding where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[])`.execute(
    tx.tables(),
  );
  return found.rows;
}

/** Four decimals of a score or weight say all there is to say; sixteen make the row twice as long. */
function brief(value: unknown): unknown {
  if (typeof value === "number") return Math.round(value * 10_000) / 10_000;
  if (Array.isArray(value)) return value.map(brief);
  if (value === null || typeof value !== "object") return value;
  const made: Record<string, unknown> = {};
  for (const key in value) {
    const inside = (value as Record<string, unknown>)[key];
    made[key] = typeof inside === "string" ? inside : brief(inside);
  }
  return made;
}

const SAVED = {
  messageId: "uuid",
  modelVersion: "text",
  language: "text",
  direction: "text",
  noise: "boolean",
  addressed: "text",
  intent: "text",
  sentiment: "text",
  risks: "text[]",
  gratitude: "boolean",
  thanksOnly: "boolean",
  detail: "jsonb",
  copyKey: "bigint",
  copyBy: "bigint",
} as const;

/**
 * Writes what is understood of a run of messages, and which monitors caught them, in one statement; a message understood again is
 * overwritten. `again`: those that were understood before and may have been caught by others. `facts`: of those that were caught.
 */
export async function saveUnderstandings(
  tx: Tx,
  rows: readonly UnderstandingRow[],
  again: readonly string[] = [],
  facts: ReadonlyMap<string, HitFacts> = new Map(),
): Promise<void> {
  if (rows.length === 0) return;
  const hits = rows.flatMap(({ messageId, detail }) =>
    (detail.monitors ?? []).map(({ id }) => ({ messageId, monitorId: id, ...NO_FACTS, ...facts.get(messageId) })),
  );
  const saved = insertUnderstandings(tx, rows);
  if (hits.length === 0 && again.length === 0) {
    await saved.execute(tx.tables());
    return;
  }
  const caught = rowSet(HIT, hits);
  await sql`with saved as (${saved} returning message_id), gone as (
      delete from monitor_hit h where h.account_id = ${tx.accountId} and h.message_id = any(${[...again]}::uuid[])
        and not exists (select from ${caught} c where c."monitorId" = h.monitor_id and c."messageId" = h.message_id))
    insert into monitor_hit (account_id, monitor_id, message_id, author, followers, verified, passed_on)
    select ${tx.accountId}, c."monitorId", c."messageId", c.author, c.followers, c.verified, c."passedOn" from ${caught} c
    on conflict (account_id, monitor_id, message_id) do update set looked_back = false where monitor_hit.looked_back`.execute(
    tx.tables(),
  );
}

const NO_FACTS = { author: null, followers: null, verified: null, passedOn: null };
const HIT = {
  messageId: "uuid",
  monitorId: "uuid",
  author: "bigint",
  followers: "integer",
  verified: "boolean",
  passedOn: "boolean",
} as const;

function insertUnderstandings(tx: Tx, rows: readonly UnderstandingRow[]) {
  // Either all of a run were read anew, or none was.
  const copies = rows.some((row) => row.copyKey === undefined)
    ? sql``
    : sql`copy_key = excluded.copy_key, copy_by = excluded.copy_by,`;
  return sql`
    insert into understanding (account_id, message_id, model_version, language, writing_direction, noise, addressed, intent, sentiment, risks, gratitude, thanks_only, detail, copy_key, copy_by, at)
    select ${tx.accountId}, r."messageId", r."modelVersion", r.language, r.direction, r.noise, r.addressed, r.intent, r.sentiment, r.risks, r.gratitude, r."thanksOnly", r.detail, r."copyKey", r."copyBy", ${ts(tx.now)}
    from ${rowSet(
      SAVED,
      rows.map((row) => ({ copyKey: null, copyBy: null, ...row, detail: brief(row.detail) })),
    )} r
    on conflict (account_id, message_id) do update set model_version = excluded.model_version, language = excluded.language, writing_direction = excluded.writing_direction,
      noise = excluded.noise, addressed = excluded.addressed, intent = excluded.intent, sentiment = excluded.sentiment, risks = excluded.risks,
      gratitude = excluded.gratitude, thanks_only = excluded.thanks_only, detail = excluded.detail,
      ${copies} at = excluded.at`;
}

/** The text of these messages is gone on the network: the words taken from it go too, the labels stay for the figures. */
export async function forgetWords(tx: Tx, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`with nobody as (update monitor_hit set author = null, followers = null
      where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[]))
    update understanding set copy_key = null, copy_by = null, detail = jsonb_build_object('backfilled', detail->'backfilled')
    where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[])`.execute(tx.tables());
}

/** The newest messages whose labels stand; of our own only the language is read, so they are not among them. */
export async function newestHeard(tx: Tx, limit: number): Promise<string[]> {
  const found = await sql<{ id: string }>`select message_id as id from understanding
    where account_id = ${tx.accountId} and jsonb_exists(detail, 'noise') order by message_id desc limit ${limit}`.execute(
    tx.tables(),
  );
  return found.rows.map((row) => row.id);
}

/**
 * Public posts understood since an instant that share a key, by the key: those before a message, at most 30 of each key. The first three of
 * each author come first, then the oldest, so that it matters little in which order they came in.
 */
export async function findCopies(
  tx: Tx,
  before: ReadonlyMap<string, string>,
  since: Instant,
): Promise<Map<string, { messageId: string; author: string }[]>> {
  if (before.size === 0) return new Map();
  const found = await sql<{ key: string; messageId: string; author: string }>`
    select k.key::text as key, c.message_id as "messageId", c.copy_by::text as author
    from unnest(${[...before.keys()]}::bigint[], ${[...before.values()]}::uuid[]) as k(key, id) cross join lateral (
      select message_id, copy_by from (
        select message_id, copy_by, row_number() over (partition by copy_by order by message_id) as nth from (
          select message_id, copy_by from understanding where account_id = ${tx.accountId} and copy_key = k.key and at >= ${ts(since)} and message_id < k.id
          order by at desc limit ${COPIES_SEEN}) seen) told
      order by nth > ${OF_AUTHOR}, message_id limit ${COPIES_READ}) c`.execute(tx.tables());
  return Map.groupBy(found.rows, (row) => row.key);
}
const COPIES_READ = 30;
/** In a storm there are many thousands: no more of a key are looked at. */
const COPIES_SEEN = 500;
const OF_AUTHOR = 3;

/** Writes anew which things of the account's list these messages name; nothing else of their labels changes. */
export async function saveThings(
  tx: Tx,
  rows: readonly { messageId: string; things: NonNullable<Detail["things"]> }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`update understanding u set detail = case when jsonb_array_length(r.things) = 0 then u.detail - 'things' else jsonb_set(u.detail, '{things}', r.things) end
    from ${rowSet({ messageId: "uuid", things: "jsonb" }, rows)} r
    where u.account_id = ${tx.accountId} and u.message_id = r."messageId" and jsonb_exists(u.detail, 'noise')`.execute(
    tx.tables(),
  );
}
