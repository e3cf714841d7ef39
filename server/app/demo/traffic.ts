import { workCounts } from "#modules/routing";
import { presencesOf, setPresence } from "#modules/workforce";
import { type Clock, iso, MINUTE } from "#platform/clock";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import { busyness } from "../../../scenarios/calendar.ts";
import { Fresh } from "../../../scenarios/fresh.ts";
import { seeded } from "../../../scenarios/random.ts";
import type { Town } from "../../../scenarios/town.ts";
import { acceptAll, answerOne, owed } from "./colleagues.ts";
import { shouldHelp } from "./should-help.ts";
import type { Stage } from "./stage.ts";

/** New matters in an hour of middling business; a demo is lively at night as well. */
const MATTERS_PER_HOUR = 60;
const LEAST_BUSY = 0.8;
/** Who comes as soon as the desk is open. */
const WELCOME = ["billing", "outage", "question"];
const STEP_MS = 5_000;
const ANSWERS_REMEMBERED = 2_000;

export interface Traffic {
  stop(): Promise<void>;
}

/** Keeps the town speaking, by the hour of the day; simulated colleagues keep the backlog from growing without end. */
export async function startTraffic(opts: {
  db: Database;
  clock: Clock;
  log: Log;
  town: Town;
  stage: Stage;
  /** Let a few matters begin at once. */
  welcome: boolean;
  accountId: AccountId;
  colleagueIds: readonly string[];
}): Promise<Traffic> {
  const { db, clock, log, town, stage, accountId, colleagueIds } = opts;
  const random = seeded(`traffic ${iso(clock.now()).slice(0, 13)}`);
  if (opts.welcome) for (const kind of WELCOME) town.begin(clock.now(), kind);
  const fresh = new Fresh(random, ANSWERS_REMEMBERED);
  let next = clock.now() + 20_000;
  /** Unknown at first: a colleague may be here as the last run left them. */
  let helping: boolean | null = null;
  let running: Promise<void> | null = null;

  async function step(): Promise<void> {
    const now = clock.now();
    if (now >= next) {
      town.begin(now);
      const date = new Date(now);
      const perHour = MATTERS_PER_HOUR * Math.max(LEAST_BUSY, busyness(date.getUTCHours(), date.getUTCDay()));
      next = now + random.around((60 * MINUTE) / perHour);
    }
    await stage.playAll(town.due(now), () => null);
    await stage.notice(now);
    await colleagues();
  }

  async function colleagues(): Promise<void> {
    const waiting = (
      await db.withAccount(accountId, (tx) => workCounts(tx, { agentId: colleagueIds[0]!, queues: "all" }))
    ).waiting;
    const wanted = shouldHelp(waiting, helping);
    if (wanted !== helping) await turn(wanted);
    if (helping) await acceptAll(db, accountId, colleagueIds);
    for (const work of (await owed(db, accountId, colleagueIds)).slice(0, 3))
      if (random.chance(0.15))
        await answerOne(db, accountId, work, random, random.chance(0.25), fresh).catch((error) =>
          log.debug({ err: error }, "demo colleague: no answer"),
        );
  }
  async function turn(on: boolean): Promise<void> {
    helping = on;
    const here = await db.withAccount(accountId, (tx) => presencesOf(tx, colleagueIds));
    for (const agentId of colleagueIds) {
      const state = on ? ("available" as const) : ("busy" as const);
      if (here.get(agentId)?.state !== state)
        await db.withAccount(accountId, (tx) => setPresence(tx, { agentId, state, until: null, reason: "", by: null }));
    }
  }

  const timer = setInterval(() => {
    running ??= step()
      .catch((error) => log.debug({ err: error }, "demo traffic: will try again"))
      .finally(() => {
        running = null;
      });
  }, STEP_MS);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
