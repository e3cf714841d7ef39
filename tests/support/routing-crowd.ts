import { addCalendar } from "../../server/modules/company/index.ts";
import { EpisodeDone } from "../../server/modules/conversations/events.ts";
import { addTeam, grant } from "../../server/modules/people/index.ts";
import { laneOf } from "../../server/modules/routing/domain/lane.ts";
import type { Need } from "../../server/modules/routing/domain/model.ts";
import { addQueue, reader } from "../../server/modules/routing/index.ts";
import { type Clock, HOUR, iso, MINUTE } from "../../server/platform/clock.ts";
import { type Database, sql, type Tx } from "../../server/platform/db.ts";
import { type AccountId, uuidv7 } from "../../server/platform/ids.ts";
import { readStep } from "../../server/platform/journal/reader.ts";
import { silentLog } from "../../server/platform/log.ts";
import { makeAccount } from "./database.ts";
import { numberEvents } from "./journal.ts";

export interface Size {
  agents: number;
  waiting: number;
  /** Kinds of skills, and of what work asks for; each kind of work is a lane. */
  skills: number;
  asks: number;
}
const [QUEUES, HELD_EACH, LEVEL] = [4, 5, 40];
const TARGETS = { urgent: 15 * MINUTE, high: HOUR, normal: 4 * HOUR, low: 24 * HOUR };
const ALWAYS = Object.fromEntries(["1", "2", "3", "4", "5", "6", "7"].map((d) => [d, [["00:00", "24:00"]]]));

/**
 * An account in full swing, made in few statements: everybody is here and holds five public posts, nobody has room, and a great many wait.
 * Every agent has four skills; every piece of work asks for one or two of them, so that somebody of its team can take it. With at least as many
 * kinds of work as of skills everybody can take something.
 */
export async function routingCrowd(db: Database, clock: Clock, size: Size) {
  const { accountId, brandId } = await makeAccount(db);
  const run = <T>(act: (tx: Tx) => Promise<T>) => db.withAccount(accountId, act);
  /** As a command of the API does it. */
  const verb = <T>(act: (tx: Tx) => Promise<T>) => db.withAccount(accountId, act, { inTurn: "routing" });
  const agents = Array.from({ length: size.agents }, () => uuidv7(clock.now()));
  const skills = Array.from({ length: size.skills }, () => uuidv7(clock.now()));
  const skillsOf = (n: number) => [0, 1, 2, 3].map((k) => skills[(n * 7 + k * 13) % skills.length]!);
  const { teams, queues } = await run(async (tx) => {
    const calendarId = await addCalendar(tx, "Always", [{ from: "2026-01-01", zone: "UTC", week: ALWAYS as never }]);
    const made = { teams: [] as string[], queues: [] as string[] };
    for (let n = 0; n < QUEUES; n++) {
      const teamId = await addTeam(tx, `Team ${n}`);
      await grant(tx, { subjectKind: "team", subjectId: teamId, verb: "work.take", scope: "account", scopeId: null });
      made.teams.push(teamId);
      made.queues.push(await addQueue(tx, { name: `Queue ${n}`, position: n, teamId, calendarId, targets: TARGETS }));
    }
    return made;
  });
  const now = new Date(clock.now());
  const ids = (list: readonly string[]) => sql`unnest(${[...list]}::uuid[]) with ordinality as u(id, n)`;
  await run(async (tx) => {
    const q = tx.tables();
    await sql`insert into skill (account_id, id, name, kind) select ${accountId}, u.id, 'Skill ' || u.n, 'hard' from ${ids(skills)}`.execute(
      q,
    );
    await sql`insert into agent (account_id, id, email, name, initials, state, created_at)
      select ${accountId}, u.id, u.id || '@northwind.example', 'Agent ' || u.n, 'A', 'active', ${now} from ${ids(agents)}`.execute(
      q,
    );
    await sql`insert into team_member (account_id, team_id, agent_id)
      select ${accountId}, (${[...teams]}::uuid[])[1 + (u.n - 1) % ${QUEUES}::int], u.id from ${ids(agents)}`.execute(
      q,
    );
    const has = agents.flatMap((id, n) => [...new Set(skillsOf(n))].map((skill) => [id, skill]));
    await sql`insert into agent_skill (account_id, agent_id, skill_id, level)
      select ${accountId}, h.agent, h.skill, ${LEVEL + 20} from unnest(${has.map((h) => h[0])}::uuid[], ${has.map((h) => h[1])}::uuid[]) as h(agent, skill)`.execute(
      q,
    );
    await sql`insert into presence (account_id, agent_id, state, since, limits, version)
      select ${accountId}, u.id, 'available', ${now}, '{}', 1 from ${ids(agents)}`.execute(q);
  });
  await fill(run, { accountId, brandId, agents, queues, skillsOf, size, now: clock.now() });
  const owned = await run((tx) =>
    sql<{ episode_id: string; conversation_id: string }>`
      select episode_id, conversation_id from work_item where account_id = ${accountId} and state = 'active' order by md5(id::text)`.execute(
      tx.tables(),
    ),
  );
  const active = owned.rows.map((row) => ({ episodeId: row.episode_id, conversationId: row.conversation_id }));
  /** The episodes are done: routing reads it in one run. */
  async function done(episodes: readonly { episodeId: string; conversationId: string }[]): Promise<void> {
    await run(async (tx) => {
      for (const e of episodes)
        tx.announce(EpisodeDone, {
          ...{ key: e.conversationId, entity: "episode", entityId: e.episodeId, entityVersion: 2 },
          payload: { ...e, outcome: "solved", by: null, doneAt: iso(tx.now), windowUntil: iso(tx.now) },
        });
    });
    await numberEvents(db, accountId);
  }
  const read = async () => {
    while ((await readStep(db, reader, accountId, clock, silentLog, new Map())) === "more") {}
  };
  const pending = async () =>
    (
      await run((tx) =>
        sql<{ offerId: string; agentId: string; episodeId: string; conversationId: string }>`
          select o.id as "offerId", o.agent_id as "agentId", w.episode_id as "episodeId", w.conversation_id as "conversationId" from offer o
          join work_item w on w.account_id = o.account_id and w.id = o.work_item_id
          where o.account_id = ${accountId} and o.state = 'pending'`.execute(tx.tables()),
      )
    ).rows;
  return { accountId, run, verb, agents, queues, active, done, read, pending };
}
export type RoutingCrowd = Awaited<ReturnType<typeof routingCrowd>>;

