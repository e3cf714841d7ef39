import { setTimeout as pause } from "node:timers/promises";
import { type Instant, type Millis, SECOND } from "#platform/clock";
import type { Tx } from "#platform/db";
import { dropLease, keepLease, type Lease, takeLease } from "#platform/lease";
import type { Log } from "#platform/log";
import { noteTrouble } from "../channels.ts";
import type { Ears, Known, Streamer } from "../domain/adapter.ts";
import { clipped, NetworkFailure } from "../domain/errors.ts";
import { messageKey } from "../domain/input-key.ts";
import { retryDelay } from "../domain/retry.ts";
import { renewableAccess } from "../secrets.ts";
import {
  type ChannelPlace,
  type ChannelRow,
  channelsThatAreOn,
  findChannel,
  type Only,
} from "../store/channel-store.ts";
import { findCursor } from "../store/cursor-store.ts";
import { findKeys } from "../store/key-store.ts";
import { knownAuthors } from "../store/message-store.ts";
import { rawWaits } from "../store/raw-store.ts";
import { keepPage, type PullDeps } from "./pull-once.ts";

export interface StreamLoops {
  close(): Promise<void>;
}

type Deps = PullDeps & { log: Log; holder: string; only: Only; ears?: Ears | undefined; chance(): number };

const TICK: Millis = 1_000;
const LEASE: Millis = 60_000;
const RENEW: Millis = 20_000;
/** So many sign-ins in a row that are turned down are no accident: somebody has to look, and no further one locks the account. */
const REFUSALS = 3;
/** What is waiting to be parsed is waited for this long: it says which threads are ours. */
const PARSED_WITHIN = 10 * SECOND;

/** One open line per channel whose adapter has one, on one node at a time; a broken line is opened again from its cursor. */
export function startStreams(deps: Deps, watch: boolean): StreamLoops {
  const open = new Map<string, { stop: AbortController; done: Promise<void> }>();
  const due = new Map<string, { at: Instant; fails: number }>();
  let closed = false;

  function begin(place: ChannelPlace, streamer: Streamer): void {
    const stop = new AbortController();
    const done = turn(place, streamer, stop)
      .catch((error) => {
        if (!closed) deps.log.warn({ err: error, channelId: place.channelId }, "streams: will try again");
      })
      .finally(() => open.delete(place.channelId));
    open.set(place.channelId, { stop, done });
  }

  async function turn(place: ChannelPlace, streamer: Streamer, stop: AbortController): Promise<void> {
    const { accountId, channelId } = place;
    const fails = due.get(channelId)?.fails ?? 0;
    let read = 0;
    const lease = await takeLease(deps.db, `stream:${channelId}`, deps.holder, deps.clock.now(), LEASE);
    if (!lease) return;
    const renewal = renew(place, lease, stop);
    try {
      const has = await readStream(deps, place, streamer, stop.signal, () => {
        read += 1;
      });
      due.set(channelId, { at: deps.clock.now() + (has ? SECOND : RENEW), fails: 0 });
    } catch (error) {
      if (closed || stop.signal.aborted) return;
      const failed = read > 0 ? 1 : fails + 1;
      const data = error instanceof NetworkFailure ? error.data : null;
      due.set(channelId, {
        at: deps.clock.now() + retryDelay(failed, deps.chance(), data?.retryAfterMs),
        fails: failed,
      });
      deps.log.warn({ err: error, channelId, stream: streamer.name }, "stream broke, opened again later");
      // A line that breaks now and then is nobody's trouble.
      const shutOut = data?.class === "auth" && (failed >= REFUSALS || data.code === "invalid_grant");
      if (data && (failed > 1 || shutOut))
        await deps.db
          .withAccount(accountId, (tx) =>
            noteTrouble(tx, channelId, shutOut ? "needs-reauth" : null, clipped(data.message)),
          )
          .catch(() => {});
    } finally {
      clearInterval(renewal);
      await dropLease(deps.db, lease).catch(() => {});
    }
  }

  /** The line is ended when another node has taken it, and when the channel was connected anew: it may listen to other things. */
  function renew(place: ChannelPlace, lease: Lease, stop: AbortController): NodeJS.Timeout {
    const configOf = () =>
      deps.db.withAccount(place.accountId, async (tx) =>
        JSON.stringify((await findChannel(tx, place.channelId))?.config ?? null),
      );
    const began = configOf();
    const look = async () => {
      const kept = await keepLease(deps.db, lease, deps.clock.now(), LEASE);
      if (!kept || (await began) !== (await configOf())) stop.abort();
    };
    began.catch(() => {});
    return setInterval(() => void look().catch(() => {}), RENEW);
  }

  async function tick(): Promise<void> {
    const places = await channelsThatAreOn(deps.db, deps.only);
    if (closed) return;
    const on = new Set(places.map((p) => p.channelId));
    for (const [channelId, { stop }] of open) if (!on.has(channelId)) stop.abort();
    for (const place of places) {
      const streamer = deps.adapters[place.network]?.stream;
      if (!streamer || open.has(place.channelId) || (due.get(place.channelId)?.at ?? 0) > deps.clock.now()) continue;
      begin(place, streamer);
    }
  }

  let ticking: Promise<void> | null = null;
  const look = () => {
    ticking ??= tick()
      .catch((error) => {
        if (!closed) deps.log.warn({ err: error }, "streams: will look again");
      })
      .finally(() => {
        ticking = null;
      });
  };
  const timer = watch ? setInterval(look, TICK) : undefined;
  if (watch) look();
  return {
    async close() {
      closed = true;
      clearInterval(timer);
      await ticking;
      for (const { stop } of open.values()) stop.abort();
      await Promise.all([...open.values()].map((o) => o.done));
    },
  };
}

