import type { Instant } from "#platform/clock";
import { sql, type Tx, ts } from "#platform/db";

/** Writes that somebody looked at something, unless it was written since an instant. One statement. */
export async function insertLook(
  tx: Tx,
  look: {
    id: string;
    actorKind: "agent" | "api-key" | "system";
    actorId: string;
    act: string;
    entity: string;
    entityId: string;
    since: Instant;
  },
): Promise<void> {
  await sql`
    insert into audit (account_id, id, at, actor_kind, actor_id, act, entity, entity_id, trace_id)
    select ${tx.accountId}, ${look.id}, ${ts(tx.now)}, ${look.actorKind}, ${look.actorId}, ${look.act}, ${look.entity}, ${look.entityId}, ${tx.traceId ?? null}
    where not exists (select 1 from audit a where a.account_id = ${tx.accountId} and a.entity = ${look.entity} and a.entity_id = ${look.entityId}
      and a.actor_id = ${look.actorId} and a.act = ${look.act} and a.at > ${ts(look.since)})`.execute(tx.tables());
}
