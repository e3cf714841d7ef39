import { readers, timerHandlers } from "../../server/app/modules.ts";
import {
  type Adapter,
  networkAdapters,
  type RunningChannels,
  startChannels,
} from "../../server/modules/channels/index.ts";
import type { ManualClock } from "../../server/platform/clock.ts";
import { type Database, sql } from "../../server/platform/db.ts";
import type { AccountId } from "../../server/platform/ids.ts";
import { readStep } from "../../server/platform/journal/reader.ts";
import { type Sequencer, startSequencer } from "../../server/platform/journal/sequencer.ts";
import type { Log } from "../../server/platform/log.ts";
import { type RunningTimers, runTimers } from "../../server/platform/timers.ts";
import { crashingDatabase } from "./crashing-database.ts";
import type { SimulatedNetwork } from "./crashing-network.ts";
import { type Fate, Life, NEVER } from "./fate.ts";

/** One life of the server: every part that runs in it, on seams that may fail. */
export interface House {
  life: Life;
  db: Database;
  channels: RunningChannels;
  /** Lets everything that is due happen, until nothing moves. */
  settle(): Promise<void>;
}

export type Bend = (adapter: Adapter) => Adapter;

export function openHouse(
  inner: Database,
  {
    clock,
    fate,
    log,
    network,
    accountId,
    chance,
    bend = (a) => a,
  }: {
    clock: ManualClock;
    fate: Fate;
    log: Log;
    network: SimulatedNetwork;
    accountId: AccountId;
    chance: () => number;
    /** For mutants: a guard taken out of the adapter. */
    bend?: Bend;
  },
): House {
  const life = new Life();
  const db = crashingDatabase(inner, fate, life);
  globalThis.fetch = network.fetchOf(life);
  const channels = startChannels({
    ...{ db, clock, log, chance, watch: false, holder: "simulation", accounts: [accountId] },
    publicUrl: "http://simulation.invalid",
    adapters: { playground: mortal(bend(networkAdapters(clock).playground!), life) },
  });
  const sequencer: Sequencer = startSequencer(db, clock, log, "simulation", () => {});
  const timers: RunningTimers = runTimers(db, timerHandlers, clock, log);
  const waits = new Map<string, number>();

  let readUpTo = -1;
  /** Readers write events for one another: again until the journal stands still. */
  async function read(): Promise<void> {
    await sequencer.drain();
    // A shard that waited for its next try may go on, though nothing is new.
    let waited = [...waits.values()].some((until) => until <= clock.now());
    for (let head = await headOf(db, accountId); head !== readUpTo || waited; head = await headOf(db, accountId)) {
      readUpTo = head;
      if (waited) waits.clear();
      waited = false;
      for (const reader of readers)
        for (let step = "more"; step === "more"; ) step = await readStep(db, reader, accountId, clock, log, waits);
      await sequencer.drain();
    }
  }

  async function settle(): Promise<void> {
    await channels.drainInbound();
    for (let moved = true; moved; ) {
      await read();
      const before = readUpTo;
      await timers.fireDue();
      await channels.drainOutbox();
      await read();
      moved = readUpTo !== before;
    }
  }
  return { life, db, channels, settle };
}

async function headOf(db: Database, accountId: AccountId): Promise<number> {
  const rows = await db.withAccount(accountId, (tx) =>
    sql<{ position: number }>`select position from journal_head where account_id = ${accountId}`.execute(tx.tables()),
  );
  return Number(rows.rows[0]?.position ?? 0);
}

/** An adapter whose calls end with the process that made them. */
function mortal(adapter: Adapter, life: Life): Adapter {
  const { send, pull } = adapter;
  return {
    ...adapter,
    ...(send && {
      send: {
        ...send,
        sendPart: (...args) => (life.dead ? NEVER : send.sendPart(...args)),
        reconcile: (...args) => (life.dead ? NEVER : send.reconcile!(...args)),
      },
    }),
    ...(pull && { pull: { ...pull, pull: (...args) => (life.dead ? NEVER : pull.pull(...args)) } }),
  };
}
