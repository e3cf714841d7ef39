import { type Adapter, capabilitiesOf, networkAdapters, startChannels } from "#modules/channels";
import { setPresence } from "#modules/workforce";
import { DAY, HOUR, type Instant, iso, ManualClock, MINUTE, SECOND } from "#platform/clock";
import { type Database, type DatabaseAddress, openDatabase, sql } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { concerns, readOnce, typesBetween } from "#platform/journal/reader";
import { startSequencer } from "#platform/journal/sequencer";
import type { Log } from "#platform/log";
import { runTimers } from "#platform/timers";
import { seeded } from "../../../scenarios/random.ts";
import { type Act, busyness, type Town } from "../../../scenarios/town.ts";
import { readers, timerHandlers } from "../modules.ts";
import { acceptAll, answerOne, owed } from "./colleagues.ts";
import type { PlaygroundClient } from "./playground-client.ts";
import { Stage } from "./stage.ts";

export interface HistoryPlan {
  accountId: AccountId;
  channelId: string;
  agentIds: readonly string[];
  from: Instant;
  to: Instant;
  matters: number;
  playground: { url: string; simulatorKey: string; token: string };
}

/** One window of the played past: what people said in it is heard at its end. */
const WINDOW = 40 * MINUTE;

/**
 * Plays the company's last days: people speak on the playground with dates of the past, and the whole house — parse, label,
 * stitch, route, answer, resolve, count — runs on a clock that stands there. Nothing writes finished rows.
 */
export async function playHistory(
  live: Database,
  town: Town,
  client: PlaygroundClient,
  plan: HistoryPlan,
  log: Log,
  onProgress: (share: number) => void,
): Promise<void> {
  const clock = new ManualClock(plan.from);
  const db = openDatabase(unhurried(live.address), clock, { appConnections: 4, systemConnections: 2 });
  const random = seeded("northwind history");
  const channels = startChannels({
    db,
    clock,
    log,
    adapters: { playground: backdating(clock, plan) },
    publicUrl: "http://history.invalid",
    watch: false,
    chance: () => random.next(),
  });
  const sequencer = startSequencer(db, clock, log, "demo history", () => {});
  const timers = runTimers(db, timerHandlers, clock, log);
  const stage = new Stage(client, town);

  let readUpTo = 0;
  async function settle(): Promise<void> {
    await channels.drainInbound();
    // Readers write events for one another: again until the journal stands still.
    for (;;) {
      await sequencer.drain();
      const head = await headOf(db, plan.accountId);
      if (head === readUpTo) return;
      const types = await typesBetween(db, plan.accountId, readUpTo, head);
      readUpTo = head;
      for (const reader of readers.filter((r) => concerns(r, types)))
        while (await readOnce(db, reader, plan.accountId, clock, log)) {}
    }
  }
  async function hear(): Promise<void> {
    await channels.reconcile(plan.channelId);
    await settle();
  }

  try {
    spread(town, plan, random);
    await client.people(town.people());
    for (const agentId of plan.agentIds)
      await db.withAccount(plan.accountId, (tx) =>
        setPresence(tx, { agentId, state: "available", until: null, reason: "", by: null }),
      );
    await settle();
    while (clock.now() < plan.to) {
      const end = Math.min(nextWindow(town.nextAt(), clock.now()), plan.to);
      const acts: Act[] = town.due(end);
      for (const act of acts) await stage.play(act, act.at);
      clock.set(end);
      if (acts.length > 0) await hear();
      await timers.fireDue();
      await settle();
      await work();
      onProgress((clock.now() - plan.from) / (plan.to - plan.from));
    }
    for (const agentId of plan.agentIds)
      await db.withAccount(plan.accountId, (tx) =>
        setPresence(tx, { agentId, state: "offline", until: null, reason: "", by: null }),
      );
    await settle();
  } finally {
    await timers.close();
    await channels.close();
    await sequencer.close();
    await db.close();
  }

  function notAnswered(error: unknown): false {
    log.debug({ err: error }, "demo history: no answer");
    return false;
  }

  /** The agents take what is held out and answer it, each a few minutes later than the one before. */
  async function work(): Promise<void> {
    for (let round = 0; round < 4; round++) {
      const taken = await acceptAll(db, plan.accountId, plan.agentIds);
      let answered = 0;
      for (const item of await owed(db, plan.accountId, plan.agentIds)) {
        // Some are left for the morning after; nobody works beyond the present.
        if (random.chance(0.06) || clock.now() >= plan.to) continue;
        clock.advance(Math.round(random.around(2 * MINUTE)) + 20 * SECOND);
        if (await answerOne(db, plan.accountId, item, random, random.chance(0.3)).catch(notAnswered)) answered++;
      }
      if (taken + answered === 0) return;
      clock.advance(10 * SECOND);
      await channels.drainOutbox();
      await hear();
      await stage.notice(clock.now());
    }
  }
}

