import { randomUUID } from "node:crypto";
import type { Clock } from "#platform/clock";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import { createBudgets } from "./budgets/budgets.ts";
import { type Care, createCare } from "./connect/care.ts";
import type { Adapter, Ears } from "./domain/adapter.ts";
import type { Scanner } from "./files/clamav.ts";
import { startFileWorker } from "./files/file-worker.ts";
import { createImages } from "./files/images/images.ts";
import { type AttachedFile, uploadFile } from "./files/outbound-files.ts";
import { startWatch } from "./health/watch.ts";
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
  /** Where the playground reaches us: it runs beside us, and the public address may lead through a proxy. */
  nearUrl?: string;
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
  /** Who listens for posts that are not addressed to us; without it only what is addressed to us is heard. */
  ears?: Ears;
  /** Looks for viruses in what comes and goes; without one nothing is looked through, and the desk says so. */
  scanner?: Scanner | null;
}

export interface RunningChannels {
  readonly receiver: Receiver;
  /** The address to give to a network. */
  hookUrl(network: string, hookId: string): string;
  /** Parses all that is stored; returns how many raw inputs. */
  drainInbound(): Promise<number>;
  /** Sends all that is due by the handed clock. */
  drainOutbox(): Promise<void>;
  /** Input of a channel is durable: it is parsed now and not only at the next look. */
  stored(accountId: AccountId, channelId: string): void;
  /** Reads what pushes may have lost, to the end of the feed, now. */
  reconcile(channelId: string): Promise<void>;
  /** Connecting and looking at channels: what asks a network at somebody's word. */
  readonly care: Care;
  /** Judges every channel, and looks at the halves of those that are due, now. */
  inspect(): Promise<void>;
  /** Reads the history asked for by `startBackfill`, now. */
  backfill(channelId: string): Promise<void>;
  /** Files of messages: what an agent attaches, and what came and is fetched beside. */
  readonly files: {
    upload(
      accountId: AccountId,
      by: { agentId: string; name: string; mime: string },
      content: AsyncIterable<Uint8Array>,
    ): Promise<AttachedFile>;
    /** Fetches and looks through all that is due by the handed clock. */
    drain(): Promise<void>;
    /** Where the virus scanner is; null: there is none. */
    readonly scanner: string | null;
  };
  close(): Promise<void>;
}

/** Starts receiving, parsing, pulling and sending. */
export function startChannels(options: ChannelsOptions): RunningChannels {
  const { db, clock, log, adapters, dark = false, watch = true, chance = Math.random } = options;
  const only = options.accounts ?? null;
  const hookUrl = (network: string, hookId: string) => {
    const origin = network === "playground" ? (options.nearUrl ?? options.publicUrl) : options.publicUrl;
    return `${origin.replace(/\/+$/, "")}/hooks/${hookId}`;
  };
  const budgets = createBudgets({ db, clock, log }, watch);
  const budgetOf = (channelId: string) => budgets.of(channelId);
  const parser = startParser({ db, clock, log, adapters }, only, watch);
  const onStored = (accountId: AccountId, channelId: string) => parser.wake(accountId, channelId);
  const receiver = createReceiver({ db, clock, log, adapters }, onStored);
  const images = createImages();
  const looking = { db, scanner: options.scanner ?? null, images };
  const files = startFileWorker({ ...looking, clock, log, adapters, only }, watch && !dark);
  const outbox = startOutbox(
    {
      images,
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
    hookUrl,
    onStored,
    holder: options.holder ?? randomUUID(),
    only,
    chance,
  };
  const pulls = startPulls(reading, watch && !dark);
  const streams = startStreams({ ...reading, ears: options.ears }, watch && !dark);
  const care = createCare({ db, clock, log, adapters, budgetOf, hookUrl, chance });
  const watching = startWatch({ db, clock, log, adapters, care, holder: reading.holder, only }, watch && !dark);
  const accountOf = async (channelId: string): Promise<AccountId> => {
    const found = await findAccountOfChannel(db, channelId);
    if (!found) throw new Error(`There is no channel ${channelId}.`);
    return found;
  };
  return {
    receiver,
    hookUrl,
    stored: onStored,
    care,
    inspect: () => watching.inspect(),
    drainInbound: async () => {
      await receiver.drain();
      return parser.drain();
    },
    drainOutbox: () => outbox.drain(),
    reconcile: async (channelId) => pulls.reconcile(await accountOf(channelId), channelId),
    backfill: async (channelId) => pulls.backfill(await accountOf(channelId), channelId),
    files: {
      upload: (accountId, by, content) => uploadFile(looking, accountId, by, content),
      drain: () => files.drain(),
      scanner: looking.scanner?.address ?? null,
    },
    async close() {
      await receiver.drain();
      await Promise.all([
        parser.close(),
        outbox.close(),
        pulls.close(),
        streams.close(),
        watching.close(),
        files.close(),
      ]);
      await images.close();
      await budgets.close();
    },
  };
}
