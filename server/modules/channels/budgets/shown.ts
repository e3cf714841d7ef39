import { settingOf } from "#modules/company";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { capabilitiesOf } from "../capabilities.ts";
import { type MoneyState, moneyState, monthOf } from "../domain/money-budget.ts";
import { reserveOf } from "../domain/rate-budget.ts";
import { findBuckets, findSpending } from "../store/budget-store.ts";
import type { ChannelRow } from "../store/channel-store.ts";
import { moneyCapSetting } from "./settings.ts";

/** What is left of one limit of calls; `reserve…`: how many of it are kept for whom. */
export interface ShownBucket {
  bucket: string;
  limit: number;
  remaining: number;
  resetAt: Instant | null;
  reserveForReplies: number;
  reserveForCrisis: number;
}
/** In the network's currency; `cap` null: none is set. */
export interface ShownMoney {
  spent: number;
  cap: number | null;
  currency: string;
  month: string;
  state: MoneyState;
}
export interface ShownBudget {
  budgets: ShownBucket[];
  money: ShownMoney | null;
}

const MICROS = 1_000_000;

/** What the channels may still call and spend, as it was written down last (a few seconds ago). */
export async function budgetsOf(tx: Tx, rows: readonly ChannelRow[]): Promise<Map<string, ShownBudget>> {
  const ids = rows.map((row) => row.id);
  const month = monthOf(tx.now);
  const stored = Map.groupBy(await findBuckets(tx, ids), (b) => b.channelId);
  const paid = rows.filter((row) => capabilitiesOf(row.network, row.overrides).costs).map((row) => row.id);
  const spending = new Map((await findSpending(tx, paid, month)).map((s) => [s.channelId, s]));
  const caps = paid.length > 0 ? (await settingOf(tx, moneyCapSetting)).value : {};
  return new Map(
    rows.map((row): [string, ShownBudget] => {
      const { rate, costs } = capabilitiesOf(row.network, row.overrides);
      const known = new Map((stored.get(row.id) ?? []).map((b) => [b.bucket, b]));
      const named = new Map(rate.flatMap((r) => (r.limit === undefined ? [] : [[r.bucket, r.limit] as const])));
      for (const [name, { limit }] of known) named.set(name, limit);
      const budgets = [...named].map(([bucket, limit]) => {
        const now = known.get(bucket);
        const running = now?.resetAt != null && now.resetAt > tx.now;
        return {
          ...{ bucket, limit, remaining: running ? now.remaining : limit, resetAt: running ? now.resetAt : null },
          ...{ reserveForReplies: reserveOf(limit, "listening"), reserveForCrisis: reserveOf(limit, "reply") },
        };
      });
      const cap = caps[row.id]?.cap ?? null;
      const { micros, setAside } = spending.get(row.id) ?? { micros: 0, setAside: 0 };
      const money = costs
        ? {
            ...{ spent: micros / MICROS, cap, currency: costs.currency, month },
            state: moneyState(micros + setAside, cap === null ? null : cap * MICROS),
          }
        : null;
      return [row.id, { budgets, money }];
    }),
  );
}
