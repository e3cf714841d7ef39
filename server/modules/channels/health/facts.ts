import { DAY, type Instant, MINUTE } from "#platform/clock";
import type { Tx } from "#platform/db";
import { budgetsOf, type ShownBudget } from "../budgets/shown.ts";
import { capabilitiesOf } from "../capabilities.ts";
import type { Adapter } from "../domain/adapter.ts";
import type { HealthFacts } from "../domain/channel-health.ts";
import type { ChannelRow } from "../store/channel-store.ts";
import { findChecks, type StoredCheck } from "../store/check-store.ts";
import { type Gap, recentGaps, streamEnds } from "../store/cursor-store.ts";
import { outboxCounts } from "../store/delivery-store.ts";
import { lastPushes, missedBetween, oldestDue } from "../store/health-store.ts";
import { missedByPush } from "../store/key-store.ts";
import { quarantinedCounts } from "../store/raw-store.ts";

/** A push that is only late is not missed: what the poll found in the last minute is not counted yet. */
const PUSH_MAY_BE_LATE = MINUTE;
const LATELY = 15 * MINUTE;

export interface ChannelFacts extends HealthFacts {
  check: StoredCheck | null;
  gaps: Gap[];
  outbox: { pending: number; inFlight: number; unknown: number; failed: number; held: number };
  endedAt: Instant | null;
  budget: ShownBudget;
}

/** A window that is not running leaves everything, and a month without a cap cannot be used up. */
function budgetFacts(budget: ShownBudget): Pick<ChannelFacts, "budget" | "budgets" | "money"> {
  const { budgets, money } = budget;
  return {
    budget,
    budgets: budgets.flatMap(({ bucket, remaining, resetAt }) =>
      resetAt === null ? [] : [{ bucket, remaining, resetAt }],
    ),
    money: money && money.cap !== null ? { spent: money.spent, cap: money.cap } : null,
  };
}

/** What is known of these channels, in a handful of statements for all of them. */
export async function factsOf(
  tx: Tx,
  rows: readonly ChannelRow[],
  adapters: Readonly<Record<string, Adapter>>,
): Promise<Map<string, ChannelFacts>> {
  const { now } = tx;
  const [missed24h, missed, gaps, outbox, quarantined, checks, ended, due, budgets] = await tx.together((round) =>
    Promise.all([
      missedByPush(round, now - DAY, now - PUSH_MAY_BE_LATE),
      missedBetween(round, now - LATELY, now - PUSH_MAY_BE_LATE),
      recentGaps(round, now - DAY),
      outboxCounts(round, now - 7 * DAY),
      quarantinedCounts(round),
      findChecks(round),
      streamEnds(round),
      oldestDue(round),
      budgetsOf(round, rows),
    ]),
  );
  // Of a day's pushes there may be many: they are looked at only where something came without one, and no further back.
  const firsts = [...missed.values()].map((one) => one.firstAt);
  const pushed = firsts.length > 0 ? await lastPushes(tx, Math.min(...firsts)) : new Map<string, Instant>();
  return new Map(
    rows.map((row): [string, ChannelFacts] => {
      const adapter = adapters[row.network];
      const streams = new Map(
        (adapter?.pull?.streams ?? []).filter((s) => s.purpose !== "backfill").map((s) => [s.name, s.everyMs]),
      );
      if (adapter?.stream?.tellsEnd) streams.set(adapter.stream.name, MINUTE);
      const own = ended.filter((one) => one.channelId === row.id && streams.has(one.stream));
      const last = own.reduce<(typeof own)[number] | null>((a, b) => (a && a.endedAt <= b.endedAt ? a : b), null);
      const check = checks.get(row.id) ?? null;
      const { pending = 0, inFlight = 0, unknown = 0, failed = 0, held = 0 } = outbox.get(row.id) ?? {};
      const ownGaps = gaps.filter((g) => g.channelId === row.id);
      return [
        row.id,
        {
          ...{ state: row.state, trouble: row.trouble, troubleSince: row.troubleSince },
          endedAt: last?.endedAt ?? null,
          everyMs: last ? streams.get(last.stream)! : null,
          pushes: capabilitiesOf(row.network, row.overrides).receive.modes.includes("webhook"),
          lastPushAt: pushed.get(row.id) ?? null,
          missed: missed.get(row.id)?.n ?? 0,
          missedFirstAt: missed.get(row.id)?.firstAt ?? null,
          missed24h: missed24h.get(row.id) ?? 0,
          ...{ check, checkedAt: check?.at ?? null, halves: check?.halves ?? [], expiresAt: check?.expiresAt ?? null },
          ...{ gaps: ownGaps, openGaps: ownGaps.filter((g) => g.filledAt === null).length },
          quarantined: quarantined.get(row.id) ?? 0,
          ...{ outbox: { pending, inFlight, unknown, failed, held }, unknown },
          oldestDueAt: due.get(row.id) ?? null,
          ...budgetFacts(budgets.get(row.id)!),
        },
      ];
    }),
  );
}
