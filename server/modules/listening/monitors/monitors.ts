import type { z } from "zod";
import type { monitorBody } from "#contracts/monitors";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { matchesEverything } from "#shared/query/anchors";
import type { Accents } from "#shared/query/fold";
import { parseQuery } from "#shared/query/parse";
import type { QueryFault } from "#shared/query/query-error";
import { closeWithMonitor } from "../alarms/acts.ts";
import { findMonitor, type Monitor, noteVersion, removeMonitor, saveMonitor } from "../store/monitor-store.ts";
import { followSoon } from "../trends/follow-monitors.ts";
import { monitorsChanged } from "./ears.ts";

export type Wish = z.output<typeof monitorBody>;
/** An account has so many at most: the matching thread keeps them all in memory. */
export const MOST_MONITORS = 10_000;

/** Why a query cannot be a monitor's; null: it can. */
export function faultOf(query: string, accents: Accents): QueryFault | null {
  const parsed = parseQuery(query, { accents });
  return parsed.ok ? matchesEverything(parsed.query) : parsed.fault;
}

export const presentFault = (fault: QueryFault) => ({
  ...{ code: fault.code, at: fault.at, length: fault.length, says: fault.says, write: fault.write ?? null },
});

function needQuery(query: string, accents: Accents): void {
  const fault = faultOf(query, accents);
  if (!fault) return;
  const where = `Sign ${fault.at + 1}: ${fault.says}${fault.write ? ` Write ${fault.write}.` : ""}`;
  throw new AppError("query-refused", where, {
    fault: presentFault(fault),
    errors: [{ path: "query", message: fault.says, code: fault.code, params: { sign: fault.at + 1 } }],
  });
}

export async function makeMonitor(tx: Tx, wish: Wish, by: string | null, already: number): Promise<Monitor> {
  needQuery(wish.query, wish.accents);
  if (already >= MOST_MONITORS)
    throw new AppError("not-now", `An account has at most ${MOST_MONITORS} monitors. Remove those nobody looks at.`);
  const made: Monitor = {
    ...{ ...wish, id: uuidv7(tx.now), version: 1, createdAt: tx.now, createdBy: by, changedAt: tx.now },
  };
  await saveMonitor(tx, made);
  monitorsChanged(tx);
  await followSoon(tx);
  await noteVersion(tx, made, "made", by);
  return made;
}

/** The monitor, locked, if it is as the caller saw it; `may` refuses who has no right to it. */
async function asSeen(tx: Tx, id: string, expectedVersion: number, may: (m: Monitor) => void): Promise<Monitor> {
  const found = await findMonitor(tx, id);
  if (!found) throw notFound("monitor");
  may(found);
  if (found.version !== expectedVersion)
    throw conflict("monitor", { id, version: found.version, name: found.name, query: found.query, on: found.on });
  return found;
}

export async function changeMonitor(
  tx: Tx,
  id: string,
  wish: Wish & { expectedVersion: number },
  by: string | null,
  may: (m: Monitor) => void,
): Promise<Monitor> {
  const { expectedVersion, ...rest } = wish;
  const was = await asSeen(tx, id, expectedVersion, may);
  needQuery(wish.query, wish.accents);
  const next: Monitor = { ...was, ...rest, version: was.version + 1, changedAt: tx.now };
  await saveMonitor(tx, next);
  if (!next.on) await closeWithMonitor(tx, id, by, "Its monitor was switched off.");
  else if (next.brandId !== was.brandId) await closeWithMonitor(tx, id, by, "Its monitor was given to another brand.");
  monitorsChanged(tx);
  await followSoon(tx);
  await noteVersion(tx, next, "changed", by);
  return next;
}

export async function switchMonitor(
  tx: Tx,
  id: string,
  wish: { on: boolean; expectedVersion: number },
  by: string | null,
  may: (m: Monitor) => void,
): Promise<Monitor> {
  const was = await asSeen(tx, id, wish.expectedVersion, may);
  if (was.on === wish.on) return was;
  const next: Monitor = { ...was, on: wish.on, version: was.version + 1, changedAt: tx.now };
  await saveMonitor(tx, next);
  if (!next.on) await closeWithMonitor(tx, id, by, "Its monitor was switched off.");
  monitorsChanged(tx);
  await followSoon(tx);
  await noteVersion(tx, next, wish.on ? "on" : "off", by);
  return next;
}

/** It listens no more; what it caught keeps its name. */
export async function dropMonitor(
  tx: Tx,
  id: string,
  expectedVersion: number,
  by: string | null,
  may: (m: Monitor) => void,
): Promise<void> {
  const was = await asSeen(tx, id, expectedVersion, may);
  const next: Monitor = { ...was, on: false, version: was.version + 1, changedAt: tx.now };
  await removeMonitor(tx, id, next.version);
  await closeWithMonitor(tx, id, by, "Its monitor was removed.");
  monitorsChanged(tx);
  await followSoon(tx);
  await noteVersion(tx, next, "removed", by);
}
