import { settingOf } from "#modules/company";
import { type Clock, type Millis, SECOND } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import { capabilitiesOf } from "../capabilities.ts";
import { createMoney, type Money, monthOf } from "../domain/money-budget.ts";
import { createRateBudget, type KeptBudget, type RateBudget } from "../domain/rate-budget.ts";
import { addSpending, findBuckets, findSpending, saveBuckets } from "../store/budget-store.ts";
import { findAccountOfChannel, findChannel } from "../store/channel-store.ts";
import { moneyCapSetting } from "./settings.ts";

/** The budgets of calls and money of this process, written down behind the calls. */
export interface Budgets {
  /** Loaded once; the same object for all who call on this channel. */
  of(channelId: string): Promise<RateBudget>;
  /** Writes down what has changed: one transaction per account that called. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface Kept {
  accountId: AccountId;
  channelId: string;
  budget: KeptBudget;
  money: Money | undefined;
  /** Called on since it was last written down. */
  touched: boolean;
}

/** What a crash may forget of the calls, and how late other nodes hear of them. Money under a cap is written down before it is spent. */
const FLUSH_EVERY: Millis = 5 * SECOND;
const MICROS = 1_000_000;

export function createBudgets(deps: { db: Database; clock: Clock; log: Log }, watch: boolean): Budgets {
  const { db, clock, log } = deps;
  const kept = new Map<string, Promise<Kept | null>>();
  const turns = new Map<AccountId, Promise<void>>();
  let saving: Promise<void> = Promise.resolve();

  async function load(channelId: string): Promise<Kept | null> {
    const accountId = await findAccountOfChannel(db, channelId);
    if (!accountId) return null;
    return db.withAccount(accountId, async (tx) => {
      const row = await findChannel(tx, channelId);
      if (!row) return null;
      const { rate, costs } = capabilitiesOf(row.network, row.overrides);
      const money = costs && createMoney(costs, await capOf(tx, channelId));
      const budget = createRateBudget(rate, money);
      for (const known of await findBuckets(tx, [channelId]))
        if (known.resetAt !== null && known.resetAt > tx.now) budget.restore(known.bucket, known);
      const month = monthOf(tx.now);
      if (money)
        for (const { micros, setAside } of await findSpending(tx, [channelId], month))
          money.saved({ month, micros: 0, setAside: 0 }, micros + setAside);
      return { accountId, channelId, budget, money, touched: false };
    });
  }

  /** Of an account one writes at a time: what is being written is not written twice. */
  function inTurn(accountId: AccountId, run: () => Promise<void>): Promise<void> {
    const turn = (turns.get(accountId) ?? Promise.resolve()).catch(() => {}).then(run);
    turns.set(accountId, turn);
    return turn;
  }

  async function save(closing: boolean): Promise<void> {
    const all = (await Promise.allSettled(kept.values())).flatMap((k) =>
      k.status === "fulfilled" && k.value ? [k.value] : [],
    );
    const changed = all.filter((one) => one.touched || (closing && one.money));
    const written = [...Map.groupBy(changed, (one) => one.accountId)].map(([accountId, own]) =>
      inTurn(accountId, () => write(accountId, own, closing)),
    );
    // One account's trouble is not the others'.
    const faults = (await Promise.allSettled(written)).flatMap((w) => (w.status === "rejected" ? [w.reason] : []));
    if (faults.length > 0)
      throw faults.length === 1 ? faults[0] : new AggregateError(faults, "Not all were written down.");
  }

  async function write(accountId: AccountId, own: readonly Kept[], closing = false): Promise<void> {
    for (const one of own) one.touched = false;
    try {
      await db.withAccount(accountId, (tx) => saveOf(tx, own, closing));
    } catch (error) {
      for (const one of own) one.touched = true;
      throw error;
    }
  }

  /** Before it is spent. A call that finds nothing set aside waits for it. */
  async function setAside(one: Kept): Promise<void> {
    const isLow = () => one.money?.isLow(clock.now()) === true;
    if (!isLow()) return;
    await inTurn(one.accountId, async () => {
      if (isLow()) await write(one.accountId, [one]);
    }).catch((error) => log.warn({ err: error }, "budgets: money could not be set aside"));
  }

  const flush = (closing = false) => {
    saving = saving.catch(() => {}).then(() => save(closing));
    return saving;
  };
  const timer = watch
    ? setInterval(() => {
        flush().catch((error) => log.warn({ err: error }, "budgets: will be written down later"));
      }, FLUSH_EVERY)
    : undefined;

  return {
    async of(channelId) {
      const loading = kept.get(channelId) ?? load(channelId);
      kept.set(channelId, loading);
      const found = await loading.catch((error: unknown) => {
        kept.delete(channelId);
        throw error;
      });
      if (found) {
        await setAside(found);
        return touching(found, () => void setAside(found));
      }
      // Disconnected meanwhile: a last call is counted nowhere.
      kept.delete(channelId);
      return createRateBudget();
    },
    flush: () => flush(),
    async close() {
      clearInterval(timer);
      await flush(true).catch((error) => log.warn({ err: error }, "budgets: the last calls were not written down"));
    },
  };

  async function saveOf(tx: Tx, own: readonly Kept[], closing: boolean): Promise<void> {
    await saveBuckets(
      tx,
      own.flatMap(({ channelId, budget }) =>
        [...budget.buckets(clock.now())].map(([bucket, state]) => ({ channelId, bucket, ...state })),
      ),
    );
    const spent = own.flatMap(({ channelId, money }) =>
      (money?.unsaved(clock.now(), closing) ?? []).map((s) => ({ channelId, ...s })),
    );
    const totals = await addSpending(tx, spent);
    const caps = own.some((one) => one.money) ? (await settingOf(tx, moneyCapSetting)).value : {};
    tx.afterCommit(() => {
      for (const one of own) {
        const cap = caps[one.channelId]?.cap;
        one.money?.setCap(cap === undefined ? null : Math.round(cap * MICROS));
        for (const total of totals.filter((t) => t.channelId === one.channelId)) {
          const part = spent.find((s) => s.channelId === total.channelId && s.month === total.month)!;
          one.money?.saved(part, total.micros + total.setAside);
        }
      }
    });
  }
}

async function capOf(tx: Tx, channelId: string): Promise<number | null> {
  const cap = (await settingOf(tx, moneyCapSetting)).value[channelId]?.cap;
  return cap === undefined ? null : Math.round(cap * MICROS);
}

function touching(one: Kept, spent: () => void): RateBudget {
  const { budget } = one;
  const mark = <T>(value: T): T => {
    one.touched = true;
    return value;
  };
  return {
    wait(bucket, forWhat, now) {
      const wait = mark(budget.wait(bucket, forWhat, now));
      spent();
      return wait;
    },
    observe: (bucket, seen) => mark(budget.observe(bucket, seen)),
    block: (bucket, until) => mark(budget.block(bucket, until)),
  };
}
