import type { Instant } from "#platform/clock";
import { json, sql, type Tx, ts, tsOrNull } from "#platform/db";
import type { Sensitivity } from "../domain/alarms/follow-series.ts";
import type { Hush } from "../domain/alarms/hush.ts";
import type { AlarmParts, AlarmSeverity } from "../domain/alarms/weigh-alarm.ts";

export type AlarmState = "open" | "acknowledged" | "closed";
/** `calm`: it ended by itself. `history`: it lies before the monitor was watched, and nobody was told. */
export type CloseHow = "dealt-with" | "nothing" | "calm" | "history";
export interface Alarm {
  id: string;
  monitorId: string;
  brandId: string | null;
  state: AlarmState;
  severity: AlarmSeverity;
  beganAt: Instant;
  raisedAt: Instant;
  /** Nobody is told before. */
  tellAt: Instant;
  overAt: Instant | null;
  closedAt: Instant | null;
  closedBy: string | null;
  closeHow: CloseHow | null;
  closeSays: string;
  acknowledgedAt: Instant | null;
  acknowledgedBy: string | null;
  parts: AlarmParts;
  examples: string[];
  version: number;
}

const COLUMNS = sql.raw(
  `id, monitor_id as "monitorId", brand_id as "brandId", state, severity, began_at as "beganAt", raised_at as "raisedAt", tell_at as "tellAt", over_at as "overAt",
  closed_at as "closedAt", closed_by as "closedBy", close_how as "closeHow", close_says as "closeSays", acknowledged_at as "acknowledgedAt",
  acknowledged_by as "acknowledgedBy", parts, examples::text[] as examples, version`,
);

/** New, or as it stands now; the caller has counted the version up. */
export async function saveAlarm(tx: Tx, a: Alarm): Promise<void> {
  await sql`insert into alarm (account_id, id, monitor_id, brand_id, state, severity, began_at, raised_at, tell_at, over_at, closed_at, closed_by, close_how, close_says,
      acknowledged_at, acknowledged_by, parts, examples, version)
    values (${tx.accountId}, ${a.id}, ${a.monitorId}, ${a.brandId}, ${a.state}, ${a.severity}, ${ts(a.beganAt)}, ${ts(a.raisedAt)}, ${ts(a.tellAt)}, ${tsOrNull(a.overAt)},
      ${tsOrNull(a.closedAt)}, ${a.closedBy}, ${a.closeHow}, ${a.closeSays}, ${tsOrNull(a.acknowledgedAt)}, ${a.acknowledgedBy}, ${json(a.parts)}::jsonb, ${a.examples}::uuid[], ${a.version})
    on conflict (account_id, id) do update set state = excluded.state, severity = excluded.severity, tell_at = excluded.tell_at, over_at = excluded.over_at, closed_at = excluded.closed_at,
      closed_by = excluded.closed_by, close_how = excluded.close_how, close_says = excluded.close_says, acknowledged_at = excluded.acknowledged_at,
      acknowledged_by = excluded.acknowledged_by, parts = excluded.parts, examples = excluded.examples, version = excluded.version`.execute(
    tx.tables(),
  );
}

export async function lockAlarm(tx: Tx, id: string): Promise<Alarm | null> {
  const found =
    await sql<Alarm>`select ${COLUMNS} from alarm where account_id = ${tx.accountId} and id = ${id} for update`.execute(
      tx.tables(),
    );
  return found.rows[0] ?? null;
}

/** The newest alarms of these monitors that people were told of: standing ones, and those closed after `since`; locked. */
export async function lockAlarmsOf(
  tx: Tx,
  monitorIds: readonly string[],
  since: Instant,
): Promise<Map<string, Alarm[]>> {
  const found =
    await sql<Alarm>`select ${COLUMNS} from alarm where account_id = ${tx.accountId} and monitor_id = any(${[...monitorIds]}::uuid[])
    and (state <> 'closed' or (closed_at >= ${ts(since)} and close_how <> 'history')) order by began_at desc, id for update`.execute(
      tx.tables(),
    );
  return Map.groupBy(found.rows, (row) => row.monitorId);
}

/** What stands, gravest and newest first. */
export async function standingAlarms(tx: Tx): Promise<Alarm[]> {
  const found = await sql<Alarm>`select ${COLUMNS} from alarm where account_id = ${tx.accountId} and state <> 'closed'
    order by severity desc, began_at desc, id limit 200`.execute(tx.tables());
  return found.rows;
}

/** What is over, newest first, behind `before`: many begin with the same interval. */
export async function pastAlarms(tx: Tx, before: { at: Instant; id: string } | null, limit: number): Promise<Alarm[]> {
  const behind = before === null ? sql`` : sql`and (began_at, id) < (${ts(before.at)}, ${before.id}::uuid)`;
  const found =
    await sql<Alarm>`select ${COLUMNS} from alarm where account_id = ${tx.accountId} and state = 'closed' ${behind}
    order by began_at desc, id desc limit ${limit}`.execute(tx.tables());
  return found.rows;
}

export async function findAlarm(tx: Tx, id: string): Promise<Alarm | null> {
  const found =
    await sql<Alarm>`select ${COLUMNS} from alarm where account_id = ${tx.accountId} and id = ${id}`.execute(
      tx.tables(),
    );
  return found.rows[0] ?? null;
}

/** What history told of these monitors is told anew. */
export async function dropHistory(tx: Tx, monitorIds: readonly string[]): Promise<void> {
  await sql`delete from alarm where account_id = ${tx.accountId} and monitor_id = any(${[...monitorIds]}::uuid[]) and close_how = 'history'`.execute(
    tx.tables(),
  );
}

