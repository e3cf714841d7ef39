import type { RunningChannels } from "#modules/channels";
import { type Clock, MINUTE } from "#platform/clock";
import { type Database, sql } from "#platform/db";
import { type AccountId, uuidv7 } from "#platform/ids";
import type { Log } from "#platform/log";
import { company } from "../../../scenarios/northwind/company.ts";
import { Town } from "../../../scenarios/town.ts";
import type { PlaygroundProcess } from "../playground-process.ts";
import { colleagueIds } from "./colleagues.ts";
import { historyStart, playHistory } from "./history.ts";
import { PlaygroundClient } from "./playground-client.ts";
import { seedCompany } from "./seed-company.ts";
import { startTraffic, type Traffic } from "./traffic.ts";

const MATTERS_OF_HISTORY = 80;
/** These stay away from the queue unless it overflows; the others are for whoever tries the desk. */
const COLLEAGUES = ["dana@northwind.example", "tomas@northwind.example", "yasmin@northwind.example"];

/** Whoever tries the desk begins with those who answer; the supervisor comes second. */
export function roleOf(email: string): { role: string; place: number } {
  const index = company.agents.findIndex((a) => a.email === email);
  const role = company.agents[index]?.role ?? "";
  return { role, place: role === "Supervisor" ? 0.5 : index < 0 ? 99 : index };
}

/** The demo company's account, when there is one. A named statement of the system role. */
async function findDemo(db: Database): Promise<AccountId | null> {
  const rows = await db.asSystem((trx) =>
    sql<{ account_id: AccountId }>`select account_id from account where demo order by created_at limit 1`.execute(trx),
  );
  return rows.rows[0]?.account_id ?? null;
}

/**
 * Makes the demo company on the first run and plays its last days. Runs before the live loops start: the past is worked by a
 * clock of its own, and two clocks must not share the timers.
 */
export async function seedDemo(
  db: Database,
  clock: Clock,
  log: Log,
  playground: PlaygroundProcess,
  say: (text: string) => void,
): Promise<AccountId> {
  const found = await findDemo(db);
  if (found) return found;
  const client = new PlaygroundClient(playground.url, playground.simulatorKey);
  const there = await client.company(
    company.brand.handle,
    company.name,
    "Calls, data and a person who answers. Ask us anything.",
  );
  const accountId = uuidv7<AccountId>(clock.now());
  const seeded = await seedCompany(db, accountId, {
    url: playground.url,
    network: await client.network(),
    profileId: there.profile.id,
    token: there.token,
    appSecret: there.appSecret,
  });
  let said = -1;
  await playHistory(
    db,
    new Town("northwind"),
    client,
    {
      accountId,
      channelId: seeded.channelId,
      agentIds: seeded.agents.map((a) => a.id),
      from: historyStart(clock.now()),
      to: clock.now() - 15 * MINUTE,
      matters: MATTERS_OF_HISTORY,
      playground: { url: playground.url, simulatorKey: playground.simulatorKey, token: there.token },
    },
    log,
    (share) => {
      const tenth = Math.floor(share * 5) * 20;
      if (tenth > said && tenth < 100) say(`${tenth} % of the demo company's last days`);
      said = Math.max(said, tenth);
    },
  );
  return accountId;
}

/** Webhook and live traffic; after the live loops have started. */
export async function runDemo(
  db: Database,
  clock: Clock,
  log: Log,
  playground: PlaygroundProcess,
  accountId: AccountId,
  channels: RunningChannels,
): Promise<Traffic> {
  const client = new PlaygroundClient(playground.url, playground.simulatorKey);
  const there = await client.company(
    company.brand.handle,
    company.name,
    "Calls, data and a person who answers. Ask us anything.",
  );
  const hooks = await db.asSystem((trx) =>
    sql<{
      hook_id: string;
    }>`select hook_id from channel where account_id = ${accountId} and network = 'playground'`.execute(trx),
  );
  for (const row of hooks.rows) await client.subscribe(there.token, channels.hookUrl(row.hook_id));
  const colleagues = await colleagueIds(db, accountId, COLLEAGUES);
  return startTraffic({
    db,
    clock,
    log,
    client,
    town: new Town(`northwind ${clock.now()}`),
    accountId,
    colleagueIds: colleagues,
  });
}
