import { can, need } from "#modules/people";
import type { Tx } from "#platform/db";
import { notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import { findMonitors, type Monitor } from "../store/monitor-store.ts";

type OfBrand = Pick<Monitor, "brandId">;

/** One for all brands belongs to the account. */
export const where = ({ brandId }: OfBrand) => (brandId === null ? {} : { brandId });
export const reads = (actor: Actor, m: OfBrand): boolean =>
  m.brandId === null ? can(actor, "monitor.read") : can(actor, "monitor.read", where(m));
/** Refuses who may not manage it; who may not even read it is told that it is not there. */
export const manages =
  (actor: Actor, what = "monitor") =>
  (m: OfBrand): void => {
    if (!reads(actor, m)) throw notFound(what);
    need(actor, "monitor.manage", where(m));
  };
export const byOf = (actor: Actor): string | null => (actor.kind === "agent" ? actor.id : null);

export async function readable(tx: Tx, actor: Actor, monitorId: string): Promise<Monitor> {
  const found = (await findMonitors(tx)).find((m) => m.id === monitorId);
  if (!found || !reads(actor, found)) throw notFound("monitor");
  return found;
}
