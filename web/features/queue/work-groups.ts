import type { WorkRow } from "#contracts/desk";

export type GroupId = "due" | "approval" | "waiting" | "snoozed";
export type ListEntry = { kind: "heading"; group: GroupId } | { kind: "row"; row: WorkRow; place: number };

/** Its reply waits for other eyes; the clock goes on meanwhile. */
export const awaitsApproval = (row: Pick<WorkRow, "state" | "parkReason">): boolean =>
  row.state === "parked" && row.parkReason === "approval";

/** Where a row stands: to be answered, waiting for a colleague or for the customer, or put away until a time. */
export function groupOf(row: WorkRow): GroupId {
  if (row.state !== "parked") return "due";
  if (awaitsApproval(row)) return "approval";
  return row.wakesAt === null ? "waiting" : "snoozed";
}

const ORDER: readonly GroupId[] = ["due", "approval", "waiting", "snoozed"];

/** Headings and rows in one list, for drawing only what is in sight. Inside a group the server's order stays. */
export function listEntries(rows: readonly WorkRow[]): ListEntry[] {
  const entries: ListEntry[] = [];
  let place = 0;
  for (const group of ORDER) {
    const members = rows.filter((row) => groupOf(row) === group);
    if (members.length === 0) continue;
    entries.push({ kind: "heading", group });
    for (const row of members) {
      place += 1;
      entries.push({ kind: "row", row, place });
    }
  }
  return entries;
}

/** Conversation ids in the order in which they stand on the screen. */
export function idsInOrder(entries: readonly ListEntry[]): string[] {
  return entries.flatMap((entry) => (entry.kind === "row" ? [entry.row.conversationId] : []));
}

/** What comes after a piece of work is done: the most urgent of mine that needs an answer. */
export function nextOfMine(rows: readonly WorkRow[], doneId: string): string | null {
  const able = rows.filter((row) => row.state === "active" && row.conversationId !== doneId);
  const first = able.toSorted((a, b) => Date.parse(a.clock.dueAt) - Date.parse(b.clock.dueAt))[0];
  return first?.conversationId ?? null;
}

/** The id a step away from the present one, staying inside; from nowhere the first (or, backwards, the last). */
export function step(ids: readonly string[], from: string | null, by: 1 | -1): string | null {
  if (ids.length === 0) return null;
  const at = from === null ? -1 : ids.indexOf(from);
  if (at < 0) return (by === 1 ? ids[0] : ids.at(-1)) ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + by))] ?? null;
}
