import { DAY } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";
import { KNOWN_MOST } from "../domain/choose-agent.ts";
import { alikeKey, authorKey, type Crowd } from "../domain/flood.ts";
import { routing } from "./tables.ts";

/** Who worked for a customer longer ago than that is not taken to know him. */
const KNOWN_DAYS = 90;
/** Of one customer's work so much is looked at for who knows him. */
const LOOKED_AT = 40;
/** Nobody needs to know how many more there are. */
const COUNTED = 200;

/** The queue and the owner of the work that decides where a conversation stands. */
export interface Stood {
  queueId: string;
  ownerId: string | null;
}
/** Of a conversation that was worked on before: where it stands, who had it last, and who is never to have it. */
export interface Before extends Stood {
  lastOwnerId: string | null;
  barred: readonly string[];
}
export interface Arrivals {
  /** By conversation. */
  readonly before: ReadonlyMap<string, Before>;
  /** By customer: who worked for them, the newest first. */
  readonly known: ReadonlyMap<string, readonly string[]>;
  /** By author and by what texts have in common: what stands in front and what waits behind. */
  readonly crowds: Map<string, Crowd>;
}
interface Arriving {
  conversationId: string;
  customerId: string;
  alike?: string | null;
}
type Row = { kind: "before" | "known" | "author" | "alike"; key: string; found: Record<string, unknown> };

/** All that matters of the past for work that arrives; one statement, whatever its number. */
export async function arrivalFacts(tx: Tx, arriving: readonly Arriving[]): Promise<Arrivals> {
  const conversations = [...new Set(arriving.map((a) => a.conversationId))];
  const customers = [...new Set(arriving.map((a) => a.customerId))];
  const alikes = [...new Set(arriving.flatMap((a) => a.alike ?? []))];
  const account = sql`w.account_id = ${tx.accountId}`;
  const open = sql`w.state not in ('done', 'withdrawn')`;
  // In front: somebody has it in hand or could be given it. Put aside, it is in nobody's way.
  const crowd = sql`select count(*) filter (where behind is null) as front, count(*) filter (where behind is not null) as behind`;
  const rows = await sql<Row>`
    select 'before' as kind, c.id::text as key, jsonb_build_object('queueId', s.queue_id, 'ownerId', s.owner_id, 'barred', s.barred, 'lastOwnerId', (
      select w.owner_id from work_item w where ${account} and w.conversation_id = c.id and w.owner_id is not null
      order by w.opened_at desc limit 1)) as found
    from unnest(${conversations}::uuid[]) as c(id)
    cross join lateral (
      select w.queue_id, w.owner_id, w.barred from work_item w where ${account} and w.conversation_id = c.id
      order by (w.state in ('done', 'withdrawn')), w.opened_at desc, w.id desc limit 1) s
    union all
    select 'known', c.id::text, jsonb_build_object('ids', k.ids) from unnest(${customers}::uuid[]) as c(id)
    cross join lateral (
      select jsonb_agg(l.owner_id order by l.at desc, l.owner_id) as ids from (
        select r.owner_id, max(r.opened_at) as at from (
          select w.owner_id, w.opened_at from work_item w where ${account} and w.customer_id = c.id
            and w.opened_at > ${ts(tx.now - KNOWN_DAYS * DAY)} order by w.opened_at desc limit ${LOOKED_AT}) r
        where r.owner_id is not null group by r.owner_id order by at desc, r.owner_id limit ${KNOWN_MOST}) l) k
    where k.ids is not null
    union all
    select 'author', c.id::text, to_jsonb(n) from unnest(${customers}::uuid[]) as c(id)
    cross join lateral (${crowd} from (
      select case when w.behind = 'author:' || c.id::text then w.behind end as behind from work_item w
      where ${account} and w.customer_id = c.id and ${open} and w.state in ('queued', 'offered', 'active')
        and (w.behind is null or w.behind = 'author:' || c.id::text) limit ${COUNTED}) f) n
    where n.front + n.behind > 0
    union all
    select 'alike', a.key, to_jsonb(n) from unnest(${alikes}::text[]) as a(key)
    cross join lateral (${crowd} from (
      select w.behind from work_item w where ${account} and w.alike = a.key and ${open} and w.state in ('queued', 'offered', 'active')
        and (w.behind is null or w.behind = 'alike:' || a.key) limit ${COUNTED}) f) n
    where n.front + n.behind > 0`.execute(routing(tx));
  const of = (kind: Row["kind"]) => rows.rows.filter((row) => row.kind === kind);
  return {
    before: new Map(of("before").map((row) => [row.key, row.found as unknown as Before])),
    known: new Map(of("known").map((row) => [row.key, row.found.ids as string[]])),
    crowds: new Map([
      ...of("author").map((row): [string, Crowd] => [authorKey(row.key), row.found as unknown as Crowd]),
      ...of("alike").map((row): [string, Crowd] => [alikeKey(row.key), row.found as unknown as Crowd]),
    ]),
  };
}
