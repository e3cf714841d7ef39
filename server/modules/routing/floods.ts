import { SECOND } from "#platform/clock";
import type { Tx } from "#platform/db";
import { setTimer } from "#platform/timers";
import { comeForward, comingForward, crowdsOf, roomInFront } from "./domain/flood.ts";
import { inRouting } from "./in-routing.ts";
import { rulesOf } from "./settings.ts";
import { behindOf, crowdsBehind, crowdsInFront } from "./store/flood-store.ts";

/** How often it is looked whether there is room in front. One timer for an account, and only while something waits behind. */
const LOOK_MS = 5 * SECOND;
export const FLOODS = "floods";

export async function watchFloods(tx: Tx): Promise<void> {
  await setTimer(tx, FLOODS, tx.accountId, tx.now + LOOK_MS);
}

/** Of each crowd so many come forward as there is room for, the earliest due first. Safe to run late and twice. */
export async function stepFloods(tx: Tx): Promise<void> {
  const crowds = await crowdsBehind(tx);
  if (crowds.size === 0) return;
  const policy = await rulesOf(tx);
  const take = [...crowds].map(([key, crowd]) => ({ key, n: roomInFront(key, crowd, policy) }));
  // Some may have to stay for another crowd they are of: then those after them go.
  const asked = take.filter(({ n }) => n > 0).map(({ key, n }) => ({ key, n: n + SPARE }));
  const behind = await behindOf(tx, asked, "all");
  const others = new Set(behind.flatMap(crowdsOf).filter((key) => !crowds.has(key)));
  const known = new Map([...crowds, ...(await crowdsInFront(tx, [...others]))]);
  await forward(tx, comingForward(behind, known, policy), "There is room in front: it comes forward.");
  await watchFloods(tx);
}

/** Brings some of what waits behind forward, whatever the cap says; returns how many. */
export async function bringForward(
  tx: Tx,
  asked: { key: string; queueIds: "all" | readonly string[]; all: boolean; name: string },
): Promise<number> {
  const n = asked.all ? MOST_AT_ONCE : 1;
  const behind = await behindOf(tx, [{ key: asked.key, n }], asked.queueIds);
  return forward(
    tx,
    behind.map((one) => one.id),
    `${asked.name} brought it forward.`,
  );
}

const MOST_AT_ONCE = 500;
/** So many of a crowd are looked at beside those there is room for. */
const SPARE = 50;

async function forward(tx: Tx, ids: readonly string[], why: string): Promise<number> {
  if (ids.length === 0) return 0;
  const { result } = await inRouting(tx, { ids }, (session) => {
    const items = [...session.items.values()].filter((item) => item.behind !== null && ids.includes(item.id));
    for (const item of items) comeForward(session, item, why, session.now);
    return items.length;
  });
  return result;
}
