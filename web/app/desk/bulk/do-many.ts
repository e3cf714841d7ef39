import type { WorkRow } from "#contracts/desk";

/** What is to be done with each of many. */
export type ManyAct =
  | { kind: "resolve"; outcome: string; name: string }
  | { kind: "snooze"; until: number }
  | {
      kind: "assign";
      to: { kind: "agent"; agentId: string } | { kind: "queue"; queueId: string };
      note: string;
      name: string;
    }
  | { kind: "release" };
export type Refused = { row: WorkRow; why: string };
export type ManyDone = { actIds: string[]; done: WorkRow[]; refused: Refused[] };

/** So many are on their way at once. */
const AT_ONCE = 4;

/** The request for one of them: its address behind the conversation's, and its body. */
export function requestOf(act: ManyAct): { path: string; body: Record<string, unknown> } {
  if (act.kind === "resolve") return { path: "resolve", body: { outcome: act.outcome } };
  if (act.kind === "snooze") return { path: "snooze", body: { until: new Date(act.until).toISOString() } };
  if (act.kind === "assign") return { path: "assign", body: { to: act.to, note: act.note } };
  return { path: "release", body: {} };
}

/**
 * Does the act with each by itself: what one of them refuses holds no other up. `send` answers with the name under which it can be
 * taken back; `say` makes a sentence of what it throws.
 */
export async function doMany(
  rows: readonly WorkRow[],
  send: (row: WorkRow) => Promise<{ actId?: string }>,
  say: (error: unknown) => string,
): Promise<ManyDone> {
  const made: ManyDone = { actIds: [], done: [], refused: [] };
  const waiting = [...rows];
  async function work(): Promise<void> {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      try {
        const { actId } = await send(row);
        made.done.push(row);
        if (actId) made.actIds.push(actId);
      } catch (error) {
        made.refused.push({ row, why: say(error) });
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}
