import { MINUTE } from "#platform/clock";
import { type Database, type RawBuilder, sql, type Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";

/** Something that contradicts itself: how often, in words, and the ids of the first few. */
export interface Finding {
  check: string;
  says: string;
  count: number;
  examples: string[];
}

interface Check {
  name: string;
  says: string;
  /** Selects the ids of what is wrong as `id`. */
  wrong(tx: Tx): RawBuilder<unknown>;
}

const EXAMPLES = 5;
/** What is younger is on its way. */
const SETTLED_MS = MINUTE;

/**
 * What an event still on its way is about: not numbered yet, not read by `reader`, or parked by it. What hangs on such an
 * event is late, not wrong.
 */
function late(tx: Tx, reader: string, types: readonly string[], field: string): RawBuilder<unknown> {
  const about = sql`select (e.payload->>${field}::text)::uuid as id from event e`;
  const of = sql`e.account_id = ${tx.accountId} and e.type = any(${[...types]}::text[]) and e.payload->>${field}::text is not null`;
  return sql`
    ${about} where ${of} and e.position is null
    union all
    ${about} left join reader_cursor c on c.account_id = e.account_id and c.reader = ${reader} and c.shard = e.shard
    where ${of} and e.position > coalesce((select min(f.position) from reader_cursor f where f.account_id = ${tx.accountId} and f.reader = ${reader}), 0)
      and e.position > coalesce(c.position, 0)
    union all
    ${about} join parked_event p on p.account_id = e.account_id and p.position = e.position and p.reader = ${reader} where ${of}`;
}

const settled = (tx: Tx) => new Date(tx.now - SETTLED_MS);
const OPEN_WORK = sql`w.state not in ('done', 'withdrawn')`;

/** No foreign key points into a partitioned table, and none crosses modules: this does that work (DESIGN D3). */
const checks: readonly Check[] = [
  {
    name: "placement-without-message",
    says: "a placement names a message that is not there",
    wrong: (tx) => sql`
      select p.message_id as id from placement p where p.account_id = ${tx.accountId}
        and not exists (select 1 from message m where m.account_id = p.account_id and m.id = p.message_id)`,
  },
  {
    name: "message-without-placement",
    says: "a message was neither placed nor left outside with a reason, and nobody is about to",
    wrong: (tx) => sql`
      select m.id from message m where m.account_id = ${tx.accountId} and m.received_at < ${settled(tx)}
        and not exists (select 1 from placement p where p.account_id = m.account_id and p.message_id = m.id)
        and not exists (select 1 from import_row r where r.account_id = m.account_id and r.message_id = m.id and r.import_id in (
          select i.id from import_run i where i.account_id = ${tx.accountId} and i.state <> 'done'))
        and m.id not in (${late(tx, "listening", ["MessageReceived", "MessageEdited"], "messageId")})
        and m.id not in (${late(tx, "conversations", ["MessageUnderstood"], "messageId")})`,
  },
  {
    name: "sent-without-message",
    says: "a delivery counts as sent, and none of its posts is stored",
    wrong: (tx) => sql`
      select d.id from delivery d where d.account_id = ${tx.accountId} and d.state = 'sent'
        and not exists (select 1 from message m where m.account_id = d.account_id and m.delivery_id = d.id)`,
  },
  {
    name: "work-without-episode",
    says: "open work belongs to an episode that is done or not there",
    wrong: (tx) => sql`
      select w.id from work_item w where w.account_id = ${tx.accountId} and ${OPEN_WORK}
        and not exists (select 1 from episode e where e.account_id = w.account_id and e.id = w.episode_id and e.state = 'open')
        and w.episode_id not in (${late(tx, "routing", ["EpisodeDone"], "episodeId")})`,
  },
  {
    name: "episode-without-work",
    says: "an open episode has no open work, so nobody is asked to answer",
    wrong: (tx) => sql`
      select e.id from episode e where e.account_id = ${tx.accountId} and e.state = 'open'
        and not exists (select 1 from work_item w where w.account_id = e.account_id and w.episode_id = e.id and ${OPEN_WORK})
        and e.id not in (${late(tx, "routing", ["EpisodeOpened"], "episodeId")})`,
  },
  {
    name: "reply-without-delivery",
    says: "a reply names a delivery that is not there",
    wrong: (tx) => sql`
      select r.id from reply r where r.account_id = ${tx.accountId}
        and not exists (select 1 from delivery d where d.account_id = r.account_id and d.id = r.delivery_id)`,
  },
  {
    name: "key-without-message",
    says: "an input was accepted, and its message is not there",
    wrong: (tx) => sql`
      select k.message_id as id from inbound_key k where k.account_id = ${tx.accountId} and k.message_id is not null
        and not exists (select 1 from message m where m.account_id = k.account_id and m.id = k.message_id)`,
  },
];

/** Looks through one account; changes nothing. One statement, so that what moves meanwhile is not mistaken for a fault. */
export async function checkAccount(db: Database, accountId: AccountId): Promise<Finding[]> {
  const rows = await db.withAccount(accountId, async (tx) => {
    const parts = checks.map(
      ({ name, wrong }) => sql`
        (select ${name}::text as "check", id, count(*) over ()::int as n from (${wrong(tx)}) as wrong order by id limit ${EXAMPLES})`,
    );
    return (
      await sql<{ check: string; id: string; n: number }>`${sql.join(parts, sql` union all `)}`.execute(tx.tables())
    ).rows;
  });
  return checks.flatMap(({ name, says }) => {
    const found = rows.filter((r) => r.check === name);
    return found[0] ? [{ check: name, says, count: found[0].n, examples: found.map((r) => r.id) }] : [];
  });
}
