import type { MacroAct, MacroText } from "#contracts/macros";
import { json, sql, storable, type Tx, ts } from "#platform/db";

export interface Macro {
  id: string;
  scope: "account" | "team" | "own";
  /** The team or the agent; null: the account's. */
  holderId: string | null;
  name: string;
  brandId: string | null;
  audience: "any" | "public" | "private" | "note";
  act: MacroAct | null;
  texts: MacroText[];
  version: number;
}
/** More than these of one holder nobody finds anything in. */
export const MOST_MACROS = 300;

const columns = sql`m.id, m.scope, m.holder_id as "holderId", m.name, m.brand_id as "brandId", m.audience, m.act, m.version,
  coalesce((select json_agg(json_build_object('locale', x.locale, 'text', x.text) order by x.locale) from macro_text x
    where x.account_id = m.account_id and x.macro_id = m.id and x.version = m.version), '[]') as texts`;

/** The account's, those of these teams and the agent's own, by name. */
export async function macrosFor(tx: Tx, agentId: string, teamIds: readonly string[]): Promise<Macro[]> {
  const rows = await sql<Macro>`
    select ${columns} from macro m
    where m.account_id = ${tx.accountId} and (m.scope = 'account' or (m.scope = 'own' and m.holder_id = ${agentId})
      or (m.scope = 'team' and m.holder_id = any(${[...teamIds]}::uuid[])))
    order by m.name, m.scope, m.id`.execute(tx.tables());
  return rows.rows;
}
export async function lockMacro(tx: Tx, id: string): Promise<Macro | undefined> {
  const rows = await sql<Macro>`
    select ${columns} from macro m where m.account_id = ${tx.accountId} and m.id = ${id} for update of m`.execute(
    tx.tables(),
  );
  return rows.rows[0];
}
export async function countMacros(tx: Tx, scope: Macro["scope"], holderId: string | null): Promise<number> {
  const rows = await sql<{ n: number }>`
    select count(*)::int as n from macro
    where account_id = ${tx.accountId} and scope = ${scope} and holder_id is not distinct from ${holderId}`.execute(
    tx.tables(),
  );
  return rows.rows[0]?.n ?? 0;
}
/** Is another one called so there already? */
export async function nameIsTaken(tx: Tx, m: Macro): Promise<boolean> {
  const rows = await sql`
    select 1 from macro
    where account_id = ${tx.accountId} and scope = ${m.scope} and holder_id is not distinct from ${m.holderId} and name = ${storable(m.name)}
      and brand_id is not distinct from ${m.brandId} and audience = ${m.audience} and id <> ${m.id}`.execute(
    tx.tables(),
  );
  return rows.rows.length > 0;
}
/** False: another one of that name came first. */
export async function insertMacro(tx: Tx, m: Macro, by: string): Promise<boolean> {
  const rows = await sql`
    insert into macro (account_id, id, scope, holder_id, name, brand_id, audience, act, changed_by, changed_at)
    values (${tx.accountId}, ${m.id}, ${m.scope}, ${m.holderId}, ${storable(m.name)}, ${m.brandId}, ${m.audience}, ${actOf(m)}, ${by}, ${ts(tx.now)})
    on conflict do nothing returning id`.execute(tx.tables());
  if (rows.rows.length === 0) return false;
  await insertTexts(tx, m);
  return true;
}
/** `m.version` is the new one; what the one before said stays. */
export async function updateMacro(tx: Tx, m: Macro, by: string): Promise<void> {
  await sql`
    update macro set name = ${storable(m.name)}, brand_id = ${m.brandId}, audience = ${m.audience}, act = ${actOf(m)},
      changed_by = ${by}, changed_at = ${ts(tx.now)}, version = ${m.version}
    where account_id = ${tx.accountId} and id = ${m.id}`.execute(tx.tables());
  await insertTexts(tx, m);
}
export async function deleteMacro(tx: Tx, id: string): Promise<void> {
  await sql`delete from macro_text where account_id = ${tx.accountId} and macro_id = ${id}`.execute(tx.tables());
  await sql`delete from macro where account_id = ${tx.accountId} and id = ${id}`.execute(tx.tables());
}

const actOf = ({ act }: Macro) => (act === null ? null : json(act));
async function insertTexts(tx: Tx, { id, version, texts }: Macro): Promise<void> {
  if (texts.length === 0) return;
  await sql`
    insert into macro_text (account_id, macro_id, version, locale, text)
    select ${tx.accountId}, ${id}, ${version}, t.locale, t.text
    from unnest(${texts.map((t) => t.locale)}::text[], ${texts.map((t) => storable(t.text))}::text[]) as t(locale, text)`.execute(
    tx.tables(),
  );
}
