import { readers } from "../../server/app/modules.ts";
import type { Json } from "../support/api-client.ts";
import type { World } from "./world.ts";

/** What each reader reacts to: cursors do not move for the rest. */
const heard = readers.flatMap((reader) => reader.reactions.map((r) => ({ reader: reader.name, type: r.on.name })));
const DEADLINE_MS = 100_000;
/** So long nothing may move before the clock is moved to what waits. */
const STILL_MS = 250;
const PULL_EVERY_MS = 16_000;

/**
 * Waits until nothing is on its way any more. What waits for a time (a claim that has to run out, a next try, the reconcile
 * poll) is reached by moving all clocks, unless `patient`. Resolves with the picture; throws it when it never comes to rest.
 */
export async function quiet(world: World, since: number, patient: boolean): Promise<void> {
  const end = performance.now() + DEADLINE_MS;
  let [before, stillSince, calm] = ["", performance.now(), 0];
  for (;;) {
    const now = await picture(world, since);
    const text = JSON.stringify(now);
    if (text !== before) stillSince = performance.now();
    const busy = now.behind + now.raw + now.unnumbered + now.unread + now.due + now.unheard + now.leaving;
    calm = busy === 0 && text === before ? calm + 1 : 0;
    if (calm >= 2) return;
    before = text;
    if (performance.now() > end) throw new Error(`it does not come to rest: ${text}\n${await whatWaits(world)}`);
    const still = performance.now() - stillSince;
    const wait = now.next === null ? 0 : now.next - world.clock.now() + 5;
    if (!patient && wait > 0 && still > STILL_MS) {
      world.clock.travel(wait);
      stillSince = performance.now();
    } else if (!patient && now.unheard > 0 && now.behind === 0 && still > 1_200) {
      world.clock.travel(PULL_EVERY_MS);
      stillSince = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Counted {
  raw: number;
  unnumbered: number;
  head: number;
  unread: number;
  leaving: number;
  due: number;
  unheard: number;
}

/** What is in the outbox, for whoever has to find out why. */
async function whatWaits(world: World): Promise<string> {
  const rows = await world.query<Json>(
    `select d.state, d.seq::int, d.thread_key, d.next_at, d.claimed_until, d.attempt, d.reconciles, d.error->>'message' as error, c.state as channel
     from delivery d join channel c on c.account_id = d.account_id and c.id = d.channel_id
     where d.state in ('pending', 'in-flight', 'unknown', 'held') order by d.seq limit 20`,
  );
  const sessions = await world.query<Json>(
    `select pid, state, wait_event_type as waits, wait_event as for, pg_blocking_pids(pid) as behind, left(query, 160) as query,
       round(extract(epoch from clock_timestamp() - xact_start)) as seconds from pg_stat_activity
     where xact_start is not null and pid <> pg_backend_pid() and application_name like 'hubbub%'`,
  );
  const said = [world.server, world.second].map((child) => `${child.name}: ${child.said().slice(-1_500)}`);
  const lines = [...rows, ...sessions].map((row) => `  ${JSON.stringify(row)}`);
  return [`the clock says ${world.clock.now()}`, ...lines, ...said].join("\n");
}

/** What is on its way, counted. */
export async function picture(world: World, since: number): Promise<Counted & { behind: number; next: number | null }> {
  const accepted = await world.network.accepted(since);
  const said = accepted.filter((a) => /^(post|dm)\.create$/.test(a.op)).map((a) => a.objectId);
  const [now] = await world.query<Json>(
    `select (select count(*) from raw_inbox where state = 'new')::int as raw,
      (select count(*) from event where position is null)::int as unnumbered,
      (select coalesce(sum(position), 0) from journal_head)::int as head,
      (select count(*) from reader_cursor c join event e on e.account_id = c.account_id and e.shard = c.shard
        and e.position > c.position join unnest($2::text[], $3::text[]) heard(reader, type)
        on heard.reader = c.reader and heard.type = e.type)::int as unread,
      (select count(*) from delivery where state in ('in-flight', 'pending', 'unknown') and next_at < '9999-01-01')::int as leaving,
      (select min(next_at) from delivery where state in ('in-flight', 'pending', 'unknown') and next_at > $1 and next_at < '9999-01-01') as next,
      (select count(*) from timer where due_at <= $1)::int as due,
      (select count(*) from unnest($4::text[]) as s(id) where not exists (select 1 from message m where m.external_id = s.id))::int as unheard`,
    [new Date(world.clock.now()), heard.map((h) => h.reader), heard.map((h) => h.type), said],
  );
  const { next, ...counts } = now as Counted & { next: number | null };
  return { ...counts, behind: await world.network.behind(), next: next === null ? null : Number(next) };
}
