import type { Instant, Millis } from "#platform/clock";
import type { CostRule } from "#shared/capabilities";
import type { Urgency } from "./urgency.ts";

/** Answers may go on beyond the cap by this share of it, so that a month's last days are not silent; then they stop too. */
export const REPLIES_BEYOND_CAP = 0.2;
/** From this share of the cap on it is told. */
export const WARN_AT = 0.8;

/** Calendar months of UTC, as networks bill: `2026-11`. */
export const monthOf = (at: Instant): string => new Date(at).toISOString().slice(0, 7);
const monthEnd = (at: Instant): Instant => {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
};

export interface Spending {
  month: string;
  /** Millionths of the currency, this node's and others' as far as they are known. */
  micros: number;
}

/** What a channel's calls cost this month, and whether another one may be paid. */
export interface Money {
  /** Until the month is over, or 0. Listening stops at the cap, answers at a fifth beyond, answers to people in danger never. */
  wait(bucket: string, forWhat: Urgency, now: Instant): Millis;
  spend(bucket: string, now: Instant): void;
  /** What was spent here and is not written down yet. */
  unsaved(): Spending[];
  /** `micros` of it are written down now; `total` is what all nodes have spent. */
  saved(month: string, micros: number, total: number): void;
  /** Null: no cap. */
  setCap(micros: number | null): void;
  spent(now: Instant): Spending;
}

export type MoneyState = "ok" | "warning" | "listening-stopped" | "stopped";

/** How far the month's money has gone. */
export function moneyState(micros: number, cap: number | null): MoneyState {
  if (cap === null || micros < cap * WARN_AT) return "ok";
  if (micros < cap) return "warning";
  return micros < cap * (1 + REPLIES_BEYOND_CAP) ? "listening-stopped" : "stopped";
}

export function createMoney({ microsPerCall }: CostRule, cap: number | null): Money {
  const written = new Map<string, number>();
  const fresh = new Map<string, number>();
  const totalOf = (month: string) => (written.get(month) ?? 0) + (fresh.get(month) ?? 0);
  const costOf = (bucket: string) => (Object.hasOwn(microsPerCall, bucket) ? microsPerCall[bucket]! : 0);
  return {
    wait(bucket, forWhat, now) {
      const cost = costOf(bucket);
      if (cap === null || cost === 0 || forWhat === "crisis") return 0;
      const most = forWhat === "reply" ? cap * (1 + REPLIES_BEYOND_CAP) : cap;
      return totalOf(monthOf(now)) + cost > most ? monthEnd(now) - now : 0;
    },
    spend(bucket, now) {
      const cost = costOf(bucket);
      if (cost > 0) fresh.set(monthOf(now), (fresh.get(monthOf(now)) ?? 0) + cost);
    },
    unsaved: () => [...fresh].filter(([, micros]) => micros > 0).map(([month, micros]) => ({ month, micros })),
    saved(month, micros, total) {
      fresh.set(month, (fresh.get(month) ?? 0) - micros);
      written.set(month, total);
    },
    setCap(micros) {
      cap = micros;
    },
    spent: (now) => ({ month: monthOf(now), micros: totalOf(monthOf(now)) }),
  };
}
