import { HandleJoined, HandleParted } from "#events/customers";
import type { Tx } from "#platform/db";
import { type Resolution, resolve } from "../domain/resolve.ts";
import {
  type FullStatement,
  handleIdsOf,
  type LockedHandle,
  lockCustomers,
  lockHandles,
  type Move,
  nodesOf,
  saveCustomers,
  saveMoves,
  statementsAbout,
} from "../store/statement-store.ts";

/** A handle that belongs to another customer from now on. */
export interface Moved {
  handleId: string;
  from: string;
  to: string;
}

/** More handles than one customer can have are a fault or an attack: nothing is joined through them. */
const MOST_HANDLES = 300;
const MOST_ROUNDS = 12;

/** Everything that bears on who these handles are, locked. */
export interface Neighbourhood {
  handles: LockedHandle[];
  statements: FullStatement[];
  /** There is more than may be looked at. */
  cut: boolean;
}

/**
 * Finds all handles that hang together with these, by the customers they have and by what was ever said of them, and locks them: who comes
 * second waits and then sees what the first one did. `look`: for a preview, without locks.
 */
export async function neighbourhood(
  tx: Tx,
  handleIds: readonly string[],
  how: "lock" | "look" = "lock",
): Promise<Neighbourhood> {
  let ids = new Set(handleIds);
  for (let round = 0; ; round++) {
    const handles = await (how === "lock" ? lockHandles : nodesOf)(tx, [...ids]);
    const statements = await statementsAbout(tx, [...ids], MOST_HANDLES * 4);
    const customers = handles.flatMap((h) => [h.customerId, h.home]);
    const more = new Set([
      ...ids,
      ...statements.flatMap((s) => [s.a, s.b]),
      ...(await handleIdsOf(tx, [...new Set(customers)])),
    ]);
    const cut = more.size > MOST_HANDLES || round >= MOST_ROUNDS;
    if (more.size === ids.size || cut) {
      if (how === "lock") await lockCustomers(tx, customers);
      return { handles, statements, cut };
    }
    ids = more;
  }
}

/**
 * Works out anew who these handles are and writes what changed. Called after every change of a statement, in its transaction. Without
 * changes it writes nothing; a neighbourhood that is too large stays as it is.
 */
export async function settle(tx: Tx, handleIds: readonly string[], actId: string | null = null): Promise<Settled> {
  if (handleIds.length === 0) return { moved: [], resolution: null, statements: [] };
  const near = await neighbourhood(tx, handleIds);
  if (near.cut) return { moved: [], resolution: null, statements: near.statements };
  const resolution = resolve(near.handles, near.statements);
  const byId = new Map(near.statements.map((s) => [s.id, s]));
  const all = near.handles.map((h): Move => {
    const to = resolution.customerOf.get(h.id)!;
    const why = to === h.home ? null : (byId.get(resolution.boundBy.get(h.id) ?? "") ?? null);
    return { handleId: h.id, from: h.customerId, to, why };
  });
  const moves = all.filter((m) => m.from !== m.to);
  const touched = new Set(moves.flatMap((m) => [m.from, m.to]));
  if (moves.length > 0) {
    await saveMoves(
      tx,
      moves,
      all.filter((m) => touched.has(m.to)),
    );
    const homes = near.handles.map((h) => ({ id: h.home, into: resolution.customerOf.get(h.id)! }));
    await saveCustomers(
      tx,
      homes
        .filter((h) => touched.has(h.id) || touched.has(h.into))
        .map((h) => ({ id: h.id, into: h.into === h.id ? null : h.into })),
    );
    for (const m of moves) announce(tx, m, actId);
  }
  return {
    moved: moves.map(({ handleId, from, to }) => ({ handleId, from, to })),
    resolution,
    statements: near.statements,
  };
}

export interface Settled {
  moved: Moved[];
  /** Null where nothing was worked out. */
  resolution: Resolution | null;
  statements: FullStatement[];
}

function announce(tx: Tx, m: Move, actId: string | null): void {
  const about = { entity: "handle", entityId: m.handleId, entityVersion: 1 };
  const payload = { handleId: m.handleId, customerId: m.to, fromCustomerId: m.from, actId };
  if (m.why)
    tx.announce(HandleJoined, {
      ...{ ...about, key: m.to },
      payload: { ...payload, rung: m.why.rung, code: m.why.code, confidence: m.why.confidence },
    });
  else tx.announce(HandleParted, { ...{ ...about, key: m.to }, payload });
}
