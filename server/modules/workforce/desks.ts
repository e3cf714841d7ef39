import { settingOf } from "#modules/company";
import { MINUTE, SECOND } from "#platform/clock";
import type { Tx } from "#platform/db";
import { lastCommandAt } from "#platform/http/commands";
import type { AccountId } from "#platform/ids";
import { setTimer, setTimers, type TimerHandler } from "#platform/timers";
import { DESK_LOST, deskLost } from "./domain/presence-rules.ts";
import { presenceRules } from "./settings.ts";
import { findPresences, lockPresence } from "./store/presence-store.ts";
import { goOffline, setPresence } from "./workforce.ts";

/** Ref: the agent. Every sign of life of a desk puts it off; where nobody does any more, it fires, whichever process had the desk. */
const DESK_TIMER = "desk-lost";

type IsOpen = (accountId: AccountId, agentId: string) => boolean;
let openHere: IsOpen = () => false;
/** Whether this process has an open desk of an agent. Said once at start. */
export function useDesks(isOpen: IsOpen): void {
  openHere = isOpen;
}

/** These have a desk open, or had until this moment. Whoever was away only because it was lost is back. */
export async function desksSeen(tx: Tx, agentIds: readonly string[], open = true): Promise<void> {
  const { value: rules } = await settingOf(tx, presenceRules);
  const dueAt = tx.now + rules.lostAfterSeconds * SECOND;
  await setTimers(
    tx,
    agentIds.map((ref) => ({ kind: DESK_TIMER, ref, dueAt })),
  );
  if (!open) return;
  for (const { agentId, state, reason } of await findPresences(tx, agentIds))
    if (state === "away" && reason === DESK_LOST)
      await setPresence(tx, { agentId, state: "available", reason: "", by: null });
}

export const deskTimers: Record<string, TimerHandler> = {
  [DESK_TIMER]: async (tx, timer) => {
    const { value: rules } = await settingOf(tx, presenceRules);
    const agentId = timer.ref;
    if (openHere(tx.accountId, agentId))
      return setTimer(tx, DESK_TIMER, agentId, tx.now + rules.lostAfterSeconds * SECOND);
    const lost = deskLost(rules, await lockPresence(tx, agentId), await lastCommandAt(tx, agentId), tx.now);
    if (lost.do === "look-again") await setTimer(tx, DESK_TIMER, agentId, lost.at);
    if (lost.do === "offline") await goOffline(tx, agentId, DESK_LOST);
    if (lost.do !== "away") return;
    await setPresence(tx, { agentId, state: "away", reason: DESK_LOST, by: null });
    await setTimer(tx, DESK_TIMER, agentId, tx.now + rules.goneAfterMinutes * MINUTE);
  },
};
