import type { Instant, Millis } from "#platform/clock";
import type { AccountId } from "#platform/ids";
import { dropLease, type Lease, takeLease } from "#platform/lease";
import type { Log } from "#platform/log";
import { noteTrouble } from "../channels.ts";
import type { PullStream } from "../domain/adapter.ts";
import { clipped, NetworkFailure } from "../domain/errors.ts";
import { retryDelay } from "../domain/retry.ts";
import { type ChannelPlace, channelsThatAreOn, type Only } from "../store/channel-store.ts";
import { type PullDeps, pullOnce } from "./pull-once.ts";

export interface PullLoops {
  /** Reads the reconcile (or primary) streams of a channel to their end, now. Throws what the network answers. */
  reconcile(accountId: AccountId, channelId: string): Promise<void>;
  /** Reads the history that somebody asked for, to its end. */
  backfill(accountId: AccountId, channelId: string): Promise<void>;
  close(): Promise<void>;
}

const TICK: Millis = 1_000;
const LEASE: Millis = 60_000;

/** Each stream in its own time; one node at a time per channel; a failing channel backs off and holds no other up. */
export function startPulls(
  deps: PullDeps & { log: Log; holder: string; only: Only; chance(): number },
  watch: boolean,
): PullLoops {
  const due = new Map<string, { at: Instant; fails: number }>();
  const busy = new Map<string, Promise<void>>();
  const held = new Map<string, Lease>();
  let closed = false;

  function streamsOf(network: string): readonly PullStream[] {
    return deps.adapters[network]?.pull?.streams ?? [];
  }

  async function readAll(accountId: AccountId, channelId: string, stream: PullStream): Promise<void> {
    while (!closed && (await pullOnce(deps, accountId, channelId, stream))) {}
  }

  async function turn(place: ChannelPlace, stream: PullStream, key: string): Promise<void> {
    const { accountId, channelId } = place;
    const fails = due.get(key)?.fails ?? 0;
    try {
      const lease = await takeLease(deps.db, `pull:${channelId}`, deps.holder, deps.clock.now(), LEASE);
      if (!lease) return;
      // Two streams of a channel take it at once, and hear of it in either order: the later token is the one that drops it.
      if (lease.token > (held.get(channelId)?.token ?? 0)) held.set(channelId, lease);
      await readAll(accountId, channelId, stream);
      due.set(key, { at: deps.clock.now() + stream.everyMs, fails: 0 });
    } catch (error) {
      if (closed) return;
      const data = error instanceof NetworkFailure ? error.data : null;
      due.set(key, {
        at: deps.clock.now() + retryDelay(fails + 1, deps.chance(), data?.retryAfterMs),
        fails: fails + 1,
      });
      deps.log.warn({ err: error, channelId, stream: stream.name }, "pull failed, tried again later");
      if (data && data.class !== "rate-limited")
        await deps.db
          .withAccount(accountId, (tx) =>
            noteTrouble(tx, channelId, data.class === "auth" ? "needs-reauth" : null, clipped(data.message)),
          )
          .catch(() => {});
    }
  }

  async function tick(): Promise<void> {
    for (const place of await channelsThatAreOn(deps.db, deps.only))
      for (const stream of streamsOf(place.network)) {
        const key = `${place.channelId} ${stream.name}`;
        if (closed || busy.has(key) || (due.get(key)?.at ?? 0) > deps.clock.now()) continue;
        busy.set(
          key,
          turn(place, stream, key).finally(() => busy.delete(key)),
        );
      }
  }

  let ticking = false;
  const timer = watch
    ? setInterval(() => {
        if (ticking) return;
        ticking = true;
        tick()
          .catch((error) => {
            if (!closed) deps.log.warn({ err: error }, "pulls: will try again");
          })
          .finally(() => {
            ticking = false;
          });
      }, TICK)
    : undefined;

  async function now(accountId: AccountId, channelId: string, which: (stream: PullStream) => boolean): Promise<void> {
    const place = (await channelsThatAreOn(deps.db, deps.only)).find(
      (c) => c.channelId === channelId && c.accountId === accountId,
    );
    for (const stream of streamsOf(place?.network ?? ""))
      if (which(stream)) await readAll(accountId, channelId, stream);
  }

  return {
    reconcile: (accountId, channelId) => now(accountId, channelId, (s) => s.purpose !== "backfill"),
    backfill: (accountId, channelId) => now(accountId, channelId, (s) => s.purpose === "backfill"),
    async close() {
      closed = true;
      clearInterval(timer);
      await Promise.all(busy.values());
      // Whoever comes next need not wait for them to run out.
      for (const lease of held.values()) await dropLease(deps.db, lease).catch(() => {});
    },
  };
}
