import type { Instant } from "#platform/clock";
import { rowSet, sql, type Tx, ts } from "#platform/db";
import type { Understanding } from "../domain/understand.ts";

/** Labels with the words that made them; empty once the message is gone. Our own messages carry the language only. */
export type Detail = Partial<Understanding> & {
  /** History: it opens no work. Kept so that the labels can be said again. */
  backfilled: boolean;
  /** The account's own model of what needs an answer: how sure it is, 0 to 1. A hint for people; the policy decides. */
  actionable?: { score: number };
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
export type LabelRow = Omit<UnderstandingRow, "detail">;

export async function findLabels(tx: Tx, messageIds: readonly string[]): Promise<LabelRow[]> {
  if (messageIds.length === 0) return [];
  const found = await sql<LabelRow>`
    select message_id as "messageId", model_version as "modelVersion", language, writing_direction as direction, noise, addressed, intent, sentiment, risks,
      gratitude, thanks_only as "thanksOnly", at
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
} as const;

/** Writes what is understood of a run of messages in one statement; a message understood again is overwritten. */
export async function saveUnderstandings(tx: Tx, rows: readonly UnderstandingRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into understanding (account_id, message_id, model_version, language, writing_direction, noise, addressed, intent, sentiment, risks, gratitude, thanks_only, detail, at)
    select ${tx.accountId}, r."messageId", r."modelVersion", r.language, r.direction, r.noise, r.addressed, r.intent, r.sentiment, r.risks, r.gratitude, r."thanksOnly", r.detail, ${ts(tx.now)}
    from ${rowSet(
      SAVED,
      rows.map((row) => ({ ...row, detail: brief(row.detail) })),
    )} r
    on conflict (account_id, message_id) do update set model_version = excluded.model_version, language = excluded.language, writing_direction = excluded.writing_direction,
      noise = excluded.noise, addressed = excluded.addressed, intent = excluded.intent, sentiment = excluded.sentiment, risks = excluded.risks,
      gratitude = excluded.gratitude, thanks_only = excluded.thanks_only, detail = excluded.detail, at = excluded.at`.execute(
    tx.tables(),
  );
}

/** The text of these messages is gone on the network: the words taken from it go too, the labels stay for the figures. */
export async function forgetWords(tx: Tx, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`update understanding set detail = jsonb_build_object('backfilled', detail->'backfilled')
    where account_id = ${tx.accountId} and message_id = any(${[...messageIds]}::uuid[])`.execute(tx.tables());
}
