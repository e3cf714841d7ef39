import { type Clock, MINUTE, type Millis, SECOND } from "#platform/clock";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { takeLease } from "#platform/lease";
import type { Log } from "#platform/log";
import type { Care } from "../connect/care.ts";
import type { Adapter } from "../domain/adapter.ts";
import { type ChannelPlace, channelsToWatch, findChannels, type Only } from "../store/channel-store.ts";
import { findChecks } from "../store/check-store.ts";
import { judge } from "./judge.ts";

export interface Watch {
  /** Judges every channel and looks at those that are due, now. */
  inspect(): Promise<void>;
  close(): Promise<void>;
}

export interface WatchDeps {
  db: Database;
  clock: Clock;
  log: Log;
  adapters: Readonly<Record<string, Adapter>>;
  care: Care;
  holder: string;
  only: Only;
}

/** Alarms have to be told within five minutes; after a start the readers get a minute to catch up before anybody is called ill. */
const EVERY: Millis = 30 * SECOND;
const GRACE: Millis = MINUTE;
const LEASE: Millis = 90 * SECOND;
/** Each look takes twenty seconds at most: a hundred channels whose networks are mute are looked at within two minutes. */
const AT_ONCE = 20;

/** One node per account looks after its channels. */
export function startWatch(deps: WatchDeps, watch: boolean): Watch {
  const { db, clock, log, adapters } = deps;
  let closed = false;

  /** Alarms are told by what is known: no look at a mute network holds that up. Returns which channels are due for a look. */
  async function judgeAll(): Promise<ChannelPlace[]> {
    const due: ChannelPlace[] = [];
    const places = await channelsToWatch(db, deps.only);
    for (const [accountId, own] of Map.groupBy(places, (p) => p.accountId)) {
      if (closed) return [];
      if (!(await takeLease(db, `health:${accountId}`, deps.holder, clock.now(), LEASE))) continue;
      try {
        due.push(...(await judgeAccount(accountId, own)));
      } catch (error) {
        if (!closed) log.warn({ err: error, accountId }, "channels could not be judged, tried again later");
      }
    }
    return due;
  }

  async function judgeAccount(accountId: AccountId, own: readonly ChannelPlace[]): Promise<ChannelPlace[]> {
    await db.withAccount(accountId, (tx) => judge(tx, adapters, undefined, log));
    return db.withAccount(accountId, async (tx) => {
      const checks = await findChecks(tx);
      const awake = new Set((await findChannels(tx)).filter((row) => row.state !== "paused").map((row) => row.id));
      return own.filter(
        ({ channelId, network }) =>
          adapters[network]?.connect && awake.has(channelId) && (checks.get(channelId)?.nextAt ?? 0) <= clock.now(),
      );
    });
  }

  /** Side by side, whosever they are: one that hangs keeps a lane and not the others. */
  async function lookAt(due: readonly ChannelPlace[]): Promise<void> {
    const next = due.values();
    const lane = async () => {
      for (const { accountId, channelId } of next) {
        if (closed) return;
        await deps.care.check(accountId, channelId, false).catch((error) => {
          if (!closed) log.warn({ err: error, channelId }, "a channel could not be looked at, tried again later");
        });
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, due.length) }, lane));
  }

  let looking: Promise<void> | null = null;
  async function inspect(): Promise<void> {
    await judgeLook();
    await looking;
  }
  async function judgeLook(): Promise<void> {
    const due = await judgeAll();
    if (due.length > 0)
      looking ??= lookAt(due).finally(() => {
        looking = null;
      });
  }

  let ticking: Promise<void> | null = null;
  const tick = () => {
    ticking ??= judgeLook()
      .catch((error) => {
        if (!closed) log.warn({ err: error }, "health of channels: will look again");
      })
      .finally(() => {
        ticking = null;
      });
  };
  let timer: NodeJS.Timeout | undefined;
  const grace = watch
    ? setTimeout(() => {
        timer = setInterval(tick, EVERY);
        tick();
      }, GRACE)
    : undefined;
  return {
    inspect,
    async close() {
      closed = true;
      clearTimeout(grace);
      clearInterval(timer);
      await ticking;
      await looking;
    },
  };
}
