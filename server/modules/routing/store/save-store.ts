import { json, sql, type Tx, ts } from "#platform/db";
import type { Item, Priority } from "../domain/model.ts";
import type { DecisionToSave } from "./decision-store.ts";
import type { EndedOffer, NewOffer } from "./offer-store.ts";
import { type ChangedWork, changing, type WorkFacts } from "./work-store.ts";

/** All that one act of routing writes of its own. */
export interface ToSave {
  /** `version`: the one they were read with. */
  readonly changed: readonly ChangedWork[];
  readonly made: readonly (Item & WorkFacts & { lane: string })[];
  readonly settled: readonly EndedOffer[];
  readonly offered: readonly NewOffer[];
  readonly decided: readonly DecisionToSave[];
  /** By queue; null when no turn was taken. */
  readonly turns: ReadonlyMap<string, Record<Priority, number>> | null;
  /** What the act touched, and to whom it gave something; null when it changed nothing that others keep in memory. */
  readonly step: { items: readonly string[]; agents: readonly string[]; served: readonly string[] } | null;
}

/**
 * Saves an act in one call (the function `save_routing`). `updated`: how many of the changed items stood as they were read; with fewer the
 * transaction is to be given up. `step`: the act's own.
 */
export async function saveRouting(tx: Tx, of: ToSave): Promise<{ updated: number; step: number | null }> {
  const changed = of.changed.map((item) => ({
    ...changing(item),
    ...{ id: item.id, version: item.version },
    ...{ reason: item.reasons ? { reasons: item.reasons } : null, ends: item.ends },
  }));
  const made = of.made.map((item) => ({
    ...{ id: item.id, conversation_id: item.conversationId, episode_id: item.episodeId, customer_id: item.customerId },
    ...{ brand_id: item.brandId, channel_id: item.channelId, medium: item.mediumClass, visibility: item.visibility },
    ...{ weight: item.weight, trace_id: item.traceId, alike: item.alike, ...changing(item) },
  }));
  const offered = of.offered.map((o) => ({
    ...{ id: o.id, work_item_id: o.workItemId, agent_id: o.agentId },
    ...{ reason: { reasons: o.reasons }, expires_at: ts(o.expiresAt) },
  }));
  const turns = of.turns && [...of.turns].map(([queue_id, t]) => ({ queue_id, turns: t }));
  const ids = (list: readonly string[] | undefined) => sql`${list ? [...list] : null}::uuid[]`;
  const { step } = of;
  const saved = await sql<{ updated: number; step: number | null }>`
    select updated, step from save_routing(${tx.accountId}, ${ts(tx.now)}, ${rows(changed)}::jsonb, ${rows(made)}::jsonb, ${rows(of.settled)}::jsonb,
      ${rows(offered)}::jsonb, ${rows(of.decided)}::jsonb, ${rows(turns ?? [])}::jsonb, ${ids(step?.items)}, ${ids(step?.agents)}, ${ids(step?.served)})`.execute(
    tx.tables(),
  );
  return saved.rows[0]!;
}

const rows = (list: readonly unknown[]): string | null => (list.length === 0 ? null : json(list));
