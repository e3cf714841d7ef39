import type { RunningChannels } from "#modules/channels";
import { type Clock, type Instant, MINUTE } from "#platform/clock";
import { type Database, sql } from "#platform/db";
import { type AccountId, uuidv7 } from "#platform/ids";
import type { Log } from "#platform/log";
import { company } from "../../../scenarios/northwind/company.ts";
import { Town } from "../../../scenarios/town.ts";
import type { PlaygroundProcess } from "../playground-process.ts";
import { colleagueIds } from "./colleagues.ts";
import { demoChat } from "./demo-chat.ts";
import { readPastIn } from "./past.ts";
import { PlaygroundClient } from "./playground-client.ts";
import { playLastHour } from "./present.ts";
import { seedCompany } from "./seed-company.ts";
import { Stage } from "./stage.ts";
import { startTraffic, type Traffic } from "./traffic.ts";

/** These stay away from the queue unless it overflows; the others are for whoever tries the desk. */
const COLLEAGUES = ["dana", "tomas", "yasmin", "rhys", "amelie", "ines"].map((name) => `${name}@northwind.example`);
/** What the import has told of ends so long before the company was made; the playground speaks of the time after. */
const LAST_HOUR = 60 * MINUTE;

/** Whoever tries the desk begins with those who answer; the supervisor comes second. */
export function roleOf(email: string): { role: string; place: number } {
  const index = company.agents.findIndex((a) => a.email === email);
  const role = company.agents[index]?.role ?? "";
  return { role, place: email === "marek@northwind.example" ? 0.5 : index < 0 ? 99 : index };
}

export interface DemoAccount {
  accountId: AccountId;
  madeAt: Instant;
}

/** The demo company's account, when there is one. A named statement of the system role. */
async function findDemo(db: Database): Promise<DemoAccount | null> {
  const rows = await db.asSystem((trx) =>
    sql<DemoAccount>`
      select account_id as "accountId", floor(extract(epoch from created_at) * 1000)::float8 as "madeAt"
      from account where demo order by created_at limit 1`.execute(trx),
  );
  return rows.rows[0] ?? null;
}

const meet = (client: PlaygroundClient) =>
  client.company(company.brand.handle, company.name, "Calls, data and a person who answers. Ask us anything.");

/** Makes the demo company on the first run: brand, people, queue and its page on the playground. Its life comes in later. */
export async function seedDemo(db: Database, clock: Clock, playground: PlaygroundProcess): Promise<DemoAccount> {
  const found = await findDemo(db);
  if (found) {
    await demoChat(db, found.accountId);
    return found;
  }
  const client = new PlaygroundClient(playground.url, playground.simulatorKey);
  const there = await meet(client);
  const accountId = uuidv7<AccountId>(clock.now());
  await seedCompany(db, accountId, {
    url: playground.url,
    network: await client.network(),
    profileId: there.profile.id,
    token: there.token,
    appSecret: there.appSecret,
  });
  await demoChat(db, accountId);
  return (await findDemo(db))!;
}

/**
 * The life of the demo, after the desk is ready and without keeping it waiting: the webhook, the last hour on the playground, live
 * traffic, and the 26 weeks before read in beside it all.
 */
export function runDemo(opts: {
  db: Database;
  clock: Clock;
  log: Log;
  playground: PlaygroundProcess;
  demo: DemoAccount;
  channels: RunningChannels;
  /** How much of the past is in: 0 to 100, null when all is. */
  onPercent: (percent: number | null) => void;
}): { stop(): Promise<void> } {
  const { db, clock, log, playground, demo, channels, onPercent } = opts;
  const { accountId } = demo;
  let stopped = false;
  let traffic: Traffic | null = null;

  async function goLive(): Promise<void> {
    const client = new PlaygroundClient(playground.url, playground.simulatorKey);
    const there = await meet(client);
    const hooks = await db.asSystem((trx) =>
      sql<{
        hook_id: string;
      }>`select hook_id from channel where account_id = ${accountId} and network = 'playground'`.execute(trx),
    );
    for (const row of hooks.rows) await client.subscribe(there.token, channels.hookUrl("playground", row.hook_id));
    const town = new Town(`northwind ${clock.now()}`);
    const stage = new Stage(client, town);
    await stage.begin();
    const welcome = !(await playLastHour(client, stage, town, clock.now()));
    if (stopped) return;
    const helpers = await colleagueIds(db, accountId, COLLEAGUES);
    traffic = await startTraffic({ db, clock, log, town, stage, welcome, accountId, colleagueIds: helpers });
  }
  const live = goLive().catch((error) => log.warn({ err: error }, "demo: the town does not speak"));
  const past = readPastIn({ db, clock, log, accountId, until: demo.madeAt - LAST_HOUR, onPercent });
  return {
    async stop() {
      stopped = true;
      await Promise.all([live, past.stop()]);
      await traffic?.stop();
    },
  };
}
