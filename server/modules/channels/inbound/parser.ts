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
const AT_ONCE = 4;

/** Parses what waits: woken in this process, with a poll of one second as the net for what other nodes stored. */
export function startParser(deps: ParseDeps, only: Only, watch: boolean): Parser {
  const dirty = new Map<string, { accountId: AccountId; channelId: string }>();
  let closed = false;
  let running: Promise<void> | null = null;
  let tell = () => {};
  let looking = false;

  /** So many at a time, and the next as soon as one is done: a channel with much to read holds up only itself. */
  async function pass(): Promise<void> {
    const reading = new Map<string, Promise<void>>();
    while ((dirty.size > 0 || reading.size > 0) && !closed) {
      for (const [channelId, { accountId }] of dirty) {
        if (reading.size >= AT_ONCE) break;
        // What came while it is read is seen by its reader or, if that was about to end, right after.
        if (reading.has(channelId)) continue;
        dirty.delete(channelId);
        const one = parseChannel(deps, accountId, channelId)
          .then(() => {})
          .catch((error) => {
            if (!closed) deps.log.warn({ err: error, channelId }, "parser: will try again");
          })
          .finally(() => reading.delete(channelId));
        reading.set(channelId, one);
      }
      if (reading.size > 0) await Promise.race([...reading.values(), news()]);
    }
    await Promise.all(reading.values());
  }
  /** Until something new waits. */
  function news(): Promise<void> {
    return new Promise((told) => {
      tell = told;
    });
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
    tell();
    run();
    return waiting.length;
  }
  const poll = setInterval(() => {
    // While it reads, too: what other nodes stored for another channel does not wait for a large one here.
    if (!watch || looking) return;
    looking = true;
    look()
      .catch((error) => {
        if (!closed) deps.log.warn({ err: error }, "parser: will look again");
      })
      .finally(() => {
        looking = false;
      });
  }, POLL_MS);
  if (watch) look().catch(() => {});

  return {
    wake(accountId, channelId) {
      dirty.set(channelId, { accountId, channelId });
      tell();
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
