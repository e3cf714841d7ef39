import { staffOf } from "#modules/people";
import type { Tx } from "#platform/db";
import { sendPages } from "./ways-out.ts";

/** As grave as it is to be asked for help in a peak: no reason to wake somebody whose wishes say otherwise. */
const SEVERITY = 2;

/** Tells these people something by the ways of their own wishes, outside of any escalation; returns how many messages go out. */
export async function pageAgents(tx: Tx, agentIds: readonly string[], says: string): Promise<number> {
  const payload = { severity: SEVERITY, says, test: false };
  return sendPages(tx, await staffOf(tx), { escalationId: null, pages: 0, agentIds, payload });
}
