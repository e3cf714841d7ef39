import type { AccountId } from "#platform/ids";
import type { Only } from "../store/channel-store.ts";
import { waitingChannels } from "../store/raw-store.ts";
import { type ParseDeps, parseChannel } from "./parse-worker.ts";

export interface Parser {
  /** Input was stored for this channel. */
  wake(accountId: AccountId, channelId: string): void;
  /** Parses until nothing waits; returns the number of raw inputs. Channels of the same account run side by side. */
  drain(): Promise<number>;
  close(): Promise<void>;
}

const POLL_MS = 1_000;

/** Parses what waits: woken in this process, with a poll of one second as the net for what other nodes stored. */
export function startParser(deps: ParseDeps, only: Only, watch: boolean): Parser {
  const dirty = new Map<string, { accountId: AccountId; channelId: string }>();
  let closed = false;
  let running: Promise<void> | null = null;

  async function pass(): Promise<void> {
    while (dirty.size > 0 && !closed) {
      const batch = [...dirty.values()].slice(0, 4);
      for (const { channelId } of batch) dirty.delete(channelId);
      await Promise.all(
        batch.map(({ accountId, channelId }) =>
          parseChannel(deps, accountId, channelId).catch((error) => {
            if (!closed) deps.log.warn({ err: error, channelId }, "parser: will try again");
          }),
        ),
      );
    }
  }
  function run(): void {
    if (running || closed || !watch) return;
    running = pass().finally(() => {
      running = null;
      if (dirty.size > 0) run();
    });
  }
  async function look(): Promise<number> {
    const waiting = await waitingChannels(deps.db, only);
    for (const place of waiting) dirty.set(place.channelId, place);
    run();
    return waiting.length;
  }
  const poll = setInterval(() => {
    if (watch && !running)
      look().catch((error) => {
        if (!closed) deps.log.warn({ err: error }, "parser: will look again");
      });
  }, POLL_MS);
  if (watch) look().catch(() => {});

  return {
    wake(accountId, channelId) {
      dirty.set(channelId, { accountId, channelId });
      run();
    },
    async drain() {
      let done = 0;
      for (;;) {
        while (running) await running;
        const waiting = await waitingChannels(deps.db, only);
        if (waiting.length === 0 || closed) return done;
        let round = 0;
        for (const { accountId, channelId } of waiting) round += await parseChannel(deps, accountId, channelId);
        if (round === 0) return done;
        done += round;
      }
    },
    async close() {
      closed = true;
      clearInterval(poll);
      await running;
    },
  };
}