/** What the hits between two instants tell of a rise, but for what the detector says. */
export async function partsOf(
  tx: Tx,
  monitorId: string,
  from: Instant,
  to: Instant,
): Promise<Omit<AlarmParts, "from" | "to" | "expected" | "seen" | "strength">> {
  const q = tx.tables();
  const found = await sql<{
    posts: number;
    authors: number;
    negative: number;
    positive: number;
    noise: number;
    passedOn: number;
    reachAuthors: number;
    followers: number;
    most: number;
    verified: number;
    risks: Record<string, number>;
  }>`with hit as (
      select h.message_id, coalesce(h.author::text, h.message_id::text) as author, h.followers, h.verified, h.passed_on, u.sentiment, u.noise, u.risks
      from monitor_hit h left join understanding u on u.account_id = ${tx.accountId} and u.message_id = h.message_id
      where h.account_id = ${tx.accountId} and h.monitor_id = ${monitorId} and h.message_id >= uuid_floor(${ts(from)}) and h.message_id < uuid_floor(${ts(to)})),
    person as (select author, max(followers) as followers, bool_or(verified) as verified from hit group by author),
    risk as (select r as risk, count(distinct author)::int as authors from hit, unnest(hit.risks) r where not coalesce(hit.noise, false) group by r)
    select count(*)::int as posts, (count(distinct author))::int as authors, (count(*) filter (where sentiment = 'negative' and not noise))::int as negative,
      (count(*) filter (where sentiment = 'positive' and not noise))::int as positive, (count(*) filter (where noise))::int as noise,
      (count(*) filter (where passed_on))::int as "passedOn", (select count(followers)::int from person) as "reachAuthors",
      (select coalesce(sum(followers), 0)::float8 from person) as followers, (select coalesce(max(followers), 0) from person) as most,
      (select (count(*) filter (where verified))::int from person) as verified,
      coalesce((select jsonb_object_agg(risk, authors) from risk), '{}') as risks
    from hit`.execute(q);
  const row = found.rows[0]!;
  const { posts, authors, negative, positive, noise, passedOn, risks } = row;
  return {
    ...{ posts, authors, negative, positive, noise, passedOn, risks },
    reach: { authors: row.reachAuthors, followers: row.followers, most: row.most, verified: row.verified },
  };
}

/** Posts that show it: angry ones first, of those who are read by many; one of each author. */
export async function examplesOf(
  tx: Tx,
  monitorId: string,
  from: Instant,
  to: Instant,
  limit: number,
): Promise<string[]> {
  const found = await sql<{ id: string }>`select message_id as id from (
      select distinct on (coalesce(h.author::text, h.message_id::text)) h.message_id, h.followers, u.sentiment = 'negative' as angry
      from monitor_hit h join understanding u on u.account_id = ${tx.accountId} and u.message_id = h.message_id
      where h.account_id = ${tx.accountId} and h.monitor_id = ${monitorId} and not u.noise
        and h.message_id >= uuid_floor(${ts(from)}) and h.message_id < uuid_floor(${ts(to)})
      order by coalesce(h.author::text, h.message_id::text), u.sentiment = 'negative' desc, h.message_id) one
    order by angry desc, followers desc nulls last, message_id desc limit ${limit}`.execute(tx.tables());
  return found.rows.map((row) => row.id);
}

/** How a monitor's alarms are wished. */
export interface AlarmRule {
  on: boolean;
  sensitivity: Sensitivity;
  /** Fewer posts or authors raise nothing. */
  leastPosts: number;
  leastAuthors: number;
  /** So many authors are many. */
  manyAuthors: number;
  /** After it was closed the same monitor rings for nothing that is not graver, for so long. */
  quietMinutes: number;
  hush: Hush | null;
  version: number;
}
/** As they ship: twenty authors are many (operations, §5); a rise that was closed is quiet for six hours. */
export const SHIPPED_RULE: AlarmRule = {
  ...{ on: true, sensitivity: "normal", leastPosts: 5, leastAuthors: 3, manyAuthors: 20, quietMinutes: 360 },
  ...{ hush: null, version: 0 },
};

export async function rulesOf(tx: Tx, monitorIds: readonly string[]): Promise<Map<string, AlarmRule>> {
  const found = await sql<
    AlarmRule & { id: string }
  >`select monitor_id as id, is_on as "on", sensitivity, least_posts as "leastPosts", least_authors as "leastAuthors",
      many_authors as "manyAuthors", quiet_minutes as "quietMinutes", hush, version
    from alarm_rule where account_id = ${tx.accountId} and monitor_id = any(${[...monitorIds]}::uuid[])`.execute(
    tx.tables(),
  );
  return new Map(found.rows.map(({ id, ...rule }) => [id, rule]));
}

export async function saveRule(tx: Tx, monitorId: string, r: AlarmRule, by: string | null): Promise<void> {
  await sql`insert into alarm_rule (account_id, monitor_id, is_on, sensitivity, least_posts, least_authors, many_authors, quiet_minutes, hush, version, changed_at, changed_by)
    values (${tx.accountId}, ${monitorId}, ${r.on}, ${r.sensitivity}, ${r.leastPosts}, ${r.leastAuthors}, ${r.manyAuthors}, ${r.quietMinutes}, ${r.hush === null ? null : json(r.hush)}::jsonb, ${r.version},
      ${ts(tx.now)}, ${by})
    on conflict (account_id, monitor_id) do update set is_on = excluded.is_on, sensitivity = excluded.sensitivity, least_posts = excluded.least_posts, least_authors = excluded.least_authors,
      many_authors = excluded.many_authors, quiet_minutes = excluded.quiet_minutes, hush = excluded.hush, version = excluded.version, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`.execute(tx.tables());
}
