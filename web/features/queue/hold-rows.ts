import type { WorkRow } from "#contracts/desk";

export type HeldRows = {
  rows: readonly WorkRow[];
  /** New rows that wait behind the pill. */
  fresh: number;
  /** Work item ids that left the list while somebody reads it: shown dimmed in their place. */
  gone: ReadonlySet<string>;
};

export type Holding = {
  /** The pointer or the reading eye is on the list. */
  held: boolean;
  /** Others take from this list, so what leaves stays dimmed; in my own list I did it myself. */
  keepGone: boolean;
  /** Conversations whose row appears at once, because the agent just asked for them. */
  atOnce: (conversationId: string) => boolean;
};

const none: ReadonlySet<string> = new Set();

/** Lists never move under the pointer: while held, rows change in place and new ones wait. */
export function holdRows(shown: readonly WorkRow[], latest: readonly WorkRow[], holding: Holding): HeldRows {
  if (!holding.held || shown.length === 0) return { rows: latest, fresh: 0, gone: none };
  const now = new Map(latest.map((row) => [row.workItemId, row]));
  const before = new Set(shown.map((row) => row.workItemId));
  const gone = new Set<string>();
  const rows: WorkRow[] = [];
  for (const row of shown) {
    const present = now.get(row.workItemId);
    if (present) rows.push(present);
    else if (holding.keepGone) {
      gone.add(row.workItemId);
      rows.push(row);
    }
  }
  let fresh = 0;
  for (const [place, row] of latest.entries()) {
    if (before.has(row.workItemId)) continue;
    if (!holding.atOnce(row.conversationId)) {
      fresh += 1;
      continue;
    }
    const ahead = latest[place - 1]?.workItemId;
    const at = rows.findIndex((other) => other.workItemId === ahead);
    rows.splice(at + 1, 0, row);
  }
  return { rows, fresh, gone };
}
