import { sql, storable, type Tx, ts } from "#platform/db";

/** A list that somebody saved. */
export interface WorkView {
  id: string;
  ownerId: string;
  /** Whose team it is shared with; null: nobody. */
  teamId: string | null;
  name: string;
  scope: "mine" | "team" | "all";
  filter: string;
  position: number;
  version: number;
}
type Said = Omit<WorkView, "id" | "ownerId" | "version">;
const columns = sql`id, owner_id as "ownerId", team_id as "teamId", name, scope, filter, position, version`;
/** More than these nobody finds anything in. */
export const MOST_VIEWS = 50;

/** An agent's own and those of these teams, in their order. */
export async function viewsOf(tx: Tx, agentId: string, teamIds: readonly string[]): Promise<WorkView[]> {
  const rows = await sql<WorkView>`
    select ${columns} from work_view where account_id = ${tx.accountId} and (owner_id = ${agentId} or team_id = any(${[...teamIds]}::uuid[]))
    order by position, name, id limit ${MOST_VIEWS * 2}`.execute(tx.tables());
  return rows.rows;
}
export async function lockView(tx: Tx, id: string): Promise<WorkView | undefined> {
  const rows = await sql<WorkView>`
    select ${columns} from work_view where account_id = ${tx.accountId} and id = ${id} for update`.execute(tx.tables());
  return rows.rows[0];
}
export async function insertView(tx: Tx, v: Said & { id: string; ownerId: string }): Promise<void> {
  await sql`
    insert into work_view (account_id, id, owner_id, team_id, name, scope, filter, position, made_at)
    values (${tx.accountId}, ${v.id}, ${v.ownerId}, ${v.teamId}, ${storable(v.name)}, ${v.scope}, ${storable(v.filter)}, ${v.position}, ${ts(tx.now)})`.execute(
    tx.tables(),
  );
}
export async function updateView(tx: Tx, id: string, v: Said): Promise<void> {
  await sql`
    update work_view set name = ${storable(v.name)}, team_id = ${v.teamId}, scope = ${v.scope}, filter = ${storable(v.filter)}, position = ${v.position}, version = version + 1
    where account_id = ${tx.accountId} and id = ${id}`.execute(tx.tables());
}
export async function deleteView(tx: Tx, id: string): Promise<void> {
  await sql`delete from work_view where account_id = ${tx.accountId} and id = ${id}`.execute(tx.tables());
}