/** Reads until the line ends; false: the channel has none. */
async function readStream(
  deps: Deps,
  { accountId, channelId }: ChannelPlace,
  streamer: Streamer,
  signal: AbortSignal,
  onPage: () => void,
): Promise<boolean> {
  const act = <T>(run: (tx: Tx) => Promise<T>) => deps.db.withAccount(accountId, run);
  const ready = await act(async (tx) => {
    const channel = await findChannel(tx, channelId);
    if (channel?.state !== "on") return null;
    return {
      channel,
      access: await renewableAccess(tx, deps.db, channel),
      since: await findCursor(tx, channelId, streamer.name),
    };
  });
  if (!ready || !streamer.isOn(ready.access)) return false;
  const until = deps.clock.now() + PARSED_WITHIN;
  while (!signal.aborted && deps.clock.now() < until && (await act((tx) => rawWaits(tx, channelId)))) await pause(50);
  const source = { name: streamer.name, purpose: "stream" } as const;
  let { since } = ready;
  const known = knownOf(deps, ready.channel, accountId);
  const pages = streamer.open(ready.access, since, known, await deps.budgetOf(channelId), signal);
  for await (const page of pages) {
    const kept = await act((tx) => keepPage(tx, ready.channel, source, since, page));
    // Another node reads this line.
    if (!kept) return true;
    ready.channel.trouble = null;
    if (page.next !== since?.value) since = { value: page.next, version: (since?.version ?? 0) + 1 };
    if (page.body) deps.onStored(accountId, channelId);
    onPage();
    if (signal.aborted) return true;
  }
  return true;
}

export function knownOf(
  deps: Pick<Deps, "db" | "ears">,
  channel: ChannelRow,
  accountId: Parameters<Deps["onStored"]>[0],
): Known {
  return {
    messages: (externalIds) =>
      deps.db.withAccount(accountId, async (tx) => {
        const byKey = new Map(externalIds.map((id) => [messageKey(channel.id, channel.externalId, id), id]));
        return new Set([...(await findKeys(tx, [...byKey.keys()])).keys()].map((key) => byKey.get(key)!));
      }),
    authors: (ids) => deps.db.withAccount(accountId, (tx) => knownAuthors(tx, channel.id, channel.network, ids)),
    ...(deps.ears && {
      wanted: (posts) => {
        const { brandId, network } = channel;
        return (deps.ears as Ears).wanted({ accountId, brandId, network }, posts);
      },
    }),
  };
}
