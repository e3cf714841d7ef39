import type { WorkRow } from "#contracts/desk";

export const FILTERS = ["all", "unread", "late", "risk", "public", "private"] as const;
export type RowFilter = (typeof FILTERS)[number];

/** Whether a row stands in the list under this filter. `now` in epoch ms. */
export function passes(row: WorkRow, filter: RowFilter, now: number): boolean {
  switch (filter) {
    case "all":
      return true;
    case "unread":
      return row.unread;
    case "late":
      return row.clock.state === "running" && Date.parse(row.clock.dueAt) < now;
    case "risk":
      return row.risks.length > 0;
    default:
      return row.mark.audience === filter;
  }
}