/** A made-up past need not be on the disk before the next step; what follows the seed is durable as ever. */
function unhurried(address: DatabaseAddress): DatabaseAddress {
  const lazily = (text: string) => {
    const url = new URL(text);
    url.searchParams.set("options", `${url.searchParams.get("options") ?? ""} -c synchronous_commit=off`.trim());
    return url.href;
  };
  return { ...address, app: lazily(address.app), system: lazily(address.system) };
}

async function headOf(db: Database, accountId: AccountId): Promise<number> {
  const rows = await db.withAccount(accountId, (tx) =>
    sql<{ position: number }>`select position from journal_head where account_id = ${accountId}`.execute(tx.tables()),
  );
  return rows.rows[0]?.position ?? 0;
}

/** When something happens next, rounded up to the end of its window; idle nights are skipped. */
function nextWindow(next: Instant | null, now: Instant): Instant {
  return Math.max(next ?? now + 6 * HOUR, now) + WINDOW;
}

/** Lets matters begin over the days, by the shape of hours and weekdays. */
function spread(town: Town, plan: HistoryPlan, random: ReturnType<typeof seeded>): void {
  for (let begun = 0; begun < plan.matters; ) {
    const at = plan.from + random.next() * (plan.to - plan.from - 30 * MINUTE);
    const date = new Date(at);
    if (random.next() * 2 > busyness(date.getUTCHours(), date.getUTCDay())) continue;
    town.begin(at);
    begun++;
  }
}

/** The playground's adapter on the clock of the past: what it sends is dated there, by the simulator's right. */
function backdating(clock: ManualClock, plan: HistoryPlan): Adapter {
  const real = networkAdapters(clock).playground!;
  const headers = {
    authorization: `Bearer ${plan.playground.token}`,
    "x-playground-key": plan.playground.simulatorKey,
    "content-type": "application/json",
  };
  return {
    ...real,
    capabilities: capabilitiesOf("playground", {}),
    send: {
      reconcile: real.send!.reconcile,
      async sendPart(_access, delivery, part) {
        const { intent } = delivery;
        const isReply = intent.op === "reply";
        const body = isReply
          ? { text: part.text, parentId: part.previousExternalId ?? intent.toExternalId }
          : {
              text: part.text,
              to: intent.toHandle,
              ...(intent.op === "private-reply" ? { privateReplyTo: intent.toExternalId } : {}),
            };
        const response = await fetch(`${plan.playground.url}/api/v1/${isReply ? "posts" : "dms"}`, {
          method: "POST",
          headers: { ...headers, "idempotency-key": part.clientId },
          body: JSON.stringify({ ...body, createdAt: iso(clock.now()) }),
        });
        if (!response.ok)
          return {
            state: "failed",
            error: { class: "invalid", retryable: false, message: `the playground answered ${response.status}` },
          };
        const made = (await response.json()) as { id: string; url?: string };
        return { state: "sent", externalId: made.id, permalink: made.url ?? null };
      },
    },
  };
}

/** How far back the demo's history begins. */
export const HISTORY_DAYS = 3;
export const historyStart = (now: Instant): Instant => now - HISTORY_DAYS * DAY;