interface Filling {
  accountId: AccountId;
  brandId: string;
  agents: readonly string[];
  queues: readonly string[];
  skillsOf: (n: number) => string[];
  size: Size;
  now: number;
}
/** Rows of one statement. */
const CHUNK = 100_000;

/** What the agents hold, and what waits: kind by kind, due one second after the other. */
async function fill(run: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>, f: Filling): Promise<void> {
  const { accountId, brandId, agents, queues, size } = f;
  const kinds = Array.from({ length: size.asks }, (_, n) => {
    // As somebody of the queue's team has them.
    const agent = n % agents.length;
    const asked = [...new Set(f.skillsOf(agent))].slice(0, 1 + (n % 2));
    const needs: Need[] = asked.map((skillId) => ({ skillId, name: "A skill", level: LEVEL, kind: "hard" }));
    const lane = laneOf({ crisis: false, priority: "normal", mediumClass: "public", needs, behind: null });
    return { n, queue: queues[agent % QUEUES]!, needs, lane };
  });
  const at = new Date(f.now);
  const columns = sql`account_id, id, queue_id, conversation_id, episode_id, customer_id, brand_id, channel_id, medium, visibility, state,
    priority, weight, t0, due_at, rings_at, clock, opened_at, lane, skills, owner_id, assigned_at`;
  for (let from = 0; from < size.waiting; from += CHUNK)
    await run((tx) =>
      sql`insert into work_item (${columns})
        select ${accountId}, gen_random_uuid(), k.queue, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), ${brandId}::uuid, ${brandId}::uuid,
          'public', 'public', 'queued', 'normal', 20, ${at}::timestamptz, ${at}::timestamptz + interval '4 hours' + i * interval '10 milliseconds',
          '[]', 'running', ${at}::timestamptz, k.lane, k.needs, null, null
        from generate_series(${from}::int, ${Math.min(from + CHUNK, size.waiting) - 1}::int) i
        join jsonb_to_recordset(${JSON.stringify(kinds)}::jsonb) as k(n int, queue uuid, lane text, needs jsonb) on k.n = i % ${size.asks}::int`.execute(
        tx.tables(),
      ),
    );
  await run((tx) =>
    sql`insert into work_item (${columns})
      select ${accountId}, gen_random_uuid(), (${[...queues]}::uuid[])[1 + (u.n - 1) % ${QUEUES}::int], gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
        ${brandId}::uuid, ${brandId}::uuid, 'public', 'public', 'active', 'normal', 20, ${at}::timestamptz, ${at}::timestamptz + interval '4 hours', '[]', 'running',
        ${at}::timestamptz, 'normal|public', '[]', u.id, ${at}::timestamptz
      from unnest(${[...agents]}::uuid[]) with ordinality as u(id, n) cross join generate_series(1, ${HELD_EACH}::int)`.execute(
      tx.tables(),
    ),
  );
}
