import { type Generated, type Json, json, sql, type Ts, type TsNull, type Tx, ts, tsOrNull } from "#platform/db";
import type { Capacity, CapacityProfile, Given } from "../domain/capacity-profile.ts";

interface CapacityTables {
  capacity_profile: {
    account_id: string;
    id: string;
    name: string;
    budget: number;
    limits: Json<Capacity["limits"]>;
    apart: Json<Capacity["apart"]>;
    version: Generated<number>;
  };
  capacity_given: {
    account_id: string;
    id: string;
    profile_id: string;
    subject_kind: "agent" | "team";
    subject_id: string;
    valid_from: Ts;
    valid_until: TsNull;
  };
}
const tables = (tx: Tx) => tx.tables<CapacityTables>();

export async function allProfiles(tx: Tx): Promise<CapacityProfile[]> {
  return tables(tx)
    .selectFrom("capacity_profile")
    .select(["id", "name", "budget", "limits", "apart", "version"])
    .where("account_id", "=", tx.accountId)
    .orderBy("name")
    .execute();
}

export async function insertProfile(tx: Tx, { limits, apart, ...p }: Omit<CapacityProfile, "version">): Promise<void> {
  await tables(tx)
    .insertInto("capacity_profile")
    .values({ account_id: tx.accountId, ...p, limits: json(limits), apart: json(apart) })
    .execute();
}

/** False when it is not in this version any more. */
export async function updateProfile(tx: Tx, { id, version, limits, apart, ...p }: CapacityProfile): Promise<boolean> {
  const done = await tables(tx)
    .updateTable("capacity_profile")
    .set({ ...p, limits: json(limits), apart: json(apart), version: version + 1 })
    .where("account_id", "=", tx.accountId)
    .where("id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

export async function allGiven(tx: Tx): Promise<Given[]> {
  const rows = await tables(tx)
    .selectFrom("capacity_given")
    .select(["id", "profile_id", "subject_kind", "subject_id", "valid_from", "valid_until"])
    .where("account_id", "=", tx.accountId)
    .orderBy("id")
    .execute();
  return rows.map((r) => ({
    ...{ id: r.id, profileId: r.profile_id, subjectKind: r.subject_kind, subjectId: r.subject_id },
    ...{ validFrom: r.valid_from, validUntil: r.valid_until },
  }));
}

export async function insertGiven(tx: Tx, g: Given): Promise<void> {
  await tables(tx)
    .insertInto("capacity_given")
    .values({
      ...{ account_id: tx.accountId, id: g.id, profile_id: g.profileId, subject_kind: g.subjectKind },
      ...{ subject_id: g.subjectId, valid_from: ts(g.validFrom), valid_until: tsOrNull(g.validUntil) },
    })
    .execute();
}

/** From an instant on it counts no more; one that has not begun by then never was. */
export async function endGiven(tx: Tx, given: Given): Promise<void> {
  const row = tables(tx);
  if (given.validFrom >= tx.now)
    await row.deleteFrom("capacity_given").where("account_id", "=", tx.accountId).where("id", "=", given.id).execute();
  else
    await row
      .updateTable("capacity_given")
      .set({ valid_until: ts(tx.now) })
      .where("account_id", "=", tx.accountId)
      .where("id", "=", given.id)
      .execute();
}

/** What agents take on now, and by which profile. */
export interface CarriedRow extends Capacity {
  readonly agentId: string;
  readonly profileId: string | null;
}

export async function carriedOf(tx: Tx, agentIds: readonly string[]): Promise<CarriedRow[]> {
  const rows =
    await sql<CarriedRow>`select agent_id as "agentId", profile_id as "profileId", budget, limits, apart from presence
    where account_id = ${tx.accountId} and agent_id = any(${[...agentIds]}::uuid[]) order by agent_id for update`.execute(
      tx.tables(),
    );
  return rows.rows;
}

/** Whoever never came gets a row, offline. */
export async function saveCarried(tx: Tx, rows: readonly CarriedRow[]): Promise<void> {
  for (const { agentId, profileId, budget, limits, apart } of rows)
    await sql`insert into presence (account_id, agent_id, state, since, budget, limits, apart, profile_id, version)
      values (${tx.accountId}, ${agentId}, 'offline', ${ts(tx.now)}, ${budget}, ${json(limits)}, ${json(apart)}, ${profileId}, 0)
      on conflict (account_id, agent_id) do update
      set budget = excluded.budget, limits = excluded.limits, apart = excluded.apart, profile_id = excluded.profile_id`.execute(
      tx.tables(),
    );
}
