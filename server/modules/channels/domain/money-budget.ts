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
/** What is to be written down of a month: what was spent, and by how much what is set aside for this process changes. */
export interface Settlement extends Spending {
  setAside: number;
}

/**
 * What a channel's calls cost this month, and whether another one may be paid. Under a cap money is set aside, written down and counted as
 * spent, before it is spent: a process that dies leaves too much counted, never too little, and two cannot pass a cap together.
 */
export interface Money {
  /**
   * Until the month is over, a moment while money is being set aside, or 0. Listening stops at the cap, answers at a fifth beyond, answers
   * to people in danger never.
   */
  wait(bucket: string, forWhat: Urgency, now: Instant): Millis;
  spend(bucket: string, now: Instant): void;
  /** Not much is left of what is set aside. */
  isLow(now: Instant): boolean;
  /** What is to be written; `closing`: nothing more is spent here. */
  unsaved(now: Instant, closing?: boolean): Settlement[];
  /** It is written down; `total`: what all nodes have spent and set aside. */
  saved(written: Settlement, total: number): void;
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

/** Calls' worth that a process sets aside at once: a quarter of what the month has left, within these. A crash counts so much too much. */
const FEWEST_CALLS = 5;
const MOST_CALLS = 20;
/** Until more is set aside: a statement's time. */
const SETTING_ASIDE: Millis = 250;

export function createMoney({ microsPerCall }: CostRule, cap: number | null): Money {
  /** Of all: spent and set aside, as the database had it last. */
  const written = new Map<string, number>();
  /** Of `written`, for this process. */
  const aside = new Map<string, number>();
  const fresh = new Map<string, number>();
  const of = (map: ReadonlyMap<string, number>, month: string) => map.get(month) ?? 0;
  // What is set aside here is spent only as far as it was.
  const totalOf = (month: string) => of(written, month) - of(aside, month) + of(fresh, month);
  const costOf = (bucket: string) => (Object.hasOwn(microsPerCall, bucket) ? microsPerCall[bucket]! : 0);
  const dearest = Math.max(0, ...Object.values(microsPerCall));
  const block = (month: string) => {
    if (cap === null || dearest === 0) return 0;
    const calls = Math.floor((cap - totalOf(month)) / 4 / dearest);
    return dearest * Math.min(MOST_CALLS, Math.max(FEWEST_CALLS, calls));
  };
  return {
    wait(bucket, forWhat, now) {
      const cost = costOf(bucket);
      if (cap === null || cost === 0) return 0;
      const month = monthOf(now);
      const most = forWhat === "reply" ? cap * (1 + REPLIES_BEYOND_CAP) : cap;
      if (forWhat !== "crisis" && totalOf(month) + cost > most) return monthEnd(now) - now;
      return of(fresh, month) + cost > of(aside, month) ? SETTING_ASIDE : 0;
    },
    spend(bucket, now) {
      const cost = costOf(bucket);
      if (cost > 0) fresh.set(monthOf(now), of(fresh, monthOf(now)) + cost);
    },
    isLow(now) {
      const month = monthOf(now);
      return cap !== null && dearest > 0 && of(aside, month) - of(fresh, month) < (dearest * FEWEST_CALLS) / 2;
    },
    unsaved(now, closing = false) {
      const month = monthOf(now);
      const known = [...fresh.keys(), ...aside.keys()];
      return [...new Set(cap === null || closing ? known : [month, ...known])].flatMap((one) => {
        const micros = of(fresh, one);
        const left = Math.max(0, of(aside, one) - micros);
        // Calls that are made while this is written spend of what is left now: it never shrinks under them.
        const wanted = one === month && cap !== null && !closing ? Math.max(block(one), left) : 0;
        const setAside = wanted - of(aside, one);
        return micros > 0 || setAside !== 0 ? [{ month: one, micros, setAside }] : [];
      });
    },
    saved({ month, micros, setAside }, total) {
      fresh.set(month, of(fresh, month) - micros);
      aside.set(month, of(aside, month) + setAside);
      written.set(month, total);
    },
    setCap(micros) {
      cap = micros;
    },
    spent: (now) => ({ month: monthOf(now), micros: totalOf(monthOf(now)) }),
  };
}
