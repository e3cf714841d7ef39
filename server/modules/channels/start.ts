import { randomUUID } from "node:crypto";
import type { Clock } from "#platform/clock";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import type { Adapter } from "./domain/adapter.ts";
import { createRateBudget, type RateBudget } from "./domain/rate-budget.ts";
import { startParser } from "./inbound/parser.ts";
import { createReceiver, type Receiver } from "./inbound/receive.ts";
import { startOutbox } from "./outbox/outbox.ts";
import { startPulls } from "./pulls/pull-loops.ts";
import { startStreams } from "./pulls/stream-loops.ts";
import { findAccountOfChannel } from "./store/channel-store.ts";

export interface ChannelsOptions {
  db: Database;
  clock: Clock;
  log: Log;
  adapters: Readonly<Record<string, Adapter>>;
  /** Where networks reach us, e.g. `https://desk.example`; webhooks go to `<publicUrl>/hooks/<hookId>`. */
  publicUrl: string;
  /** Imports, restores and backtests: nothing may leave this process. */
  dark?: boolean;
  /** Names this node in leases; the same after a restart, so that it goes on at once. */
  holder?: string;
  /** Works for these accounts only; all unless given. */
  accounts?: readonly AccountId[];
  /** False: nothing runs by itself, tests drive it. */
  watch?: boolean;
  /** 0 to 1, spreads retries. */
  chance?: () => number;
  sendTimeoutMs?: number;
}

export interface RunningChannels {
  readonly receiver: Receiver;
  /** The address to give to a network. */
  hookUrl(hookId: string): string;
  /** Parses all that is stored; returns how many raw inputs. */
  drainInbound(): Promise<number>;
  /** Sends all that is due by the handed clock. */
  drainOutbox(): Promise<void>;
  /** Reads what pushes may have lost, to the end of the feed, now. */
  reconcile(channelId: string): Promise<void>;
  /** Reads the history asked for by `startBackfill`, now. */
  backfill(channelId: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts receiving, parsing, pulling and sending. */
export function startChannels(options: ChannelsOptions): RunningChannels {
  const { db, clock, log, adapters, publicUrl, dark = false, watch = true, chance = Math.random } = options;
  const only = options.accounts ?? null;
  const budgets = new Map<string, RateBudget>();
  const budgetOf = (channelId: string): RateBudget => {
    const known = budgets.get(channelId) ?? createRateBudget();
    budgets.set(channelId, known);
    return known;
  };
  const parser = startParser({ db, clock, log, adapters }, only, watch);
  const onStored = (accountId: AccountId, channelId: string) => parser.wake(accountId, channelId);
  const receiver = createReceiver({ db, clock, log, adapters }, onStored);
  const outbox = startOutbox(
    {
      db,
      clock,
      log,
      adapters,
      budgetOf,
      chance,
      only,
      ...(options.sendTimeoutMs !== undefined && { sendTimeout: options.sendTimeoutMs }),
    },
    dark,
    watch,
  );
  const reading = {
    db,
    clock,
    log,
    adapters,
    budgetOf,
    onStored,
    holder: options.holder ?? randomUUID(),
    only,
    chance,
  };
  const pulls = startPulls(reading, watch && !dark);
  const streams = startStreams(reading, watch && !dark);
  const accountOf = async (channelId: string): Promise<AccountId> => {
    const found = await findAccountOfChannel(db, channelId);
    if (!found) throw new Error(`There is no channel ${channelId}.`);
    return found;
  };
  return {
    receiver,
    hookUrl: (hookId) => `${publicUrl.replace(/\/+$/, "")}/hooks/${hookId}`,
    drainInbound: async () => {
      await receiver.drain();
      return parser.drain();
    },
    drainOutbox: () => outbox.drain(),
    reconcile: async (channelId) => pulls.reconcile(await accountOf(channelId), channelId),
    backfill: async (channelId) => pulls.backfill(await accountOf(channelId), channelId),
    async close() {
      await receiver.drain();
      await Promise.all([parser.close(), outbox.close(), pulls.close(), streams.close()]);
    },
  };
}
