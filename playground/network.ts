import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { applyRecord } from "./domain/apply.ts";
import { makeId, networkIdFrom } from "./domain/ids.ts";
import type { By, Fact, LogRecord } from "./domain/records.ts";
import { emptyState, type State } from "./domain/state.ts";
import { type AcceptedFile, openAcceptedFile } from "./store/accepted-file.ts";
import { type Log, memoryLog, openLog } from "./store/log.ts";

export type Clock = { now(): number };

/** The network: its state, and the one way to change it. */
export type Network = {
  state: State;
  clock: Clock;
  /** An id for something the next record makes. */
  newId(prefix: string, place?: number): string;
  /** Takes a decided fact in and resolves when it is on disk. The state shows it at once, the feeds when it is on disk. */
  write(by: By, fact: Fact): Promise<void>;
  writeLazily(by: By, fact: Fact): void;
  settled(): Promise<void>;
  /** How many of `state.events` are on disk, so may be shown to others. */
  durableEvents(): number;
  onDurable(listener: () => void): () => void;
  logBytes(): number;
  failure(): Error | null;
  close(): Promise<void>;
};

export async function openNetwork(options: { dataDir?: string; clock: Clock; seed?: string }): Promise<Network> {
  const { clock, dataDir } = options;
  const state = emptyState();
  const log: Log = dataDir
    ? await openLog(join(dataDir, "network.jsonl"), (record) => applyRecord(state, record))
    : memoryLog();
  const listeners = new Set<() => void>();
  let durable = state.events.length;
  let durableAccepted = state.accepted.length;
  let acceptedFile: AcceptedFile | null = null;

  function recordOf(by: By, fact: Fact): LogRecord {
    const failed = log.failure();
    if (failed) throw failed;
    const record: LogRecord = { n: state.records + 1, at: clock.now(), by, fact };
    applyRecord(state, record);
    return record;
  }

  async function write(by: By, fact: Fact): Promise<void> {
    const record = recordOf(by, fact);
    const events = state.events.length;
    const accepted = state.accepted.length;
    await log.append(record);
    durable = Math.max(durable, events);
    if (accepted > durableAccepted) {
      acceptedFile?.add(state.accepted.slice(durableAccepted, accepted));
      durableAccepted = accepted;
    }
    for (const listener of listeners) listener();
  }

  if (state.records === 0) {
    const seed = options.seed ?? randomBytes(16).toString("hex");
    const secret = options.seed ? makeId("secret", seed, 0) : randomBytes(24).toString("base64url");
    await write({ via: "system", caller: null }, { type: "network.opened", network: networkIdFrom(seed), secret });
  }
  if (dataDir) acceptedFile = await openAcceptedFile(join(dataDir, "accepted.jsonl"), state.accepted);

  return {
    state,
    clock,
    newId: (prefix, place = 0) => makeId(prefix, state.network, state.records + 1, place),
    write,
    writeLazily: (by, fact) => log.appendLazily(recordOf(by, fact)),
    settled: () => log.settled(),
    durableEvents: () => durable,
    onDurable(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    logBytes: () => log.bytes(),
    failure: () => log.failure(),
    async close() {
      await log.close();
      await acceptedFile?.close();
    },
  };
}
